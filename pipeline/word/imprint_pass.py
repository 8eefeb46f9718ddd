"""The second pass: 版记 on the foot of the last even page (7.4.1).

A paper is printed on both sides, so its imprint stands on an even face. Where the text ends on an even face with
room for it, it stands there; where it does not, it gets a section of its own that begins on the next even face.
A face left blank before it carries no number, and then neither does the imprint's (7.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.word import house_style as house
from pipeline.word.crowded_addressees import move_crowded_addressees
from pipeline.word.house_style import Style
from pipeline.word.imprint import BOX_HEIGHT
from pipeline.word.namespaces import CONTENT_TYPES, DECLARATIONS, HEAD, RELATIONSHIPS, R, W
from pipeline.word.package import Member, pack, unpack
from pipeline.word.page_estimate import Estimate, estimate_body, is_imprint, paragraph_height
from pipeline.word.paper_safety import require_allowed
from pipeline.word.strict_xml import parse_xml, part_bytes
from pipeline.word.style_names import house_styles

_W, _R = f"{{{W}}}", f"{{{R}}}"
_DOCUMENT, _RELATIONS, _TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_BLANK, _BLANK_ID = "footer90.xml", "rIdGWBlankFooter"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_ENTRIES: Mapping[str, tuple[str, Mapping[str, str]]] = {  # what names the blank footer in the package's lists
    _RELATIONS: (
        f"{{{RELATIONSHIPS}}}Relationship", {"Id": _BLANK_ID, "Type": f"{R}/footer", "Target": _BLANK},
    ),
    _TYPES: (f"{{{CONTENT_TYPES}}}Override", {"PartName": f"/word/{_BLANK}", "ContentType": _TYPE}),
}  # fmt: skip
_MARK, _OURS = f"{_W}rsidR", "00475700"  # a save number that no program gives: a paragraph that we added
_MM_PER_TWIP = 25.4 / 1440
_HOLDER = 'name="版记"'.encode()
_RULES = 60  # twips
_GAP = 240  # twips between text and imprint


@dataclass(frozen=True)
class _Parts:
    members: tuple[Member, ...]
    root: etree._Element
    styles: Mapping[str, Style]


def has_imprint(data: bytes) -> bool:
    """Does the document carry a 版记 of ours?"""
    return any(member.name == _DOCUMENT and _HOLDER in member.data for member in unpack(data, ""))


def settle_imprint(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The imprint on an even last face by the estimate; a package without one comes back itself."""
    if not any(member.name == _DOCUMENT and _HOLDER in member.data for member in members):
        return members
    parts = _opened(members)
    holder = _holder(parts.root)
    if holder is None:
        return members
    move_crowded_addressees(parts.root, parts.styles, BOX_HEIGHT / _MM_PER_TWIP - _height(holder, parts.styles))
    guess = estimate_body(parts.root, parts.styles)
    return _settled(parts, guess)


def with_even_last_page(data: bytes, pages: int, room_mm: float | None = None) -> bytes:
    """The imprint on an even last face, given how the text came out.

    ``pages`` are the faces that hold text; ``room_mm`` is the height free under the last line of the last of
    them, down to the type area's edge (None: unknown, taken as enough). The same arguments give the same
    bytes, whichever form the document has now. Raises TemplateError for no sound package.
    """
    parts = _opened(unpack(data, ""))
    if _holder(parts.root) is None:
        return data
    settled = _settled(parts, Estimate(pages, 999.0 if room_mm is None else room_mm))
    require_allowed(parts.members, settled)
    return pack(settled)


def imprint_height(data: bytes) -> float:
    """The imprint's height in mm, from its text; 0 where there is none."""
    parts = _opened(unpack(data, ""))
    holder = _holder(parts.root)
    return 0.0 if holder is None else _height(holder, parts.styles) * _MM_PER_TWIP


def _opened(members: tuple[Member, ...]) -> _Parts:
    document = next(member.data for member in members if member.name == _DOCUMENT)
    root = parse_xml(document)
    return _Parts(members, root, house_styles(members))


def _holder(root: etree._Element) -> etree._Element | None:
    """The paragraph that anchors the imprint."""
    body = root.find(f"{_W}body")
    return (
        next((block for block in body if block.tag == f"{_W}p" and is_imprint(block)), None)
        if body is not None
        else None
    )


def _height(holder: etree._Element, styles: Mapping[str, Style]) -> float:
    box = next(holder.iter(f"{_W}txbxContent"))
    return _RULES + sum(
        paragraph_height(paragraph, styles, house.TYPE_WIDTH)
        for cell in box.iter(f"{_W}tc")
        for paragraph in cell.iterfind(f"{_W}p")
    )


