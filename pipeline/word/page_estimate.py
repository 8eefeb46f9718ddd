"""How many faces a document fills, estimated without rendering it: lines of exact height, cell by cell.

Every style of ours has an exact line, so a face is a sum: lines × pitch, rows of tables by their tallest cell,
heads repeated, rows whole. What it does not know: fonts (a Latin letter counts half a cell), kerning, and
where an engine squeezes a mark. Documents of other origin are estimated by the same rules, more roughly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.word import house_style as house
from pipeline.word.cells import JOINT, is_narrow
from pipeline.word.house_style import Style
from pipeline.word.namespaces import W
from pipeline.word.package import unpack
from pipeline.word.paragraph_text import own_text
from pipeline.word.strict_xml import parse_xml
from pipeline.word.style_names import house_styles

_W = f"{{{W}}}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU_PER_TWIP = 635
_EDGE = 17  # twips; the rule that closes a table at the foot of a face
_NOT_FIRST = "、，。；：？！）》”’】〕％%…—"
_NOT_LAST = "（《“‘【〔"
_MM_PER_TWIP = 25.4 / 1440


@dataclass(frozen=True)
class Estimate:
    """Faces that hold text, and the room (mm) left under the last line on the last of them."""

    pages: int
    room_mm: float


@dataclass
class _Sheet:
    """The face being filled, in twips."""

    height: float = house.TYPE_HEIGHT
    used: float = 0.0
    pages: int = 1
    head: float = 0.0  # repeated head of the table being set

    def turn(self) -> None:
        self.pages += 1
        self.used = 0.0

    def put(self, height: float, edge: float = 0.0) -> None:
        """Something whole: on this face if it fits; ``edge`` is a rule that must find room under it."""
        if self.used and self.used + height + edge > self.height + 1:
            self.turn()
            height += self.head
        self.used += height


@dataclass(frozen=True)
class _Block:
    """A paragraph measured: its lines and what keeps it together."""

    lines: int
    line: float
    before: float
    keeps_next: bool = False
    breaks_before: bool = False


@dataclass
class _Setter:
    styles: Mapping[str, Style]
    sheet: _Sheet = field(default_factory=_Sheet)
    chain: list[_Block] = field(default_factory=list)

    def paragraph(self, block: _Block) -> None:
        if block.breaks_before and self.sheet.used:
            self.flush(0)
            self.sheet.turn()
        self.chain.append(block)
        if not block.keeps_next:
            self.flush(0)

    def flush(self, following: float) -> None:
        """Set the lines held together; the last paragraph of a chain may split after its first line."""
        chain, self.chain = self.chain, []
        if not chain:
            return
        sheet = self.sheet
        whole = sum(block.before + block.lines * block.line for block in chain[:-1])
        last = chain[-1]
        need = whole + last.before + (last.line if not following else last.lines * last.line + following)
        if sheet.used and sheet.used + need > sheet.height + 1 and need <= sheet.height:
            sheet.turn()
        for block in chain:
            sheet.used += block.before
            for _ in range(block.lines):
                sheet.put(block.line)

    def table(self, table: etree._Element) -> None:
        rows = [(_row_height(row, table, self.styles), row.find(f"{_W}trPr/{_W}tblHeader") is not None)
                for row in table.iterfind(f"{_W}tr")]  # fmt: skip
        first = table.find(f".//{_W}p")
        if first is not None and _measured(first, self.styles, house.TYPE_WIDTH).keeps_next:
            self.paragraph(_Block(1, sum(height for height, _ in rows), 0.0))  # a signature, kept whole
            return
        head = sum(height for height, is_head in rows if is_head)
        body = next((height for height, is_head in rows if not is_head), 0.0)
        self.flush(head + body)
        if head and self.sheet.used + head + body > self.sheet.height:
            self.sheet.turn()
        for height, is_head in rows:
            self.sheet.head = 0.0 if is_head else head
            self.sheet.put(height, _EDGE)
        self.sheet.head = 0.0


def estimate(data: bytes, name: str = "") -> Estimate:
    """The faces of a document's text, the imprint and its own section left out. TemplateError for no package."""
    members = unpack(data, name)
    document = next(member.data for member in members if member.name == "word/document.xml")
    root = parse_xml(document)
    return estimate_body(root, house_styles(members))


