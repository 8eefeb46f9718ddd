"""One sheet to records: its tables or cards, each with its title, month and unit."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import SheetFacts
from pipeline.records.finding import Finding
from pipeline.records.limits import LINE_CHARACTERS
from pipeline.records.period import Month
from pipeline.records.record import Record
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Cell, Grid, own_texts
from pipeline.spreadsheets.unit_words import half_width
from pipeline.tables import other_years
from pipeline.tables.cards import Card
from pipeline.tables.columns import views_of
from pipeline.tables.form_mark import EXAMPLE, form_of
from pipeline.tables.found_tables import find_tables
from pipeline.tables.head import Block, Head, columns_of, spread, unit_in_title
from pipeline.tables.headings import fold
from pipeline.tables.long_texts import untold
from pipeline.tables.longer_report import longer_report
from pipeline.tables.period_words import months_in
from pipeline.tables.table_reader import TableReader


@dataclass
class SheetReading:
    """What one sheet gave."""

    sheet: str
    kinds: list[LedgerKind] = field(default_factory=list)  # of its tables, each once
    months: list[Month] = field(default_factory=list)  # of its monthly tables, each once
    named: bool = False  # a table names its month itself, and is read as of that month
    misplaced: bool = False  # a table is left unread whose month is not its folder's
    unmarked: bool = False  # a form of ours whose mark its sender has removed
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def kind(self) -> LedgerKind | None:
        """The kind of the sheet's first table."""
        return self.kinds[0] if self.kinds else None


@dataclass(frozen=True)
class Surroundings:
    """What is known of a file before it is opened."""

    file: str  # workspace-relative
    year: int
    settings: OfficeSettings
    kinds: tuple[LedgerKind, ...]
    units: tuple[str, ...] = ()  # names from the directory, to know a unit in a file's name
    several_months: bool = False  # the file is known to hold tables of other months than its folder's

    @property
    def folder(self) -> str:
        parts = self.file.split("/")
        return next((kind.folder for kind in self.kinds if kind.folder in parts[:-1]), "")

    @property
    def ledger(self) -> str:
        """Slug of the ledger that belongs into the file's folder, to know what an unreadable file withholds."""
        return next((kind.slug for kind in self.kinds if kind.folder == self.folder), "")

    @property
    def unit_in_name(self) -> str:
        name = self.file.rsplit("/", 1)[-1]
        return max((unit for unit in self.units if unit in name), key=len, default="")

    def finding(
        self,
        severity: Severity,
        code: str,
        message: str,
        action: str,
        sheet: str = "",
        cell: str = "",
        seen: str = "",
    ) -> Finding:
        """What is to be said of the file or of a sheet, whatever table it holds."""
        return Finding(
            severity, "reading", message, action, file=self.file, sheet=sheet, cell=cell, seen=seen, unit=self.unit_in_name,
            ledger=self.ledger, code=code,
        )  # fmt: skip


_DIFFERENT_MONTHS = "写明的月份不一致"
_TITLE, _SHEET, _FILE, _FOLDER = "标题", "工作表名", "文件名", "所在文件夹"


def _stated_months(title: str, around: Surroundings, sheet: str) -> dict[str, tuple[Month, ...]]:
    """The months that each place names.

    A month without its year counts in the title, in the sheet's name where the title names none or also its year,
    and elsewhere where nothing else does.
    """
    folder, _, name = around.file.rpartition("/")
    texts = {_TITLE: title, _SHEET: sheet, _FILE: name, _FOLDER: folder.rsplit("/", 1)[-1]}
    with_any_year = {place: months_in(text, around.year) for place, text in texts.items()}
    stated = {place: months_in(text) for place, text in texts.items()}
    if dated := stated[_TITLE]:
        stated[_SHEET] = months_in(sheet, dated[-1].year)
    own = _TITLE if with_any_year[_TITLE] else _SHEET
    stated[own] = with_any_year[own]
    return stated if any(stated.values()) else with_any_year


def _month_of(title: str, around: Surroundings, sheet: str) -> tuple[Month | None, str]:
    """The month of a monthly ledger and, where none is clear, the reason."""
    stated = _stated_months(title, around, sheet)
    if longer := longer_report(title, beside_a_month=any(stated.values())):
        return None, f"标题写明是{longer}，不是月报"
    own = stated[_TITLE]
    if len(own) > 1 and stated[_FOLDER] != own[-1:]:
        return None, f"标题写了不止一个月份（{'、'.join(month.chinese for month in own)}）"
    if around.several_months and len(own or stated[_SHEET]) == 1:
        stated = {_TITLE: own or stated[_SHEET]}  # the file's other tables are of the folder's month
    plain = {place: months[0] for place, months in stated.items() if len(months) == 1}
    months = set(plain.values())
    if len(months) > 1:
        told = "，".join(f"{place}为{month.chinese}" for place, month in plain.items())
        return None, f"{_DIFFERENT_MONTHS}：{told}"
    month = months.pop() if months else None
    if month is None:
        return None, "看不出是哪个月的报表"
    if month.year != around.year:
        return None, f"表中写的是{month.chinese}，与所在年度{around.year}年不符"
    return month, ""


