"""What pydantic makes of a noun: data checked against its bounds, and its JSON Schema."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

from tutor.model import Noun

_N = TypeVar("_N", bound=Noun)
_ADAPTERS: dict[type[Noun], TypeAdapter[Any]] = {}


def validate(noun: type[_N], data: Any) -> _N:
    """Return the *noun* that *data* holds; pydantic's ValidationError says everything that keeps it from being one."""
    made: _N = _adapter(noun).validate_python(data)
    return made


def json_schema(noun: type[Noun]) -> dict[str, Any]:
    """Return the JSON Schema of *noun*, for editors that complete and check."""
    return _adapter(noun).json_schema()


def _adapter(noun: type[Noun]) -> TypeAdapter[Any]:
    """Return pydantic's view of *noun*, which takes milliseconds to make and is made once."""
    return _ADAPTERS.get(noun) or _ADAPTERS.setdefault(noun, TypeAdapter(noun))
