"""Building blocks of a document from zero: runs, paragraphs, tables, sections, and the package around them.

Every function returns WordprocessingML text; text given to them may hold template tags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from pipeline.word import house_style as house
from pipeline.word.house_style import Style
from pipeline.word.namespaces import CONTENT_TYPES, DECLARATIONS, HEAD, RELATIONSHIPS, R
from pipeline.word.package import Member, pack
from pipeline.word.page_numbers import footers
from pipeline.word.style_parts import font_table_xml, settings_xml, styles_xml

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EDGES = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}  # eighths of a point
_STATED = {
    "Styles": ("styles", styles_xml),
    "Settings": ("settings", settings_xml),
    "Fonts": ("fontTable", font_table_xml),
}


def run(text: str, character_style: str = "") -> str:
    """One run; a line feed becomes a line break, a tab a tab."""
    style = f'<w:rPr><w:rStyle w:val="{character_style}"/></w:rPr>' if character_style else ""
    inner = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    inner = inner.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{style}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def lead_in(text: str) -> str:
    """A lead-in in 楷体 before text that runs on."""
    return run(text, house.LEAD_IN)


def paragraph(style: Style, *content: str, properties: str = "") -> str:
    """A paragraph of plain strings and ready runs; ``properties`` is inner pPr after the style."""
    runs = "".join(part if part.startswith("<w:r>") else run(part) for part in content if part)
    return f'<w:p><w:pPr><w:pStyle w:val="{style.identifier}"/>{properties}</w:pPr>{runs}</w:p>'


def body(*content: str, keep_next: bool = False) -> str:
    """A paragraph of 正文; ``keep_next`` for the last one, so that no signature stands alone on a page."""
    return paragraph(house.BODY, *content, properties="<w:keepNext/>" if keep_next else "")


def heading(text: str) -> str:
    return paragraph(house.HEADING_1, text)


def subheading(text: str) -> str:
    return paragraph(house.HEADING_2, text)


def blank(style: Style = house.NORMAL, lines: int = 1) -> str:
    return paragraph(style) * lines


def when(tag: str) -> str:
    """A paragraph that only carries a template tag, such as ``if 报`` or ``endfor``; it leaves no trace."""
    return paragraph(house.NORMAL, "{%p " + tag + " %}")


@dataclass(frozen=True)
class Cell:
    """A table cell; ``span`` columns wide."""

    text: str
    style: Style
    span: int = 1


def _cell(cell: Cell, width: int, top_border: str = "") -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{top_border}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(cell.style, cell.text)}</w:tc>"
    )


@dataclass(frozen=True)
class Column:
    """A column of a list: which field of an entry it shows, a filter included, and how wide it is in millimetres."""

    field: str
    width: float
    style: Style | None = None  # None: as the list's cells are
    title: str = ""  # "": the field's name
    cell: str = ""  # what stands in its cells, where that is not the field alone

    @property
    def head(self) -> str:
        return self.title or self.field.partition("|")[0]


@dataclass(frozen=True)
class Table:
    """A ruled table of fixed column widths; its head is repeated on each page, its rows stay whole."""

    widths: tuple[int, ...]
    padding: int = 60
    row_height: int = 400

    @classmethod
    def of(cls, columns: Sequence[Column], padding: int = 60, row_height: int = 400) -> "Table":
        return cls(millimetres(*(column.width for column in columns)), padding, row_height)

    def row(self, cells: Sequence[Cell], *, is_head: bool = False) -> str:
        """One row; raises ValueError unless the spans fill the columns."""
        if sum(cell.span for cell in cells) != len(self.widths):
            raise ValueError(f"{len(self.widths)} columns, but cells for {sum(c.span for c in cells)}")
        parts, column = [], 0
        for cell in cells:
            parts.append(_cell(cell, sum(self.widths[column : column + cell.span])))
            column += cell.span
        header = "<w:tblHeader/>" if is_head else ""
        return (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{self.row_height}" w:hRule="atLeast"/>{header}</w:trPr>'
            f"{''.join(parts)}</w:tr>"
        )

    def head(self, titles: Sequence[str], style: Style) -> str:
        return self.row([Cell(title, style) for title in titles], is_head=True)

    def when(self, tag: str) -> str:
        """A row that only carries a template tag; it leaves no trace."""
        return self.row([Cell("{%tr " + tag + " %}", house.SMALL_CELL, len(self.widths))])

    def entries(self, loop: str, columns: Sequence[Column], style: Style) -> list[str]:
        """A row for each entry of ``loop``; cells are of ``style`` where their column has none of its own."""
        entry = loop.partition(" ")[0]
        cells = [Cell(column.cell or f"{{{{ {entry}.{column.field} }}}}", column.style or style) for column in columns]
        return [self.when(f"for {loop}"), self.row(cells), self.when("endfor")]

    def build(self, *rows: str) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for side, size in _EDGES.items()
        )
        margins = "".join(
            f'<w:{side} w:w="{width}" w:type="dxa"/>'
            for side, width in (("top", 20), ("left", self.padding), ("bottom", 20), ("right", self.padding))
        )
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )


def millimetres(*widths: float) -> tuple[int, ...]:
    """Millimetres → twips."""
    return tuple(round(width * 1440 / 25.4) for width in widths)


def listing(
    loop: str, *columns: Column, padding: int = 60, row_height: int = 400, small: bool = False,
    last: Sequence[Cell] = (),
) -> str:  # fmt: skip
    """A table with a row for each entry of ``loop``, such as ``项 in 未完成项目``; ``last`` is a row below them."""
    table = Table.of(columns, padding, row_height)
    head, style = (house.SMALL_HEAD, house.SMALL_CELL) if small else (house.TABLE_HEAD, house.TABLE_CELL)
    return table.build(
        table.head([column.head for column in columns], head),
        *table.entries(loop, columns, style),
        *([table.row(last)] if last else []),
    )


@dataclass(frozen=True)
class Section:
    """A run of pages of one orientation; each section begins on a new face.

    ``letter``: its first page carries the letter's header and no number.
    """

    layout: Literal["portrait", "landscape"]
    blocks: tuple[str, ...]
    letter: bool = False


def _reference(kind: str, page: str, identifier: str) -> str:
    return f'<w:{kind}Reference w:type="{page}" r:id="{identifier}"/>'


def _section_properties(section: Section) -> str:
    first = 0 if section.layout == "portrait" else 2
    references = (
        _reference("footer", "default", f"rIdFooter{first + 1}")
        + _reference("footer", "even", f"rIdFooter{first + 2}")
        + (
            _reference("header", "first", "rIdHeader1") + _reference("footer", "first", "rIdFooter5")
            if section.letter
            else ""
        )
    )
    if section.layout == "portrait":
        size = f'<w:pgSz w:w="{house.PAGE_WIDTH}" w:h="{house.PAGE_HEIGHT}"/>'
        edges = (house.MARGIN_TOP, house.MARGIN_RIGHT, house.MARGIN_BOTTOM, house.MARGIN_LEFT)
        distance = house.FOOTER_DISTANCE
    else:  # the upright sheet turned clockwise (8)
        size = f'<w:pgSz w:w="{house.PAGE_HEIGHT}" w:h="{house.PAGE_WIDTH}" w:orient="landscape"/>'
        edges = (house.MARGIN_LEFT, house.MARGIN_TOP, house.MARGIN_RIGHT, house.MARGIN_BOTTOM)
        distance = house.LANDSCAPE_DISTANCE
    top, right, bottom, left = edges
    header = house.LETTER_DISTANCE if section.letter else 850
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>{size}<w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}" w:header="{header}" w:footer="{distance}" w:gutter="0"/>'
        f'{"<w:titlePg/>" if section.letter else ""}<w:docGrid w:type="lines" w:linePitch="{house.LINE_PITCH}"/></w:sectPr>'
    )


def _body_xml(sections: Sequence[Section]) -> str:
    parts: list[str] = []
    for index, section in enumerate(sections):
        properties = _section_properties(section)
        parts.extend(section.blocks)
        if index + 1 < len(sections):
            parts.append(paragraph(house.PLACEHOLDER, properties=properties))
        else:
            parts.append(properties)
    return "".join(parts)


def docx(sections: Sequence[Section], first_header: str = "") -> bytes:
    """A whole document of these sections, from zero; ``first_header`` is the header of a letter's first page."""
    named = {f"footer{number}.xml": text for number, text in enumerate(footers(), 1)}
    if first_header:
        named["footer5.xml"] = f"{HEAD}<w:ftr {DECLARATIONS}>{paragraph(house.PLACEHOLDER)}</w:ftr>"
        named["header1.xml"] = f"{HEAD}<w:hdr {DECLARATIONS}>{first_header}</w:hdr>"
    names = list(named)
    types = "".join(
        f'<Override PartName="/word/{part}" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in [
            ("document.xml", "document.main"),
            *((f"{kind}.xml", kind) for kind, _ in _STATED.values()),
            *((name, name[:6]) for name in names),
        ]
    )
    relations = "".join(
        f'<Relationship Id="{identifier}" Type="{R}/{kind}" Target="{target}"/>'
        for identifier, kind, target in [
            *((f"rId{name}", kind, f"{kind}.xml") for name, (kind, _) in _STATED.items()),
            *((f"rId{name[:7].capitalize()}", name[:6], name) for name in names),
        ]
    )
    rels = f'<Relationships xmlns="{RELATIONSHIPS}">'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'{rels}<Relationship Id="rId1" Type="{R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {DECLARATIONS}><w:body>{_body_xml(sections)}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"{rels}{relations}</Relationships>",
    }
    written = {name: HEAD + text for name, text in parts.items()}
    written |= {f"word/{kind}.xml": text() for kind, text in _STATED.values()}
    written |= {f"word/{name}": text for name, text in named.items()}
    return pack(Member(name, text.encode("utf-8")) for name, text in written.items())
