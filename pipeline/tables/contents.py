"""What a received workbook says of itself: its ledgers, the unit that sends it, its period. Nothing is guessed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import HALF_MONTHLY, Field
from pipeline.records.joint_units import units_named
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.unit_names import UnitNames
from pipeline.spreadsheets.grid import Cell, Grid
from pipeline.tables.form_mark import FormMark, read_mark
from pipeline.tables.found_tables import find_tables
from pipeline.tables.half_monthly import half_tables, halves_in
from pipeline.tables.head import Head, spread, unit_in_title
from pipeline.tables.longer_report import longer_report
from pipeline.tables.period_words import months_in, without_fill_date
from pipeline.tables.row_roles import READ_ROWS, lines_of, rows_of
from pipeline.tables.same_above import means_above

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=\s*(?:年|[-./](?:1[0-2]|0?[1-9])(?!\d)))")
_ANY_YEAR = 2000  # to see whether a month is named at all
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
    unknown_unit: str = ""  # named as the sender, or alone in the columns, and nobody knows it
    months: tuple[Stated, ...] = ()  # 2027-03
    by_month: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slugs of the tables that name it alone
    years: tuple[Stated, ...] = ()
    halves: tuple[str, ...] = ()  # 上半月报, 下半月报: those that the titles, or else the clerk, speak of
    projects: tuple[str, ...] = ()  # project names, each once
    longer: str = ""  # 季度报告, 半年报告, 年度报告: what a title calls a report that would else be a month's

    @property
    def half(self) -> bool:
        """Whether it is a half-monthly report (B-11): only when it came is of interest."""
        return bool(self.halves)

    @property
    def monthly(self) -> bool:
        return self.half or any(kind.monthly for kind in LEDGER_KINDS if kind.slug in self.ledgers)

    def ledgers_of(self, month: str) -> tuple[str, ...]:
        """Of several months' tables those of one; what has no month goes with the last."""
        last = month == max(self.by_month)
        of_months = {slug for slugs in self.by_month.values() for slug in slugs}
        own = self.by_month[month]
        return tuple(slug for slug in self.ledgers if slug in own or (last and slug not in of_months))


@dataclass(frozen=True)
class _Table:
    """One table of a visible sheet."""

    sheet: str  # "" where the name is only that of the file
    title: str
    head: Head
    rows: tuple[list[Cell], ...]  # that name a project, or the card

    def months(self) -> tuple[Stated, ...]:
        """The title's months; where it names only the year, the sheet's name or the headings add the month.

        A sheet's name that contradicts the title is told as well: one of the two is left over from another month.
        """
        years = set(_YEAR.findall(f"{self.title} {self.sheet}"))
        year = int(years.pop()) if len(years) == 1 else None
        of_title, of_sheet = months_in(self.title, year), months_in(self.sheet, year)
        places = {
            "标题": of_title,
            "工作表名" if months_in(self.sheet) else "标题的年份和工作表名的月份": of_sheet,
            "标题的年份和列名的月份": self._months_of_head(year),
        }
        told = {place: months for place, months in places.items() if months}
        if not (of_title and of_sheet and set(of_title).isdisjoint(of_sheet)):
            told = dict(list(told.items())[:1])
        return tuple(Stated(str(month), place) for place, months in told.items() for month in months)

    def longer(self) -> str:
        """季度报告, 半年报告 or 年度报告 where the title says so; a month of the sheet's name makes 年度 that month's year.

        A month of a heading (1-12月完成) does not: a year's report has it, too.
        """
        return longer_report(self.title, beside_a_month=bool(months_in(self.sheet, _ANY_YEAR)))

    def _months_of_head(self, year: int | None) -> tuple[Month, ...]:
        months = {
            heading.months[-1]
            for heading, meant in zip(self.head.headings, self.head.fields, strict=True)
            if meant in _THIS_MONTH and heading.months
        }
        return tuple(Month(year, month) for month in sorted(months)) if year else ()

    def column(self, field: Field) -> Iterator[str]:
        """A field's texts, each merged range once."""
        for row in self.rows:
            for index, matched in enumerate(self.head.fields):
                text = row[index].text
                if matched is field and text and not row[index].covered and not means_above(text):
                    yield text


def _tables(grid: Grid, confirmed: Mapping[str, str]) -> Iterator[_Table]:
    """The tables or cards of a visible sheet, as reading it finds them."""
    rows = [] if grid.hidden else spread(grid)
    sheet = "" if grid.delimited else grid.sheet
    blocks, cards = find_tables(grid, rows, LEDGER_KINDS, "", confirmed) if rows else ((), ())
    for card in cards:
        yield _Table(sheet, _title(card.title), card.head, (card.cells(rows),))
    for block in blocks:
        read = (rows[number] for number in rows_of(lines_of(block, rows), *READ_ROWS))
        named = tuple(row for row in read if row[block.head.subject].text)
        title = _title(block.title)
        own_month = len(blocks) > 1 and months_in(title, _ANY_YEAR)  # the sheet is called after another of them
        yield _Table("" if own_month else sheet, title, block.head, named)


def _title(text: str) -> str:
    return without_fill_date(unicodedata.normalize("NFKC", text))


