"""Text boxes and drawn lines of a run, with their place on the page in mm; the older copy (Fallback) is left out."""

import itertools
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.lint.docx_model import Box
from pipeline.lint.properties import integer
from pipeline.word.namespaces import MC, WP, WPS, A, V, W

_EMU = 36000  # to the mm
_UNITS = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96, "": 25.4 / 96}
_LENGTH = re.compile(r"^\s*+(-?[\d.]++)\s*+(pt|mm|cm|in|px|)\s*+$")
_HEX_DIGITS = frozenset(string.hexdigits)
_CONTENT = f"{{{W}}}txbxContent"
_LINES = {"line", "straightConnector1"}


@dataclass(frozen=True)
class Shape:
    """A box or line and the content inside, if it is a box."""

    box: Box
    content: etree._Element | None


def shapes(element: etree._Element, part: str, first: int) -> Iterator[Shape]:
    """Shapes under a drawing, pict or AlternateContent; numbered from ``first``."""
    number = first
    for anchor in _of(element, f"{{{WP}}}anchor", f"{{{WP}}}inline"):
        for shape in anchor.iter(f"{{{WPS}}}wsp"):
            if found := _drawn(anchor, shape, part, number):
                yield found
                number += 1
    for content in _of(element, _CONTENT):
        if next(content.iterancestors(f"{{{WPS}}}wsp"), None) is None:
            yield Shape(_vml_box(content, part, number), content)
            number += 1
    for line in _of(element, f"{{{V}}}line"):
        yield Shape(_vml_line(line, part, number), None)
        number += 1


def _of(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Descendants outside Fallback and outside the content of another box."""
    for found in element.iter(*tags):
        for parent in found.iterancestors():
            if parent is element:
                yield found
                break
            if parent.tag in (f"{{{MC}}}Fallback", _CONTENT):
                break
        else:
            if found is element:
                yield found


def _millimetres(element: etree._Element, path: str) -> float | None:
    found = element.find(path)
    return None if found is None else integer(found.text) / _EMU


def _drawn(anchor: etree._Element, shape: etree._Element, part: str, number: int) -> Shape | None:
    content = next(shape.iter(_CONTENT), None)
    geometry = shape.find(f".//{{{A}}}prstGeom")
    is_line = geometry is not None and geometry.get("prst") in _LINES
    if content is None and not is_line:
        return None
    extent, name = anchor.find(f"{{{WP}}}extent"), anchor.find(f"{{{WP}}}docPr")
    horizontal, vertical = anchor.find(f"{{{WP}}}positionH"), anchor.find(f"{{{WP}}}positionV")
    body, line = shape.find(f"{{{WPS}}}bodyPr"), shape.find(f"{{{WPS}}}spPr/{{{A}}}ln")
    offset = f"{{{WP}}}posOffset"
    colour = None if line is None else line.find(f"{{{A}}}solidFill/{{{A}}}srgbClr")
    box = Box(
        number,
        part,
        "" if name is None else name.get("name", ""),
        None if horizontal is None else _millimetres(horizontal, offset),
        None if vertical is None else _millimetres(vertical, offset),
        None if extent is None else integer(extent.get("cx")) / _EMU,
        None if extent is None else integer(extent.get("cy")) / _EMU,
        "" if horizontal is None else horizontal.get("relativeFrom", ""),
        "" if vertical is None else vertical.get("relativeFrom", ""),
        "" if body is None else body.get("anchor", ""),
        body is not None and body.get("vert", "horz") != "horz",
        is_line,
        "" if colour is None else colour.get("val", "").upper(),
        0.0 if line is None else integer(line.get("w")) / _EMU,
    )
    return Shape(box, content)


def _length(text: str) -> float | None:
    match = _LENGTH.match(text)
    if match is None:
        return None
    try:
        return float(match[1]) * _UNITS[match[2]]
    except ValueError:
        return None


def _vml_box(content: etree._Element, part: str, number: int) -> Box:
    owner = next((item for item in content.iterancestors() if item.get("style")), None)
    style = {
        key.strip(): value.strip()
        for key, _, value in (
            entry.partition(":") for entry in (owner.get("style", "") if owner is not None else "").split(";")
        )
    }
    return Box(
        number,
        part,
        "",
        _length(style.get("margin-left", "")),
        _length(style.get("margin-top", "")),
        _length(style.get("width", "")),
        _length(style.get("height", "")),
        style.get("mso-position-horizontal-relative", ""),
        style.get("mso-position-vertical-relative", ""),
        {"bottom": "b", "middle": "ctr"}.get(style.get("v-text-anchor", ""), "t"),
    )


def _vml_line(line: etree._Element, part: str, number: int) -> Box:
    ends = [[_length(value) or 0.0 for value in line.get(name, "0,0").split(",")] for name in ("from", "to")]
    width = abs(ends[1][0] - ends[0][0])
    stated = line.get("strokecolor", "")
    digits = "".join(itertools.takewhile(_HEX_DIGITS.__contains__, stated.lstrip("#")))
    colour = "FF0000" if stated.startswith("red") else digits.upper()
    weight = _length(line.get("strokeweight", "")) or 0.25
    return Box(number, part, "", None, None, width, 0.0, is_line=True, colour=colour, weight=weight)
