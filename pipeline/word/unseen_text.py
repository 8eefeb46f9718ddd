"""Text that a paper would carry and nobody would see: in the paper's white, or in letters too small to be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.word.namespaces import WPS, A, V, W

LEAST_POINTS = 4  # smaller letters are no text on a printed page
_NEAR_WHITE = 0xF0  # each of red, green and blue
_W = f"{{{W}}}"
_P, _R, _T = f"{_W}p", f"{_W}r", f"{_W}t"
_CONTROL = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)  # prints nothing, whatever it looks like
_WHITE_THEMES = ("background1", "light1")
_FILLS = tuple(f"{{{A}}}{name}" for name in ("solidFill", "gradFill", "blipFill", "pattFill"))
_SHAPES = (f"{{{WPS}}}wsp", *(f"{{{V}}}{name}" for name in ("shape", "rect", "roundrect", "oval")))
_MOST_BASED_ON = 16  # styles upon styles


@dataclass
class _Look:
    """What properties say of letters; None where they leave it to others."""

    white: bool | None = None
    points: float | None = None
    shaded: bool | None = None

    def or_else(self, other: "_Look") -> "_Look":
        def first(own: bool | None, others: bool | None) -> bool | None:
            return others if own is None else own

        points = other.points if self.points is None else self.points
        return _Look(first(self.white, other.white), points, first(self.shaded, other.shaded))


@dataclass
class Looks:
    """The looks that a document's styles give."""

    otherwise: _Look = field(default_factory=_Look)  # without any style
    styles: Mapping[str, _Look] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: etree._Element | None) -> "Looks":
        """Of the styles part; None where the package has none."""
        if styles is None:
            return cls()
        found = {str(each.get(f"{_W}styleId")): each for each in styles.iter(f"{_W}style")}
        looks = {name: _of_style(name, found) for name in found}
        default = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        usual = next((n for n, each in found.items() if _is_usual(each)), "")
        return cls(looks.get(usual, _Look()).or_else(_of_properties(default)), looks)

    def named(self, properties: etree._Element | None, tag: str) -> _Look:
        """What the style named in some properties gives."""
        style = properties.find(f"{_W}{tag}") if properties is not None else None
        return self.styles.get(str(style.get(f"{_W}val")), _Look()) if style is not None else _Look()


def unseen_texts(root: etree._Element, looks: Looks) -> Iterator[tuple[etree._Element, str]]:
    """Each paragraph with text that would be printed unseen, and why it would be, as a sentence without full stop."""
    for paragraph in root.iter(_P):
        white, small = "", ""
        for run in paragraph.iter(_R):
            text = "".join(each.text or "" for each in run.iterchildren(_T))
            if text and next(run.iterancestors(_P)) is paragraph:
                look = _look_of(run, paragraph, looks)
                white += text if look.white and not look.shaded and not _in_filled_shape(run) else ""
                small += text if look.points is not None and look.points < LEAST_POINTS else ""
        for text, why in ((white, "是白色的字"), (small, "字号过小")):
            if shown := "".join(_CONTROL.sub("", text).split()):
                remedy = "请删去，或改成正文的颜色和字号"
                yield paragraph, f"“{shown[:20]}”{why}，印出后看不见；{remedy}"


def _look_of(run: etree._Element, paragraph: etree._Element, looks: Looks) -> _Look:
    """Its own properties before its style's, the paragraph's, and those of the cells and tables around."""
    own, around = run.find(f"{_W}rPr"), paragraph.find(f"{_W}pPr")
    look = _of_properties(own).or_else(looks.named(own, "rStyle"))
    if not look.shaded:
        # A cell's or a table's properties stand before everything in it.
        holders = paragraph.iterancestors(f"{_W}tc", f"{_W}tbl")
        behind = [around, *(next(holder.iterchildren(), None) for holder in holders)]
        tables = (looks.named(each, "tblStyle").shaded for each in behind)
        look.shaded = any(_shading(each) for each in behind) or any(tables) or None
    return look.or_else(looks.named(around, "pStyle")).or_else(looks.otherwise)


def _of_style(name: str, found: Mapping[str, etree._Element]) -> _Look:
    look = _Look()
    for _ in range(_MOST_BASED_ON):
        style = found.get(name)
        if style is None:
            break
        shaded = any(_is_filled(each) for each in style.iter(f"{_W}shd")) or None
        look = look.or_else(_of_properties(style.find(f"{_W}rPr"))).or_else(_Look(shaded=shaded))
        based = style.find(f"{_W}basedOn")
        name = str(based.get(f"{_W}val")) if based is not None else ""
    return look


def _is_usual(style: etree._Element) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on")


def _of_properties(properties: etree._Element | None) -> _Look:
    """What a run's properties say."""
    if properties is None:
        return _Look()
    colour, size = properties.find(f"{_W}color"), properties.find(f"{_W}sz")
    points = size.get(f"{_W}val", "") if size is not None else ""
    return _Look(
        white=_is_white(colour) if colour is not None else None,
        points=int(points) / 2 if points.isascii() and points.isdecimal() else None,
        shaded=_shading(properties) or properties.find(f"{_W}highlight") is not None or None,
    )


def _is_white(colour: etree._Element) -> bool:
    stated = colour.get(f"{_W}val", "")
    if re.fullmatch("[0-9A-Fa-f]{6}", stated):
        return min(bytes.fromhex(stated)) >= _NEAR_WHITE
    return colour.get(f"{_W}themeColor") in _WHITE_THEMES


def _shading(properties: etree._Element | None) -> bool:
    return properties is not None and any(_is_filled(each) for each in properties.iterchildren(f"{_W}shd"))


def _is_filled(shading: etree._Element) -> bool:
    """Whether a shading gives a ground on which white is seen."""
    fill = shading.get(f"{_W}fill", "auto")
    if re.fullmatch("[0-9A-Fa-f]{6}", fill):
        return min(bytes.fromhex(fill)) < _NEAR_WHITE
    return shading.get(f"{_W}themeFill") is not None or shading.get(f"{_W}val") not in (None, "clear", "nil")


def _in_filled_shape(run: etree._Element) -> bool:
    shape = next(run.iterancestors(*_SHAPES), None)
    return shape is not None and (shape.get("fillcolor") is not None or next(shape.iter(*_FILLS), None) is not None)
