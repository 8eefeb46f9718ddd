"""A row's cells as the XML states them, and where the format ends."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format


def column_number(letters: str) -> int:
    """``A`` → 0."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


class RawRow(NamedTuple):
    """The cells of a row as the XML states them, each attribute for all cells; blank cells may stand between."""

    columns: tuple[int, ...]  # 0-based, ascending
    kinds: tuple[str, ...]  # the attribute t, "" for none
    styles: tuple[str, ...]  # the attribute s, "" for none
    stored: tuple[str, ...]  # <v>, or the text of <is>; "" for none
    formulas: tuple[str | None, ...]  # with =
    special: tuple[int, ...] = ()  # the places of formulas and of texts that are struck out in part
    struck: frozenset[int] = frozenset()  # the places of the latter

    @property
    def filled(self) -> int:
        """How many cells say something."""
        return len(self.stored) - self.stored.count("") + len(self.special)

    def has_content(self, place: int) -> bool:
        """Whether anything stands in a cell."""
        return bool(self.stored[place]) or self.formulas[place] is not None or self.kinds[place] == "e"

    def only(self, places: Sequence[int]) -> "RawRow":
        """The row with these cells alone."""
        return raw_row(
            [self.columns[place] for place in places],
            [self.kinds[place] for place in places],
            [self.styles[place] for place in places],
            [self.stored[place] for place in places],
            [self.formulas[place] for place in places],
            [places.index(place) for place in self.struck if place in places],
        )


def raw_row(
    columns: Iterable[int],
    kinds: Iterable[str],
    styles: Iterable[str],
    stored: Iterable[str],
    formulas: Iterable[str | None],
    struck: Iterable[int] = (),
) -> RawRow:
    """A row from its columns' values."""
    formulas, struck = tuple(formulas), frozenset(struck)
    special = tuple(place for place, formula in enumerate(formulas) if formula is not None or place in struck)
    return RawRow(tuple(columns), tuple(kinds), tuple(styles), tuple(stored), formulas, special, struck)
