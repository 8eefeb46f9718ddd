"""The plain form in which Excel, WPS and the usual libraries write cells and texts, taken without an XML parser.

A sheet is taken here only if every character between <sheetData> and </sheetData> belongs to the plain form, which
has one meaning for every reader; the slightest difference sends the sheet to the strict parser. Five times faster.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple
from xml.parsers import expat


class RawRow(NamedTuple):
    """The cells of a row as the XML states them, each attribute for all cells; blank cells may stand between."""

    columns: tuple[int, ...]  # 0-based, ascending
    kinds: tuple[str, ...]  # the attribute t, "" for none
    styles: tuple[str, ...]  # the attribute s, "" for none
    stored: tuple[str, ...]  # <v>, or the text of <is>; "" for none
    formulas: tuple[str | None, ...]  # with =
    special: tuple[int, ...] = ()  # the places of formulas and of texts that are struck out in part
    struck: frozenset[int] = frozenset()  # the places of the latter

    def has_content(self, place: int) -> bool:
        """Whether anything stands in a cell."""
        return bool(self.stored[place]) or self.formulas[place] is not None or self.kinds[place] == "e"

    def without_blank_end(self) -> "RawRow":
        """The row up to its last cell with content."""
        end = len(self.columns)
        while end and not self.has_content(end - 1):
            end -= 1
        columns, kinds, styles, stored, formulas, special, struck = self
        return RawRow(columns[:end], kinds[:end], styles[:end], stored[:end], formulas[:end], special, struck)

    def only(self, places: Sequence[int]) -> "RawRow":
        """The row with these cells alone."""
        return raw_row(
            [self.columns[place] for place in places],
            [self.kinds[place] for place in places],
            [self.styles[place] for place in places],
            [self.stored[place] for place in places],
            [self.formulas[place] for place in places],
            [places.index(place) for place in self.struck if place in places],
        )


def raw_row(
    columns: Iterable[int],
    kinds: Iterable[str],
    styles: Iterable[str],
    stored: Iterable[str],
    formulas: Iterable[str | None],
    struck: Iterable[int] = (),
) -> RawRow:
    """A row from its columns' values."""
    formulas, struck = tuple(formulas), frozenset(struck)
    special = tuple(place for place, formula in enumerate(formulas) if formula is not None or place in struck)
    return RawRow(tuple(columns), tuple(kinds), tuple(styles), tuple(stored), formulas, special, struck)


LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format
_BLANKS = " \t\n"  # of XML; \s would take more
_ROW = re.compile(
    r'[ \t\n]*<row r="([1-9][0-9]{0,6})"((?: (?!r=)[A-Za-z0-9:]+="[^"<>&\t\n]*")*+)[ \t\n]?(/?)>'
)
_HEAD = '<c r="([A-Z]{1,3})([0-9]++)"([^<>/]*+)'
_VALUE = "(<f>[^<]*+</f>)?<v>([^<]*+)</v></c>"
_INLINE = '<is><t(?: xml:space="preserve")?>([^<]*+)</t></is></c>'
# Excel and WPS keep texts apart from the sheet; openpyxl and exports of other systems write them into the cells.
# The last group takes what no cell takes, to the end.
_CELL = re.compile(f"{_HEAD}(?:/>|>{_VALUE})|(.+)", re.DOTALL)
_CELL_WITH_TEXT = re.compile(
    f"""{_HEAD}(?:/>|(?<!inlineStr")>{_VALUE}|(?<=inlineStr")>{_INLINE})|(.+)""", re.DOTALL
)
_SHAPE = re.compile(r'(?: s="([0-9]{1,6})")?(?: t="([snbe]|str|inlineStr)")?')
_BETWEEN = "\ue000"  # two texts: a ledger with a character for private use is not plain
_CONTROLS = bytes(set(range(32)) - {9, 10})
_HIDDEN = re.compile(r' (?:hidden="(?:1|true)"|ht="0")')
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*+)</t>(?:<phoneticPr [^<>&]*/>)?</si>[ \t\n]*')
_STRINGS = re.compile(rf"(?:{_STRING.pattern.replace('([^<]*+)', '[^<]*+')})*+")
_STRINGS_HEAD = re.compile(
    rb'(?:<\?xml version="1.0" encoding="(?:UTF-8|utf-8)"(?: standalone="yes")?[ \t\r\n]*\?>[ \t\r\n]*)?'
    rb'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rb'(?: count="[0-9]+")?(?: uniqueCount="[0-9]+")?>'
)
_ROWS_AT_ONCE = 1000  # whose references are resolved together: all at once would be held twice
_NO_INDEX = ' t="s"><v></v>'  # a shared text, and not said which
_START, _END = b"<sheetData>", b"</sheetData>"
_COLUMNS: dict[str, int] = {}


def column_number(letters: str) -> int:
    """``A`` → 0."""
    column = _COLUMNS.get(letters)
    if column is None:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        column = _COLUMNS[letters] = column - 1
    return column


