"""What stands around the sheets of an .xlsx: their list, the styles, the shared strings, the notes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath
from typing import TypeVar
from urllib.parse import unquote

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.cell_looks import BLACK, WHITE, Font, colour_of, is_too_small
from pipeline.spreadsheets.number_formats import GENERAL, NumberFormat, built_in, classify
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.xml_events import MAIN, RELATION, Path, once_for_equal_parts, parse

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships}"
_TRUE = ("1", "true")
T = TypeVar("T")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Relation:
    """A relationship of a part: the last word of its type, and the part it points to."""

    kind: str
    target: str
    external: bool = False


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    kind: str  # worksheet, chartsheet, …
    hidden: bool


@dataclass(frozen=True)
class Style:
    """A cell format."""

    number: NumberFormat = GENERAL
    flaw: str = ""  # key of CELL_REASONS: why what is written so must not be used


@dataclass
class Book:
    """The workbook part."""

    sheets: list[SheetEntry] = field(default_factory=list)
    date_1904: bool = False
    calculates_on_load: bool = False  # a program wrote it: a formula's 0 may stand for "not yet calculated"
    manual_calculation: bool = False
    linked: Sequence[str] = ()  # the names of other workbooks, as formulas number them from 1


class StruckText(str):
    """A shared text of which some runs are struck out."""


def unescape(text: str) -> str:
    """``_x0007_`` → the character; two surrogate halves join."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return (
        plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        if re.search("[\ud800-\udbff][\udc00-\udfff]", plain)
        else plain
    )


def relations_of(parts: Mapping[str, bytes], part: str) -> Mapping[str, Relation]:
    """Relationship id → relation; empty where the part has none. The names of parts are the same in any case."""
    folder, _, name = part.rpartition("/")
    data = parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
    found = read_relations(data, part) if data else {}
    if all(each.external or each.target in parts for each in found.values()):
        return found
    spelt = {name.casefold(): name for name in parts}
    return {
        identity: replace(each, target=spelt.get(each.target.casefold(), each.target))
        for identity, each in found.items()
    }


@once_for_equal_parts
def read_relations(data: bytes, part: str) -> Mapping[str, Relation]:
    """What a part's own .rels states: relationship id → relation. Raises ``UnreadableFile``."""
    found: dict[str, Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.startswith("http://purl.oclc.org/"):
            raise UnreadableFile("strict-ooxml")
        if name == _RELATIONS + "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            identity = attributes.get("Id", "")
            if identity in found:
                raise UnreadableFile("xml")
            found[identity] = Relation(
                attributes.get("Type", "").rpartition("/")[2],
                whole,
                attributes.get("TargetMode") == "External",
            )

    parse(data, start)
    return found


def main_part(parts: Mapping[str, bytes]) -> str:
    """The part that the package names as its document."""
    targets = [each.target for each in relations_of(parts, "").values() if each.kind == "officeDocument"]
    return targets[0] if len(targets) == 1 and targets[0] in parts else ""


@dataclass(frozen=True)
class StatedBook:
    """What the workbook part states, before its relationships are followed."""

    sheets: Sequence[tuple[str, str, bool]]  # name, relationship, hidden
    workbook: Mapping[str, str]
    calculation: Mapping[str, str]
    links: Sequence[str]  # relationships of other workbooks


@once_for_equal_parts
def stated_book(data: bytes) -> StatedBook:
    """What xl/workbook.xml says. Raises ``UnreadableFile``; no sheets where it is of another kind."""
    sheets: list[tuple[str, str, bool]] = []
    properties: dict[str, dict[str, str]] = {}
    links: list[str] = []
    path = Path()

    def start(name: str, attributes: dict[str, str]) -> None:
        place = path.enter(name)
        if place == "workbook/sheets/sheet":
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), attributes.get(RELATION + "id", ""), hidden))
        elif place == "workbook/externalReferences/externalReference":
            links.append(attributes.get(RELATION + "id", ""))
        elif place in ("workbook/workbookPr", "workbook/calcPr"):
            properties[place] = attributes

    parse(data, start, path.left)
    return StatedBook(sheets, properties.get("workbook/workbookPr", {}), properties.get("workbook/calcPr", {}), links)


def read_book(parts: Mapping[str, bytes], part: str) -> Book:
    """The list of sheets. Raises ``UnreadableFile`` for strict OOXML and for a sheet without its part."""
    stated, relations = stated_book(parts[part]), relations_of(parts, part)
    book = Book(
        date_1904=stated.workbook.get("date1904") in _TRUE,
        calculates_on_load=stated.calculation.get("fullCalcOnLoad") in _TRUE,
        manual_calculation=stated.calculation.get("calcMode") == "manual",
        linked=[_linked_name(parts, relations.get(identity)) for identity in stated.links],
    )
    for name, identity, hidden in stated.sheets:
        relation = relations.get(identity)
        if relation is None or relation.external or relation.target not in parts:
            raise UnreadableFile("missing-part", sheet=name)
        book.sheets.append(SheetEntry(name, relation.target, relation.kind, hidden))
    if not book.sheets or len({sheet.name for sheet in book.sheets}) < len(book.sheets):
        raise UnreadableFile("damaged")
    if len({sheet.part for sheet in book.sheets}) < len(book.sheets):
        raise UnreadableFile("damaged")
    return book


def _linked_name(parts: Mapping[str, bytes], relation: Relation | None) -> str:
    """The file name of another workbook; "" where it is not told."""
    if relation is None:
        return ""
    targets = [each.target for each in relations_of(parts, relation.target).values() if each.external]
    return unquote(re.split(r"[/\\]", targets[0])[-1]) if targets else ""


