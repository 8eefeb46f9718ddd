"""The placeholder that was probably meant: names are short, so single characters count."""

from collections import Counter
from collections.abc import Iterable

_FURTHEST = 0.6  # changes for each character of the longer name


def nearest_name(name: str, known: Iterable[str]) -> str:
    """The known name with the fewest changes for its length; ``""`` where none is near.

    Letters in another order are nearest of all; of several as near, one of the same length and with more
    characters in common, then the first.
    """
    candidates = {each: _distance(name, each) for each in known}
    near = [each for each, distance in candidates.items() if distance <= _FURTHEST]
    return min(near, key=lambda each: (candidates[each], len(each) != len(name), -_common(name, each)), default="")


def _distance(one: str, other: str) -> float:
    if sorted(one) == sorted(other):
        return 0.0
    return changes(one, other) / max(len(one), len(other))


def changes(one: str, other: str) -> int:
    """How many characters to insert, drop or replace to make ``other`` of ``one``."""
    row = list(range(len(other) + 1))
    for number, mark in enumerate(one, 1):
        above, row = row, [number]
        for column, other_mark in enumerate(other, 1):
            replaced = above[column - 1] + (mark != other_mark)
            row.append(min(above[column] + 1, row[-1] + 1, replaced))
    return row[-1]


def _common(one: str, other: str) -> int:
    return (Counter(one) & Counter(other)).total()