def estimate_body(root: etree._Element, styles: Mapping[str, Style]) -> Estimate:
    """The same for a parsed word/document.xml; a paragraph that anchors the imprint counts nothing."""
    body = root.find(f"{_W}body")
    blocks = list(body) if body is not None else []
    setter, pages, room = _Setter(styles), 0, 0.0
    sections = list(_sections(blocks))
    for number, (content, properties) in enumerate(sections):
        if not any(_has_text(block) for block in content) and number == len(sections) - 1:
            break
        height, width = _type_area(properties)
        setter.sheet = _Sheet(height)
        if properties is not None and properties.find(f"{_W}titlePg") is not None:
            setter.sheet.used = 560.0  # a letter's head reaches so far below the type area's top
        for block in content:
            if block.tag == f"{_W}tbl":
                setter.table(block)
            elif block.tag == f"{_W}p" and not is_imprint(block):
                setter.paragraph(_measured(block, styles, width))
        setter.flush(0)
        pages += setter.sheet.pages
        room = (height - setter.sheet.used) * _MM_PER_TWIP
    return Estimate(max(pages, 1), max(0.0, room))


def is_imprint(block: etree._Element) -> bool:
    """Does this paragraph anchor the 版记?"""
    return any(shape.get("name") == "版记" for shape in block.iter(f"{_WP}docPr"))


def _has_text(block: etree._Element) -> bool:
    return not is_imprint(block) and any((text.text or "").strip() for text in block.iter(f"{_W}t"))


def _sections(
    blocks: Sequence[etree._Element],
) -> Iterator[tuple[list[etree._Element], etree._Element | None]]:
    content: list[etree._Element] = []
    for block in blocks:
        if block.tag == f"{_W}sectPr":
            yield content, block
            return
        inner = block.find(f"{_W}pPr/{_W}sectPr")
        content.append(block)
        if inner is not None:
            yield content, inner
            content = []
    if content:
        yield content, None


def _type_area(properties: etree._Element | None) -> tuple[float, float]:
    if properties is None:
        return house.TYPE_HEIGHT, house.TYPE_WIDTH
    size, margin = properties.find(f"{_W}pgSz"), properties.find(f"{_W}pgMar")
    if size is None or margin is None:
        return house.TYPE_HEIGHT, house.TYPE_WIDTH
    # a grid of lines uses whole lines only; LibreOffice leaves the rest of the height half above, half below
    grid = properties.find(f"{_W}docGrid")
    pitch = _number(grid, "linePitch", 0) if grid is not None and grid.get(f"{_W}type") == "lines" else 0
    tall, wide = _number(size, "h", house.PAGE_HEIGHT), _number(size, "w", house.PAGE_WIDTH)
    height = tall - _number(margin, "top", 0) - _number(margin, "bottom", 0)
    return (
        height // pitch * pitch if pitch else height,
        wide - _number(margin, "left", 0) - _number(margin, "right", 0),
    )


def _number(element: etree._Element | None, attribute: str, default: float) -> float:
    if element is None:
        return default
    text = element.get(f"{_W}{attribute}", "")
    return float(text) if text.lstrip("-").replace(".", "", 1).isdigit() else default


