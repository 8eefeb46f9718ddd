"""Paper with the red head already printed on it: the head's room stays, to the millimetre, without red ink."""

from lxml import etree

from pipeline.word import house_style as house
from pipeline.word.namespaces import MC, W
from pipeline.word.package import Member
from pipeline.word.strict_xml import parse_xml, part_bytes
from pipeline.word.style_names import house_styles

_W = f"{{{W}}}"
_MARKS = (house.MARK.identifier, house.LETTER_MARK.identifier)


def leave_red_out(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The document's members for preprinted paper: no mark, no red rule, everything else where it was.

    Rows and lines of the head have fixed heights, so that nothing moves.
    """
    styles = house_styles(members)
    marks = {key for key, style in styles.items() if style.identifier in _MARKS}
    return tuple(
        _without_red(member, marks) if member.name.startswith(("word/document.xml", "word/header")) else member
        for member in members
    )


def _without_red(member: Member, marks: set[str]) -> Member:
    root = parse_xml(member.data)
    for reference in list(root.iter(f"{_W}pStyle")):
        properties = reference.getparent()
        paragraph = properties.getparent() if properties is not None else None
        if paragraph is not None and reference.get(f"{_W}val") in marks:
            _remove(list(paragraph.iter(f"{_W}r")))
    for edge in [edge for edge in root.iter(f"{_W}bottom") if _is_red_rule(edge)]:
        _leave_its_room(edge)
    _remove([choice.getparent() for choice in root.iter(f"{{{MC}}}AlternateContent") if _is_red_line(choice)])
    return Member(member.name, part_bytes(root))


def _is_red_rule(edge: etree._Element) -> bool:
    parent = edge.getparent()
    return parent is not None and parent.tag == f"{_W}pBdr" and edge.get(f"{_W}color") == house.RED


def _leave_its_room(edge: etree._Element) -> None:
    """Take the rule away and make its line higher by the rule's thickness, so that nothing moves up."""
    border = edge.getparent()
    properties = border.getparent() if border is not None else None
    if border is None or properties is None:
        return
    spacing = etree.Element(f"{_W}spacing")
    spacing.set(f"{_W}line", str(house.RED_LINE.line + house.RED_RULE * 20 // 8))
    spacing.set(f"{_W}lineRule", "exact")
    properties.replace(border, spacing)


def _is_red_line(choice: etree._Element) -> bool:
    text = etree.tostring(choice, encoding="unicode")
    return 'prst="line"' in text and f'val="{house.RED}"' in text


def _remove(elements: list[etree._Element | None]) -> None:
    for element in elements:
        parent = element.getparent() if element is not None else None
        if element is not None and parent is not None:
            parent.remove(element)
