"""One table as it is seen: the ledger recognised or why not, its columns, its rows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from pipeline.ledgers.grid import BLANK, Cell, Grid, column_letters
from pipeline.ledgers.head import Head, _headings, columns_of, find_head, month_in, spread
from pipeline.ledgers.headings import Heading, match_heading, suggest
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.ledgers.ledger_rows import ledger_roles
from pipeline.ledgers.row import Column
from pipeline.ledgers.shape_words import attribute_row, counts_rows, is_day, is_number, texts_of
from pipeline.ledgers.table_shape import Role, Shape, tables_in
from pipeline.ledgers.units_seen import bracketed_unit, named_units, stated_units, whole_unit
from pipeline.records import field_catalogue as f
from pipeline.records.settings import OfficeSettings

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_YEAR_FOLDER = re.compile(r"20\d{2}")


class Treatment(Enum):
    """What reading does with a column; the value is shown to users."""

    READ = "读取"
    UNUSABLE = "不能使用"
    SUGGESTED = "待确认"
    ASIDE = "不读取"
    NONE = ""  # the table is no ledger of ours


@dataclass(frozen=True)
class UnitSeen:
    """A unit and where it is stated: 列名, 单位行, 表头上方, 行名, 工作表名, 文件名; 默认 where it is nowhere."""

    unit: str
    where: str


@dataclass(frozen=True)
class ColumnSeen:
    """One column of a table."""

    letter: str
    heading: str  # its levels from top to bottom, joined by —
    path: tuple[str, ...]
    field: str  # label of the field matched or suggested
    treatment: Treatment
    reason: str  # why the column can't be used
    unit: UnitSeen | None
    years: tuple[int, ...]
    months: tuple[int, ...]
    numbers: int  # data rows with a number
    dates: int
    texts: int
    blanks: int


@dataclass(frozen=True)
class TableSeen:
    """One table. Rows are numbered from 1."""

    ledger: str  # its name, "" where none is recognised
    why_not: str
    title: str
    title_rows: tuple[int, ...]
    head_rows: tuple[int, int] | None
    columns: tuple[ColumnSeen, ...]
    data_span: tuple[int, int] | None
    data_rows: int
    numbered_rows: tuple[int, ...]  # with a serial number and nothing else
    total_rows: tuple[int, ...]
    section_rows: tuple[int, ...]
    note_rows: tuple[int, ...]
    repeated_heads: tuple[int, ...]
    years: tuple[int, ...]  # that titles, sheet name and file name state
    month: str  # 2027-03, where exactly one is stated
    units: tuple[UnitSeen, ...]


@dataclass(frozen=True)
class _Place:
    """A table with all that is around it."""

    grid: Grid
    rows: list[list[Cell]]
    shape: Shape
    path: Path
    settings: OfficeSettings

    @property
    def above(self) -> list[tuple[int, str]]:
        """The texts above the head with their rows, 0-based."""
        shape = self.shape
        columns = slice(shape.left, shape.right + 1) if shape.beside else slice(None)
        cells = ((row, cell) for row in shape.titles for cell in self.rows[row][columns])
        return [(row, cell.text) for row, cell in cells if cell.text and not cell.covered]

    @property
    def names(self) -> tuple[str, ...]:
        """Titles, sheet name and file name: where a month or a year may stand."""
        return (" ".join(text for _, text in self.above), self.grid.sheet, self.path.stem)


def _cut(place: _Place, start: int, end: int) -> Grid:
    """The table alone, with what stands above it; what stands beside it is blanked."""
    left, right = place.shape.left, place.shape.right
    beside = place.shape.beside
    rows = tuple(
        tuple(BLANK if beside and not left <= c <= right else cell for c, cell in enumerate(row))
        for row in place.grid.rows[start:end]
    )
    merges = tuple(
        replace(m, top=m.top - start, bottom=m.bottom - start)
        for m in place.grid.merges
        if start <= m.top and m.bottom < end
    )
    return replace(place.grid, rows=rows, merges=merges)


def _ledger_head(place: _Place, start: int, end: int) -> Head | None:
    part = _cut(place, start, end)
    head = find_head(part, spread(part), LEDGER_KINDS, "", place.settings.headings)
    return replace(head, top=head.top + start) if head else None


def _fields(kind: LedgerKind, headings: Iterable[Heading], confirmed: Mapping[str, str]) -> list[f.Field]:
    matched = (match_heading(heading, kind.fields, confirmed) for heading in headings)
    return [field for field in dict.fromkeys(matched) if field and field not in (f.SERIAL, f.REMARK)]


def _why_not(headings: Sequence[Heading], confirmed: Mapping[str, str]) -> str:
    """Why no ledger is recognised: the nearest one, and what it lacks."""
    nearest, matched = max(
        ((kind, _fields(kind, headings, confirmed)) for kind in LEDGER_KINDS),
        key=lambda pair: (pair[0].subject in pair[1], len(pair[1])),
    )
    if not matched:
        return "没有一列是台账的字段"
    known = "、".join(field.label for field in matched[:4]) + ("等" if len(matched) > 4 else "")
    if nearest.subject not in matched:
        return f"最接近{nearest.name}（有{known}），但没有“{nearest.subject.label}”列"
    telling = [field.label for field in nearest.fields if field in nearest.telling]
    return f"最接近{nearest.name}（有{known}），但{'、'.join(telling)}中至少要有{min(2, len(telling))}列"


def _stated_above(place: _Place) -> list[UnitSeen]:
    return [
        UnitSeen(unit, f"表头上方第{row + 1}行") for row, text in place.above for unit in stated_units(text)
    ]


def _unit_row(place: _Place) -> int | None:
    """The row of the head that states each column's unit."""
    for row in range(place.shape.top, place.shape.below):
        if attribute_row(texts_of(place.rows[row][place.shape.left : place.shape.right + 1])) == "单位":
            return row
    return None


