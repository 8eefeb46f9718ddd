"""Finding the head of a table where a person sees it, and what its columns are."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import COMBINED, Column
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.period import Month
from pipeline.spreadsheets.grid import BLANK, Cell, Grid, own_cells, own_texts
from pipeline.spreadsheets.unit_words import money_unit, stated_in, why_unusable
from pipeline.tables.heading_words import SUBJECT_SIGNS
from pipeline.tables.headings import SEVERAL_COLUMNS, Heading, fold, match_heading, names_judge, parse_heading
from pipeline.tables.period_words import months_in

_SEARCHED_ROWS = 20  # titles, stamps and unit lines above a head; nobody has been seen to need more
_DEEPEST = 3
_LONGEST_SUBJECT = 12
# One of these stands in every way to write a ledger's subject, and what any ledger has: 序号 and 备注.
HEAD_SIGNS = re.compile("[名称位门]|序号|编号|排序|N[oO]|备注|说明")
_TITLE_WORDS = re.compile(r"表|台账|清单|名单|名册|附件|情况|月报|单位|日期|\d年|[一二三四五六七八九十]、")
_UNIT_IN_TITLE = re.compile(
    r"(?:填报|申报|报送|责任|牵头)(?:单位|部门)[(（盖章）)]*+[:：][^\S\n]*+(?!\S{0,100}单位[:：])([^\s:：，,；;（(]+)"
)

_THIS_YEAR = (
    f.YEAR_PLAN, f.PHYSICAL_GOAL, f.WORK_GOAL, f.YEAR_GOAL, f.YEAR_DONE, f.MONTH_DONE, f.MONTH_PLAN, f.PHYSICAL,
)  # fmt: skip
_THIS_MONTH = (f.YEAR_DONE, f.MONTH_DONE, f.MONTH_PLAN, f.PHYSICAL)


@dataclass(frozen=True)
class Head:
    """A head of ``depth`` rows from row ``top`` (0-based), read as a ledger of ``kind``."""

    kind: LedgerKind
    top: int
    depth: int
    headings: tuple[Heading, ...]  # by column
    fields: tuple[Field | None, ...]  # by column
    units_above: tuple[str, ...] = ()  # money units that are stated for the whole table, each once
    units_from: str = "表头上方"  # where they stand, for the user

    @property
    def unit_line(self) -> str:
        """The money unit stated above the head; "" where there is none or more than one."""
        return self.units_above[0] if len(self.units_above) == 1 else ""

    @property
    def has_bare_amounts(self) -> bool:
        """Whether an amount column leaves its unit to the lines around the table."""
        return any(
            field is not None and field.kind is Kind.AMOUNT and not heading.unit
            for heading, field in zip(self.headings, self.fields, strict=True)
        )

    @property
    def first_data_row(self) -> int:
        return self.top + self.depth

    def filled_beyond(self, cells: Sequence[Cell]) -> int:
        """The last filled column of a row, counted from 1, where it stands beyond the head's; else 0."""
        width = max(index for index, heading in enumerate(self.headings) if heading.path) + 1
        last = max((index for index, cell in enumerate(cells) if not cell.blank), default=0) + 1
        return last if last > width else 0

    def very_named(self, field: Field) -> list[int]:
        """The columns that bear the field's label itself."""
        return [
            index
            for index, heading in enumerate(self.headings)
            if self.fields[index] is field and heading.path[-1] == field.label
        ]

    @property
    def subject(self) -> int:
        """The column of the ledger's subject: the one with its very name, or else the first."""
        named = self.very_named(self.kind.subject)
        return named[0] if len(named) == 1 else self.fields.index(self.kind.subject)


def spread(grid: Grid) -> list[list[Cell]]:
    """The grid's cells with merged ranges filled in; filled cells are marked as covered."""
    width = grid.width
    rows = [list(row) + [BLANK] * (width - len(row)) for row in grid.rows]
    for merge in grid.merges:
        if merge.top >= len(rows) or merge.left >= width:
            continue
        stated = rows[merge.top][merge.left]
        if merge.bottom > merge.top:
            rows[merge.top][merge.left] = replace(stated, shared=True)
        cell = replace(stated, covered=True)
        for row in range(merge.top, min(merge.bottom + 1, len(rows))):
            for column in range(merge.left, min(merge.right + 1, width)):
                if (row, column) != (merge.top, merge.left):
                    rows[row][column] = cell
    return rows


