"""Effective formats of runs and paragraphs: document defaults, style chain, direct formatting, in that order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.lint.properties import Attributes, Properties, attribute, child, children, integer, is_on, overlay, read
from pipeline.word.namespaces import A

_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_DEPTH = 24  # of basedOn; a longer chain is a circle
_DEFAULT_SIZE = 20  # half-points, where nothing states a size


@dataclass(frozen=True)
class RunFormat:
    """What a run looks like; ``size`` in half-points, ``spacing`` in twips, ``scale`` in percent."""

    han: str = ""
    latin: str = ""
    other: str = ""  # the hAnsi slot
    hint: str = ""
    themed: bool = False
    size: int = _DEFAULT_SIZE
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = "auto"
    spacing: int = 0
    scale: int = 100
    hidden: bool = False

    @property
    def points(self) -> float:
        return self.size / 2

    @property
    def is_red(self) -> bool:
        """Red as an official mark is: much red, little else."""
        if self._channels is None:
            return False
        red, green, blue = self._channels
        return red >= 0xB0 and green <= 0x50 and blue <= 0x50

    @property
    def is_black(self) -> bool:
        return self._channels is None or all(each <= 0x33 for each in self._channels)

    @property
    def _channels(self) -> tuple[int, ...] | None:
        """Red, green and blue; None for the window's own and for what is no colour."""
        return tuple(bytes.fromhex(self.colour)) if _COLOUR.fullmatch(self.colour) else None


@dataclass(frozen=True)
class Border:
    """One edge; ``size`` in eighths of a point."""

    value: str
    size: int
    colour: str

    @property
    def is_drawn(self) -> bool:
        return self.value not in ("", "nil", "none")

    @property
    def is_red(self) -> bool:
        return RunFormat(colour=self.colour).is_red


@dataclass(frozen=True)
class ParagraphFormat:
    """How a paragraph is set; lengths in twips, ``first_line`` negative for a hanging indent."""

    align: str = "left"
    left: int = 0
    right: int = 0
    first_line: int = 0
    first_line_chars: int = 0  # hundredths
    line: int = 240
    line_rule: str = "auto"
    before: int = 0
    after: int = 0
    widow_control: bool = True
    overflow_punct: bool | None = None
    keep_next: bool = False
    page_break_before: bool = False
    snap_to_grid: bool = True
    outline: int | None = None
    numbered: bool = False
    borders: Mapping[str, Border] = field(default_factory=dict)

    @property
    def is_ruled_red(self) -> bool:
        return any(edge.is_drawn and edge.is_red for edge in self.borders.values())


def border(attributes: Attributes) -> Border:
    return Border(attributes.get("val", ""), integer(attributes.get("sz")), attributes.get("color", "auto").upper())


def paragraph_format(properties: Properties, size: int) -> ParagraphFormat:
    """The format; ``size`` (half-points) measures indents given in characters."""
    indent, spacing = properties.get("ind", {}), properties.get("spacing", {})
    character = size * 10 - 4 if size == 32 else size * 10

    def length(name: str) -> int:
        chars = integer(indent.get(f"{name}Chars"))
        return round(chars * character / 100) if chars else integer(indent.get(name))

    first_chars = integer(indent.get("firstLineChars")) - integer(indent.get("hangingChars"))
    return ParagraphFormat(
        align=properties.get("jc", {}).get("val", "left").replace("start", "left").replace("end", "right"),
        left=length("left"),
        right=length("right"),
        first_line=length("firstLine") - length("hanging"),
        first_line_chars=first_chars,
        line=integer(spacing.get("line"), 240),
        line_rule=spacing.get("lineRule", "auto"),
        before=integer(spacing.get("before")),
        after=integer(spacing.get("after")),
        widow_control=is_on(properties, "widowControl", True),
        overflow_punct=is_on(properties, "overflowPunct") if "overflowPunct" in properties else None,
        keep_next=is_on(properties, "keepNext"),
        page_break_before=is_on(properties, "pageBreakBefore"),
        snap_to_grid=is_on(properties, "snapToGrid", True),
        outline=integer(properties["outlineLvl"].get("val")) if "outlineLvl" in properties else None,
        numbered=properties.get("numPr/numId", {}).get("val", "0") != "0",
        borders={name[5:]: border(attributes) for name, attributes in properties.items() if name.startswith("pBdr/")},
    )