def read_styles(data: bytes | None) -> Sequence[Style]:
    """The cell formats by their index."""
    return _styles(data) if data else ()


@once_for_equal_parts
def _styles(data: bytes) -> Sequence[Style]:
    sheet, path = _StyleSheet(), Path()

    def start(name: str, attributes: dict[str, str]) -> None:
        take = sheet.takers.get(path.enter(name))
        if take:
            take(attributes)

    parse(data, start, path.left)
    return [sheet.style(*each) for each in sheet.formats]


class _StyleSheet:
    """What matters of the style sheet, gathered while the part is parsed."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.fonts: list[Font] = []
        self.fills: list[str] = []
        self.formats: list[tuple[str, str, str]] = []  # numbers of the number format, the font and the fill
        self._is_solid = False
        self.takers: Mapping[str, Callable[[dict[str, str]], None]] = {
            "styleSheet/numFmts/numFmt": self._code,
            "styleSheet/fonts/font": lambda _: self.fonts.append(Font()),
            "styleSheet/fonts/font/strike": self._strike,
            "styleSheet/fonts/font/color": self._colour,
            "styleSheet/fonts/font/sz": self._size,
            "styleSheet/fills/fill": lambda _: self.fills.append(""),
            "styleSheet/fills/fill/patternFill": self._pattern,
            "styleSheet/fills/fill/patternFill/fgColor": self._ground,
            "styleSheet/cellXfs/xf": self._format,
        }

    def style(self, number: str, font: str, fill: str) -> Style:
        if number in self.codes:
            shown = classify(self.codes[number])
        else:
            shown = built_in(int(number)) if number.isdecimal() and number.isascii() else GENERAL
        return Style(shown, _listed(self.fonts, font, Font()).flaw(_listed(self.fills, fill, WHITE)))

    def _code(self, attributes: dict[str, str]) -> None:
        self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _strike(self, attributes: dict[str, str]) -> None:
        self.fonts[-1].struck = attributes.get("val", "1") in _TRUE

    def _colour(self, attributes: dict[str, str]) -> None:
        self.fonts[-1].colour = colour_of(attributes, BLACK)

    def _size(self, attributes: dict[str, str]) -> None:
        self.fonts[-1].too_small = is_too_small(attributes.get("val", ""))

    def _pattern(self, attributes: dict[str, str]) -> None:
        pattern = attributes.get("patternType", "none")
        self.fills[-1] = WHITE if pattern == "none" else ""
        self._is_solid = pattern == "solid"

    def _ground(self, attributes: dict[str, str]) -> None:
        if self._is_solid:
            self.fills[-1] = colour_of(attributes, "")

    def _format(self, attributes: dict[str, str]) -> None:
        number, font, fill = (attributes.get(each, "0") for each in ("numFmtId", "fontId", "fillId"))
        self.formats.append((number, font, fill))


def _listed(found: Sequence[T], index: str, otherwise: T) -> T:
    known = index.isdecimal() and index.isascii() and int(index) < len(found)
    return found[int(index)] if known else otherwise


class _Strings:
    """The shared strings, gathered while the part is parsed."""

    _SST, _ITEM, _RUN, _TEXT, _PHONETIC, _STRIKE = (MAIN + name for name in ("sst", "si", "r", "t", "rPh", "strike"))
    _DEEPEST = 12

    def __init__(self, limits: ReadingLimits) -> None:
        self.strings: list[str | StruckText] = []
        self._limits = limits
        self._pieces: list[str] = []
        self._depth = 0
        self._in_phonetic = self._in_text = False
        self._run_struck = self._some_struck = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._DEEPEST and name.startswith(MAIN):
            raise UnreadableFile("xml")
        if name == self._TEXT:
            self._in_text = not self._in_phonetic
        elif name == self._ITEM:
            self._pieces.clear()
            self._some_struck = self._run_struck = False
        elif name == self._RUN:
            self._run_struck = False
        elif name == self._STRIKE:
            self._run_struck = attributes.get("val", "1") in _TRUE
        elif name == self._PHONETIC:
            self._in_phonetic = True
        elif self._depth == 1 and name != self._SST:
            raise UnreadableFile("strict-ooxml" if "purl.oclc.org" in name else "xml")

    def end(self, name: str) -> None:
        self._depth -= 1
        if name == self._TEXT:
            self._in_text = False
        elif name == self._PHONETIC:
            self._in_phonetic = False
        elif name == self._ITEM:
            whole = "".join(self._pieces)
            limit = self._limits.cell_characters
            if len(whole) > limit and len(unescape(whole)) > limit:
                raise UnreadableFile("cell-too-long", limit=limit)
            self.strings.append(StruckText(whole) if self._some_struck else whole)

    def text(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)
            self._some_struck |= self._run_struck and bool(data.strip())


def read_strings(data: bytes | None, limits: ReadingLimits) -> Sequence[str | StruckText]:
    """The shared strings without phonetic guides. Raises ``UnreadableFile`` for one that no program writes."""
    if not data:
        return []
    found = _Strings(limits)
    parse(data, found.start, found.end, found.text)
    return found.strings


def read_notes(data: bytes) -> dict[str, str]:
    """Cell reference → what the comment on it says."""
    notes: dict[str, str] = {}
    path, pieces, where = Path(), [""], [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if path.enter(name) == "comments/commentList/comment":
            where[0] = attributes.get("ref", "")
            pieces.clear()

    def end(_: str) -> None:
        if path.leave() == "comments/commentList/comment":
            notes[where[0]] = "".join(pieces).strip()

    def text(data: str) -> None:
        if path.names[-1] == "t":
            pieces.append(data)

    parse(data, start, end, text)
    return notes
