"""The unit's own totals, compared with the sums of the rows that they may stand for. All amounts in 万元."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.ledgers.row import Column
from pipeline.ledgers.values import Unreadable, amount
from pipeline.records.field_catalogue import Kind
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.unit_words import SCALE, WAN_PER_UNIT
from pipeline.tables.headings import meaning, parse_heading
from pipeline.tables.row_roles import Line, RowRole, stated_count

_SUM = re.compile(rf"(?P<investment>投资额?)[:为]?(?P<figure>\d++(?:\.\d++)?)(?P<unit>{SCALE}?元)")
_CLAUSE_END = re.compile("[,;:、。()]")


def labelled_sums(text: str) -> Iterator[tuple[str, str, str]]:
    """The sums of money in a sentence, each with its label, figure and unit: 总投资, 30000, 万元."""
    before = 0
    for found in _SUM.finditer(text):
        label = _CLAUSE_END.split(text[before : found.end("investment")])[-1]
        before = found.end()
        yield label, found["figure"], found["unit"]


@dataclass(frozen=True)
class Stated:
    """What one section or total row states of the rows above or below it."""

    line: Line
    position: int  # how many projects stood above it
    amounts: Mapping[Column, Decimal]
    slack: Mapping[Column, Decimal]  # what rounding in the row's own text may hide
    count: int | None

    @property
    def is_part(self) -> bool:
        return any("小计" in text for text in (*self.line.texts, self.line.name))


@dataclass(frozen=True)
class Difference:
    """A stated total that fits no sum; ``column`` None: the number of projects."""

    line: Line
    column: Column | None
    stated: Decimal
    computed: Decimal


class Totals:
    """Gathers a table's amounts and stated totals; ``differences`` compares them at the end."""

    def __init__(self, columns: Iterable[Column], rates: Mapping[str, Decimal]) -> None:
        self.rates = rates
        self.columns = [c for c in columns if c.field.kind is Kind.AMOUNT and not c.trouble]
        self.projects: list[list[Cell]] = []
        self.stated: list[Stated] = []

    def add(self, cells: list[Cell]) -> None:
        """One project's row."""
        self.projects.append(cells)

    def state(self, line: Line, cells: list[Cell]) -> None:
        """A section or total row."""
        if line.role is RowRole.TOTAL and line.texts[0].startswith("其中"):
            return  # a breakdown of the total above, of which we know no rule
        text = max(line.texts, key=len)
        in_text, slack = self._in_text(text)
        labels = (text, "".join(line.name.split()))
        count = next((found for label in labels if (found := stated_count(label)) is not None), None)
        amounts = {**in_text, **self._amounts(cells)}
        self.stated.append(Stated(line, len(self.projects), amounts, slack, count))

    def _amounts(self, cells: list[Cell]) -> dict[Column, Decimal]:
        found = {}
        for column in self.columns:
            cell = cells[column.index]
            try:
                value = amount(cell, column.unit, self.rates)
            except Unreadable:
                continue
            if value and not (cell.covered or cell.shared):
                found[column] = value.wan
        return found

    def _in_text(self, text: str) -> tuple[dict[Column, Decimal], dict[Column, Decimal]]:
        """Totals in a section's sentence: 一、加快建设（项目共计：2个；总投资：30000万元）."""
        amounts, slack = {}, {}
        for label, figure, unit in labelled_sums(text):
            field = meaning(parse_heading([label]))
            for column in self.columns:
                if column.field is field:
                    value = Decimal(figure)
                    amounts[column] = value * WAN_PER_UNIT[unit]
                    exponent = value.as_tuple().exponent
                    assert isinstance(exponent, int)
                    slack[column] = Decimal(5).scaleb(exponent - 1) * WAN_PER_UNIT[unit]
        return amounts, slack

    def _sums(self) -> list[dict[Column, Decimal]]:
        """The sums of the first 0, 1, 2, … projects."""
        sums = [dict.fromkeys(self.columns, Decimal(0))]
        for cells in self.projects:
            own = self._amounts(cells)
            sums.append({column: sums[-1][column] + own.get(column, 0) for column in self.columns})
        return sums

    def differences(self) -> Iterator[Difference]:
        """Every stated total that the rows do not bear out."""
        sums = self._sums() if self.stated else []  # where no total is stated, nothing is added up
        bounds = sorted({0, len(self.projects), *(stated.position for stated in self.stated)})
        for index, stated in enumerate(self.stated):
            best: list[Difference] | None = None
            for start, end in self._spans(index, bounds):
                misfits = self._misfits(stated, sums[start], sums[end], end - start)
                if best is None or len(misfits) < len(best):
                    best = misfits  # the first of the best: spans come likeliest first
                if not best:
                    break
            yield from best or ()

    def _spans(self, index: int, bounds: list[int]) -> Iterator[tuple[int, int]]:
        """The rows that a total may stand for, as first and last position, likeliest first."""
        stated = self.stated[index]
        here = stated.position
        above = [(bound, here) for bound in bounds[: bounds.index(here)]]
        below = [(here, bound) for bound in bounds[bounds.index(here) + 1 :]]
        if stated.line.role is RowRole.SECTION:
            later = (other for other in self.stated[index + 1 :] if other.line.role is RowRole.SECTION)
            ends = (other.position for other in later if other.line.level <= stated.line.level)
            yield here, next(ends, bounds[-1])
            yield from below
            return
        opening = index > 0 and self.stated[index - 1].position == here  # no row since the last total or section
        after_section = opening and self.stated[index - 1].line.role is RowRole.SECTION
        if stated.is_part:
            above.reverse()
        else:
            below.reverse()
        if after_section:
            yield from below
        yield from above
        if not above or (opening and not after_section):
            yield from below

    def _misfits(
        self, stated: Stated, before: Mapping[Column, Decimal], after: Mapping[Column, Decimal], count: int
    ) -> list[Difference]:
        """What the sums before and after ``count`` projects do not bear out."""
        found = []
        for column, value in stated.amounts.items():
            computed = after[column] - before[column]
            if abs(value - computed) > stated.slack.get(column, 0):
                found.append(Difference(stated.line, column, value, computed))
        if stated.count is not None and stated.count != count:
            found.append(Difference(stated.line, None, Decimal(stated.count), Decimal(count)))
        return found
