"""Amounts that remember the cells they come from, through every sum and rate that is made of them.

Documents are composed of such amounts by the same code as of plain ones, and come out the same; only then each
figure can say its cells. In a text a figure is followed by a mark like ⁅12⁆, which nobody writes into a ledger and a
template lets through, so that it is found again there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Context, Decimal
from typing import Any, TypeVar

from pipeline.records.ledgers import Ledgers
from pipeline.records.source import Source

_OPEN, _CLOSE = "⁅", "⁆"
MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_SLUGS = {"investment": "node_investment"}  # where a record calls a field otherwise than the catalogue
_Record = TypeVar("_Record")


@dataclass(frozen=True)
class Addend:
    """One cell's share in a figure: what was read there (万元 or %), and whether it is added (1) or taken off (-1)."""

    source: Source
    slug: str  # of the field
    project: str
    amount: Decimal
    sign: int = 1

    @property
    def cell(self) -> str:
        found = self.source.cells.get(self.slug)
        return found.cell if found else f"第{self.source.row}行"

    @property
    def written(self) -> str:
        """What stands in the cell."""
        found = self.source.cells.get(self.slug)
        return found.text if found else ""


class TracedDecimal(Decimal):
    """A Decimal with its ``addends``; a rate also has those of what it is a share ``of``."""

    addends: tuple[Addend, ...]
    of: tuple[Addend, ...]
    spoken: "list[TracedDecimal]"  # every figure that was written into a sentence, by the number of its mark

    @classmethod
    def made(
        cls,
        value: Decimal,
        addends: tuple[Addend, ...],
        of: tuple[Addend, ...],
        spoken: "list[TracedDecimal]",
    ) -> "TracedDecimal":
        made = cls(value)
        made.addends, made.of, made.spoken = addends, of, spoken
        return made

    def _same(self, value: Decimal) -> "TracedDecimal":
        return self.made(value, self.addends, self.of, self.spoken)

    def _with(self, value: Decimal, other: object, sign: int = 1) -> "TracedDecimal":
        if not isinstance(other, TracedDecimal):
            return self._same(value)
        taken = other.addends if sign > 0 else _negated(other.addends)
        return self.made(value, (*self.addends, *taken), (*self.of, *other.of), self.spoken)

    def __add__(self, other: Decimal | int, /) -> "TracedDecimal":
        return self._with(super().__add__(other), other)

    def __radd__(self, other: Decimal | int, /) -> "TracedDecimal":
        return self._same(super().__radd__(other))

    def __sub__(self, other: Decimal | int, /) -> "TracedDecimal":
        return self._with(super().__sub__(other), other, -1)

    def __rsub__(self, other: Decimal | int, /) -> "TracedDecimal":
        return (-self)._same(super().__rsub__(other))

    def __neg__(self) -> "TracedDecimal":
        return self.made(super().__neg__(), _negated(self.addends), self.of, self.spoken)

    def __abs__(self) -> "TracedDecimal":
        return -self if self < 0 else self

    def __mul__(self, other: Decimal | int, /) -> "TracedDecimal":
        return self._same(super().__mul__(other))

    def __truediv__(self, other: Decimal | int, /) -> "TracedDecimal":
        of = other.addends if isinstance(other, TracedDecimal) else self.of
        return self.made(super().__truediv__(other), self.addends, of, self.spoken)

    def __rtruediv__(self, other: Decimal | int, /) -> "TracedDecimal":
        return self.made(super().__rtruediv__(other), (), self.addends, self.spoken)

    def quantize(
        self, exp: Decimal | int, rounding: str | None = None, context: Context | None = None
    ) -> "TracedDecimal":
        return self._same(super().quantize(exp, rounding, context))

    def normalize(self, context: Context | None = None) -> "TracedDecimal":
        return self._same(super().normalize(context))

    def __format__(self, specifier: str, context: Context | None = None, /) -> str:
        self.spoken.append(self)
        return f"{super().__format__(specifier)}{_OPEN}{len(self.spoken) - 1}{_CLOSE}"


def without_mark(number: str) -> tuple[str, str]:
    """A printed number and the mark behind it, "" for an amount that remembers no cells."""
    digits, opened, rest = number.partition(_OPEN)
    return digits, opened + rest


def _negated(addends: Iterable[Addend]) -> tuple[Addend, ...]:
    return tuple(replace(each, sign=-each.sign) for each in addends)


def traced(ledgers: Ledgers) -> tuple[Ledgers, list[TracedDecimal]]:
    """The same year with traced amounts, and the list that the figures of sentences will be found in."""
    spoken: list[TracedDecimal] = []
    changes: dict[str, Any] = {
        each.name: tuple(_traced_record(row, spoken) for row in rows)
        for each in fields(ledgers)
        if isinstance(rows := getattr(ledgers, each.name), tuple) and each.name not in ("files", "findings")
    }
    return replace(ledgers, **changes), spoken


def records_of(ledgers: Ledgers) -> Iterator[Any]:
    """Every record that has a source, in the order of the ledgers."""
    for each in fields(ledgers):
        rows = getattr(ledgers, each.name)
        if isinstance(rows, tuple):
            yield from (row for row in rows if isinstance(getattr(row, "source", None), Source))


def _traced_record(record: _Record, spoken: list[TracedDecimal]) -> _Record:
    """The record with each Decimal attribute traced to its cell."""
    source = getattr(record, "source", None)
    if not isinstance(source, Source) or not is_dataclass(record):
        return record
    project = getattr(record, "project_name", "")
    changes = {
        each.name: TracedDecimal.made(
            value, (Addend(source, _SLUGS.get(each.name, each.name), project, value),), (), spoken
        )
        for each in fields(record)
        if isinstance(value := getattr(record, each.name), Decimal)
    }
    return replace(record, **changes) if changes and not isinstance(record, type) else record
