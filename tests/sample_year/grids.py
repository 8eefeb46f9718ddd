"""From records to a sheet as a unit would have laid it out: titles, one- or two-row head, sums, notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from tests.sample_year.truth import YearMonth

Cell = str | int | Decimal | date | datetime | None
Raw = Cell | YearMonth | tuple[YearMonth, YearMonth] | bool
Record = Mapping[str, Raw]
Area = tuple[int, int, int, int]  # first row, first column, last row, last column; 0-based

AMOUNTS = frozenset(("total", "before", "plan", "month_plan", "month_done", "year_done", "since_start", "investment"))
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_TICKS = {"有无": ("有", "无"), "是否": ("是", "否"), "勾": ("√", "×")}


@dataclass(frozen=True)
class Styles:
    """How a unit writes its values."""

    amount: str = "number"  # number, yi, commas, wide, worded
    month: str = "chinese"  # chinese, dots, dashes, date
    day: str = "date"  # date, chinese, dots, dashes
    span: str = "chinese"  # chinese, dots, dashes, tilde, years
    tick: str = "有无"


@dataclass(frozen=True)
class Column:
    key: str
    heading: str
    parent: str = ""
    style: str = ""


@dataclass(frozen=True)
class Grid:
    """One sheet, cell by cell."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Area, ...]
    head: tuple[int, int]  # first and last row of the head, 0-based


@dataclass(frozen=True)
class Layout:
    """A unit's own form. ``columns`` is ``key[:style]=[parent>]heading`` separated by spaces; ¶ breaks a line."""

    titles: tuple[str, ...]
    columns: str
    styles: Styles = Styles()
    foot: tuple[str, ...] = ()
    sheet: str = "Sheet1"
    total_label: str = ""  # e.g. 合计; empty for no total row
    subtotal_by: str = ""  # key after whose change a 小计 row stands
    section_by: str = ""  # key that stands in section rows instead of a column
    merge_down: str = ""  # key whose equal neighbours are merged
    extra: tuple[Column, ...] = field(default=())


def parse_columns(spec: str) -> tuple[Column, ...]:
    columns = []
    for part in spec.split():
        key, _, heading = part.partition("=")
        key, _, style = key.partition(":")
        parent, _, leaf = heading.rpartition(">")
        columns.append(Column(key, leaf.replace("¶", "\n"), parent.replace("¶", "\n"), style))
    return tuple(columns)


def plain_text(value: Decimal) -> str:
    return f"{value.normalize():f}"


def show_amount(value: Decimal, style: str) -> Cell:
    if style == "yi":
        return value / 10000
    if style == "commas":
        return f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
    if style == "wide":
        return plain_text(value).translate(_WIDE)
    if style == "worded":
        return f"{plain_text(value)}万元"
    return value


def show_month(value: YearMonth, style: str) -> Cell:
    if style == "date":
        return date(value.year, value.month, 1)
    if style == "dots":
        return f"{value.year}.{value.month}"
    if style == "dashes":
        return f"{value.year}-{value.month:02d}"
    return f"{value.year}年{value.month}月"


def show_day(value: date, style: str) -> Cell:
    if style == "chinese":
        return f"{value.year}年{value.month}月{value.day}日"
    if style == "dots":
        return f"{value.year}.{value.month}.{value.day}"
    return value.isoformat() if style == "dashes" else value


def show_span(span: tuple[YearMonth, YearMonth], style: str) -> str:
    start, finish = span
    if style == "years":
        return f"{start.year}-{finish.year}"
    joint = {"dots": "-", "tilde": "~", "dashes": "至"}.get(style, "—")
    month = {"dots": "dots", "tilde": "dots", "dashes": "dashes"}.get(style, "chinese")
    return f"{show_month(start, month)}{joint}{show_month(finish, month)}"


def show(raw: Raw, column: Column, styles: Styles) -> Cell:
    """The cell for one value; a str stays what it is, for that is how a mistake gets in."""
    if isinstance(raw, YearMonth):
        return show_month(raw, column.style or styles.month)
    if isinstance(raw, bool):
        return _TICKS[styles.tick][0 if raw else 1]
    if isinstance(raw, tuple):
        return show_span(raw, column.style or styles.span)
    if isinstance(raw, Decimal) and column.key in AMOUNTS:
        return show_amount(raw, column.style or styles.amount)
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return show_day(raw, column.style or styles.day)
    return raw