def _characters(part: bytes) -> str | None:
    """The text of a part where every parser takes each character as it stands; else None."""
    if len(part.translate(None, _CONTROLS)) < len(part) or b"]]>" in part:
        return None
    if b"\xef\xbf\xbe" in part or b"\xef\xbf\xbf" in part:  # U+FFFE and U+FFFF
        return None
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _resolved(texts: Sequence[str]) -> Sequence[str] | None:
    """The texts with ``&amp;`` and ``&#24180;`` made characters; None where a parser must tell what is wrong."""
    joined = _BETWEEN.join(texts)
    if "&" not in joined:
        return texts
    found: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text, parser.buffer_size = True, len(joined) + 1
    parser.CharacterDataHandler = found.append
    try:
        parser.Parse(f"<t>{joined}</t>".encode(), True)
    except expat.ExpatError:
        return None
    resolved = "".join(found).split(_BETWEEN)
    return resolved if len(resolved) == len(texts) else None


def plain_strings(part: bytes) -> Sequence[str] | None:
    """The shared strings, or None where they are not in the plain form."""
    head = _STRINGS_HEAD.match(part)
    text = _characters(part[head.end() :]) if head else None
    body = _STRINGS.match(text) if text is not None else None
    if text is None or body is None or text[body.end() :].strip(_BLANKS) != "</sst>":
        return None
    return _resolved(_STRING.findall(text))


class PlainSheet:
    """The rows of a sheet in the plain form, and the rest of the part for the parser."""

    def __init__(self, cell: re.Pattern[str]) -> None:
        self.cell = cell
        self.rows: list[tuple[int, RawRow]] = []
        self.hidden: set[int] = set()
        self.last = 0  # number of the last row
        self.skeleton = b""

    @classmethod
    def take(cls, part: bytes) -> "PlainSheet | None":
        """None where the sheet is not in the plain form, or not in order: the strict parser tells what is wrong."""
        start, end = part.find(_START), part.rfind(_END)
        if start < 0 or end < start:
            return None
        text = _characters(part[start + len(_START) : end])
        if text is None or _NO_INDEX in text:
            return None
        taken = cls(_CELL_WITH_TEXT if 't="inlineStr"' in text else _CELL)
        *lines, rest = text.split("</row>")
        for line in lines:
            number, at = taken._heads(line)
            if not number or not taken._row(number, line, at):
                return None
        number, at = taken._heads(rest)
        if number or rest[at:].strip(_BLANKS):
            return None
        if "&" in text and not taken._resolve():
            return None
        taken.skeleton = part[: start + len(_START)] + part[end:]
        return taken

    def _heads(self, line: str) -> tuple[str, int]:
        """The number of the row that begins here, after rows without any cell, and where its cells start; "" for none."""
        at = 0
        while head := _ROW.match(line, at):
            number = int(head[1])
            if not self.last < number <= LAST_ROW:
                break
            self.last, at = number, head.end()
            if head[2] and _HIDDEN.search(head[2]):
                self.hidden.add(number - 1)
            if not head[3]:
                return head[1], at
        return "", at

    def _row(self, number: str, line: str, at: int) -> bool:
        found = self.cell.findall(line, at)
        if not found:
            return True
        letters, numbers, shapes, formulas, stored, *inline, rest = zip(*found, strict=True)
        columns, looks = _columns(letters), _kinds_and_styles(shapes)
        if rest[-1] or columns is None or looks is None or numbers.count(number) < len(numbers):
            return False
        if inline:
            stored = tuple(map(add, stored, inline[0]))
        if any(formulas):
            if any(kind == "s" and not text for kind, text in zip(looks[0], stored, strict=True)):
                return False
            row = raw_row(columns, *looks, stored, ["=" + each[3:-4] if each else None for each in formulas])
        else:
            row = RawRow(columns, *looks, stored, (None,) * len(columns))
        if not stored[-1]:
            row = row.without_blank_end()
        if row.columns:
            self.rows.append((int(number) - 1, row))
        return True

    def _resolve(self) -> bool:
        """Make the references in all texts and formulas characters; False where they cannot be."""
        for start in range(0, len(self.rows), _ROWS_AT_ONCE):
            rows = self.rows[start : start + _ROWS_AT_ONCE]
            texts = _resolved([text for _, row in rows for text in row.stored])
            formulas = _resolved([formula or "" for _, row in rows for formula in row.formulas])
            if texts is None or formulas is None:
                return False
            self.rows[start : start + _ROWS_AT_ONCE] = _replaced(rows, iter(texts), iter(formulas))
        return True


def _replaced(
    rows: Sequence[tuple[int, RawRow]], texts: Iterator[str], formulas: Iterator[str]
) -> Iterator[tuple[int, RawRow]]:
    """The rows with these texts and formulas in place of their own; no formula is empty."""
    for number, row in rows:
        size = len(row.stored)
        stored, computed = tuple(itertools.islice(texts, size)), itertools.islice(formulas, size)
        yield number, row._replace(stored=stored, formulas=tuple(formula or None for formula in computed))


@lru_cache(maxsize=256)
def _kinds_and_styles(shapes: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """`` s="3" t="s"`` of each cell, taken apart; None where there is more."""
    found = [_SHAPE.fullmatch(shape) for shape in shapes]
    if not all(found):
        return None
    return tuple(each[2] or "" for each in found if each), tuple(each[1] or "" for each in found if each)


@lru_cache(maxsize=256)
def _columns(letters: tuple[str, ...]) -> tuple[int, ...] | None:
    """The columns of a row's cells; None where they are not in order or beyond the format."""
    columns = tuple(map(column_number, letters))
    in_order = all(left < right for left, right in itertools.pairwise(columns))
    return columns if in_order and columns[-1] < LAST_COLUMN else None
