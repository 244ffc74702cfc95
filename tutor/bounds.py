"""What a field of a noun may hold, said beside its type; pydantic is needed to check it, not to say it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Bounds:
    """The pattern of a text, and how long a text, how many a collection or how great a number is at least and most.

    With *strip*, space around a text is taken away before it is measured.
    """

    def __init__(
        self,
        pattern: str | None = None,
        *,
        least: int | None = None,
        most: int | None = None,
        strip: bool | None = None,
    ) -> None:
        self._said = {"least": least, "most": most, "pattern": pattern, "strip_whitespace": strip or None}

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        schema = handler(source)
        number = schema["type"] in ("int", "float")
        names = {"least": "ge" if number else "min_length", "most": "le" if number else "max_length"}
        said = {names.get(name, name): bound for name, bound in self._said.items() if bound is not None}
        return cast("CoreSchema", {**schema, **said})


class Before:
    """How what an author may also write becomes what is meant, before it is checked.

    *also* is the JSON Schema of what may be written, too; an editor would mark it otherwise.
    """

    def __init__(self, meant: Callable[[Any], Any], *, also: Mapping[str, Any] | None = None) -> None:
        self._meant, self._also = meant, also

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core.core_schema import no_info_before_validator_function

        return no_info_before_validator_function(self._meant, handler(source))

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: "GetJsonSchemaHandler") -> dict[str, Any]:
        said = handler(schema)
        return said if self._also is None else {"anyOf": [dict(self._also), said]}


class OneOf:
    """Which noun of a union is meant: *kind* reads its name in *kinds* from the data; *wanted* says what it must be."""

    def __init__(self, kinds: Mapping[str, type], kind: Callable[[Any], str | None], wanted: str) -> None:
        self._kinds, self._kind, self._wanted = kinds, kind, wanted

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core.core_schema import tagged_union_schema

        return tagged_union_schema(
            {name: handler.generate_schema(noun) for name, noun in self._kinds.items()},
            self._kind,
            custom_error_type="kind",
            custom_error_message=self._wanted,
        )
