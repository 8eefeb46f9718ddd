"""One sheet to records: sections, totals and notes told from data rows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.ledgers.form_mark import (
    EXAMPLE,
    NOTHING,
    FormMark,
    is_example,
    is_reference,
    sheet_mark,
    states_nothing,
)
from pipeline.ledgers.grid import Cell, Grid, address
from pipeline.ledgers.head import Head, columns_of, find_head, month_in, spread, title_text, unit_in_title
from pipeline.ledgers.headings import fold, suggest
from pipeline.ledgers.kind import LedgerKind, Record
from pipeline.ledgers.row import Column, Row, SheetFacts
from pipeline.ledgers.values import Unreadable, amount, states_bare_number
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Kind
from pipeline.records.finding import Finding, Severity
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings

_TOTAL = re.compile(r".{0,8}?(小计|合计|总计|总合计)([(:].*)?")
_SECTION = re.compile(
    rf"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))?({'|'.join(f.CLASSES)})(?:类|项目|类项目)?(?:\(.*\)?)?"
)
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")
_NOTE = re.compile(
    r"(注|备注|说明|填报人|填表人|制表人?|审核人?|联系人|联系电话|单位负责人|负责人|填报日期|报送日期|数据来源)([:].*|\d*[.、:].*)?"
)


@dataclass
class SheetReading:
    """What one sheet gave."""

    sheet: str
    kind: LedgerKind | None = None
    month: Month | None = None
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Surroundings:
    """What is known of a file before it is opened."""

    file: str  # workspace-relative
    year: int
    settings: OfficeSettings
    kinds: tuple[LedgerKind, ...]
    units: tuple[str, ...] = ()  # names from the directory, to know a unit in a file's name

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


def _own_texts(cells: list[Cell]) -> list[str]:
    """The row's texts, each merged range once, half-width and without white space."""
    return [
        "".join(unicodedata.normalize("NFKC", cell.text).split())
        for cell in cells
        if cell.text and not cell.covered
    ]


def _holds_data(cells: list[Cell]) -> bool:
    """Whether a row says more than its serial number and is not the example of a form."""
    texts = _own_texts(cells)
    bare = len(texts) == 1 and texts[0].isdecimal()
    return any(cell.flaw for cell in cells) or bool(texts and not bare and not is_example(texts))


def _is_total(texts: list[str], name: str) -> bool:
    """A total, by the row's first words or by what stands for the name, whatever column the name is in."""
    return any(_TOTAL.fullmatch(text) for text in (*texts[:2], fold(name)))


def _is_note(texts: list[str], cells: list[Cell]) -> bool:
    """A note at the foot, known by its first word or by being one text spread over the table's width."""
    spread_out = len(texts) == 1 and sum(1 for cell in cells if cell.text) > 2
    return spread_out or bool(_NOTE.fullmatch(texts[0]))


def _section_class(texts: list[str], name_text: str) -> str:
    """The class that a section row states, such as ``一、加快建设（项目共计：12个）``."""
    match = _SECTION.fullmatch(texts[0]) if texts else None
    return match[1] if match and (not name_text or fold(name_text) == fold(texts[0])) else ""


class _Totals:
    """Sums of the rows since the last subtotal and since the head, to compare with the unit's own totals."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns = [
            column for column in columns if column.field.kind is Kind.AMOUNT and not column.trouble
        ]
        self.whole = dict.fromkeys(self.columns, Decimal(0))
        self.part = dict.fromkeys(self.columns, Decimal(0))

    def _value(self, column: Column, cells: list[Cell]) -> Decimal | None:
        try:
            found = amount(cells[column.index], column.unit, {})
        except Unreadable:
            return None
        return found.wan if found else None

    def add(self, cells: list[Cell]) -> None:
        for column in self.columns:
            value = self._value(column, cells)
            if value is not None and not (cells[column.index].covered or cells[column.index].shared):
                self.whole[column] += value
                self.part[column] += value

    def compare(self, cells: list[Cell], labels: Iterable[str]) -> Iterator[tuple[Column, Decimal, Decimal]]:
        """Columns where the unit's total differs: (column, stated, computed), 万元."""
        is_part = any("小计" in fold(label) for label in labels)
        for column in self.columns:
            stated = self._value(column, cells)
            expected = (self.part if is_part else self.whole)[column]
            if stated is not None and stated not in (expected, self.part[column]):
                yield column, stated, expected
        self.part = dict.fromkeys(self.columns, Decimal(0))


