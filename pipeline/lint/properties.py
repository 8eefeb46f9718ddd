"""Raw properties of WordprocessingML: element name → attributes, laid over one another as Word does."""

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.word.namespaces import W

Attributes = Mapping[str, str]
Properties = Mapping[str, Attributes]

_PREFIX = f"{{{W}}}"
_NUMBER = re.compile(r"\A\s*+[+-]?\d{1,12}(?:\.\d{0,6})?", re.ASCII)
_MOST = 10**9  # no length of a page is greater; keeps arithmetic on nonsense harmless
_NESTED = {"pBdr", "numPr"}
_MERGED = {"ind", "spacing", "rFonts"}
_PAIRS = {  # writing one of a pair takes the other away
    "firstLine": "hanging", "firstLineChars": "hangingChars", "ascii": "asciiTheme", "hAnsi": "hAnsiTheme",
    "eastAsia": "eastAsiaTheme",
}  # fmt: skip
_RIVALS = _PAIRS | {other: one for one, other in _PAIRS.items()}
_SYNONYMS = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
OFF = frozenset({"0", "false", "off", "none"})


def local(element: etree._Element) -> str:
    """The element's name without namespace; ``""`` for a comment or another vocabulary."""
    tag = element.tag
    return tag[len(_PREFIX) :] if isinstance(tag, str) and tag.startswith(_PREFIX) else ""


def attribute(element: etree._Element | None, name: str = "val", default: str = "") -> str:
    """A ``w:`` attribute; ``default`` if the element or the attribute is not there."""
    return default if element is None else element.get(_PREFIX + name, default)


def child(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first element on a path of ``w:`` names such as ``pPr/ind``."""
    if element is None:
        return None
    return element.find("/".join(_PREFIX + step for step in path.split("/")))


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else element.findall(_PREFIX + name)


def integer(text: str | None, default: int = 0) -> int:
    """Whole number; foreign programs write ``120.5`` or ``12pt``, which count as far as they can be read."""
    match = _NUMBER.match(text or "")
    if match is None:
        return default
    return max(-_MOST, min(_MOST, round(float(match[0]))))


def read(element: etree._Element | None) -> dict[str, dict[str, str]]:
    """The properties directly in a pPr, rPr, tblPr …; nested ones as ``pBdr/bottom``."""
    found: dict[str, dict[str, str]] = {}
    for item in () if element is None else element:
        name = local(item)
        if name in _NESTED:
            found |= {f"{name}/{local(inner)}": _attributes(inner) for inner in item}
        elif name:
            attributes = _attributes(item)
            if name == "ind":
                attributes = {_SYNONYMS.get(key, key): value for key, value in attributes.items()}
            found[name] = attributes
    return found


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(key).rsplit("}", 1)[-1]: str(value) for key, value in element.attrib.items()}


def overlay(lower: Properties, upper: Properties) -> Properties:
    """``upper`` laid over ``lower``; indents, spacings and fonts are merged attribute by attribute."""
    if not upper:
        return lower
    if not lower:
        return upper
    result = dict(lower)
    for name, attributes in upper.items():
        if name in _MERGED and name in result:
            gone = {_RIVALS[key] for key in attributes if key in _RIVALS}
            kept = {key: value for key, value in result[name].items() if key not in gone or key in attributes}
            result[name] = {**kept, **attributes}
        else:
            result[name] = attributes
    return result


def is_on(properties: Properties, name: str, default: bool = False) -> bool:
    """An on/off property; present without a value means on."""
    attributes = properties.get(name)
    return default if attributes is None else attributes.get("val", "1") not in OFF