def contents_of(grids: Iterable[Grid], names: UnitNames, confirmed: Mapping[str, str], kind: str = "") -> Contents:
    """Look through every visible sheet that is a ledger, or else a half-monthly report.

    ``confirmed`` are the headings of the office, ``kind`` is the clerk's word on which report it is (one of
    ``REPORT_KINDS``); "" for none.
    """
    grids = tuple(grids)
    mark = read_mark(grids)
    tables = [table for grid in grids for table in _tables(grid, confirmed)]
    column = tuple(dict.fromkeys(_in_column(tables, names)))
    sender = [name for table in tables if (name := unit_in_title(table.title))]
    titles = " ".join(table.title for table in tables)
    halves = _told_halves(kind) if kind else halves_in(titles)
    if not tables:
        return _half_contents(grids, names, kind)
    monthly = [(table, table.months()) for table in tables if table.head.kind.monthly or halves]
    marked = tuple(_marked(str(mark.month) if mark and mark.month else ""))
    longer = "" if marked or halves else next(filter(None, (table.longer() for table, _ in monthly)), "")
    months = tuple(dict.fromkeys((*marked, *(stated for _, each in monthly for stated in each))))
    return Contents(
        ledgers=tuple(dict.fromkeys(table.head.kind.slug for table in tables)),
        units=tuple(dict.fromkeys((*_marked_unit(mark, names), *_senders(sender, titles, column, names)))),
        in_column=column,
        unknown_unit=_unknown(sender, column, names),
        months=months,
        by_month=_by_month(monthly) if not marked and not halves else {},
        years=tuple(dict.fromkeys((*_marked(str(mark.year) if mark else ""), *_years(tables)))),
        halves=halves,
        longer=longer,
        projects=tuple(dict.fromkeys(text for table in tables for text in table.column(f.PROJECT_NAME))),
    )


def _told_halves(kind: str) -> tuple[str, ...]:
    return (kind,) if kind in HALF_MONTHLY else ()


def _half_contents(grids: Sequence[Grid], names: UnitNames, kind: str) -> Contents:
    """What tables with the columns of the half-monthly report say; nothing where there is none."""
    tables = list(half_tables(grids))
    titles = " ".join(_title(title) for title, _ in tables)
    column = tuple(dict.fromkeys(names.known(unit) or unit for _, units in tables for unit in units))
    sender = [name for title, _ in tables if (name := unit_in_title(_title(title)))]
    return Contents(
        units=tuple(dict.fromkeys(_senders(sender, titles, column, names))),
        in_column=column,
        unknown_unit=_unknown(sender, column, names),
        months=tuple(Stated(str(month), "标题") for month in months_in(titles)),
        halves=_told_halves(kind) or (halves_in(titles) or HALF_MONTHLY if tables else ()),
    )


def contents_by_name(file_name: str, names: UnitNames, kind: str) -> Contents:
    """What the name of a written report says; of its text nothing is read."""
    return Contents(
        units=tuple(Stated(unit, "文件名") for unit in names.mentioned(file_name)),
        months=tuple(Stated(str(month), "文件名") for month in months_in(file_name)),
        halves=_told_halves(kind),
    )


def _by_month(tables: Sequence[tuple[_Table, tuple[Stated, ...]]]) -> dict[str, tuple[str, ...]]:
    """The ledgers of each month, in order; {} where a table names no month, or more than one."""
    if any(len(months) != 1 for _, months in tables):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for table, (month,) in sorted(tables, key=lambda pair: pair[1][0].value):
        slugs = (*found.get(month.value, ()), table.head.kind.slug)
        found[month.value] = tuple(dict.fromkeys(slugs))
    return found


def _unknown(sender: Sequence[str], column: Sequence[str], names: UnitNames) -> str:
    """The unit that the title states as the sender, or that stands alone in the columns, where nobody knows it."""
    stated = next((name for name in sender if not names.known(name)), "")
    return stated or (column[0] if len(column) == 1 and not names.known(column[0]) else "")


def _marked(value: str) -> Iterator[Stated]:
    """What one of our own forms says of itself."""
    if value:
        yield Stated(value, "表式标记")


def _marked_unit(mark: FormMark | None, names: UnitNames) -> Iterator[Stated]:
    return _marked(names.known(mark.unit) if mark and mark.unit else "")


def _in_column(tables: Sequence[_Table], names: UnitNames) -> Iterator[str]:
    known = {name_key(name): name for name in names.every}
    for table in tables:
        for text in table.column(f.LEAD_UNIT):
            yield from (names.known(unit) or unit for unit in units_named(text.strip(), known))


def _senders(stated: Sequence[str], titles: str, column: Sequence[str], names: UnitNames) -> Iterator[Stated]:
    """The sender as the title states it, as the title mentions it, and as the whole column agrees on it."""
    for name in stated:
        if unit := names.known(name):
            yield Stated(unit, "表头上方的填报单位")
    mentioned = names.mentioned(titles)
    if len(mentioned) == 1 and not stated:
        yield Stated(mentioned[0], "标题")
    if len(column) == 1 and (unit := names.known(column[0])):
        yield Stated(unit, "“责任单位”列")


def _years(tables: Sequence[_Table]) -> Iterator[Stated]:
    """Years in titles and sheet names; where there is none, in the headings that are about the year itself."""
    found = [Stated(year, "标题") for table in tables for year in _YEAR.findall(f"{table.title} {table.sheet}")]
    if found:
        yield from found
        return
    for table in tables:
        for heading, meant in zip(table.head.headings, table.head.fields, strict=True):
            if meant in _THIS_YEAR:
                yield from (Stated(str(year), "列名") for year in heading.years)
