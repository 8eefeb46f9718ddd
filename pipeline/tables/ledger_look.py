"""A ledger of ours as it is seen: the head, the columns and the roles of its rows are those of reading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.ledgers.row import Column
from pipeline.spreadsheets.grid import Cell, address, column_letters
from pipeline.tables.cards import Card
from pipeline.tables.columns import ColumnView, holds_something_else, views_of
from pipeline.tables.head import Block, Head, columns_of, other_period
from pipeline.tables.headings import Heading
from pipeline.tables.packages import Packages, amounts_in
from pipeline.tables.period_words import month_in
from pipeline.tables.row_roles import READ_ROWS, Line, RowRole, rows_of
from pipeline.tables.seen import ColumnSeen, Form, TableSeen, Treatment, UnitSeen
from pipeline.tables.table_look import YEAR_WORD, Sheet, own_unit, seen_column, seen_table

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


class _Taken:
    """What reading makes of a ledger's columns."""

    def __init__(self, sheet: Sheet, title: str, head: Head) -> None:
        settings, self.head, self.year = sheet.settings, head, _year(sheet, title, head)
        self.month = next(filter(None, map(month_in, sheet.names(title))), None)
        self.columns = columns_of(head, self.year, self.month, settings.default_unit, settings.exchange_rates)

    def treated(self, view: ColumnView, seen: ColumnSeen, cells: Sequence[Cell]) -> ColumnSeen:
        """The column with its field, what is done with it, and why it is not used. ``cells`` are those of projects."""
        column = next((column for column in self.columns if column.index == view.index), None)
        if column and column.trouble:
            return replace(seen, field=column.field.label, treatment=Treatment.UNUSABLE, reason=column.trouble)
        if column and holds_something_else(column, cells):
            label = column.field.label
            return replace(seen, field=label, treatment=Treatment.ASIDE, reason=f"内容都不是“{label}”的选项")
        if column and column.field not in self.head.kind.also_known:
            unit = _money_unit(column, view.heading, self.head)
            return replace(seen, field=column.field.label, treatment=Treatment.READ, unit=unit)
        if view.suggestions:
            return replace(seen, field="、".join(f.label for f in view.suggestions), treatment=Treatment.SUGGESTED)
        reason = other_period(view.heading, view.field, self.year, self.month) if view.field else ""
        return replace(seen, field=view.known.label if view.known else "", treatment=Treatment.ASIDE, reason=reason)


def _columns(sheet: Sheet, taken: _Taken, places: Sequence[tuple[str, list[Cell]]]) -> Iterator[ColumnSeen]:
    """Each column or label with what reading makes of it. ``places``: its letter and its cells."""
    views = {view.index: view for view in views_of(taken.head, sheet.settings.headings)}
    for index, (letter, cells) in enumerate(places):
        view = views.get(index)
        if view:
            yield taken.treated(view, seen_column(letter, view.heading, cells), cells)
        elif any(not cell.blank for cell in cells):
            yield replace(seen_column(letter, Heading(()), cells), treatment=Treatment.ASIDE)


def look_at_block(sheet: Sheet, block: Block, lines: Sequence[Line], remarks: tuple[str, ...]) -> TableSeen:
    """One ledger of a sheet; ``lines`` are its rows."""
    head, rows, title = block.head, sheet.rows, block.title
    taken = _Taken(sheet, title, head)
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
    title = card.title
    places = [(address(pair.row, pair.column), [sheet.rows[pair.row][pair.column]]) for pair in card.pairs]
    columns = tuple(_columns(sheet, _Taken(sheet, title, card.head), places))
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
