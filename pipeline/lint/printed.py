"""A document together with its printed pages: which glyphs are which paragraph's.

Paragraphs are sought in the order in which pages draw text; headers and footers are set apart first, since they
stand between the two halves of a paragraph that runs over a page.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.lint.docx_model import Docx, Paragraph
from pipeline.lint.font_names import official_family, printed_font
from pipeline.lint.page_model import Glyph, Page, Pages, TextLine, is_han, runs_of
from pipeline.lint.roles_named import Role
from pipeline.records.grouping import grouped

_NEAR = 1500  # characters within which a short text must follow the last one found
_SHORT = 8  # a text of fewer characters may stand anywhere, so it is sought nearby only
_SAME_SIZE = 0.8  # points
_SAME_BASELINE = 0.3  # mm
_TWIPS_PER_MM = 1440 / 25.4
OTHER_FAMILY = "非公文字体"


@dataclass(frozen=True)
class Placed:
    """A paragraph and where it was printed."""

    paragraph: Paragraph
    lines: tuple[TextLine, ...]

    @property
    def page(self) -> int:
        """The page it begins on, from 1."""
        return self.lines[0].page

    @property
    def glyphs(self) -> Iterator[Glyph]:
        return (glyph for line in self.lines for glyph in line.glyphs)

    @property
    def place(self) -> str:
        return f"第{self.page}页{self.paragraph.place}"


@dataclass(frozen=True)
class Lost:
    """A paragraph of which some characters were not printed."""

    paragraph: Paragraph
    missing: str


@dataclass(frozen=True)
class _Ink:
    """A glyph on its page."""

    page: int
    glyph: Glyph
    outside: bool  # in the room of headers and footers


@dataclass(frozen=True)
class Printed:
    """One document and its rendering."""

    docx: Docx
    pages: tuple[Page, ...]

    @classmethod
    def of(cls, docx: Docx, pages: Pages) -> "Printed":
        return cls(docx, pages.pages)

    @cached_property
    def _search(self) -> "_Search":
        return _Search(self)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Every paragraph of the main text that was found whole, in reading order."""
        return self._search.placed

    @property
    def lost(self) -> tuple[Lost, ...]:
        return self._search.lost

    @cached_property
    def _by_role(self) -> Mapping[Role, tuple[Placed, ...]]:
        return grouped(self.placed, lambda item: item.paragraph.role)

    def of_role(self, *roles: Role) -> tuple[Placed, ...]:
        """The printed paragraphs of these roles, in reading order."""
        if len(roles) == 1:
            return self._by_role.get(roles[0], ())
        wanted = set(roles)
        return tuple(item for item in self.placed if item.paragraph.role in wanted)

    @cached_property
    def placed_lines(self) -> Mapping[int, tuple[tuple[TextLine, Placed], ...]]:
        """Printed lines of the main text by page, from top to bottom."""
        lines = ((line, item) for item in self.placed for line in item.lines)
        by_page = grouped(lines, lambda pair: pair[0].page)
        return {page: tuple(sorted(pairs, key=lambda pair: pair[0].baseline)) for page, pairs in by_page.items()}

    def margins(self, page: Page) -> tuple[float, float, float, float]:
        """Top, right, bottom, left of the section that such a page belongs to, in mm."""
        for section in self.docx.sections:
            if section.landscape == page.landscape:
                top, bottom = abs(section.top), abs(section.bottom)
                return (
                    top / _TWIPS_PER_MM, section.right / _TWIPS_PER_MM, bottom / _TWIPS_PER_MM,
                    section.left / _TWIPS_PER_MM,
                )  # fmt: skip
        return (28, 37, 26, 35) if page.landscape else (37, 26, 35, 28)

    @cached_property
    def _fonts(self) -> Mapping[Role, Counter[tuple[str, str]]]:
        """For each role the (family asked for, font printed) of its Han characters."""
        found: dict[Role, Counter[tuple[str, str]]] = {}
        for item in self.placed:
            counts = found.setdefault(item.paragraph.role, Counter())
            counts.update((family, glyph.font) for family, glyph in asked_families(item) if is_han(glyph.char))
        return found

    def fonts_of(self, *roles: Role) -> Counter[tuple[str, str]]:
        """(Family asked for, font printed) → Han characters; of these roles, or of the whole text."""
        total: Counter[tuple[str, str]] = Counter()
        for role, counts in self._fonts.items():
            if not roles or role in roles:
                total += counts
        return total

    def substituted(self, *roles: Role) -> dict[str, str]:
        """Family → the font printed in its stead, for these roles or for all."""
        found: dict[str, str] = {}
        for (family, font), _ in self.fonts_of(*roles).most_common():
            if not printed_font(font).genuine:
                found.setdefault(family or OTHER_FAMILY, font)
        return dict(sorted(found.items()))


def asked_families(item: Placed) -> Iterator[tuple[str, Glyph]]:
    """Each glyph of a paragraph with the official family that its run asks for."""
    families = [
        family
        for run in item.paragraph.runs
        if not run.format.hidden
        for family in [official_family(run.format.han)] * len(comparable(run.text))
    ]
    glyphs = list(item.glyphs)
    if len(families) != len(glyphs):
        families = [official_family(item.paragraph.mark.han)] * len(glyphs)
    yield from zip(families, glyphs, strict=True)