def headings_of(rows: list[list[Cell]], top: int, depth: int) -> tuple[Heading, ...]:
    """The heading of each column; a parent without merge information reaches right over blank cells."""
    levels = [[cell.text for cell in rows[row]] for row in range(top, top + depth)]
    for upper, lower in itertools.pairwise(levels):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1]:
                upper[column] = upper[column - 1]
    headings = []
    for column in range(len(levels[0])):
        path: list[str] = []
        for level in levels:
            if level[column] and (not path or level[column] != path[-1]):
                path.append(level[column])
        headings.append(parse_heading(path))
    return tuple(headings)


def _cut_by_merge(grid: Grid, top: int, depth: int) -> bool:
    """Whether a merged range begins above the rows or reaches below them."""
    last = top + depth - 1
    return any(m.top < top <= m.bottom or m.top <= last < m.bottom for m in grid.merges)


def _candidates(grid: Grid, rows: list[list[Cell]], tops: range) -> Iterator[tuple[int, int]]:
    for top in tops:
        for depth in range(1, _DEEPEST + 1):
            bottom = top + depth
            if bottom > len(rows) or any(isinstance(cell.value, Decimal) for cell in rows[bottom - 1]):
                break  # a number stands in no head, and would in every deeper one
            if not _cut_by_merge(grid, top, depth):
                yield top, depth


@lru_cache(maxsize=16_384)  # a year's workbooks have the same headings many times over
def _fields_by_kind(
    heading: Heading, kinds: tuple[LedgerKind, ...], confirmed: tuple[tuple[str, str], ...]
) -> tuple[Field | None, ...]:
    """What a heading means in a ledger of each kind."""
    return tuple(match_heading(heading, kind.recognised, dict(confirmed)) for kind in kinds)


def _best(
    rows: list[list[Cell]],
    candidates: Iterable[tuple[int, int]],
    kinds: tuple[LedgerKind, ...],
    folder: str,
    confirmed: Mapping[str, str],
) -> Head | None:
    best: tuple[int, int, int, int, int] | None = None
    found: Head | None = None
    by_office = tuple(confirmed.items())
    renamed = set(confirmed.values()) & {kind.subject.label for kind in kinds}
    for top, depth in candidates:
        texts = (cell.text for row in rows[top : top + depth] for cell in row)
        if not renamed and not any(map(SUBJECT_SIGNS.search, texts)):
            continue  # no ledger without its subject: rows of data need no closer look
        headings = headings_of(rows, top, depth)
        by_heading = [_fields_by_kind(heading, kinds, by_office) for heading in headings]
        for kind, fields in zip(kinds, zip(*by_heading, strict=True), strict=False):  # rows may have no cells
            score = kind.score(frozenset(filter(None, fields)))
            if not score:
                continue
            units = sum(
                1 for h, field in zip(headings, fields, strict=True) if h.unit and field and field.kind is Kind.AMOUNT
            )
            rank = (score, int(kind.folder == folder), units, -depth, -top)
            if best is None or rank > best:
                best, found = rank, Head(kind, top, depth, headings, fields)
    return found


def units_in(rows: list[list[Cell]]) -> tuple[str, ...]:
    """The money units that the rows' unit lines state, each once; 单位： and 万元 may stand in two cells."""
    units: dict[str, None] = {}
    for row in rows:
        texts = own_texts(row)
        for text in (*texts, *map(" ".join, itertools.pairwise(texts))):
            units.update(dict.fromkeys(stated_in(text)))
    return tuple(units)


def _with_units(head: Head, grid: Grid, rows: list[list[Cell]], end: int) -> Head:
    """The head with the units of a note below it or of the sheet's name, where none stands above it."""
    if head.units_above or not head.has_bare_amounts:
        return head
    below = (rows[number] for number in range(head.first_data_row, end))
    notes = [row for row in below if len(own_texts(row)) == 1]
    for units, place in ((units_in(notes), "表下说明"), (stated_in(grid.sheet), "工作表名")):
        if units:
            return replace(head, units_above=units, units_from=place)
    return head


