"""The log: a line of JSON for each thing that happens, with its facts (`extra={"facts": …}`), without secrets."""

import json
import logging
import re
import sys
import time
from collections.abc import Iterable

_SECRET = re.compile(r"\b(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w-]{6,}|(?<=://)[^/@\s:]+:[^/@\s]+(?=@)")


class Lines(logging.Formatter):
    """Writes a record as one line of JSON; *secrets* and whatever looks like a token of Slack's become "***"."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for *record*, with the facts that were given beside its message."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"
        said = {"at": at, "level": record.levelname.lower(), "from": record.name, "said": record.getMessage()}
        said |= getattr(record, "facts", {})
        if record.exc_info:
            said["fault"] = self.formatException(record.exc_info)
        return self._without_secrets(json.dumps(said, ensure_ascii=False, default=str))

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return _SECRET.sub("***", line)


def begin(secrets: Iterable[str]) -> None:
    """Send the log of this process to standard error; what Slack's packages say only from warnings upwards."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(Lines(secrets))
    logging.basicConfig(handlers=[out], level=logging.WARNING, force=True)
    logging.getLogger("tutor").setLevel(logging.INFO)
