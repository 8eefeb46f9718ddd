"""Which of a document's styles is which of ours: programs rename the identifiers, the names stay."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from pipeline.word.house_style import STYLES, Style
from pipeline.word.namespaces import W
from pipeline.word.package import Member
from pipeline.word.strict_xml import BrokenXmlError, parse_xml

_BY_NAME = {style.name: style for style in STYLES}
_BY_IDENTIFIER = {style.identifier: style for style in STYLES}
_PART = "word/styles.xml"


def house_styles(members: Iterable[Member]) -> Mapping[str, Style]:
    """Style identifier → house style, for the styles of a package that bear a house style's name."""
    data = next((member.data for member in members if member.name == _PART), b"")
    if not data:
        return _BY_IDENTIFIER
    try:
        root = parse_xml(data)
    except BrokenXmlError:
        return _BY_IDENTIFIER
    found = {}
    for style in root.iter(f"{{{W}}}style"):
        name = style.find(f"{{{W}}}name")
        known = _BY_NAME.get(name.get(f"{{{W}}}val", "")) if name is not None else None
        if known:
            found[style.get(f"{{{W}}}styleId", "")] = replace(known, line=_line(style, known.line))
    return found


def _line(style: etree._Element, otherwise: int) -> int:
    """The exact line that the document gives the style, in twips; the house's where it gives none."""
    spacing = style.find(f"{{{W}}}pPr/{{{W}}}spacing")
    if spacing is None or spacing.get(f"{{{W}}}lineRule") != "exact":
        return otherwise
    stated = spacing.get(f"{{{W}}}line", "")
    return int(stated) if stated.isdecimal() else otherwise
