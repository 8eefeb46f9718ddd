"""What stands around the sheets of an .xlsx: their list, the styles, the shared strings, the notes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath
from typing import TypeVar
from urllib.parse import unquote

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.cell_looks import BLACK, WHITE, Font, colour_of, is_too_small
from pipeline.spreadsheets.number_formats import GENERAL, NumberFormat, built_in, classify
from pipeline.spreadsheets.plain_form import plain_strings
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
    found = _relations(data, part) if data else {}
    if all(each.external or each.target in parts for each in found.values()):
        return found
    spelt = {name.casefold(): name for name in parts}
    return {
        identity: replace(each, target=spelt.get(each.target.casefold(), each.target))
        for identity, each in found.items()
    }


@once_for_equal_parts
def _relations(data: bytes, part: str) -> Mapping[str, Relation]:
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
class _Stated:
    """What the workbook part states, before its relationships are followed."""

    sheets: Sequence[tuple[str, str, bool]]  # name, relationship, hidden
    workbook: Mapping[str, str]
    calculation: Mapping[str, str]
    links: Sequence[str]  # relationships of other workbooks


@once_for_equal_parts
def _stated(data: bytes) -> _Stated:
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
    return _Stated(
        sheets, properties.get("workbook/workbookPr", {}), properties.get("workbook/calcPr", {}), links
    )


def read_book(parts: Mapping[str, bytes], part: str) -> Book:
    """The list of sheets. Raises ``UnreadableFile`` for strict OOXML and for a sheet without its part."""
    stated, relations = _stated(parts[part]), relations_of(parts, part)
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
    codes: dict[str, str] = {}
    fonts: list[Font] = []
    fills: list[str] = []
    formats: list[list[str]] = []
    solid = False
    path = Path()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal solid
        place = path.enter(name)
        if place == "styleSheet/numFmts/numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif place == "styleSheet/fonts/font":
            fonts.append(Font())
        elif place == "styleSheet/fonts/font/strike":
            fonts[-1].struck = attributes.get("val", "1") in _TRUE
        elif place == "styleSheet/fonts/font/color":
            fonts[-1].colour = colour_of(attributes, BLACK)
        elif place == "styleSheet/fonts/font/sz":
            fonts[-1].too_small = is_too_small(attributes.get("val", ""))
        elif place == "styleSheet/fills/fill":
            fills.append("")
        elif place == "styleSheet/fills/fill/patternFill":
            fills[-1] = WHITE if attributes.get("patternType", "none") == "none" else ""
            solid = attributes.get("patternType") == "solid"
        elif place == "styleSheet/fills/fill/patternFill/fgColor" and solid:
            fills[-1] = colour_of(attributes, "")
        elif place == "styleSheet/cellXfs/xf":
            formats.append([attributes.get(each, "0") for each in ("numFmtId", "fontId", "fillId")])

    parse(data, start, path.left)
    styles = []
    for number, font, fill in formats:
        if number in codes:
            shown = classify(codes[number])
        else:
            shown = built_in(int(number)) if number.isdecimal() and number.isascii() else GENERAL
        styles.append(Style(shown, _listed(fonts, font, Font()).flaw(_listed(fills, fill, WHITE))))
    return styles


def _listed(found: Sequence[T], index: str, otherwise: T) -> T:
    known = index.isdecimal() and index.isascii() and int(index) < len(found)
    return found[int(index)] if known else otherwise


def read_strings(data: bytes | None, limits: ReadingLimits) -> Sequence[str | StruckText]:
    """The shared strings without phonetic guides. Raises ``UnreadableFile`` for one that no program writes."""
    if not data:
        return []
    plain = plain_strings(data)
    if plain is not None and len(max(plain, key=len, default="")) <= limits.cell_characters:
        return plain
    strings: list[str | StruckText] = []
    pieces: list[str] = []
    state = {"phonetic": 0, "text": False, "struck": False, "run_struck": False, "depth": 0}
    item, run, text_name, phonetic, strike = (MAIN + each for each in ("si", "r", "t", "rPh", "strike"))

    def start(name: str, attributes: dict[str, str]) -> None:
        state["depth"] += 1
        if state["depth"] > 12 and name.startswith(MAIN):
            raise UnreadableFile("xml")
        if name == text_name:
            state["text"] = not state["phonetic"]
        elif name == item:
            pieces.clear()
            state.update(struck=False, run_struck=False)
        elif name == run:
            state["run_struck"] = False
        elif name == strike:
            state["run_struck"] = attributes.get("val", "1") in _TRUE
        elif name == phonetic:
            state["phonetic"] = 1
        elif state["depth"] == 1 and name != MAIN + "sst":
            raise UnreadableFile("strict-ooxml" if "purl.oclc.org" in name else "xml")

    def end(name: str) -> None:
        state["depth"] -= 1
        if name == text_name:
            state["text"] = False
        elif name == item:
            whole = "".join(pieces)
            if len(whole) > limits.cell_characters and len(unescape(whole)) > limits.cell_characters:
                raise UnreadableFile("cell-too-long", limit=limits.cell_characters)
            strings.append(StruckText(whole) if state["struck"] else whole)
        elif name == phonetic:
            state["phonetic"] = 0

    def text(data: str) -> None:
        if state["text"]:
            pieces.append(data)
            if state["run_struck"] and data.strip():
                state["struck"] = True

    parse(data, start, end, text)
    return strings


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