def _general_unit(place: _Place, data: Sequence[int]) -> list[UnitSeen]:
    """The units that hold for the figures of a table whose columns state none: the nearest statement alone."""
    if above := _stated_above(place):
        return above
    columns = range(place.shape.left, place.shape.right + 1)
    for column in columns:
        names = [place.rows[row][column].text for row in data if not is_number(place.rows[row][column])]
        if units := named_units(filter(None, names), len(data)):
            return [UnitSeen(unit, f"{column_letters(column)}列的行名") for unit in units]
    for name, where in ((place.grid.sheet, "工作表名"), (place.path.stem, "文件名")):
        if unit := bracketed_unit(name):
            return [UnitSeen(unit, where)]
    return []


def _stated_unit(place: _Place, heading: Heading, column: int, unit_row: int | None) -> UnitSeen | None:
    """The unit that the column itself states."""
    if unit_row is not None and (unit := whole_unit(place.rows[unit_row][column].text)):
        return UnitSeen(unit, f"单位行第{unit_row + 1}行")
    unit = heading.unit or next(filter(None, map(bracketed_unit, reversed(heading.path))), "")
    return UnitSeen(unit, "列名") if unit else None


def _counts(place: _Place, column: int, data: Sequence[int]) -> tuple[int, int, int, int]:
    """Rows with a number, with a date, with text, and blank."""
    cells = [place.rows[row][column] for row in data]
    blanks = sum(1 for cell in cells if cell.blank)
    dates = sum(map(is_day, cells))
    numbers = sum(map(is_number, cells)) - dates
    return numbers, dates, len(cells) - numbers - dates - blanks, blanks


def _columns(place: _Place, headings: Sequence[Heading], data: Sequence[int]) -> Iterator[ColumnSeen]:
    """The columns as they stand, without fields."""
    unit_row = _unit_row(place)
    general = _general_unit(place, data)
    for column in range(place.shape.left, place.shape.right + 1):
        heading = headings[column] if column < len(headings) else Heading(())
        numbers, dates, texts, blanks = _counts(place, column, data)
        unit = _stated_unit(place, heading, column, unit_row)
        if unit is None and numbers > texts and len(general) == 1 and not counts_rows(heading.text):
            unit = general[0]
        yield ColumnSeen(
            column_letters(column), heading.text, heading.path, "", Treatment.NONE, "", unit,
            heading.years, heading.months, numbers, dates, texts, blanks,
        )  # fmt: skip


def _year(place: _Place, head: Head) -> int:
    """The year that a ledger is of: from its names, else its folder, else its headings; 0 for none."""
    for name in place.names:
        if stated := set(_YEAR.findall(name)):
            return int(max(stated))
    folders = [part for part in place.path.parts[:-1] if _YEAR_FOLDER.fullmatch(part)]
    if folders:
        return int(folders[-1])
    pairs = zip(head.fields, head.headings, strict=True)
    return max((heading.years[0] for field, heading in pairs if field and heading.years), default=0)


