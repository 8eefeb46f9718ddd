"""What a received workbook says of itself: its ledgers, the unit that sends it, its period. Nothing is guessed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.ledgers.form_mark import FormMark, read_mark
from pipeline.ledgers.grid import Cell, Grid
from pipeline.ledgers.head import Head, find_head, month_in, spread, title_text, unit_in_title
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.ledgers.shape_words import names_total
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import REPORT_KINDS, Field
from pipeline.records.names import name_key
from pipeline.records.office import OFFICE
from pipeline.records.period import Month

_OFFICE_KEYS = frozenset(("区重大办", "区重点办"))  # one office, two names in the measures
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=\s*(?:年|[-./](?:1[0-2]|0?[1-9])(?!\d)))")
_MONTH_SHEET = re.compile(r"(1[0-2]|0?[1-9])月份?")
_FILLED_IN = re.compile(
    r"(?:填报|填表|报送|上报|制表|编制)(?:日期|时间):?\s*[\d年月日./\-]+"
)  # says nothing of the period
_THIS_YEAR = (f.YEAR_PLAN, f.PHYSICAL_GOAL, f.WORK_GOAL, f.YEAR_GOAL, f.YEAR_DONE)
_THIS_MONTH = (f.MONTH_DONE, f.MONTH_PLAN)


@dataclass(frozen=True)
class Stated:
    """Something that the file says, and where."""

    value: str
    where: str  # Chinese, such as 标题 or “责任单位”列


@dataclass(frozen=True)
class Contents:
    """What a workbook shows to a person who looks for its sender and its period."""

    ledgers: tuple[str, ...] = ()  # slugs, in the order of the sheets
    units: tuple[Stated, ...] = ()  # known units named as the sender
    in_column: tuple[str, ...] = ()  # every unit of the 责任单位 columns, each once
    unknown_unit: str = ""  # named as the sender and not in the directory
    months: tuple[Stated, ...] = ()  # 2027-03
    years: tuple[Stated, ...] = ()
    half: str = ""  # 上半月报 or 下半月报, where the title says so
    projects: tuple[str, ...] = ()  # keys of the project names

    @property
    def monthly(self) -> bool:
        return any(kind.monthly for kind in LEDGER_KINDS if kind.slug in self.ledgers)


@dataclass(frozen=True)
class _Table:
    """One table of a visible sheet."""

    sheet: str  # "" where the name is only that of the file
    title: str
    head: Head
    rows: tuple[Mapping[int, Cell], ...]  # by column, of the rows that name something

    def column(self, field: Field) -> Iterator[str]:
        """A field's texts, each merged range once."""
        for row in self.rows:
            for index, matched in enumerate(self.head.fields):
                if matched is field and row[index].text and not row[index].covered:
                    yield row[index].text


def _tables(grid: Grid, confirmed: Mapping[str, str]) -> Iterator[_Table]:
    rows = [] if grid.hidden else spread(grid)
    head = find_head(grid, rows, LEDGER_KINDS, "", confirmed) if rows else None
    if head is not None:
        below = tuple(
            dict(enumerate(row)) for row in rows[head.first_data_row :] if _names_something(row, head)
        )
        yield _Table("" if grid.delimited else grid.sheet, _title(title_text(rows, head)), head, below)


def _names_something(row: list[Cell], head: Head) -> bool:
    """Whether a row is neither a total nor a note."""
    name = row[head.fields.index(head.kind.subject)].text
    own = [cell.text for cell in row if cell.text and not cell.covered]
    return bool(name) and len(own) > 1 and not any(names_total(name_key(text)) for text in own)


def _title(text: str) -> str:
    return _FILLED_IN.sub("", unicodedata.normalize("NFKC", text))


def contents_of(grids: Iterable[Grid], units: Sequence[str], confirmed: Mapping[str, str]) -> Contents:
    """Look through every visible sheet that is a ledger. ``units`` are the directory's, () where it has none."""
    grids = tuple(grids)
    mark = read_mark(grids)
    tables = [table for grid in grids for table in _tables(grid, confirmed)]
    named = {name_key(unit): unit for unit in units}
    column = tuple(dict.fromkeys(_in_column(tables, named)))
    sender = [name for table in tables if (name := unit_in_title(table.title))]
    titles = " ".join(table.title for table in tables)
    halves = [kind for kind in REPORT_KINDS if kind.endswith("半月报") and kind.removesuffix("报") in titles]
    return Contents(
        ledgers=tuple(dict.fromkeys(table.head.kind.slug for table in tables)),
        units=tuple(dict.fromkeys((*_marked_unit(mark, named), *_senders(sender, titles, column, named)))),
        in_column=column,
        unknown_unit=next((name for name in sender if not _known(name, named)), ""),
        months=tuple(
            dict.fromkeys((*_marked(str(mark.month) if mark and mark.month else ""), *_months(tables)))
        ),
        years=tuple(dict.fromkeys((*_marked(str(mark.year) if mark else ""), *_years(tables)))),
        half=halves[0] if len(halves) == 1 else "",
        projects=tuple(
            dict.fromkeys(name_key(text) for table in tables for text in table.column(f.PROJECT_NAME))
        ),
    )