class _TableReader:
    """Reads the data rows below one head."""

    def __init__(
        self,
        reading: SheetReading,
        head: Head,
        rows: list[list[Cell]],
        facts: SheetFacts,
        delimited: bool,
        mark: FormMark | None = None,
    ) -> None:
        self.reading, self.head, self.rows, self.facts = reading, head, rows, facts
        self.delimited = delimited  # from a .csv
        self.mark = mark  # of one of our own forms
        self.answered = False  # a row says more than what we had filled in, or that there is nothing

    def finding(
        self,
        severity: Severity,
        message: str,
        action: str,
        cell: str,
        seen: str = "",
        column: Column | None = None,
    ) -> None:
        self.reading.findings.append(
            Finding(
                severity, "reading", message, action, file=self.facts.file, sheet=self.facts.sheet, cell=cell, seen=seen,
                unit=self.facts.unit, ledger=self.facts.ledger, field=column.field if column else None,
                month=self.facts.month,
            )
        )  # fmt: skip

    def _beyond(self, cells: list[Cell]) -> int:
        """The last filled column (1-based) where it lies beyond the head's, else 0."""
        width = max(index for index, heading in enumerate(self.head.headings) if heading.path) + 1
        last = max((index for index, cell in enumerate(cells) if not cell.blank), default=0) + 1
        return last if last > width else 0

    def report_columns(self, columns: tuple[Column, ...]) -> None:
        used = {column.index for column in columns}
        unused = tuple(field for field in self.head.kind.fields if field not in self.head.fields)
        bottom = self.head.first_data_row - 1
        for index, heading in enumerate(self.head.headings):
            if index in used or not heading.path or (self.mark and is_reference(heading)):
                continue
            near = suggest(heading, unused)
            if same := self.head.fields[index]:
                self.finding(
                    Severity.ADVICE, f"“{same.label}”已有专列，列“{heading.text}”没有读取", "如不需要，可不处理",
                    address(bottom, index),
                )  # fmt: skip
            elif near:
                self.finding(
                    Severity.WARNING,
                    f"列名“{heading.text}”未登记，没有读取；与“{near.label}”相近，但不能据此认定",
                    f'如确为同一项，请在office.toml的[列名确认]中登记："{heading.key}" = "{near.label}"',
                    address(bottom, index),
                    heading.text,
                )
            else:
                self.finding(
                    Severity.ADVICE, f"列“{heading.text}”不属于{self.head.kind.name}，没有读取", "如不需要，可不处理",
                    address(bottom, index),
                )  # fmt: skip
        for column in columns:
            if column.trouble:
                self.finding(
                    Severity.ERROR if column.field in self.head.kind.fields else Severity.ADVICE, f"“{column.field.label}”列不能使用：{column.trouble}", "请改正列名或单位行后重新报送",
                    address(bottom, column.index), column.heading, column,
                )  # fmt: skip
        without = [column for column in columns if self._leans_on_default(column)]
        if without:
            self.finding(
                Severity.WARNING,
                f"{'、'.join(c.field.label for c in without)}没有写明金额单位，按office.toml的默认单位{without[0].unit}读取",
                "请在表头写明“单位：万元”",
                address(bottom, without[0].index),
            )

    def _leans_on_default(self, column: Column) -> bool:
        """Whether an amount column has a cell whose unit stands neither above it, nor in it, nor in the cell."""
        if column.field.kind is not Kind.AMOUNT or column.trouble or column.unit_stated:
            return False
        return any(
            states_bare_number(self.rows[number][column.index])
            for number in range(self.head.first_data_row, len(self.rows))
        )

    def read(self, columns: tuple[Column, ...]) -> None:
        kind, totals, section = self.head.kind, _Totals(columns), ""
        subject = next(column for column in columns if column.field is kind.subject)
        if subject.trouble:
            return  # reported with the columns: no row can be named
        names = frozenset(self.head.headings[subject.index].path)
        for number in range(self.head.first_data_row, len(self.rows)):
            cells = self.rows[number]
            texts = _own_texts(cells)
            if not texts:
                continue
            name = "" if cells[subject.index].flaw else cells[subject.index].text
            if is_example(texts):
                if not name.startswith(EXAMPLE):
                    self.finding(
                        Severity.ERROR, "本行序号为“示例”，内容却不像示例，没有读取", "请把本行内容改填到示例行以下",
                        f"第{number + 1}行", name,
                    )  # fmt: skip
            elif states_nothing(texts, name):
                self.answered = True
            elif _is_total(texts, name):
                for column, _stated, expected in totals.compare(cells, (*texts[:2], name)):
                    self.finding(
                        Severity.WARNING,
                        f"合计行的“{column.field.label}”与各行之和{expected.normalize():f}万元不符，以各行为准",
                        "请核对合计行",
                        address(number, column.index),
                        cells[column.index].text,
                        column,
                    )
            elif found := _section_class(texts, name):
                section = found
            elif _is_note(texts, cells) or fold(name) in names:
                if _NUMBERED.match(texts[0]):
                    section = ""  # the heading of another part: its rows are not of the class above
            elif self.delimited and (beyond := self._beyond(cells)):
                self.finding(
                    Severity.ERROR, f"本行到第{beyond}列，比表头多，各列可能错位，没有读取",
                    "请检查本行是否多了逗号（金额中的千分位逗号须加引号），或另存为xlsx后重新报送", f"第{number + 1}行",
                )  # fmt: skip
            elif not name:
                if any(
                    cells[c.index].text and not cells[c.index].covered
                    for c in columns
                    if c.field not in (f.SERIAL, f.REMARK)
                ):
                    self.finding(
                        Severity.ERROR, f"本行没有填“{subject.field.label}”，没有读取", f"请补填{subject.field.label}",
                        address(number, subject.index),
                    )  # fmt: skip
            else:
                totals.add(cells)
                self.answered = self.answered or self._says_more(cells, columns)
                row = Row(self.facts, number, dict(enumerate(cells)), columns, section)
                self.reading.records.append(kind.read(row))
                self.reading.findings += row.findings
        if self.mark and self.mark.unit and not self.answered:
            self._report_unanswered()

    def _says_more(self, cells: list[Cell], columns: tuple[Column, ...]) -> bool:
        """Whether a row states anything beyond the project and what we know of it already."""
        kind = self.head.kind
        given = (kind.subject, f.LEAD_UNIT, f.SERIAL, f.REMARK, *kind.also_known)
        return any(not cells[column.index].blank for column in columns if column.field not in given)

    def _report_unanswered(self) -> None:
        name, subject = self.head.kind.name, self.head.kind.subject.label
        if self.reading.records:
            self.finding(Severity.ERROR, f"{name}原样退回，一项都没有填写", "请逐行填写后重新报送", "")
        else:
            self.finding(
                Severity.WARNING, f"{name}没有填写", f"请填写后重新报送；确实没有的，请在“{subject}”第一行填“{NOTHING}”", ""
            )  # fmt: skip


