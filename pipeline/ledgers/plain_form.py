"""The plain form in which Excel, WPS and the usual libraries write cells and texts, taken without an XML parser.

A sheet is taken here only if every character between <sheetData> and </sheetData> belongs to the plain form, which
has one meaning for every reader; the slightest difference sends the sheet to the strict parser. Five times faster.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple


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
_BLANKS = " \t\r\n"  # of XML; \s would take more
_TEXT = r"[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*+"
_PLACE = r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?'
_VALUE = rf'(?: t="(s|n|b|e|str)")?(?:/>|>(<f>{_TEXT}</f>)?<v>({_TEXT})</v></c>)'
_INLINE = rf' t="(inlineStr)"><is><t(?: xml:space="preserve")?>({_TEXT})</t></is></c>'


def _row_of(cell: str) -> re.Pattern[str]:
    """A row of such cells, whose own groups do not capture."""
    for captured in ("[", "<f>", "s|n", "inlineStr"):
        cell = cell.replace(f"({captured}", f"(?:{captured}")
    return re.compile(
        rf'[ \t\r\n]*<row r="([1-9][0-9]{{0,6}})"((?: (?!r=)[A-Za-z0-9:]+="[^"<>&\x00-\x1f]*")*+)[ \t\r\n]?(?:/>|>((?:{cell})*+)</row>)'
    )


# Excel and WPS keep texts apart from the sheet; openpyxl and exports of other systems write them into the cells.
_CELL, _CELL_WITH_TEXT = re.compile(_PLACE + _VALUE), re.compile(rf"{_PLACE}(?:{_VALUE}|{_INLINE})")
_ROW, _ROW_WITH_TEXT = _row_of(_CELL.pattern), _row_of(_CELL_WITH_TEXT.pattern)
_REFERENCES = re.compile(r"(?:&#[0-9]{3,7};)+")
_NEEDS_PARSER = re.compile("[\x00-\x7f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(r' (?:hidden="(?:1|true)"|ht="0")')
_STRING = re.compile(
    rf'<si><t(?: xml:space="preserve")?>({_TEXT})</t>(?:<phoneticPr [^<>&]*/>)?</si>[ \t\r\n]*'
)
_STRINGS = re.compile(rf"(?:{_STRING.pattern.replace(f'({_TEXT})', _TEXT)})*+")
_STRINGS_HEAD = re.compile(
    r'[ \t\r\n]*(?:<\?xml version="1.0" encoding="(?:UTF-8|utf-8)"(?: standalone="yes")?[ \t\r\n]*\?>)?[ \t\r\n]*'
    r'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"(?: (?:count|uniqueCount)="[0-9]+")*>'
)
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


@lru_cache(maxsize=4096)
def _referred(references: str) -> str:
    """``&#24180;&#24230;`` → 年度. Markup and what is no character stay as they are, for the strict parser."""
    try:
        text = "".join(map(chr, map(int, references[2:-1].split(";&#"))))
    except (ValueError, OverflowError):
        return references
    return references if _NEEDS_PARSER.search(text) else text


def plain_strings(part: bytes) -> list[str] | None:
    """The shared strings, or None where they are not in the plain form."""
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError:
        return None
    head = _STRINGS_HEAD.match(text)
    if not head:
        return None
    body = _STRINGS.match(text, head.end())
    if not body or text[body.end() :].strip(_BLANKS) != "</sst>":
        return None
    return _STRING.findall(text, head.end())


class PlainSheet:
    """The rows of a sheet in the plain form, and the rest of the part for the parser."""

    def __init__(self, with_text: bool) -> None:
        self.with_text = with_text
        self.rows: list[tuple[int, RawRow]] = []
        self.hidden: set[int] = set()
        self.skeleton = b""

    @classmethod
    def take(cls, part: bytes) -> "PlainSheet | None":
        """None where the sheet is not in the plain form, or not in order: the strict parser tells what is wrong."""
        start, end = part.find(_START), part.rfind(_END)
        if start < 0 or end < start:
            return None
        try:
            text = part[start + len(_START) : end].decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "&#" in text:
            text = _REFERENCES.sub(lambda match: _referred(match[0]), text)
        taken, at, before = cls('t="inlineStr"' in text), 0, 0
        row = _ROW_WITH_TEXT if taken.with_text else _ROW
        while match := row.match(text, at):
            at = match.end()
            number = int(match[1])
            if not before < number <= LAST_ROW:
                return None
            before = number
            if match[2] and _HIDDEN.search(match[2]):
                taken.hidden.add(number - 1)
            if match[3] and not taken._row(match[1], match[3]):
                return None
        if text[at:].strip(_BLANKS):
            return None
        taken.skeleton = part[: start + len(_START)] + part[end:]
        return taken

    def _row(self, number: str, body: str) -> bool:
        found = (_CELL_WITH_TEXT if self.with_text else _CELL).findall(body)
        if not found:
            return True
        letters, numbers, styles, kinds, formulas, stored, *inline = zip(*found, strict=True)
        if inline:
            kinds, stored = tuple(map(add, kinds, inline[0])), tuple(map(add, stored, inline[1]))
        columns = _columns(letters)
        if columns is None or numbers.count(number) < len(numbers):
            return False
        if any(formulas):
            row = raw_row(
                columns, kinds, styles, stored, ["=" + each[3:-4] if each else None for each in formulas]
            )
        else:
            row = RawRow(columns, kinds, styles, stored, (None,) * len(columns))
        if not stored[-1]:
            row = row.only([place for place in range(len(columns)) if row.has_content(place)])
        if row.columns:
            self.rows.append((int(number) - 1, row))
        return True


@lru_cache(maxsize=256)
def _columns(letters: tuple[str, ...]) -> tuple[int, ...] | None:
    """The columns of a row's cells; None where they are not in order or beyond the format."""
    columns = tuple(map(column_number, letters))
    in_order = all(left < right for left, right in itertools.pairwise(columns))
    return columns if in_order and columns[-1] < LAST_COLUMN else None
