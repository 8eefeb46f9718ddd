"""A rendered document as the lint sees it: glyphs, rules and pictures of each page, in mm from the sheet's top-left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

POINT = 25.4 / 72  # mm
_SAME_LINE = 0.6  # mm between baselines of one line


def _is_red(colour: tuple[int, int, int]) -> bool:
    red, green, blue = colour
    return red >= 0xB0 and green <= 0x60 and blue <= 0x60


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character; the box is its ink, ``x`` its origin, ``size`` points as printed."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    baseline: float
    size: float
    font: str
    colour: tuple[int, int, int] = (0, 0, 0)
    turned: bool = False
    hidden: bool = False  # outside the sheet, or cut off by a frame
    bold: bool = False  # thickened by the program, not by the font

    @property
    def is_red(self) -> bool:
        return _is_red(self.colour)

    @property
    def is_black(self) -> bool:
        return max(self.colour) <= 0x40

    @property
    def em(self) -> float:
        """The character's size in mm."""
        return self.size * POINT


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line or thin bar; ``at`` is its middle across, ``start`` and ``end`` along it."""

    start: float
    end: float
    at: float
    thickness: float
    colour: tuple[int, int, int]
    horizontal: bool = True

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def is_red(self) -> bool:
        return _is_red(self.colour)


@dataclass(frozen=True, slots=True)
class Area:
    """A picture or a filled shape."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: tuple[int, int, int] | None = None  # None for a picture


class Inked:
    """What is made of glyphs, one at least: where its ink begins and ends."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        return min(glyph.x0 for glyph in self.glyphs)

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def y0(self) -> float:
        return min(glyph.y0 for glyph in self.glyphs)

    @property
    def y1(self) -> float:
        return max(glyph.y1 for glyph in self.glyphs)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class TextLine(Inked):
    """Glyphs on one baseline, left to right."""

    page: int  # counted from 1
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return median(glyph.baseline for glyph in self.glyphs)

    @property
    def size(self) -> float:
        return median(glyph.size for glyph in self.glyphs)

    @property
    def x(self) -> float:
        """Where the first character's cell begins."""
        return self.glyphs[0].x

    @property
    def end(self) -> float:
        """Where the last character's cell ends: what follows a full mark's ink belongs to it."""
        last = self.glyphs[-1]
        return max(last.x1, last.x + last.em) if is_wide(last.char) else last.x1

    @property
    def middle(self) -> float:
        return (self.x + self.end) / 2


@dataclass(frozen=True)
class Page:
    """One face. ``glyphs`` stand in the order in which they were drawn; spaces are left out."""

    number: int  # counted from 1
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def place(self) -> str:
        return f"第{self.number}页"

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def is_blank(self) -> bool:
        """Nothing on it but at most a page number."""
        return not self.rules and not self.areas and not self.text.strip("—-–―0123456789")

    @cached_property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs if not glyph.hidden)

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """The upright lines from top to bottom."""
        return lines_of(self.number, (glyph for glyph in self.glyphs if not glyph.turned and not glyph.hidden))

    @cached_property
    def turned(self) -> tuple[Glyph, ...]:
        return tuple(glyph for glyph in self.glyphs if glyph.turned)

    def horizontal(self, *, red: bool) -> list[Rule]:
        """The horizontal rules of a colour, from top to bottom."""
        return sorted((rule for rule in self.rules if rule.horizontal and rule.is_red == red), key=lambda rule: rule.at)

    @property
    def red_glyphs(self) -> list[Glyph]:
        return [glyph for glyph in self.glyphs if glyph.is_red and not glyph.hidden]


@dataclass(frozen=True)
class Pages:
    """A rendered document."""

    pages: tuple[Page, ...]

    @cached_property
    def fonts(self) -> tuple[str, ...]:
        """Names of the fonts that printed something, as the PDF writes them."""
        return tuple(sorted({glyph.font for page in self.pages for glyph in page.glyphs if glyph.font}))


def is_wide(char: str) -> bool:
    """Whether a character takes a whole cell in a Han font."""
    return char >= "\u2e80" or char in "“”‘’—…·—―"


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def lines_of(page: int, glyphs: Iterable[Glyph]) -> tuple[TextLine, ...]:
    """Group glyphs into lines by their baselines."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: each.baseline):
        if lines and glyph.baseline - lines[-1][-1].baseline <= _SAME_LINE:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return tuple(TextLine(page, tuple(sorted(line, key=lambda each: each.x))) for line in lines)


def runs_of(page: int, glyphs: Sequence[Glyph]) -> tuple[TextLine, ...]:
    """Split glyphs in reading order into lines wherever the baseline changes; cells side by side stay apart."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        if lines and abs(glyph.baseline - lines[-1][-1].baseline) <= _SAME_LINE and glyph.x >= lines[-1][-1].x - 0.2:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return tuple(TextLine(page, tuple(line)) for line in lines)
