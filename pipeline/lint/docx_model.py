"""A .docx as the lint sees it: sections, paragraphs with their effective formats and roles, tables, boxes, rules.

Lengths are twips unless a name says mm; sizes half-points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from lxml import etree

from pipeline.lint.formats import Border, ParagraphFormat, RunFormat
from pipeline.lint.package_parts import Package
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import unfilled
from pipeline.records.grouping import grouped
from pipeline.word.placeholder_marks import NO_NAMES, PlaceholderNames

_QUOTED = 14  # characters of a paragraph shown to find it by


class Form(Enum):
    """The kind of paper; rules differ by it."""

    DOWNWARD = "下行文"
    UPWARD = "上行文"
    LETTER = "信函"
    MINUTES = "纪要"
    ORDER = "命令"
    BRIEFING = "简报"
    PLAIN = "平件"
    FOREIGN = "非公文"


RED_HEADED = frozenset({Form.DOWNWARD, Form.UPWARD, Form.LETTER, Form.MINUTES, Form.ORDER})


@dataclass(frozen=True)
class Run:
    text: str
    format: RunFormat


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in reading order; text boxes follow the paragraph that anchors them."""

    index: int
    part: str  # 正文, 页眉 or 页脚
    text: str
    runs: tuple[Run, ...]
    style: str
    format: ParagraphFormat
    mark: RunFormat  # of the paragraph mark: the height of an empty line
    table: int | None = None
    row: int = 0
    column: int = 0
    box: int | None = None
    section: int = 0
    page_break: bool = False  # holds a manual page break
    break_first: bool = False  # and it stands before all text
    ends_section: bool = False
    drawing: bool = False
    fields: tuple[str, ...] = ()
    role: Role = Role.OTHER

    @cached_property
    def plain(self) -> str:
        """The text without line breaks and outer spaces."""
        return self.text.replace("\n", "").replace("\t", " ").strip(" 　\xa0")

    @property
    def is_blank(self) -> bool:
        return not self.plain and not self.drawing

    @property
    def place(self) -> str:
        """Where it stands, in Chinese, with its first words to search for."""
        shown = self.plain if len(self.plain) <= _QUOTED else self.plain[:_QUOTED] + "…"
        quoted = f"“{shown}”" if shown else "（空段）"
        if self.table is not None:
            return f"{self.part}第{self.table + 1}个表第{self.row + 1}行第{self.column + 1}格{quoted}"
        return f"{self.part}{'文本框内' if self.box is not None else ''}第{self.index + 1}段{quoted}"

    @property
    def size(self) -> int:
        """The size that most of its text has; for an empty paragraph that of its mark."""
        weights: dict[int, int] = {}
        for run in self.runs:
            weights[run.format.size] = weights.get(run.format.size, 0) + len(run.text.strip())
        return max(weights, key=lambda size: weights[size]) if any(weights.values()) else self.mark.size

    @property
    def is_red(self) -> bool:
        return any(run.format.is_red for run in self.runs if run.text.strip())


@dataclass(frozen=True)
class TableCell:
    span: int
    width: int
    merge: str  # "", restart or continue
    borders: Mapping[str, Border]
    text: str


@dataclass(frozen=True)
class TableRow:
    height: int
    height_rule: str
    is_head: bool
    cannot_split: bool
    cells: tuple[TableCell, ...]


@dataclass(frozen=True)
class Table:
    """A table; ``columns`` are the widths of its grid."""

    index: int
    part: str
    columns: tuple[int, ...]
    indent: int
    align: str
    fixed: bool
    rows: tuple[TableRow, ...]
    borders: Mapping[str, Border]
    nested: bool
    box: int | None
    section: int
    margins: tuple[int, int]  # left and right of a cell

    @property
    def place(self) -> str:
        return f"{self.part}第{self.index + 1}个表"

    @property
    def is_ruled(self) -> bool:
        """A table of data, not one that only places text."""
        return any(
            self.borders.get(side) is not None and self.borders[side].is_drawn for side in ("insideH", "insideV")
        )


@dataclass(frozen=True)
class Box:
    """A text box or a drawn line; mm from what ``horizontal`` and ``vertical`` name, None where not stated."""

    index: int
    part: str
    name: str
    x: float | None
    y: float | None
    width: float | None
    height: float | None
    horizontal: str = ""
    vertical: str = ""
    anchor: str = ""
    turned: bool = False
    is_line: bool = False
    colour: str = ""
    weight: float = 0.0  # mm

    @property
    def is_red(self) -> bool:
        return RunFormat(colour=self.colour).is_red

    @property
    def bottom(self) -> float | None:
        return None if self.y is None or self.height is None else self.y + self.height


@dataclass(frozen=True)
class Section:
    """A run of pages. ``footers`` maps default, even and first to stories; inherited ones included."""

    index: int
    width: int
    height: int
    landscape: bool
    top: int
    right: int
    bottom: int
    left: int
    gutter: int
    footer: int
    kind: str  # nextPage, evenPage, continuous …
    grid: str
    pitch: int
    char_space: int
    title_page: bool
    page_start: int | None
    headers: Mapping[str, str] = field(default_factory=dict)
    footers: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return f"第{self.index + 1}节"

    @property
    def type_width(self) -> int:
        return self.width - self.left - self.right - self.gutter


@dataclass(frozen=True)
class Story:
    """A header or footer."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    boxes: tuple[Box, ...]
    root: etree._Element


@dataclass(frozen=True)
class Settings:
    even_and_odd: bool = False
    mirror_margins: bool = False
    character_spacing: str = ""


@dataclass(frozen=True)
class Docx:
    """One document."""

    name: str
    package: Package
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    boxes: tuple[Box, ...]
    sections: tuple[Section, ...]
    stories: Mapping[str, Story]
    settings: Settings
    ours: bool
    form: Form = Form.FOREIGN
    is_template: bool = False
    placeholders: PlaceholderNames = NO_NAMES  # of the templates that it may come from

    def unfilled(self, text: str) -> str:
        """The first placeholder left in a text of it; ``""`` if there is none."""
        return unfilled(text, self.placeholders)

    @cached_property
    def everything(self) -> tuple[Paragraph, ...]:
        """Main text, then headers and footers."""
        return self.paragraphs + tuple(
            paragraph for name in sorted(self.stories) for paragraph in self.stories[name].paragraphs
        )

    @cached_property
    def _by_role(self) -> Mapping[Role, tuple[Paragraph, ...]]:
        return grouped(self.everything, lambda paragraph: paragraph.role)

    def of(self, *roles: Role) -> tuple[Paragraph, ...]:
        """The paragraphs of these roles, in reading order, headers and footers last."""
        if len(roles) == 1:
            return self._by_role.get(roles[0], ())
        wanted = set(roles)
        return tuple(paragraph for paragraph in self.everything if paragraph.role in wanted)

    @cached_property
    def flow(self) -> tuple[Paragraph, ...]:
        """The main text outside boxes, tables included."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.box is None)

    def section_of(self, item: Paragraph | Table) -> Section | None:
        """The section that it stands in; None in a file without any."""
        return self.sections[min(item.section, len(self.sections) - 1)] if self.sections else None

    @cached_property
    def first_annex(self) -> int:
        """Index of the first 附件序号 paragraph; past the end if there is none."""
        return next((item.index for item in self.flow if item.role is Role.ANNEX_LABEL), len(self.paragraphs) + 1)

    @property
    def all_boxes(self) -> tuple[Box, ...]:
        return self.boxes + tuple(box for name in sorted(self.stories) for box in self.stories[name].boxes)
