"""A ledger of ours as it is seen: the head, the columns and the roles of its rows are those of reading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.ledgers.row import Column
from pipeline.records.period import Month
from pipeline.spreadsheets.grid import Cell, address, column_letters
from pipeline.tables.cards import Card
from pipeline.tables.columns import ColumnView, holds_something_else, views_of
from pipeline.tables.head import Block, Head, columns_of, other_period, title_text
from pipeline.tables.headings import Heading
from pipeline.tables.packages import Packages, amounts_in
from pipeline.tables.period_words import month_in
from pipeline.tables.row_roles import READ_ROWS, Line, RowRole, rows_of
from pipeline.tables.seen import ColumnSeen, Form, TableSeen, Treatment, UnitSeen
from pipeline.tables.table_look import YEAR_WORD, Sheet, counts_of, own_unit, seen_table

_YEAR_FOLDER = re.compile(r"20\d{2}")


def _year(sheet: Sheet, title: str, head: Head) -> int:
    """The year that a ledger is of: from its folder, else its names, else its headings; 0 for none.

    The folder goes first, as in reading: what a title says otherwise is a finding there.
    """
    folders = [part for part in sheet.path.parts[:-1] if _YEAR_FOLDER.fullmatch(part)]
    if folders:
        return int(folders[-1])
    for name in sheet.names(title):
        if stated := YEAR_WORD.findall(name):
            return max(map(int, stated))
    pairs = zip(head.fields, head.headings, strict=True)
    return max((heading.years[0] for field, heading in pairs if field and heading.years), default=0)


def _money_unit(column: Column, heading: Heading, head: Head) -> UnitSeen | None:
    """An amount's unit as reading takes it; another column's as it stands."""
    if not column.unit:
        return own_unit(heading)
    if not column.unit_stated:
        return UnitSeen(column.unit, "没有写明，按默认单位")
    return UnitSeen(column.unit, "列名" if heading.unit else head.units_from)


@dataclass(frozen=True)
class _Taken:
    """What reading makes of a ledger's columns."""

    head: Head
    year: int
    month: Month | None
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, sheet: Sheet, title: str, head: Head) -> "_Taken":
        year, month = _year(sheet, title, head), next(filter(None, map(month_in, sheet.names(title))), None)
        default_unit, rates = sheet.settings.default_unit, sheet.settings.exchange_rates
        return cls(head, year, month, columns_of(head, year, month, default_unit, rates))

    def treated(self, view: ColumnView, cells: Sequence[Cell]) -> tuple[str, Treatment, str, UnitSeen | None]:
        """The field, what is done with the column, why it is not used, and its unit. ``cells`` are those of projects."""
        column = next((column for column in self.columns if column.index == view.index), None)
        own = own_unit(view.heading)
        if column and column.trouble:
            return column.field.label, Treatment.UNUSABLE, column.trouble, own
        if column and holds_something_else(column, cells):
            return column.field.label, Treatment.ASIDE, f"内容都不是“{column.field.label}”的选项", own
        if column and column.field not in self.head.kind.also_known:
            return column.field.label, Treatment.READ, "", _money_unit(column, view.heading, self.head)
        if view.suggestions:
            return "、".join(field.label for field in view.suggestions), Treatment.SUGGESTED, "", own
        reason = other_period(view.heading, view.field, self.year, self.month) if view.field else ""
        return view.known.label if view.known else "", Treatment.ASIDE, reason, own


def _columns(sheet: Sheet, taken: _Taken, places: Sequence[tuple[str, list[Cell]]]) -> Iterator[ColumnSeen]:
    """Each column or label with what reading makes of it. ``places``: its letter and its cells."""
    views = {view.index: view for view in views_of(taken.head, sheet.settings.headings)}
    for index, (letter, cells) in enumerate(places):
        view = views.get(index)
        heading = view.heading if view else Heading(())
        field, treatment, reason, unit = "", Treatment.ASIDE, "", None
        if view:
            field, treatment, reason, unit = taken.treated(view, cells)
        numbers, dates, texts, blanks = counts_of(cells)
        if view or numbers + dates + texts:
            yield ColumnSeen(
                letter, heading.text, heading.path, field, treatment, reason, unit,
                heading.years, heading.months, numbers, dates, texts, blanks,
            )  # fmt: skip


def look_at_block(sheet: Sheet, block: Block, lines: Sequence[Line], remarks: tuple[str, ...]) -> TableSeen:
    """One ledger of a sheet; ``lines`` are its rows."""
    head, rows = block.head, sheet.rows
    title = title_text(rows, head, block.start)
    taken = _Taken.of(sheet, title, head)
    lines = Packages(lines, taken.columns, amounts_in(rows, sheet.settings.exchange_rates)).lines
    data, span = rows_of(lines, *READ_ROWS), rows_of(lines, *READ_ROWS, RowRole.NUMBERED)
    places = [(column_letters(index), [rows[number][index] for number in data]) for index in range(len(head.headings))]
    return seen_table(
        sheet,
        lines,
        " ".join(title.splitlines()),
        tuple(_columns(sheet, taken, places)),
        (span[0], span[-1]) if span else None,
        ledger=head.kind.name,
        titles=(row for row in range(block.start, head.top) if any(cell.text for cell in rows[row])),
        head_rows=(head.top + 1, head.first_data_row),
        remarks=remarks,
    )


def look_at_card(sheet: Sheet, card: Card) -> TableSeen:
    """One project in label and value pairs."""
    title = title_text(sheet.rows, card.head)
    places = [(address(pair.row, pair.column), [sheet.rows[pair.row][pair.column]]) for pair in card.pairs]
    columns = tuple(_columns(sheet, _Taken.of(sheet, title, card.head), places))
    rows = [pair.row for pair in card.pairs]
    project = Line(min(rows), RowRole.DATA)
    span = (min(rows), max(rows))
    return seen_table(
        sheet,
        (project,),
        " ".join(title.splitlines()),
        columns,
        span,
        ledger=card.head.kind.name,
        form=Form.CARD,
    )
