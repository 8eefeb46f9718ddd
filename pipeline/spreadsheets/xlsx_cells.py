"""The cells of an .xlsx: each stored value to what a person sees, and to what the second reader must see there.

Rows of one shape are made together, column by column: what a whole column of plain texts or numbers is, one look tells.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pipeline.records.limits import FORMULA_CHARACTERS, LONG_TEXT_CHARACTERS, ReadingLimits
from pipeline.spreadsheets.agreement import Seen
from pipeline.spreadsheets.cell_making import (
    SHORT_NUMBER,
    as_styled,
    bool_cell,
    flawed,
    iso_cell,
    number_cell,
    text_cell,
    too_long,
)
from pipeline.spreadsheets.cell_text import PICTURE_SHOWN, USUAL, clean, is_picture, printable, remark
from pipeline.spreadsheets.compact import Compact
from pipeline.spreadsheets.grid import BLANK, Cell, address, is_plain
from pipeline.spreadsheets.raw_row import RawRow
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.workbook_parts import Book, StruckText, Style, unescape

_PLAIN = Style()
_OTHER_WORKBOOK = re.compile(r"\[(\d{1,4})\][^\[\]!]{0,80}!\$?\w{0,40}(?:\$\d+)?")  # [1]Sheet1!$A$1
_NUMBERS = re.compile(rf"(?:(?:{SHORT_NUMBER.pattern})?,)*+", re.ASCII)
_TEXTS = re.compile(rf"\A(?:(?:{USUAL})?\n)*+")
_TEXT_KINDS = ("s", "inlineStr", "str")
_T = TypeVar("_T")
Made = tuple[Compact, Seen]  # a cell and what the second reader must see there
Column = tuple[Sequence[Compact], Sequence[Seen]]


def are_usual(texts: Sequence[str]) -> bool:
    """Whether all texts, or blanks, can be used as they stand; see ``is_ordinary``."""
    joined = "\n".join(texts) + "\n"
    return joined.count("\n") == len(texts) and "_x" not in joined and _TEXTS.fullmatch(joined) is not None


def short_numbers(stored: Sequence[str]) -> list[int | float | str] | None:
    """The numbers, with "" for a blank; None where any is not short and exact as it stands."""
    joined = ",".join(stored) + ","
    if joined.count(",") > len(stored) or not _NUMBERS.fullmatch(joined):
        return None
    if "" not in stored:
        return json.loads(f"[{joined[:-1]}]")  # type: ignore[no-any-return]  # numbers and commas only
    filled = [each for each in stored if each]
    numbers = dict(zip(filled, json.loads(f"[{','.join(filled)}]"), strict=True))
    return [numbers[each] if each else "" for each in stored]


def _are_all_usual(strings: Sequence[str], limits: ReadingLimits) -> bool:
    if not strings or set(map(type, strings)) != {str}:
        return False
    longest = min(limits.cell_characters, LONG_TEXT_CHARACTERS)
    return len(max(strings, key=len)) <= longest and are_usual(strings)


def _rows(columns: tuple[int, ...], values: Sequence[Sequence[_T]], count: int) -> list[list[_T]]:
    """The rows of columns that stand at ``columns``, with blanks between them."""
    width = columns[-1] + 1
    if len(columns) < width:
        placed: list[Sequence[_T]] = [("",) * count] * width  # type: ignore[list-item]  # a blank is of every kind
        for column, each in zip(columns, values, strict=True):
            placed[column] = each
        values = placed
    return list(map(list, zip(*values, strict=True)))


def _length(made: Made) -> int:
    """The characters that a cell takes in a reader that cuts nothing."""
    compact, seen = made
    return len(seen) if isinstance(seen, str) else len(compact.text if isinstance(compact, Cell) else str(compact))


class _Known(dict[str, Made]):
    """Stored value → cell, for one kind and style; a value is looked at when it is first met."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, stored: str) -> Made:
        made = self[stored] = self.make(stored)
        return made