def _month_of(title: str, around: Surroundings, sheet: str) -> tuple[Month | None, str]:
    """The month of a monthly ledger and, where title and folder contradict, the reason."""
    folder, _, name = around.file.rpartition("/")
    places = [month_in(title), month_in(sheet), month_in(name), month_in(folder.rsplit("/", 1)[-1])]
    stated = [month for month in places if month]
    if len(set(stated)) > 1:
        return None, "标题、文件名和所在文件夹写的月份不一致：" + "、".join(
            sorted({month.chinese for month in stated})
        )
    if not stated:
        return None, "看不出是哪个月的报表"
    if stated[0].year != around.year:
        return None, f"表中写的是{stated[0].chinese}，与所在年度{around.year}年不符"
    return stated[0], ""


def read_sheet(grid: Grid, around: Surroundings) -> SheetReading:
    """Read one visible sheet; a sheet in which no ledger is seen gives a finding, a blank one nothing."""
    reading = SheetReading(grid.sheet)
    rows = spread(grid)
    mark = sheet_mark(grid.rows)
    if mark and not mark.ledgers:
        return reading  # instructions to the unit
    settings = around.settings
    head = find_head(grid, rows, around.kinds, around.folder, settings.headings)
    if head is None:
        if sum(1 for row in rows if any(not cell.blank for cell in row)) > 1:
            reading.findings.append(
                Finding(
                    Severity.ERROR, "reading", "认不出这是哪种台账，没有读取", "请使用下发的台账格式，保留表头各列名称",
                    file=around.file, sheet=grid.sheet, unit=around.unit_in_name,
                    ledger=around.ledger,
                )
            )  # fmt: skip
        return reading
    title = title_text(rows, head)
    stated = (mark.unit if mark else "") or unit_in_title(title)
    unit = _known_unit(stated, around.units) or around.unit_in_name
    reading.kind = head.kind
    month, trouble = _month_of(title, around, grid.sheet) if head.kind.monthly else (None, "")
    reading.month = month
    facts = SheetFacts(
        around.file, grid.sheet, head.kind.slug, around.year, month, unit, settings.exchange_rates
    )
    reader = _TableReader(reading, head, rows, facts, grid.delimited, mark)
    if around.folder and around.folder != head.kind.folder and not (mark and mark.unit):
        reader.finding(
            Severity.WARNING,
            f"放在“{around.folder}”文件夹，内容是{head.kind.name}，已按内容读取",
            "请放到对应文件夹",
            "",
        )
    if mark and mark.unit and mark.year != around.year:
        message = f"这是下发的{mark.year}年台账，与所在年度{around.year}年不符，没有读取"
        reader.finding(Severity.ERROR, message, "请放到对应年度的文件夹", "")
        return reading
    if trouble and any(map(_holds_data, rows[head.first_data_row :])):
        reader.finding(Severity.ERROR, f"{trouble}，没有读取", "请在标题写明年月，如“2027年3月”", "", title)
    if trouble:
        return reading
    if any(head.first_data_row <= row < len(rows) for row in grid.hidden_rows):
        hidden = "、".join(str(row + 1) for row in sorted(grid.hidden_rows) if row >= head.first_data_row)
        reader.finding(Severity.WARNING, f"第{hidden}行被隐藏，已照常读取", "请取消隐藏并核对这些行", "")
    columns = columns_of(head, around.year, month, settings.default_unit)
    reader.report_columns(columns)
    reader.read(columns)
    return reading


def _known_unit(stated: str, units: Mapping[str, str] | tuple[str, ...]) -> str:
    """The directory's spelling of a unit that a title names; the title's own where the directory lacks it."""
    return next((unit for unit in units if fold(unit) == fold(stated)), stated)