class _SheetReader:
    """Reads a sheet's tables or cards one after another into one ``SheetReading``."""

    def __init__(self, grid: Grid, rows: list[list[Cell]], around: Surroundings) -> None:
        self.grid, self.rows, self.around = grid, rows, around
        self.stacked = False  # the sheet's name may be that of another of its tables
        self.mark = form_of(grid)  # where the sheet is one of our own forms
        self.reading = SheetReading(grid.sheet, unmarked=bool(self.mark and self.mark.removed))

    def _facts(self, head: Head, title: str) -> tuple[SheetFacts, str]:
        """What holds for a table, and why it cannot be read; "" if it can."""
        around = self.around
        stated = (self.mark.unit if self.mark else "") or unit_in_title(title)
        unit = _known_unit(stated, around.units) or around.unit_in_name
        month, trouble = _month_of(title, around, self._called(title)) if head.kind.monthly else (None, "")
        facts = SheetFacts(
            around.file, self.grid.sheet, head.kind.slug, around.year, month, unit, around.settings.exchange_rates
        )  # fmt: skip
        if head.kind not in self.reading.kinds:
            self.reading.kinds.append(head.kind)
        if month and month not in self.reading.months:
            self.reading.months.append(month)
        own = months_in(title, around.year) or months_in(facts.sheet, around.year)
        self.reading.named |= own == (month,)
        self.reading.misplaced |= trouble.startswith(_DIFFERENT_MONTHS)
        return facts, trouble

    def _stated_years(self, block: Block) -> Iterator[tuple[str, str]]:
        """Each place that may state a year, with what it says: above a head every text is for itself."""
        above = self.rows[block.start : block.head.top]
        yield from ((_TITLE, text) for row in above for text in own_texts(row))
        yield _SHEET, self.grid.sheet
        yield _FILE, self.around.file.rpartition("/")[2]

    def _called(self, title: str) -> str:
        """The sheet's name as far as it speaks of the table with this title; that of a csv is only its file's."""
        of_others = self.stacked or self.grid.delimited
        return "" if of_others and months_in(title, self.around.year) else self.grid.sheet

    def _of_whole(self, reader: TableReader, trouble: str, title: str) -> Iterator[Finding]:
        """What is wrong with a table as a whole; where one is an error, its rows can't be read."""
        head, finding = reader.head, reader.facts.finding
        around, mark = self.around, self.mark if self.mark and self.mark.unit else None
        if mark and mark.year != around.year:
            message = f"这是下发的{mark.year}年台账，与所在年度{around.year}年不符，没有读取"
            yield finding(Severity.ERROR, message, "请放到对应年度的文件夹", "")
            return
        if around.folder and around.folder != head.kind.folder and not mark:
            message = f"放在“{around.folder}”文件夹，内容是{head.kind.name}，已按内容读取"
            yield finding(Severity.WARNING, message, "请放到对应文件夹", "")
        if trouble:
            yield finding(
                Severity.ERROR, f"{trouble}，没有读取", "月报请在标题写明年月，如“2027年3月重点项目月报”", "", title
            )
            return
        if other := other_years.of_whole_table(self._stated_years(reader.block), around.year):
            yield finding(Severity.WARNING, other, "请核对是否放错年度，或改正写错的年份", "", title)
        yield from self._lacking_column(head, reader.facts)

    def _lacking_column(self, head: Head, facts: SheetFacts) -> Iterator[Finding]:
        """That a column is missing without which nothing of the table can be used; one that is only suggested is not."""
        views = views_of(head, self.around.settings.headings)
        seen = {field for view in views for field in (view.field, *view.suggestions)}
        missing = [field for field in head.kind.essential if field not in seen]
        if missing:
            labels = "、".join(f"“{field.label}”" for field in missing)
            unknown = "、".join(f"“{each.heading.key}”" for each in views if not each.known)
            action = "请增加这一列并逐行填写" + (
                f"；没有认出的列有{unknown}，如就是这一列，请由办公室在office.toml的[列名确认]中登记" if unknown else ""
            )
            yield facts.finding(
                Severity.ERROR, f"没有认出{labels}一列，整张表没有读取", action, "",
                code="missing-column", citation=head.kind.citations[-1],
            )  # fmt: skip

    def _may_be_read(self, reader: TableReader, trouble: str, title: str) -> bool:
        """Whether nothing as a whole keeps a table from being read; what is wrong with it is reported."""
        told = list(self._of_whole(reader, trouble, title))
        reader.findings += told
        return all(each.severity is not Severity.ERROR for each in told)

    def _of_rows(self, block: Block, facts: SheetFacts) -> Iterator[Finding]:
        """Which rows are hidden, and where rows are left unread because another table begins."""
        head = block.head
        hidden = [row for row in sorted(self.grid.hidden_rows) if head.first_data_row <= row < block.end]
        if hidden:
            message = f"第{'、'.join(str(row + 1) for row in hidden)}行被隐藏或行高过小，已照常读取"
            yield facts.finding(Severity.WARNING, message, "请使这些行显示出来并核对", "", code="hidden-row")
        if block.foreign is not None:
            place = f"第{block.foreign + 1}行"
            yield facts.finding(
                Severity.ERROR, f"{place}像另一张表的表头，它以下各行没有读取",
                f"请把{head.kind.name}以外的表另放一张工作表；如是本表的行，请删去这一行表头", place, code="foreign-table",
            )  # fmt: skip

    def read_block(self, block: Block) -> None:
        head, title, settings = block.head, block.title, self.around.settings
        facts, trouble = self._facts(head, title)
        columns = columns_of(head, self.around.year, facts.month, settings.default_unit, facts.rates)
        reader = TableReader(block, self.rows, facts, columns, self.grid.delimited, self.mark)
        filled = any(map(_holds_data, self.rows[head.first_data_row : block.end]))
        if self._may_be_read(reader, trouble if filled else "", title) and not trouble:
            reader.findings += self._of_rows(block, facts)
            reader.report_columns(settings.headings)
            reader.read()
            action = "请核对这一行是否属于本年度，或改正年份"
            reader.findings += (
                facts.finding(Severity.WARNING, message, action, f"第{number + 1}行", label, code="other-year")
                for number, label, message in other_years.of_rows(reader.lines, self.around.year)
            )
        self.reading.records += reader.records
        self.reading.findings += reader.findings

    def read_card(self, card: Card) -> None:
        head, title, settings = card.head, card.title, self.around.settings
        facts, trouble = self._facts(head, title)
        columns = tuple(
            replace(column, place=(card.pairs[column.index].row, card.pairs[column.index].column))
            for column in columns_of(head, self.around.year, facts.month, settings.default_unit, facts.rates)
        )
        block = Block(head.top, head, head.top)
        reader = TableReader(block, self.rows, facts, columns, self.grid.delimited)
        if self._may_be_read(reader, trouble, title):
            reader.read_card(head.top, card.cells(self.rows))
        self.reading.records += reader.records
        self.reading.findings += reader.findings


