"""Records gathered by the sheet that they stand on."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from pipeline.records.source import Source

_T = TypeVar("_T")


def by_sheet(entries: Iterable[_T], source: Callable[[_T], Source]) -> list[Sequence[_T]]:
    """Entries of one file and sheet together, in the order in which the sheets are first met."""
    groups: dict[tuple[str, str], list[_T]] = {}
    for entry in entries:
        place = source(entry)
        groups.setdefault((place.file, place.sheet), []).append(entry)
    return list(groups.values())
