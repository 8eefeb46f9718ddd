"""A table of any kind as it is seen: its columns as they stand, its units, its rows; no field is asked for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records import field_catalogue as f
from pipeline.records.settings import OfficeSettings
from pipeline.spreadsheets.grid import Cell, Grid, column_letters, own_texts
from pipeline.spreadsheets.shape_words import attribute_row, counts_rows, is_day, is_number, texts_of
from pipeline.spreadsheets.unit_words import bracketed_unit, named_units, stated_units, whole_unit
from pipeline.tables.head import headings_of
from pipeline.tables.headings import Heading, match_heading
from pipeline.tables.period_words import month_in
from pipeline.tables.row_roles import Line, RowRole, rows_of
from pipeline.tables.seen import ColumnSeen, Form, TableSeen, Treatment, UnitSeen
from pipeline.tables.table_shape import Shape

YEAR_WORD = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


@dataclass(frozen=True)
class Sheet:
    """A sheet with what is known around it. ``rows`` are spread: merged ranges are filled in."""

    grid: Grid
    rows: list[list[Cell]]
    path: Path
    settings: OfficeSettings = field(default_factory=OfficeSettings)

    def names(self, title: str) -> tuple[str, ...]:
        """Where a month or a year may be stated."""
        return (title, self.grid.sheet, self.path.stem)

    def years(self, title: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(int(y) for name in self.names(title) for y in YEAR_WORD.findall(name)))

    def month(self, title: str) -> str:
        months = {month for name in self.names(title) if (month := month_in(name))}
        return str(months.pop()) if len(months) == 1 else ""


def _above(sheet: Sheet, shape: Shape) -> list[tuple[int, str]]:
    """The texts above the head with their rows, 0-based."""
    columns = slice(shape.left, shape.right + 1) if shape.beside else slice(None)
    return [(row, text) for row in shape.titles for text in own_texts(sheet.rows[row][columns])]


def _fields(kind: LedgerKind, headings: Iterable[Heading], confirmed: Mapping[str, str]) -> list[f.Field]:
    matched = (match_heading(heading, kind.fields, confirmed) for heading in headings)
    return [each for each in dict.fromkeys(matched) if each and each not in (f.SERIAL, f.REMARK)]


def _why_not(headings: Sequence[Heading], confirmed: Mapping[str, str]) -> str:
    """Why no ledger is recognised: the nearest one, and what it lacks."""
    nearest, matched = max(
        ((kind, _fields(kind, headings, confirmed)) for kind in LEDGER_KINDS),
        key=lambda pair: (pair[0].subject in pair[1], len(pair[1])),
    )
    if not matched:
        return "没有一列是台账的字段"
    known = "、".join(each.label for each in matched[:4]) + ("等" if len(matched) > 4 else "")
    if nearest.subject not in matched:
        return f"最接近{nearest.name}（有{known}），但没有“{nearest.subject.label}”列"
    telling = [each.label for each in nearest.fields if each in nearest.telling]
    return f"最接近{nearest.name}（有{known}），但{'、'.join(telling)}中至少要有{min(2, len(telling))}列"


def _unit_row(sheet: Sheet, shape: Shape) -> int | None:
    """The row of the head that states each column's unit."""
    for row in range(shape.top, shape.below):
        if attribute_row(texts_of(sheet.rows[row][shape.left : shape.right + 1])) == "单位":
            return row
    return None


def _general_units(sheet: Sheet, shape: Shape) -> list[UnitSeen]:
    """The units that hold for the figures of a table whose columns state none: the nearest statement alone."""
    data = shape.rows(RowRole.DATA)
    above = [(row, unit) for row, text in _above(sheet, shape) for unit in stated_units(text)]
    if above:
        return [UnitSeen(unit, f"表头上方第{row + 1}行") for row, unit in above]
    for column in range(shape.left, shape.right + 1):
        names = [sheet.rows[row][column].text for row in data if not is_number(sheet.rows[row][column])]
        if units := named_units(filter(None, names), len(data)):
            return [UnitSeen(unit, f"{column_letters(column)}列的行名") for unit in units]
    for name, where in ((sheet.grid.sheet, "工作表名"), (sheet.path.stem, "文件名")):
        if unit := bracketed_unit(name):
            return [UnitSeen(unit, where)]
    return []


