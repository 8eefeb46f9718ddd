"""The name among several that one most resembles, and how alike it must be to be worth saying.

Names of ledgers are compared by ``difflib``. (Placeholders of templates are so short that single characters count:
``word.nearest_name`` counts changes.)
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from math import ceil

from pipeline.records.names import name_key

# Least likeness, from 0 to 1
HINT = 0.4  # a person has just written the name, sees the hint and decides
CHOICE = 0.5  # a cell is meant for one of a field's choices
NAME = 0.6  # of a unit or a person, in a finding
PROJECT = 0.75  # so alike that one project under two names is likelier than two projects


def nearest(name: str, known: Iterable[str], least: float) -> str | None:
    """The likest of some names as it is spelt there; None where none is like enough."""
    by_key = {name_key(each): each for each in known}
    near = get_close_matches(name_key(name), by_key, 1, least)
    return by_key[near[0]] if near else None


def perhaps(name: str, known: Iterable[str], least: float) -> str:
    """``，是否为“…”`` with the likest of some names; "" where none is like enough."""
    near = nearest(name, known, least)
    return f"，是否为“{near}”" if near else ""


class Nearest:
    """The likest of many names, asked for many times, without holding each against each.

    Two names are alike where most of their characters agree. So one that lacks the rarest characters of the other, more of
    them than may differ, need not be compared: the answer is that of ``difflib``, in a fraction of the time.
    """

    def __init__(self, names: Iterable[str], cutoff: float) -> None:
        self._cutoff = cutoff
        self._found: dict[str, str | None] = {}
        self._names: dict[int, dict[str, list[str]]] = {}  # by length, then by each of their characters
        self._common: Counter[str] = Counter()
        for name in names:
            letters = tuple(dict.fromkeys(name))
            self._common.update(letters)
            for letter in letters:
                self._names.setdefault(len(name), {}).setdefault(letter, []).append(name)

    def to(self, name: str) -> str | None:
        """The likest name; of several the one that ``difflib`` prefers."""
        if name not in self._found:
            near = get_close_matches(name, self.possible(name), 1, self._cutoff)
            self._found[name] = near[0] if near else None
        return self._found[name]

    def possible(self, name: str) -> list[str]:
        """Names that may be so like, each once; all others surely are not."""
        return list(dict.fromkeys(self._candidates(name)))

    def _candidates(self, name: str) -> Iterator[str]:
        rarest_first = sorted(name, key=lambda letter: (self._common[letter], letter))
        for length, by_letter in self._names.items():
            agreeing = ceil(self._cutoff * (len(name) + length) / 2)
            if agreeing <= min(len(name), length):
                for letter in dict.fromkeys(rarest_first[: len(name) - agreeing + 1]):
                    yield from by_letter.get(letter, ())