def _marked(value: str) -> Iterator[Stated]:
    """What one of our own forms says of itself."""
    if value:
        yield Stated(value, "表式标记")


def _marked_unit(mark: FormMark | None, named: Mapping[str, str]) -> Iterator[Stated]:
    return _marked(_known(mark.unit, named) if mark and mark.unit else "")


def known_unit(name: str, units: Iterable[str]) -> str:
    """The directory's spelling of a unit's name, the office's own name, or "" for a name that it lacks.

    Without a directory every name is taken as it stands.
    """
    return _known(name, {name_key(unit): unit for unit in units})


def units_in_name(file_name: str, units: Iterable[str]) -> tuple[str, ...]:
    """Known units that a file's name mentions; a name within a longer one does not count."""
    return _mentioned(file_name, units)


def _known(name: str, named: Mapping[str, str]) -> str:
    key = name_key(name)
    if key in _OFFICE_KEYS:
        return OFFICE
    return named.get(key, "") if named else name.strip()


def _mentioned(text: str, units: Iterable[str]) -> tuple[str, ...]:
    key = name_key(text)
    found = [unit for unit in units if name_key(unit) in key]
    return tuple(
        unit
        for unit in found
        if not any(other != unit and name_key(unit) in name_key(other) for other in found)
    )


def _in_column(tables: Sequence[_Table], named: Mapping[str, str]) -> Iterator[str]:
    for table in tables:
        for text in table.column(f.LEAD_UNIT):
            for part in re.split(r"[、,，;；/\n]+", text):
                if part.strip():
                    yield _known(part, named) or part.strip()


def _senders(
    stated: Sequence[str], titles: str, column: Sequence[str], named: Mapping[str, str]
) -> Iterator[Stated]:
    """The sender as the title states it, as the title mentions it, and as the whole column agrees on it."""
    for name in stated:
        if unit := _known(name, named):
            yield Stated(unit, "表头上方的填报单位")
    mentioned = _mentioned(titles, named.values())
    if len(mentioned) == 1 and not stated:
        yield Stated(mentioned[0], "标题")
    if len(column) == 1 and (unit := _known(column[0], named)):
        yield Stated(unit, "“责任单位”列")


def _months(tables: Sequence[_Table]) -> Iterator[Stated]:
    """Months in titles; where a title names only the year, the sheet's name or the headings add the month."""
    for table in tables:
        if not table.head.kind.monthly:
            continue
        if month := month_in(table.title):
            yield Stated(str(month), "标题")
            continue
        if month := month_in(table.sheet):
            yield Stated(str(month), "工作表名")
            continue
        years = set(_YEAR.findall(table.title))
        if len(years) == 1:
            year = int(years.pop())
            if match := _MONTH_SHEET.fullmatch(unicodedata.normalize("NFKC", table.sheet).strip()):
                yield Stated(str(Month(year, int(match[1]))), "标题的年份和工作表名的月份")
            yield from (
                Stated(str(Month(year, number)), "标题的年份和列名的月份") for number in _head_months(table)
            )


def _head_months(table: _Table) -> list[int]:
    months = (
        heading.months[-1]
        for heading, field in zip(table.head.headings, table.head.fields, strict=True)
        if field in _THIS_MONTH and heading.months
    )
    return sorted(set(months))


def _years(tables: Sequence[_Table]) -> Iterator[Stated]:
    """Years in titles and sheet names; where there is none, in the headings that are about the year itself."""
    found = [
        Stated(year, "标题") for table in tables for year in _YEAR.findall(f"{table.title} {table.sheet}")
    ]
    if found:
        yield from found
        return
    for table in tables:
        for heading, field in zip(table.head.headings, table.head.fields, strict=True):
            if field in _THIS_YEAR:
                yield from (Stated(str(year), "列名") for year in heading.years)