def own_unit(heading: Heading) -> UnitSeen | None:
    """The unit that a column's heading states."""
    unit = heading.unit or next(filter(None, map(bracketed_unit, reversed(heading.path))), "")
    return UnitSeen(unit, "列名") if unit else None


def seen_column(letter: str, heading: Heading, cells: Sequence[Cell]) -> ColumnSeen:
    """A column by its heading and the cells of its data; what reading makes of it is left open."""
    blanks = sum(1 for cell in cells if cell.blank)
    dates = sum(map(is_day, cells))
    numbers = sum(map(is_number, cells)) - dates
    return ColumnSeen(
        letter, heading.text, heading.path, "", Treatment.NONE, "", own_unit(heading), heading.years, heading.months,
        numbers, dates, len(cells) - numbers - dates - blanks, blanks,
    )  # fmt: skip


def _columns(
    sheet: Sheet, shape: Shape, headings: Sequence[Heading], unit_row: int | None, general: list[UnitSeen]
) -> Iterator[ColumnSeen]:
    data = shape.rows(RowRole.DATA)
    for column in range(shape.left, shape.right + 1):
        heading = headings[column] if column < len(headings) else Heading(())
        seen = seen_column(column_letters(column), heading, [sheet.rows[row][column] for row in data])
        unit = seen.unit
        if unit_row is not None and (stated := whole_unit(sheet.rows[unit_row][column].text)):
            unit = UnitSeen(stated, f"单位行第{unit_row + 1}行")
        if unit is None and seen.numbers > seen.texts and len(general) == 1 and not counts_rows(heading.text):
            unit = general[0]
        yield replace(seen, unit=unit)


def _from_one(rows: Iterable[int]) -> tuple[int, ...]:
    return tuple(row + 1 for row in rows)


def seen_table(
    sheet: Sheet,
    lines: Sequence[Line],
    title: str,
    columns: tuple[ColumnSeen, ...],
    data: tuple[int, int] | None,
    *,
    ledger: str = "",
    why_not: str = "",
    form: Form = Form.TABLE,
    titles: Iterable[int] = (),
    head_rows: tuple[int, int] | None = None,
    general: Iterable[UnitSeen] = (),
    remarks: tuple[str, ...] = (),
) -> TableSeen:
    """One table by its ``lines``; ``data`` are its first and last row, ``general`` the units where no column has one."""

    def rows(*roles: RowRole) -> tuple[int, ...]:
        return _from_one(rows_of(lines, *roles))

    return TableSeen(
        ledger=ledger,
        why_not=why_not,
        form=form,
        title=title,
        title_rows=_from_one(titles),
        head_rows=head_rows,
        columns=columns,
        data_span=(data[0] + 1, data[1] + 1) if data else None,
        data_rows=len(rows(RowRole.DATA, RowRole.NUMBERED)),
        numbered_rows=rows(RowRole.NUMBERED),
        nameless_rows=rows(RowRole.NAMELESS),
        child_rows=rows(RowRole.CHILD),
        total_rows=rows(RowRole.TOTAL),
        section_rows=rows(RowRole.SECTION),
        note_rows=rows(RowRole.NOTE),
        repeated_heads=rows(RowRole.HEAD, RowRole.TITLE),
        years=sheet.years(title),
        month=sheet.month(title),
        units=tuple(dict.fromkeys([column.unit for column in columns if column.unit] or general)),
        remarks=remarks,
    )


def look_at_shape(sheet: Sheet, shape: Shape) -> TableSeen:
    """A table that is no ledger of ours."""
    unit_row = _unit_row(sheet, shape)
    depth = shape.depth if unit_row is None else unit_row - shape.top
    headings = headings_of(sheet.rows, shape.top, depth) if depth else ()
    own = headings[shape.left : shape.right + 1]
    general = _general_units(sheet, shape)
    return seen_table(
        sheet,
        shape.lines,
        " ".join(text for _, text in _above(sheet, shape)),
        tuple(_columns(sheet, shape, headings, unit_row, general)),
        shape.data_span(sheet.grid.merges),
        why_not=_why_not(own, sheet.settings.headings) if own else "没有看出表头",
        form=Form.TABLE if shape.depth else Form.HEADLESS,
        titles=shape.titles,
        head_rows=(shape.top + 1, shape.below) if shape.depth else None,
        general=general,
    )