def amount_sum(records: Iterable[Record], key: str) -> Decimal:
    return sum((v for r in records if isinstance(v := r.get(key), Decimal)), Decimal(0))


class _Sheet:
    """Rows and merges while a sheet is being laid out."""

    def __init__(self, columns: Sequence[Column], styles: Styles) -> None:
        self.columns, self.styles = columns, styles
        self.rows: list[tuple[Cell, ...]] = []
        self.merges: list[Area] = []

    def line(self, text: str) -> None:
        self.merges.append((len(self.rows), 0, len(self.rows), len(self.columns) - 1))
        self.rows.append((text, *[None] * (len(self.columns) - 1)))

    def head(self) -> tuple[int, int]:
        first = len(self.rows)
        leaves = tuple(column.heading for column in self.columns)
        parents = [column.parent for column in self.columns]
        if not any(parents):
            self.rows.append(leaves)
            return first, first
        top: list[Cell] = []
        low: list[Cell] = []
        for index, (parent, leaf) in enumerate(zip(parents, leaves, strict=True)):
            opens = parent and (index == 0 or parents[index - 1] != parent)
            top.append(leaf if not parent else parent if opens else None)
            low.append(leaf if parent else None)
            if not parent:
                self.merges.append((first, index, first + 1, index))
            elif opens:
                last = max(i for i, other in enumerate(parents) if other == parent)
                if last > index:
                    self.merges.append((first, index, first, last))
        self.rows += [tuple(top), tuple(low)]
        return first, first + 1

    def record(self, record: Record) -> None:
        self.rows.append(tuple(show(record.get(c.key), c, self.styles) for c in self.columns))

    def sums(self, label: str, records: Sequence[Record]) -> None:
        cells: list[Cell] = [None] * len(self.columns)
        cells[0] = label
        for index, column in enumerate(self.columns):
            if column.key in AMOUNTS:
                total = amount_sum(records, column.key)
                cells[index] = show_amount(total, column.style or self.styles.amount)
        self.rows.append(tuple(cells))

    def merge_down(self, key: str, first: int) -> None:
        index = next(i for i, column in enumerate(self.columns) if column.key == key)
        start = first
        for row in range(first + 1, len(self.rows) + 1):
            if row == len(self.rows) or self.rows[row][index] != self.rows[start][index]:
                if row - start > 1:
                    self.merges.append((start, index, row - 1, index))
                for under in range(start + 1, row):
                    cells = self.rows[under]
                    self.rows[under] = (*cells[:index], None, *cells[index + 1 :])
                start = row


def _groups(records: Sequence[Record], key: str) -> list[tuple[Raw, list[Record]]]:
    found: dict[Raw, list[Record]] = {}
    for record in records:
        found.setdefault(record.get(key), []).append(record)
    return list(found.items())


def lay_out(layout: Layout, records: Sequence[Record]) -> Grid:
    """The sheet as the unit sends it; ``records`` get their 序号 here."""
    sheet = _Sheet((*parse_columns(layout.columns), *layout.extra), layout.styles)
    for title in layout.titles:
        sheet.line(title)
    head = sheet.head()
    first = len(sheet.rows)
    numbered: list[Record] = [{**record, "serial": serial} for serial, record in enumerate(records, 1)]
    grouping = layout.section_by or layout.subtotal_by
    groups: list[tuple[Raw, list[Record]]] = _groups(numbered, grouping) if grouping else [("", numbered)]
    for number, (group, members) in enumerate(groups):
        if layout.section_by:
            total = show_amount(amount_sum(members, "total"), "")
            sheet.line(f"{'一二三四五六'[number]}、{group}（项目共计：{len(members)}个；总投资：{total}万元）")
        for record in members:
            sheet.record(record)
        if layout.subtotal_by:
            sheet.sums("小计", members)
    if layout.merge_down:
        sheet.merge_down(layout.merge_down, first)
    if layout.total_label:
        sheet.sums(layout.total_label, numbered)
    for line in layout.foot:
        sheet.line(line)
    return Grid(layout.sheet, tuple(sheet.rows), tuple(sheet.merges), head)
