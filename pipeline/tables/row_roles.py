"""What each row below a head is: a project, a section, a total, a note.

``lines_of`` decides it once, for the reader of records and for whoever wants to show a table's make-up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.level import spellings
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.shape_words import is_total, names_total, numbers_columns
from pipeline.spreadsheets.unit_words import half_width
from pipeline.tables.form_mark import EXAMPLE, states_nothing
from pipeline.tables.head import Block
from pipeline.tables.headings import fold
from pipeline.tables.part_rows import Package
from pipeline.tables.part_serials import Serial, serial_of


class RowRole(Enum):
    """What a row was taken for; the value is shown to users."""

    BLANK = "空行"
    TITLE = "重复的标题"
    HEAD = "重复的表头"
    SECTION = "分类行"
    TOTAL = "合计行"
    NOTE = "说明行"
    EXAMPLE = "示例行"  # of our own forms
    NOTHING = "写明没有的行"  # 无 for the name, and nothing else
    DATA = "数据行"
    CHILD = "子项目"  # of a package (打包项目): part of the row above, not counted
    NAMELESS = "缺少名称的行"
    NUMBERED = "只有序号的行"  # of a form that was not filled in


PROJECT_ROWS = (RowRole.DATA, RowRole.CHILD)
READ_ROWS = (*PROJECT_ROWS, RowRole.NAMELESS)  # what is read, or reported where it can't be


@dataclass(frozen=True)
class Line:
    """One row of a table. ``sections`` holds, for a section or data row, what the section rows state."""

    number: int  # 0-based
    role: RowRole
    texts: tuple[str, ...] = ()  # of a section or total: each merged range once, by ``half_width``
    name: str = ""  # what stands in the subject's column, as written
    level: int = 0  # of a section: 1 一、 2 （一） 3 without a number
    sections: dict[Field, str] = field(default_factory=dict)
    package: int | None = None  # of a child: the row number of its package
    serial: Serial = field(default_factory=Serial)


def rows_of(lines: Iterable[Line], *roles: RowRole) -> tuple[int, ...]:
    """The rows, 0-based, that have one of the roles."""
    return tuple(line.number for line in lines if line.role in roles)


_BREAKDOWN = re.compile(r"其中.*")
_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBERS = (
    (1, re.compile(rf"(?:第?{_HAN}(?:[、.]|部分[:、]?|类[:、])|{_HAN}$)")),
    (2, re.compile(rf"[(]{_HAN}[)][、.]?")),
)
_UNNUMBERED = 3  # the level of a section without a number
_COUNT = re.compile(r"(?<!\d)(\d++)(?:个|项)(?:项目)?[)]?(?=$|[,、;。:(])")
_COUNTED = re.compile(r"(?<![第\d])\d++(?:个|项)(?:项目)?$")
_COUNTED_INSIDE = re.compile(r"\d(?:个|项)(?:项目)?(?:$|[,;、。:])")
_STEM_END = re.compile(r"[(:,、—]|共?(?<!\d)\d++(?:个|项)")
_NOTE = re.compile(
    r"(注|备注|说明|填表说明|填报说明|填报人|填表人|制表人?|审核人?|审签人?|经办人|联系人|联系电话|单位负责人|负责人|主要领导|分管领导|"
    r"填报单位|填报日期|报送日期|数据来源)(?:[(][^()]*[)])?([:].*|\d*[.、:].*)?"
)
_OPENS_NOTES = re.compile(r"(?:注|备注|说明|填表说明|填报说明)")
# Section rows may state any of these; which, follows from the ledger's fields.
_SECTION_FIELDS = (f.CLASS, f.SECTOR, f.SPONSOR_STAGE, f.RESERVE_CLASS, f.RESERVE_STAGE)


def own_texts(cells: Sequence[Cell]) -> list[str]:
    """What stands in a row, as it is written; each merged range once."""
    return [cell.text for cell in cells if cell.text and not cell.covered]


def _unnumbered(text: str) -> tuple[int, str]:
    """The level and the words of a section's text: ``一、加快建设`` → 1, 加快建设."""
    for level, number in _NUMBERS:
        if match := number.match(text):
            return level, text[match.end() :]
    return _UNNUMBERED, text


