"""The standard's places in mm from the sheet's top-left, and what measured rules share."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.lint.docx_model import Form
from pipeline.lint.font_names import printed_font
from pipeline.lint.lint_rule import Remark, Severity
from pipeline.lint.page_model import Glyph, Inked, Page, Rule, TextLine, lines_of
from pipeline.lint.printed import OTHER_FAMILY, Placed, Printed
from pipeline.lint.profile import STRICT, profile_of
from pipeline.lint.roles_named import Role

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # the type area (5.2.1)
MIDDLE = (LEFT + RIGHT) / 2
CELL = 156 / 28
ROW = 28.95 * 25.4 / 72
TOLERANCE = 1.05  # the standard's 1 mm, and what reading a PDF may add
MARK_LEAST = 20.0  # points; a red text so large is a mark
LONG = 140.0  # mm; a rule so long separates parts of the paper
IMPRINT_ROLES = (Role.IMPRINT, Role.IMPRINT_LINE)
_NUMBER = re.compile(r"^([—–―\-－一]?)(\d{1,4})([—–―\-－一]?)$")

Check = Callable[[Printed], Iterable[Remark]]
Substitutes = Callable[[Printed], dict[str, str]]


def mm(value: float) -> str:
    return f"{value:.1f}毫米"


def on_page(page: int, what: str = "") -> str:
    return f"第{page}页{what}"


def lacking(reason: str, seen: Callable[[Printed], object]) -> Callable[[Printed], str]:
    """Unfit, for this reason, where nothing of the kind is seen."""
    return lambda printed: "" if seen(printed) else reason


def metric(check: Check, *roles: Role, substitutes: Substitutes | None = None) -> Check:
    """A check whose measures hang on the fonts of these roles (none: of all).

    With a substitute it never passes in silence: where nothing was found it says that this is unverified; where
    the substitute is none that the house style was measured with, what was found is unverified too.
    """

    def run(printed: Printed) -> list[Remark]:
        remarks = list(check(printed))
        used = substitutes(printed) if substitutes else printed.substituted(*roles)
        if not used:
            return remarks
        if not all(printed_font(font).family == family for family, font in used.items()):
            remarks = [replace(remark, severity=Severity.UNVERIFIED) for remark in remarks]
        return remarks or [
            Remark("全文", f"{_shown(used)}，量得的尺寸未见不合", "装有正式字体后复核", Severity.UNVERIFIED)
        ]

    return run


def _shown(used: dict[str, str]) -> str:
    return "、".join(f"{'其他字体' if family == OTHER_FAMILY else family}印成了{font}" for family, font in used.items())


def mark_substitutes(printed: Printed) -> dict[str, str]:
    """Fonts of the red mark that are no official font."""
    fonts = (printed_font(glyph.font) for glyph in mark_glyphs(printed))
    return {font.family or OTHER_FAMILY: font.name for font in fonts if not font.genuine}


def mark_glyphs(printed: Printed) -> list[Glyph]:
    """The red mark on page one; empty on paper with a preprinted head."""
    if not printed.pages:
        return []
    return [glyph for glyph in printed.pages[0].red_glyphs if glyph.size >= MARK_LEAST]


@dataclass(frozen=True)
class Extent(Inked):
    """The ink around some glyphs."""

    glyphs: tuple[Glyph, ...]


def extent(glyphs: Iterable[Glyph]) -> Extent | None:
    """The ink around some glyphs; None for none."""
    known = tuple(glyphs)
    return Extent(known) if known else None


def head_rule(printed: Printed) -> Rule | None:
    """The red rule under the head; None for letters, which have double ones."""
    if not printed.pages or printed.docx.form is Form.LETTER:
        return None
    return next((rule for rule in printed.pages[0].horizontal(red=True) if rule.length >= LONG / 2), None)


def type_area(printed: Printed, page: Page) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the type area, by the profile that the document follows (5.2.1)."""
    sections = [section for section in printed.docx.sections if section.landscape == page.landscape]
    strict = bool(sections) and profile_of(sections[0]) is STRICT
    top, bottom = (34.58, 264.42) if strict else (TOP, BOTTOM)
    return (297 - bottom, LEFT, 297 - top, RIGHT) if page.landscape else (LEFT, top, RIGHT, bottom)


@dataclass(frozen=True)
class PageNumber(Inked):
    """A printed page number; ``glyphs`` with its dashes."""

    page: Page
    value: int
    has_dashes: bool
    glyphs: tuple[Glyph, ...]

    @property
    def place(self) -> str:
        return on_page(self.page.number, "页码")


def page_number(printed: Printed, page: Page) -> PageNumber | None:
    """The number of a page: in its foot, or on the left edge of a turned sheet."""
    _, _, bottom, left = printed.margins(page)
    candidates: Sequence[Sequence[Glyph]]
    if page.landscape and page.turned:
        edge = [glyph for glyph in page.turned if glyph.x1 < left + 1]
        candidates = [sorted(edge, key=lambda glyph: glyph.y0)]
    else:
        foot = (g for g in page.glyphs if not g.hidden and not g.turned and g.y0 > page.height - bottom)
        candidates = [line.glyphs for line in lines_of(page.number, foot)]
    for glyphs in candidates:
        matched = _NUMBER.match("".join(glyph.char for glyph in glyphs))
        if matched:
            return PageNumber(page, int(matched[2]), bool(matched[1] and matched[3]), tuple(glyphs))
    return None


def imprint_lines(printed: Printed) -> list[tuple[TextLine, Placed]]:
    """The imprint's lines on the last page that holds some, from top to bottom."""
    found = [(line, item) for item in printed.of_role(*IMPRINT_ROLES) for line in item.lines]
    if not found:
        return []
    last = max(line.page for line, _ in found)
    return sorted((pair for pair in found if pair[0].page == last), key=lambda pair: pair[0].baseline)


def imprint_top(printed: Printed) -> tuple[int, float]:
    """The page of the imprint and where its first line begins; (0, 0) where there is none."""
    lines = imprint_lines(printed)
    return (lines[0][0].page, lines[0][0].y0) if lines else (0, 0.0)


def text_end(printed: Printed) -> tuple[int, float]:
    """The last page that holds text (the imprint aside), and the mm free under it down to the type area's edge.

    (0, 0) for a document without text. Drawn lines and pictures within the type area count as text.
    """
    ends = [
        (page, line.y1)
        for page, lines in printed.placed_lines.items()
        for line, item in lines
        if item.paragraph.role not in IMPRINT_ROLES and item.paragraph.box is None
    ]
    if not ends:
        return 0, 0.0
    last, lowest = max(ends)
    page = printed.pages[last - 1]
    _, top, _, bottom = type_area(printed, page)
    imprint, imprint_begins = imprint_top(printed)
    limit = imprint_begins - 6 if imprint == last else bottom
    drawn = [rule.at for rule in page.horizontal(red=False)] + [area.y1 for area in page.areas]
    lowest = max([lowest, *(y for y in drawn if top < y < limit)])
    return last, bottom - lowest