def _measured(block: etree._Element, styles: Mapping[str, Style], width: float) -> _Block:
    """A paragraph's lines in a column of ``width`` twips."""
    properties = block.find(f"{_W}pPr")
    named = properties.find(f"{_W}pStyle") if properties is not None else None
    style = styles.get(named.get(f"{_W}val", "") if named is not None else "Normal", house.NORMAL)
    spacing = properties.find(f"{_W}spacing") if properties is not None else None
    indent = properties.find(f"{_W}ind") if properties is not None else None
    line = _number(spacing, "line", style.line)
    before = _number(spacing, "before", style.before)
    left, right = _number(indent, "left", style.left), _number(indent, "right", style.right)
    hanging = _number(indent, "hanging", style.hanging)
    em = style.size * 10 + style.spacing
    first = _number(indent, "firstLine", style.first_line_cells * house.CELL) - hanging
    count = sum(
        _lines(text, (width - left - right) / em, first / em if number == 0 else 0.0)
        for number, text in enumerate(own_text(block, tab="　").split("\n"))
    )
    if not style.line:  # as high as its drawing
        count, line = 1, _drawing_height(block)
    kept = properties.find(f"{_W}keepNext") if properties is not None else None
    keeps = style.keep_next if kept is None else kept.get(f"{_W}val") not in ("0", "false")
    breaks = properties is not None and properties.find(f"{_W}pageBreakBefore") is not None
    return _Block(count, line, before, keeps, breaks)


def _drawing_height(block: etree._Element) -> float:
    extents = [int(extent.get("cy", "0")) for extent in block.iter(f"{_WP}extent")]
    return max(extents, default=0) / _EMU_PER_TWIP or house.LINE_PITCH


def _lines(text: str, room: float, first: float = 0.0) -> int:
    """Lines of a text in ``room`` ems, the first one ``first`` ems shorter (or longer, hanging)."""
    count, width, word = 1, first, 0.0
    before = ""
    for character in text:
        narrow = is_narrow(character)
        step = 0.5 if narrow else 1.0
        if before and narrow != is_narrow(before) and character.isalnum() and before.isalnum():
            step += JOINT
        if width + step > room + 0.02 and not (character.isspace()):
            back = 0.0
            if character in _NOT_FIRST or before in _NOT_LAST:
                back = 0.5 if before and is_narrow(before) else 1.0
            elif narrow and before and is_narrow(before) and word < room / 2:
                back = word
            count += 1
            width = back
        width += step
        word = word + step if (narrow and character.isalnum()) or character in ".%,-" else 0.0
        before = character
    return count


def _row_height(row: etree._Element, table: etree._Element, styles: Mapping[str, Style]) -> float:
    wanted = row.find(f"{_W}trPr/{_W}trHeight")
    if wanted is not None and wanted.get(f"{_W}hRule") == "exact":
        return _number(wanted, "val", 0)
    margins = table.find(f"{_W}tblPr/{_W}tblCellMar")
    sides = {side: _number(margins.find(f"{_W}{side}") if margins is not None else None, "w", 0)
             for side in ("top", "bottom", "left", "right")}  # fmt: skip
    tallest = 0.0
    for cell in row.iterfind(f"{_W}tc"):
        width = _number(cell.find(f"{_W}tcPr/{_W}tcW"), "w", house.TYPE_WIDTH) - sides["left"] - sides["right"]
        height = 0.0
        for inner in cell.iterfind(f"{_W}p"):
            block = _measured(inner, styles, width)
            height += block.before + block.lines * block.line
        tallest = max(tallest, height)
    border = 10 if table.find(f"{_W}tblPr/{_W}tblBorders") is not None else 0
    return max(_number(wanted, "val", 0), tallest + sides["top"] + sides["bottom"] + border)


def paragraph_height(block: etree._Element, styles: Mapping[str, Style], width: float) -> float:
    """A paragraph's height in twips in a column of ``width`` twips."""
    measured = _measured(block, styles, width)
    return measured.before + measured.lines * measured.line


def leading_height(blocks: Sequence[etree._Element], styles: Mapping[str, Style]) -> float:
    """The height in twips of a document's first blocks, as if their page had no end."""
    setter = _Setter(styles, _Sheet(height=1e9))
    for block in blocks:
        if block.tag == f"{_W}tbl":
            setter.table(block)
        else:
            setter.paragraph(_measured(block, styles, house.TYPE_WIDTH))
    setter.flush(0)
    return setter.sheet.used