@dataclass(frozen=True)
class Block:
    """One table of a sheet: its title from row ``start``, its head, and its rows up to ``end`` (exclusive)."""

    start: int
    head: Head
    end: int
    title: str = ""  # what stands above the head, a line for a row
    foreign: int | None = None  # row of the head of another table, no ledger, that ends it


def find_blocks(
    grid: Grid, rows: list[list[Cell]], kinds: Iterable[LedgerKind], folder: str, confirmed: Mapping[str, str]
) -> tuple[Block, ...]:
    """Every table of a sheet, one under another.

    ``folder`` only decides between equals. The head repeated on each printed page begins no table, unless another
    month, sender or money unit stands above it.
    """
    kinds = tuple(kinds)

    def best(tops: range, end: int) -> Head | None:
        """The best-fitting head and ledger of the rows above ``end``; None where no ledger is seen."""
        return _best(rows[:end], _candidates(grid, rows[:end], tops), kinds, folder, confirmed)

    first = best(range(_SEARCHED_ROWS), len(rows))
    if first is None:
        return ()
    while higher := best(range(first.top), first.top):
        between = rows[higher.first_data_row : title_start(rows, higher.first_data_row, first.top)]
        if not any(not cell.blank for row in between for cell in row):
            break  # the upper rows of one head
        first = higher
    heads = [(0, replace(first, units_above=units_in(rows[: first.top])))]
    subjects = tuple(dict.fromkeys(kind.subject for kind in kinds))
    number = first.first_data_row
    while number < len(rows):
        begun, last = heads[-1]
        if _may_begin_table(rows[number], subjects):
            reach = range(max(last.first_data_row, number - _DEEPEST + 1), number + 1)
            found = best(reach, len(rows))
            if found and found.top <= number < found.first_data_row:
                start = title_start(rows, last.first_data_row, found.top)
                before, title = title_text(rows, last, begun), title_text(rows, found, start)
                units = units_in(rows[start : found.top])
                other_unit = bool(units) and units != last.units_above
                if found.headings != last.headings or other_unit or _of_another(before, title):
                    heads.append((start, replace(found, units_above=units or last.units_above)))
                number = found.first_data_row
                continue
        number += 1
    ends = [start for start, _ in heads[1:]] + [len(rows)]
    return tuple(
        Block(start, _with_units(head, grid, rows, end), end, title_text(rows, head, start))
        for (start, head), end in zip(heads, ends, strict=True)
    )


def _of_another(before: str, title: str) -> bool:
    """Whether a title names a month or a sender that the title of the table before does not."""
    any_year = 2000  # the same for both, where they name none
    month = set(months_in(title, any_year)) - set(months_in(before, any_year))
    sender = unit_in_title(title)
    return bool(month) or (bool(sender) and sender != unit_in_title(before))


def _may_begin_table(row: list[Cell], subjects: tuple[Field, ...]) -> bool:
    """Whether a row below a head may be another head: words alone, one of them a ledger's subject."""
    if any(cell.value and not isinstance(cell.value, str) for cell in row):
        return False
    texts = own_texts(row)
    return len(texts) > 2 and any(_may_name(text) and _names(text, subjects) for text in texts)


def _may_name(text: str) -> bool:
    """Whether a text is worth a close look: of a table's many texts the fewest are."""
    return len(text) <= _LONGEST_SUBJECT and HEAD_SIGNS.search(fold(text)) is not None


@lru_cache(maxsize=16_384)
def _names(text: str, subjects: tuple[Field, ...]) -> bool:
    return match_heading(parse_heading((text,)), subjects, {}) is not None


def title_start(rows: list[list[Cell]], low: int, top: int) -> int:
    """The first row of the title above a further head; what stands higher belongs to the table before."""
    start = top
    for number in range(top - 1, low - 1, -1):
        texts = [cell.text for cell in own_cells(rows[number])]
        figures = any(isinstance(cell.value, Decimal) for cell in rows[number])
        if texts and (len(texts) > 3 or figures or not any(map(_TITLE_WORDS.search, texts))):
            break
        start = number
    return start