class Theme:
    """The fonts behind theme names such as ``minorEastAsia``."""

    def __init__(self, root: etree._Element | None) -> None:
        self._fonts: dict[str, str] = {}
        for kind in ("major", "minor") if root is not None else ():
            element = root.find(f".//{{{A}}}{kind}Font") if root is not None else None
            if element is None:
                continue
            faces = {str(item.tag).rsplit("}", 1)[-1]: item.get("typeface", "") for item in element}
            scripts = {item.get("script"): item.get("typeface", "") for item in element.iter(f"{{{A}}}font")}
            self._fonts[f"{kind}EastAsia"] = faces.get("ea") or scripts.get("Hans") or ""
            self._fonts[f"{kind}Ascii"] = self._fonts[f"{kind}HAnsi"] = faces.get("latin", "")

    def font(self, name: str) -> str:
        return self._fonts.get(name, "")


class Styles:
    """The style sheet; resolves a style to its properties through its ancestors, each once."""

    def __init__(self, root: etree._Element | None, theme: Theme) -> None:
        self._theme = theme
        self._elements = {attribute(item, "styleId"): item for item in children(root, "style")}
        self._defaults = {
            attribute(item, "type"): attribute(item, "styleId")
            for item in children(root, "style")
            if attribute(item, "default") in ("1", "true", "on")
        }
        self._paragraph_base = read(child(root, "docDefaults/pPrDefault/pPr"))
        self._run_base = read(child(root, "docDefaults/rPrDefault/rPr"))
        self._chains: dict[str, tuple[Properties, Properties]] = {}
        self._formats: dict[tuple[str, str, str], tuple[Properties, RunFormat]] = {}

    @property
    def default_paragraph(self) -> str:
        return self._defaults.get("paragraph", "")

    def name(self, style: str) -> str:
        element = self._elements.get(style)
        return attribute(child(element, "name")) if element is not None else style

    def _chain(self, style: str) -> tuple[Properties, Properties]:
        if style not in self._chains:
            paragraph: Properties = {}
            run: Properties = {}
            line: list[etree._Element] = []
            current = style
            while current in self._elements and len(line) < _DEPTH:
                line.append(self._elements[current])
                current = attribute(child(line[-1], "basedOn"))
            for element in reversed(line):
                paragraph = overlay(paragraph, read(child(element, "pPr")))
                run = overlay(run, read(child(element, "rPr")))
            self._chains[style] = (paragraph, run)
        return self._chains[style]

    def paragraph(self, style: str, table: str, direct: Properties) -> Properties:
        """Effective paragraph properties."""
        base = overlay(self._paragraph_base, self._chain(table)[0] if table else {})
        return overlay(overlay(base, self._chain(style)[0]), direct)

    def run(self, style: str, table: str, character: str, direct: Properties) -> RunFormat:
        """Effective run format of a run with character style and direct properties."""
        key = (style, table, character)
        if key not in self._formats:
            properties = overlay(self._run_base, self._chain(table)[1] if table else {})
            properties = overlay(properties, self._chain(style)[1])
            properties = overlay(properties, self._chain(character)[1] if character else {})
            self._formats[key] = (properties, self._format(properties))
        properties, ready = self._formats[key]
        return self._format(overlay(properties, direct)) if direct else ready

    def _format(self, properties: Properties) -> RunFormat:
        fonts = properties.get("rFonts", {})

        def face(slot: str) -> str:
            theme = fonts.get(f"{slot}Theme")
            return self._theme.font(theme) if theme else fonts.get(slot, "")

        return RunFormat(
            han=face("eastAsia"),
            latin=face("ascii"),
            other=face("hAnsi"),
            hint=fonts.get("hint", ""),
            themed=any(key.endswith("Theme") for key in fonts),
            size=max(1, integer(properties.get("sz", {}).get("val"), _DEFAULT_SIZE)),
            bold=is_on(properties, "b"),
            italic=is_on(properties, "i"),
            underline=properties.get("u", {}).get("val", "none") != "none",
            colour=properties.get("color", {}).get("val", "auto").upper().replace("AUTO", "auto"),
            spacing=integer(properties.get("spacing", {}).get("val")),
            scale=integer(properties.get("w", {}).get("val"), 100),
            hidden=is_on(properties, "vanish"),
        )