def _as_read(place: _Place, head: Head, seen: Sequence[ColumnSeen]) -> Iterator[ColumnSeen]:
    """The columns with what reading makes of them."""
    month = next(filter(None, map(month_in, place.names)), None)
    columns = columns_of(head, _year(place, head), month, place.settings.default_unit)
    used = {column.index: column for column in columns}
    unused = tuple(field for field in head.kind.fields if field not in head.fields)
    for index, each in enumerate(seen, place.shape.left):
        column = used.get(index)
        field = head.fields[index] if index < len(head.fields) else None
        near = suggest(head.headings[index], unused) if each.path and not field else None
        if column and column.trouble:
            yield replace(each, field=column.field.label, treatment=Treatment.UNUSABLE, reason=column.trouble)
        elif column and column.field not in head.kind.fields and column.field not in (f.SERIAL, f.REMARK):
            yield replace(each, field=column.field.label, treatment=Treatment.ASIDE)
        elif column:
            unit = _money_unit(column, head, each)
            yield replace(each, field=column.field.label, treatment=Treatment.READ, unit=unit)
        elif near:
            yield replace(each, field=near.label, treatment=Treatment.SUGGESTED)
        else:
            yield replace(each, field=field.label if field else "", treatment=Treatment.ASIDE)


def _money_unit(column: Column, head: Head, each: ColumnSeen) -> UnitSeen | None:
    """An amount's unit as reading takes it; another column's as it stands."""
    if not column.unit:
        return each.unit if each.unit and each.unit.where == "列名" else None
    if not column.unit_stated:
        return UnitSeen(column.unit, "没有写明，按默认单位")
    return UnitSeen(column.unit, "列名" if head.headings[column.index].unit else "表头上方")


def _table(place: _Place, start: int, end: int) -> TableSeen:
    head = _ledger_head(place, start, end) if place.shape.depth else None
    shape = place.shape
    if head:
        above = tuple(row for row in range(start, head.top) if any(c.text for c in place.rows[row]))
        width = max(i for i, heading in enumerate(head.headings) if heading.path)
        shape = replace(
            shape, top=head.top, depth=head.depth, titles=above, right=max(shape.right, width),
            roles=ledger_roles(head, place.rows, end),
        )  # fmt: skip
    place = replace(place, shape=shape)
    data = shape.rows(Role.DATA, Role.NUMBERED)
    unit_row = _unit_row(place)
    depth = shape.depth if unit_row is None else unit_row - shape.top
    headings = head.headings if head else _headings(place.rows, shape.top, depth) if depth else ()
    columns = tuple(_columns(place, headings, shape.rows(Role.DATA)))
    if head:
        columns = tuple(_as_read(place, head, columns))
    units = [column.unit for column in columns if column.unit]
    general = [] if head else _general_unit(place, shape.rows(Role.DATA))
    months = {month for name in place.names if (month := month_in(name))}
    span = shape.data_span(place.grid.merges)
    return TableSeen(
        ledger=head.kind.name if head else "",
        why_not="" if head else _why_not(headings, place.settings.headings) if headings else "没有看出表头",
        title=" ".join(text for _, text in place.above),
        title_rows=tuple(row + 1 for row in shape.titles),
        head_rows=(shape.top + 1, shape.below) if shape.depth else None,
        columns=columns,
        data_span=(span[0] + 1, span[1] + 1) if span else None,
        data_rows=len(data),
        numbered_rows=_numbered(shape, Role.NUMBERED),
        total_rows=_numbered(shape, Role.TOTAL),
        section_rows=_numbered(shape, Role.SECTION),
        note_rows=_numbered(shape, Role.NOTE),
        repeated_heads=_numbered(shape, Role.HEAD),
        years=tuple(dict.fromkeys(int(y) for name in place.names for y in _YEAR.findall(name))),
        month=str(months.pop()) if len(months) == 1 else "",
        units=tuple(dict.fromkeys(units or general)),
    )


def _numbered(shape: Shape, role: Role) -> tuple[int, ...]:
    return tuple(row + 1 for row in shape.rows(role))


def look_at_tables(grid: Grid, path: Path, settings: OfficeSettings) -> tuple[TableSeen, ...]:
    """Every table of a sheet, a ledger or not."""
    rows = spread(grid)
    seen = []
    shapes = tables_in(grid)
    for shape in shapes:
        start = min((shape.top, *shape.titles))
        last = max((row for row, _ in shape.roles), default=shape.below - 1)
        seen.append(_table(_Place(grid, rows, shape, path, settings), start, last + 1))
    return tuple(seen)
