"""The stricter page of GB/T 33476.2: text from edge to edge of the type area, 22 lines at 29.6 points.

A document of the usual page is moved over: margins, grid, every line of the body's pitch. What is measured from
the sheet (the red mark, the imprint's last rule, page numbers) keeps its place.
"""

from lxml import etree

from pipeline.word import house_style as house
from pipeline.word.namespaces import W
from pipeline.word.package import Member
from pipeline.word.strict_xml import parse_xml, part_bytes

_W = f"{{{W}}}"
_PARTS = ("word/document.xml", "word/styles.xml", "word/header", "word/footer")
_UP = house.MARGIN_TOP - house.STRICT_TOP
_HEIGHTS = {
    house.LINE_PITCH: house.STRICT_PITCH,
    house.MARK_ROOM: house.MARK_ROOM + _UP,  # the mark's top stays 72 mm under the sheet's edge (7.2.4)
}


def move_to_strict_page(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The document's members on the stricter page."""
    return tuple(_moved(member) if member.name.startswith(_PARTS) else member for member in members)


def _moved(member: Member) -> Member:
    root = parse_xml(member.data)
    for properties in root.iter(f"{_W}sectPr"):
        _move_margins(properties)
    for tag, attribute in (("spacing", "line"), ("trHeight", "val"), ("docGrid", "linePitch")):
        for element in root.iter(f"{_W}{tag}"):
            if tag != "docGrid" or not _is_turned(element.getparent()):  # a table's sheet has no lines to fill
                _raise(element, attribute)
    return Member(member.name, part_bytes(root))


def _move_margins(properties: etree._Element) -> None:
    """Top and bottom of an upright sheet; turned clockwise they are right and left (8)."""
    size, margins = properties.find(f"{_W}pgSz"), properties.find(f"{_W}pgMar")
    if size is None or margins is None:
        return
    turned = _is_turned(properties)
    for side, usual, strict in (
        ("right" if turned else "top", house.MARGIN_TOP, house.STRICT_TOP),
        ("left" if turned else "bottom", house.MARGIN_BOTTOM, house.STRICT_BOTTOM),
    ):
        if margins.get(f"{_W}{side}") == str(usual):
            margins.set(f"{_W}{side}", str(strict))


def _is_turned(properties: etree._Element | None) -> bool:
    size = properties.find(f"{_W}pgSz") if properties is not None else None
    return size is not None and size.get(f"{_W}orient") == "landscape"


def _raise(element: etree._Element, attribute: str) -> None:
    stated = element.get(f"{_W}{attribute}", "")
    if stated.isdecimal() and int(stated) in _HEIGHTS:
        element.set(f"{_W}{attribute}", str(_HEIGHTS[int(stated)]))