def _holds_data(cells: list[Cell]) -> bool:
    """Whether a row says more than its serial number and is not the example of a form."""
    if any(cell.flaw for cell in cells):
        return True
    texts = own_texts(cells)
    first = half_width(texts[0]) if texts else ""
    bare = len(texts) == 1 and first.isdecimal()
    return bool(texts) and not bare and first != EXAMPLE


def read_sheet(grid: Grid, around: Surroundings) -> SheetReading:
    """Read one visible sheet; a sheet in which no ledger is seen gives a finding, a blank one nothing."""
    rows = spread(grid)
    sheet = _SheetReader(grid, rows, around)
    if sheet.mark and not sheet.mark.ledgers:
        return sheet.reading  # instructions to the unit
    blocks, cards = find_tables(grid, rows, around.kinds, around.folder, around.settings.headings)
    sheet.stacked = len(cards or blocks) > 1
    for card in cards:
        sheet.read_card(card)
    for block in blocks:
        sheet.read_block(block)
    filled = sum(1 for row in rows if any(not cell.blank for cell in row))
    if not blocks and not cards and filled > 1:
        message, action = "认不出这是哪种台账，没有读取", "请使用下发的台账格式，保留表头各列名称"
        sheet.reading.findings.append(around.finding(Severity.ERROR, "ledger-unknown", message, action, grid.sheet))
    action = f"请精简到{LINE_CHARACTERS}字以内"
    for place, cell in untold(rows, sheet.reading.findings):
        sheet.reading.findings.append(
            around.finding(Severity.ERROR, cell.flaw_code, cell.flaw, action, grid.sheet, place, cell.text)
        )
    return sheet.reading


def _known_unit(stated: str, units: tuple[str, ...]) -> str:
    """The directory's spelling of a unit that a title names; the title's own where the directory lacks it."""
    return next((unit for unit in units if fold(unit) == fold(stated)), stated)