class CellMaker:
    """Makes the cells of one workbook."""

    def __init__(self, book: Book, styles: Sequence[Style], strings: Sequence[str], limits: ReadingLimits) -> None:
        self.book, self.styles, self.strings, self.limits = book, styles, strings, limits
        self.known: dict[tuple[str, str], _Known] = {}
        self.by_index: dict[str, str] = {}  # the shared texts, where all of them can be used as they stand
        if _are_all_usual(strings, limits):
            self.by_index = {"": "", **dict(zip(map(str, range(len(strings))), strings, strict=True))}
        self.formulas = 0
        self.sheet, self.text = "", 0

    def rows(self, sheet: str, raw: Sequence[tuple[int, RawRow]]) -> tuple[list[list[Compact]], list[list[Seen]]]:
        """Each row's places from column A on. Raises ``UnreadableFile`` for what no program writes."""
        self.sheet = sheet
        shapes: dict[tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]], list[int]] = {}
        for place, (_, row) in enumerate(raw):
            shapes.setdefault(row[:3], []).append(place)
        made: list[list[Compact]] = [[]] * len(raw)
        seen: list[list[Seen]] = [[]] * len(raw)  # the very same rows where they hold nothing but bare values
        try:
            for (columns, kinds, styles), places in shapes.items():
                stored = zip(*[raw[place][1].stored for place in places], strict=True)
                done = [self._column(*each) for each in zip(kinds, styles, stored, strict=True)]
                rows = _rows(columns, [each[0] for each in done], len(places))
                for place, line in zip(places, rows, strict=True):
                    made[place] = line
                    seen[place] = line  # type: ignore[assignment]  # replaced below where a Cell stands in it
                if any(compact is not second for compact, second in done):
                    values = _rows(columns, [each[1] for each in done], len(places))
                    for place, expected in zip(places, values, strict=True):
                        seen[place] = expected
            for place, (_, row) in enumerate(raw):
                if row.special:
                    seen[place] = list(seen[place])
                for special in row.special:
                    column = row.columns[special]
                    made[place][column], seen[place][column] = self._special(row, special)
        except (LookupError, ValueError):
            raise self._blame(raw) from None
        return made, seen

    def _column(self, kind: str, style: str, stored: Sequence[str]) -> Column:
        """One column of rows of one shape. Raises ``LookupError`` and ``ValueError`` as ``_new`` does."""
        shape = self._style(style)
        if not shape.flaw:
            texts = self._texts(kind, stored)
            if texts is not None:
                self._count(sum(map(len, texts)))
                return texts, texts
            if kind in ("", "n") and shape.number.plain and (numbers := short_numbers(stored)) is not None:
                return numbers, numbers
        if (kind, style) not in self.known:
            self.known[kind, style] = _Known(lambda value: self._compact(self._new(kind or "n", shape, value)))
        made = list(map(self.known[kind, style].__getitem__, stored))
        self._count(sum(map(_length, made)))
        return [each for each, _ in made], [each for _, each in made]

    def _texts(self, kind: str, stored: Sequence[str]) -> Sequence[str] | None:
        """A column's texts where they can be used as they stand."""
        if kind == "s" and self.by_index:
            found = list(map(self.by_index.get, stored))
            return None if None in found else found  # type: ignore[return-value]  # an unusual index is looked at by itself
        if kind == "inlineStr" and _are_all_usual(list(set(stored)), self.limits):
            return stored
        return None

    @staticmethod
    def _compact(made: tuple[Cell, Seen]) -> Made:
        """A plain text bare."""
        cell, seen = made
        return (cell.value, seen) if is_plain(cell) and isinstance(cell.value, str) else made

    def _count(self, characters: int) -> None:
        self.text += characters
        if self.text > self.limits.text:
            raise UnreadableFile("too-much-text")

    def _blame(self, raw: Sequence[tuple[int, RawRow]]) -> UnreadableFile:
        """The refusal that names the first cell which could not be made."""
        for number, row in raw:
            for place, (column, kind, style, stored) in enumerate(zip(*row[:4], strict=True)):
                where = address(number, column)
                try:
                    if place in row.special:
                        self._special(row, place)
                    else:
                        self._new(kind or "n", self._style(style), stored)
                except LookupError:
                    return UnreadableFile("string-index", sheet=self.sheet, cell=where)
                except ValueError:
                    return UnreadableFile("readers-differ", sheet=self.sheet, cell=where)
        return UnreadableFile("damaged")

    def _special(self, raw: RawRow, place: int) -> tuple[Cell, Seen]:
        """A formula, or a text that is struck out in part."""
        kind, style, stored, formula = (
            raw.kinds[place] or "n",
            self._style(raw.styles[place]),
            raw.stored[place],
            raw.formulas[place],
        )
        made = self._new(kind, style, stored, formula is not None, place in raw.struck)
        if formula is None:
            return made
        self.formulas += 1
        return self._computed(made[0], formula), made[1]

    def _computed(self, cell: Cell, formula: str) -> Cell:
        """The cell with the formula that it comes from."""
        formula = formula[:FORMULA_CHARACTERS]
        if is_picture(formula):
            return replace(flawed("picture", shown=PICTURE_SHOWN), formula=printable(formula))
        remarks = [each for each in cell.remarks if each.code != "formula-text"]
        if found := _OTHER_WORKBOOK.search(formula):
            number = int(found[1])
            name = self.book.linked[number - 1] if 0 < number <= len(self.book.linked) else ""
            told = f"“{printable(name)}”（{found[0]}）" if name else f"（{found[0]}）"
            remarks.append(remark("other-workbook", text=told))
        return replace(cell, formula=clean(formula).text, remarks=tuple(remarks))

    def _style(self, index: str) -> Style:
        number = int(index or 0) if not index or (index.isdecimal() and index.isascii()) else 0
        return self.styles[number] if number < len(self.styles) else _PLAIN

    def _new(
        self, kind: str, style: Style, stored: str, computed: bool = False, struck: bool = False
    ) -> tuple[Cell, Seen]:
        """Raises ``LookupError`` for a shared text that is not there, ``ValueError`` for an unknown type."""
        if kind not in _TEXT_KINDS and (long := too_long(stored, LONG_TEXT_CHARACTERS)):
            return long, None
        if kind == "e":
            return flawed("error-value", clean(stored).text or "#错误"), None
        if computed and not stored and kind != "str":
            return flawed("formula-uncached"), None
        if not stored:
            return BLANK, ""
        cell, seen = self._stored(kind, style, stored, struck)
        if computed and self.book.calculates_on_load and seen == 0.0:
            return flawed("formula-uncached"), seen  # programs write 0 for "not yet calculated"
        return as_styled(cell, style), seen

    def _stored(self, kind: str, style: Style, stored: str, struck: bool) -> tuple[Cell, Seen]:
        if kind == "n":
            cell = number_cell(stored, style, self.book.date_1904)
            if isinstance(cell.value, date):
                return cell, cell.value
            if cell.flaw_code in ("bad-number", "date-range", "time-only"):
                return cell, None
            return cell, float(stored)
        if kind == "s":
            text = self._shared(stored)
            return self._text(text, isinstance(text, StruckText))
        if kind in ("inlineStr", "str"):
            return self._text(stored, struck)
        if kind == "b":
            return bool_cell(stored), stored == "1" if stored in ("0", "1") else None
        if kind == "d":
            return iso_cell(stored, style), None
        raise ValueError(kind)

    def _shared(self, index: str) -> str:
        """Raises ``LookupError`` for a shared text that is not there."""
        if index == "":
            return ""
        if not (index.isdecimal() and index.isascii()):
            raise LookupError(index)
        return self.strings[int(index)]

    def _text(self, stored: str, struck_part: bool) -> tuple[Cell, Seen]:
        """Readers differ in which ``_x0007_`` escapes they resolve, so a text with one is ours alone."""
        if len(stored) > self.limits.cell_characters and len(unescape(stored)) > self.limits.cell_characters:
            raise UnreadableFile("cell-too-long", limit=self.limits.cell_characters)
        text = unescape(stored)
        return text_cell(text, struck_part=struck_part), stored if text == stored else None
