"""What is made once of some objects and kept for as long as they are the same objects."""

from collections.abc import Callable
from typing import Generic, TypeVar

_V = TypeVar("_V")


class Once(Generic[_V]):
    """Calls *make* once for the same objects, which need not be hashable; at most *most* results are kept."""

    def __init__(self, make: Callable[..., _V], *, most: int = 10_000) -> None:
        self._make, self._most = make, most
        self._kept: dict[tuple[int, ...], tuple[tuple[object, ...], _V]] = {}

    def __call__(self, *of: object) -> _V:
        """Return what is made *of* these objects, which must not change."""
        key = tuple(map(id, of))
        kept = self._kept.get(key)  # the objects are kept, too, so that nothing else can take their identities
        if kept is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            kept = self._kept[key] = (of, self._make(*of))
        return kept[1]