def _settled(parts: _Parts, faces: Estimate) -> tuple[Member, ...]:
    holder = _holder(parts.root)
    if holder is None:  # pragma: no cover - asked before
        raise ValueError("no imprint")
    height = _height(holder, parts.styles)
    _join(holder)
    _thicken_first_rule(holder)
    even, fits = faces.pages % 2 == 0, faces.room_mm >= (height + _GAP) * _MM_PER_TWIP
    anchored = even and fits
    _set_line(holder, round(height + _GAP) if anchored else 20)
    if not anchored:
        _split(holder, blank_before=even)
    document = Member(_DOCUMENT, part_bytes(parts.root))
    members = [document if member.name == _DOCUMENT else member for member in parts.members]
    return tuple(_with_blank_footer(members))


def _thicken_first_rule(holder: etree._Element) -> None:
    """The first rule is the thick one (7.4.1), also where 抄送, which would stand there, is left out."""
    for box in holder.iter(f"{_W}txbxContent"):
        edge = box.find(f".//{_W}tc/{_W}tcPr/{_W}tcBorders/{_W}top")
        if edge is not None:
            edge.set(f"{_W}sz", str(house.RULE_THICK))


def _set_line(holder: etree._Element, line: int) -> None:
    """The height of the line that the box hangs on; as tall as the box, it keeps text from running under it."""
    spacing = holder.find(f"{_W}pPr/{_W}spacing")
    if spacing is not None:
        spacing.set(f"{_W}line", str(line))


def _join(holder: etree._Element) -> None:
    """Undo ``_split``: the imprint's own section melts into the one before it."""
    before, after = holder.getprevious(), holder.getnext()
    if before is None or after is None or after.tag != f"{_W}sectPr":
        return
    kind, inner = after.find(f"{_W}type"), before.find(f"{_W}pPr/{_W}sectPr")
    if kind is None or kind.get(f"{_W}val") != "evenPage" or inner is None:
        return
    body = after.getparent()
    if body is not None:
        body.replace(after, inner)
        if before.get(_MARK) == _OURS:
            body.remove(before)


def _split(holder: etree._Element, *, blank_before: bool) -> None:
    """Give the imprint a section that begins on an even face; a blank face before it takes both numbers away."""
    last = holder.getnext()
    if last is None or last.tag != f"{_W}sectPr":
        return
    own = etree.fromstring(etree.tostring(last))
    for unwanted in [
        *own.findall(f"{_W}headerReference"),
        *own.findall(f"{_W}titlePg"),
        *own.findall(f"{_W}type"),
    ]:
        own.remove(unwanted)
    for reference in own.findall(f"{_W}footerReference"):
        if reference.get(f"{_W}type") == "first":
            own.remove(reference)
        elif blank_before:
            reference.set(f"{_R}id", _BLANK_ID)
    kind = etree.Element(f"{_W}type")
    kind.set(f"{_W}val", "evenPage")
    size = own.find(f"{_W}pgSz")
    if size is not None:
        size.addprevious(kind)
    body = last.getparent()
    if body is not None:
        body.replace(last, own)
        _closing(holder).append(last)


def _closing(holder: etree._Element) -> etree._Element:
    """The properties of the paragraph that ends the text: its last one, since a further one may need a further
    face; after a table, where there must be a paragraph, one of ours.
    """
    before = holder.getprevious()
    if before is None or before.tag != f"{_W}p" or before.find(f"{_W}pPr/{_W}sectPr") is not None:
        before = etree.Element(f"{_W}p")
        before.set(_MARK, _OURS)
        holder.addprevious(before)
        properties = etree.SubElement(before, f"{_W}pPr")
        etree.SubElement(properties, f"{_W}pStyle").set(f"{_W}val", _placeholder(holder))
        return properties
    found = before.find(f"{_W}pPr")
    if found is None:
        found = etree.Element(f"{_W}pPr")
        before.insert(0, found)
    return found


def _placeholder(holder: etree._Element) -> str:
    style = holder.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else house.PLACEHOLDER.identifier


def _with_blank_footer(members: list[Member]) -> list[Member]:
    """The package with the empty footer where the document refers to it, and without it elsewhere."""
    wanted = any(member.name == _DOCUMENT and _BLANK_ID.encode() in member.data for member in members)
    members = [member for member in members if member.name != f"word/{_BLANK}"]
    members = [
        _entry(member, *_ENTRIES[member.name], wanted) if member.name in _ENTRIES else member for member in members
    ]
    if wanted:
        style = f'<w:pStyle w:val="{house.PLACEHOLDER.identifier}"/>'
        text = f"{HEAD}<w:ftr {DECLARATIONS}><w:p><w:pPr>{style}</w:pPr></w:p></w:ftr>"
        members.append(Member(f"word/{_BLANK}", text.encode()))
    return members


def _entry(member: Member, tag: str, values: Mapping[str, str], wanted: bool) -> Member:
    """The list with the entry or without it; the first of its ``values`` tells which it is."""
    root = parse_xml(member.data)
    key = next(iter(values))
    found = [child for child in root if child.get(key) == values[key]]
    if bool(found) == wanted:
        return member
    for child in found:
        root.remove(child)
    if wanted:
        etree.SubElement(root, tag, dict(values))
    return Member(member.name, part_bytes(root))