def _level_of(serial: str) -> int:
    """The level of a serial number that is nothing but a section's number."""
    level, rest = _unnumbered(serial)
    return _UNNUMBERED if rest else level


def _ends_counted(words: str) -> bool:
    """Whether a section's words end with a number of projects: 加快建设12个, 加快建设（12个，3亿元）."""
    words = words.removesuffix("。")
    if not words.endswith(")"):
        return _COUNTED.search(words) is not None
    _, opened, inside = words[:-1].rpartition("(")
    return bool(opened) and ")" not in inside and _COUNTED_INSIDE.search(inside) is not None


class _Classifier:
    """Goes down a table's rows and remembers what came before."""

    def __init__(self, block: Block, rows: list[list[Cell]]) -> None:
        head = block.head
        self.rows = rows
        self.subject = head.subject
        self.serial = head.fields.index(f.SERIAL) if f.SERIAL in head.fields else None
        self.names = frozenset(head.headings[self.subject].path)
        self.heads = [
            {column: fold(cell.text) for column, cell in enumerate(row) if not cell.blank}
            for row in rows[head.top : head.first_data_row]
        ]
        self.titles = {half_width(text) for row in rows[block.start : head.top] for text in own_texts(row)}
        self.told = [
            column for column, known in enumerate(head.fields)
            if known and known not in (f.SERIAL, f.REMARK, head.kind.subject)
        ]  # fmt: skip
        self.words = [column for column in self.told if _field(head.fields[column]).kind is not Kind.AMOUNT]
        self.serials = {number: self._serial(rows[number]) for number in range(head.first_data_row, block.end)}
        self.mixed = any(serial.text.isdecimal() for serial in self.serials.values())  # 1 2 3 below 一 and 二
        self.section_fields = tuple(known for known in _SECTION_FIELDS if known in head.kind.fields)
        self.sections: dict[int, dict[Field, str]] = {}
        self.project: Package | None = None  # the last project, as what it may be
        self.in_notes = self.after_total = False

    def line(self, number: int) -> Line:
        cells = self.rows[number]
        texts = own_texts(cells)
        if not texts:
            return Line(number, RowRole.BLANK)
        subject = cells[self.subject]
        name = "" if subject.flaw else subject.text
        serial = self.serials[number]
        role, level, package = self._role(cells, texts, serial, name)
        self.after_total = role is RowRole.TOTAL
        told = tuple(map(half_width, texts)) if role in (RowRole.SECTION, RowRole.TOTAL) else ()
        if role is RowRole.SECTION:
            self._open(level, told, name)
        elif role is RowRole.DATA:
            self.project = Package(number, serial, name)
        elif role not in (RowRole.CHILD, RowRole.NUMBERED):
            self.project = None
        sections = {known: value for each in self.sections.values() for known, value in each.items()}
        return Line(number, role, told, name, level, sections, package, serial)

    def _role(self, cells: list[Cell], texts: list[str], serial: Serial, name: str) -> tuple[RowRole, int, int | None]:
        """The first role that fits, with a section's level and a child's package. The order is the rule.

        ``texts`` are the row's own; of most rows the first ones and the name tell enough.
        """
        folded, first = fold(name), half_width(texts[0])
        if role := self._apart(cells, texts, name, folded):
            return role, 0, None
        if level := self._section_level(cells, first, fold(serial.text), folded):
            return RowRole.SECTION, level, None
        if self._is_note(cells, len(texts) == 1, first):
            return RowRole.NOTE, 0, None
        self.in_notes = False
        if self.project and self.project.takes(serial, name):
            return RowRole.CHILD, 0, self.project.row
        if name:
            return RowRole.DATA, 0, None
        told = bool(cells[self.subject].flaw) or any(self._filled(cells, self.told))
        return (RowRole.NAMELESS if told else RowRole.NUMBERED), 0, None

    def _apart(self, cells: list[Cell], texts: list[str], name: str, folded: str) -> RowRole | None:
        """The role of a row that neither is a project nor says something of those below it."""
        if half_width(texts[0]) == EXAMPLE:
            return RowRole.EXAMPLE
        if states_nothing(map(half_width, texts), name):
            return RowRole.NOTHING
        if self._is_total(cells, texts, folded):
            return RowRole.TOTAL
        if folded in self.names or self._repeats_head(cells):
            return RowRole.HEAD
        if len(folded.strip("()")) <= 2 and numbers_columns(list(map(half_width, texts))):
            return RowRole.HEAD
        return RowRole.TITLE if all(half_width(text) in self.titles for text in texts) else None

    def _is_total(self, cells: list[Cell], texts: list[str], name: str) -> bool:
        """A total, or below one a part of it (其中：…) that names no project."""
        first_two = [half_width(text) for text in texts[:2]]
        if is_total(first_two) or names_total(name):
            return True
        breakdown = self.after_total and any(_BREAKDOWN.fullmatch(text) for text in (first_two[0], name))
        return breakdown and not any(self._filled(cells, self.words))

    def _filled(self, cells: list[Cell], columns: list[int], label: str = "") -> Iterator[bool]:
        """For each column whether it says something of its own, the row's ``label`` apart."""
        own = (cells[column] for column in columns)
        return (bool(cell.text) and not cell.covered and fold(cell.text) != label for cell in own)

    def _serial(self, cells: list[Cell]) -> Serial:
        return serial_of(cells[self.serial]) if self.serial is not None else Serial()

    def _repeats_head(self, cells: list[Cell]) -> bool:
        likely = [head for head in self.heads if all(fold(cells[column].text) == text for column, text in head.items())]
        if not likely:
            return False
        own = {column: fold(cell.text) for column, cell in enumerate(cells) if not cell.blank}
        return len(own) > 1 and own in likely

    def _section_level(self, cells: list[Cell], first: str, serial: str, name: str) -> int:
        """The level of the section that a row opens; 0 where it opens none. ``first`` is the row's first text."""
        first = fold(first)
        label = name or first
        level, words = _unnumbered(label)
        by_serial = bool(name and serial and serial != label and level == _UNNUMBERED)
        if by_serial:
            level = _level_of(serial)
        elif name and first not in (label, serial):
            return 0  # something stands before the name: a row of the table
        if not words or any(self._filled(cells, self.words, label)):
            return 0
        if self._stated(words) or _ends_counted(words):
            return level
        if level == _UNNUMBERED:
            return 0
        is_section = self.mixed if by_serial else not any(self._filled(cells, self.told, label))
        return level if is_section else 0

    def _stated(self, words: str) -> tuple[Field, str] | None:
        """The field and choice that a section's words name: 加快建设类项目（12个） → 四个一批, 加快建设."""
        end = _STEM_END.search(words)
        stem = words[: end.start()] if end else words
        for suffix in ("类重点项目", "重点项目", "类项目", "项目", "类", "阶段", ""):
            for known in self.section_fields:
                if stem.endswith(suffix) and stem.removesuffix(suffix) in spellings(known.choices):
                    return known, stem.removesuffix(suffix)
        return None

    def _open(self, level: int, texts: tuple[str, ...], name: str) -> None:
        stated = self._stated(_unnumbered(fold(name or texts[0]))[1])
        if level == _UNNUMBERED and stated:
            alike = (known for known, held in self.sections.items() if stated[0] in held)
            level = next(alike, _UNNUMBERED)
        self.sections = {known: held for known, held in self.sections.items() if known < level}
        self.sections[level] = dict([stated]) if stated else {}

    def _is_note(self, cells: list[Cell], alone: bool, text: str) -> bool:
        """A note at the foot: by its first word, as one text over the table's width, or after another note."""
        spread_out = alone and sum(1 for cell in cells if cell.text) > 2
        continued = self.in_notes and alone
        note = bool(spread_out or continued or _NOTE.fullmatch(text))
        self.in_notes = note and (continued or bool(_OPENS_NOTES.match(text)))
        return note


def _field(known: Field | None) -> Field:
    assert known is not None
    return known


def stated_count(text: str) -> int | None:
    """The number of projects that a section or total row states: （共12个）."""
    match = _COUNT.search(text)
    return int(match[1]) if match else None


def lines_of(block: Block, rows: list[list[Cell]]) -> tuple[Line, ...]:
    """Every row below a block's head. ``rows`` is the spread sheet."""
    classifier = _Classifier(block, rows)
    return tuple(classifier.line(number) for number in range(block.head.first_data_row, block.end))