def title_text(rows: list[list[Cell]], head: Head, start: int = 0) -> str:
    """What stands above the head from row ``start`` on, a line for a row, for the month and the unit that it names."""
    lines = (" ".join(own_texts(row)) for row in rows[start : head.top])
    return "\n".join(filter(None, lines))


def unit_in_title(text: str) -> str:
    match = _UNIT_IN_TITLE.search(text)
    return match[1].strip() if match else ""


def _unit_trouble(heading: Heading, field: Field, head: Head, rates: Mapping[str, Decimal]) -> str:
    """Why an amount column's unit can't be told, "" if it can."""
    if heading.unit and not money_unit(heading.unit):
        return f"列名写明的单位是{heading.unit}，“{field.label}”应为金额"
    if len(heading.units) > 1:
        return f"列名上下两级写明的单位{'、'.join(heading.units)}互相矛盾"
    if len(head.units_above) > 1 and heading.unit not in head.units_above:
        return f"{head.units_from}写明了不止一个单位（{'、'.join(head.units_above)}），看不出这一列用哪一个"
    if heading.unit and head.unit_line and heading.unit != head.unit_line:
        return f"列名写明{heading.unit}，{head.units_from}写明{head.unit_line}，两者矛盾"
    stated = heading.unit or head.unit_line
    reason = why_unusable(stated, rates) if stated else ""
    return f"{'列名' if heading.unit else head.units_from}写明的{reason}" if reason else ""


def other_period(heading: Heading, field: Field, year: int, month: Month | None) -> str:
    """Which other year or month than the ledger's a heading states, "" for none."""
    expected = {f.INVESTED_BEFORE: year - 1} | dict.fromkeys(_THIS_YEAR, year)
    if field in expected and heading.years and expected[field] not in heading.years:
        return f"列名写的是{heading.years[0]}年，本表应为{expected[field]}年"
    if field in _THIS_MONTH and month and heading.months and heading.months[-1] != month.month:
        return f"列名写的是{heading.months[-1]}月，本表为{month.month}月"
    return ""


def _of_other_periods(head: Head, year: int, month: Month | None) -> frozenset[int]:
    """The columns about another year or month beside one of the same field about the ledger's own."""
    found: set[int] = set()
    for field in set(filter(None, head.fields)):
        same = [index for index, each in enumerate(head.fields) if each is field]
        other = [index for index in same if other_period(head.headings[index], field, year, month)]
        if len(other) < len(same):
            found.update(other)
    return frozenset(found)


def columns_of(
    head: Head, year: int, month: Month | None, default_unit: str, rates: Mapping[str, Decimal]
) -> tuple[Column, ...]:
    """The usable columns, each with its money unit, and those that may not be used with the reason.

    ``rates`` maps a foreign currency to 元: a column in a currency without one can't be used.
    """
    columns = []
    by_judge = any(map(names_judge, head.headings))
    aside = _of_other_periods(head, year, month)
    fields = [None if index in aside else field for index, field in enumerate(head.fields)]
    for index, (heading, field) in enumerate(zip(head.headings, fields, strict=True)):
        if field is None:
            continue
        if field is f.JUDGE_SCORE and by_judge and not names_judge(heading):
            continue  # 得分 beside the judges' own columns is their sum or mean, not one more judge
        unclear = _unit_trouble(heading, field, head, rates) if field.kind is Kind.AMOUNT else ""
        trouble = unclear or other_period(heading, field, year, month)
        if field not in SEVERAL_COLUMNS and fields.count(field) > 1:
            exact = head.very_named(field)
            if len(exact) == 1 and exact != [index]:
                continue  # another column bears the very name; this one is reported as left aside
            if exact != [index] and field not in COMBINED:
                trouble = f"有{fields.count(field)}列都像是“{field.label}”，无法确定用哪一列"
        stated = heading.unit or head.unit_line
        unit = (stated or default_unit) if field.kind is Kind.AMOUNT else ""
        columns.append(Column(index, field, heading.text, unit, trouble, unit_stated=bool(stated)))
    return tuple(columns)