def comparable(text: str) -> str:
    """Text as it can be compared: no spaces, one form for each character."""
    kept = "".join(char for char in text if not char.isspace() and char not in "\u200b\ufeff\u00ad\u2060")
    if kept.isascii() or all(is_han(char) for char in kept):
        return kept.casefold()
    return "".join(_one_form(char) for char in unicodedata.normalize("NFC", kept)).casefold()


def _one_form(char: str) -> str:
    code = ord(char)
    return unicodedata.normalize("NFKC", char) if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF else char


def shown_text(paragraph: Paragraph) -> str:
    """What of a paragraph must appear on the page."""
    return comparable("".join(run.text for run in paragraph.runs if not run.format.hidden) or "")


class _Search:
    """Finds every paragraph's glyphs once; what is left over answers for paragraphs not found whole."""

    def __init__(self, printed: Printed) -> None:
        self._inks = [ink for page in printed.pages for ink in _inks(printed, page)]
        main = [ink for ink in self._inks if not ink.outside]
        self._streams = (_Stream(main), _Stream(self._inks))
        self._used: set[int] = set()
        placed, unplaced = [], []
        for paragraph in printed.docx.paragraphs:
            text = shown_text(paragraph)
            if not text:
                continue
            inks = self._find(text, _size(paragraph)) or self._find(text, 0)
            if inks is None:
                unplaced.append((paragraph, text))
            else:
                placed.append(Placed(paragraph, tuple(_lines(inks))))
        self.placed = tuple(placed)
        self.lost = tuple(self._lost(unplaced))

    def _find(self, text: str, size: float) -> list[_Ink] | None:
        for stream in self._streams:
            inks = stream.find(text, size, self._used)
            if inks is not None:
                self._used.update(id(ink) for ink in inks)
                return inks
        return None

    def _lost(self, unplaced: Iterable[tuple[Paragraph, str]]) -> Iterator[Lost]:
        pool: Counter[str] = Counter()
        for ink in self._inks:
            if id(ink) not in self._used:
                pool.update(comparable(ink.glyph.char))
        for paragraph, text in unplaced:
            wanted = Counter(text)
            missing = wanted - pool
            pool -= wanted
            if missing:
                yield Lost(paragraph, "".join(char for char in dict.fromkeys(text) if char in missing))


def _size(paragraph: Paragraph) -> float:
    """Points of its first visible character."""
    return next((run.format.points for run in paragraph.runs if comparable(run.text) and not run.format.hidden), 0)


def _inks(printed: Printed, page: Page) -> Iterator[_Ink]:
    top, right, bottom, left = printed.margins(page)
    for glyph in _in_reading_order(page.glyphs):
        if glyph.hidden:
            continue
        if page.landscape:
            outside = glyph.turned and (glyph.x1 < left - 1 or glyph.x0 > page.width - right + 1)
        else:
            outside = glyph.y1 < top - 1 or glyph.y0 > page.height - bottom + 1
        yield _Ink(page.number, glyph, outside)


def _in_reading_order(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Drawing order, but each line from left to right: LibreOffice draws what a font lacks after the line's rest."""
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and (glyph.turned or line[-1].turned or abs(glyph.baseline - line[-1].baseline) > _SAME_BASELINE):
            yield from sorted(line, key=lambda each: each.x)
            line = []
        line.append(glyph)
    yield from sorted(line, key=lambda each: each.x)


class _Stream:
    """Glyphs in drawing order and the place up to which paragraphs were found."""

    def __init__(self, inks: Sequence[_Ink]) -> None:
        self._inks: list[_Ink] = []
        parts = []
        for ink in inks:
            form = comparable(ink.glyph.char)
            parts.append(form)
            self._inks.extend([ink] * len(form))
        self._text = "".join(parts)
        self._cursor = 0

    def find(self, text: str, size: float, used: set[int]) -> list[_Ink] | None:
        """The glyphs of the next printing of ``text``, else of any printing of it not yet taken.

        A mark, a title and a signature may hold the same name: ``size`` (points, 0 for any) tells them apart.
        """
        limit = self._cursor + _NEAR + len(text) if len(text) < _SHORT else len(self._text)
        start = self._next(text, size, used, self._cursor, limit)
        if start >= 0:
            self._cursor = start + len(text)
        else:
            start = self._next(text, size, used, 0, len(self._text))
        return self._inks[start : start + len(text)] if start >= 0 else None

    def _next(self, text: str, size: float, used: set[int], start: int, limit: int) -> int:
        start = self._text.find(text, start, limit)
        while start >= 0:
            inks = self._inks[start : start + len(text)]
            fits = not size or abs(inks[0].glyph.size - size) < _SAME_SIZE
            if fits and not any(id(ink) in used for ink in inks):
                return start
            start = self._text.find(text, start + 1, limit)
        return -1


def _lines(inks: Sequence[_Ink]) -> Iterator[TextLine]:
    start = 0
    for end in range(1, len(inks) + 1):
        if end == len(inks) or inks[end].page != inks[start].page:
            yield from runs_of(inks[start].page, [ink.glyph for ink in inks[start:end]])
            start = end
