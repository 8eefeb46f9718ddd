"""The cells of an .xlsx: each stored value to what a person sees, and to what the second reader must see there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.ledgers.agreement import Seen
from pipeline.ledgers.cell_making import SHORT_NUMBER, bool_cell, flawed, iso_cell, number_cell, text_cell
from pipeline.ledgers.cell_text import clean, is_ordinary
from pipeline.ledgers.grid import BLANK, Cell, address, plain_cell
from pipeline.ledgers.plain_form import RawRow
from pipeline.ledgers.refusals import CELL_REASONS, UnreadableFile
from pipeline.ledgers.workbook_parts import Book, StruckText, Style, unescape
from pipeline.records.limits import ReadingLimits

_PLAIN = Style()
_MOST_PLANS = 500  # shapes of rows that are remembered
Made = tuple[Cell, Seen]  # a cell and what the second reader must see there


class _Known(dict[str, Made]):
    """Stored value → cell, for one kind and style; a value is looked at when it is first met."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, stored: str) -> Made:
        made = self[stored] = self.make(stored)
        return made


class CellMaker:
    """Makes the cells of one workbook; equal stored values give the same cell."""

    def __init__(
        self, book: Book, styles: Sequence[Style], strings: Sequence[str], limits: ReadingLimits
    ) -> None:
        self.book, self.styles, self.strings, self.limits = book, styles, strings, limits
        self.known: dict[tuple[str, str], _Known] = {}
        self.plans: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[_Known, ...]] = {}
        self.formulas = 0
        self.sheet, self.text = "", 0

    def row(self, number: int, raw: RawRow) -> tuple[list[Cell], list[Seen]]:
        """The cells from column A on. Raises ``UnreadableFile`` for what no program writes."""
        shape = raw.kinds, raw.styles
        plan = self.plans.get(shape)
        if plan is None:
            plan = self.plans[shape] = self._plan(raw)
        try:
            made = [known[stored] for known, stored in zip(plan, raw.stored, strict=True)]
            for place in raw.special:
                made[place] = self._special(raw, place)
        except (LookupError, ValueError):
            raise self._blame(number, raw, plan) from None
        cells, seen = [each[0] for each in made], [each[1] for each in made]
        self.text += sum([len(cell.text) for cell in cells])
        if self.text > self.limits.text:
            raise UnreadableFile("too-much-text", sheet=self.sheet)
        return self._placed(raw.columns, cells, seen)

    def _placed(
        self, columns: tuple[int, ...], cells: list[Cell], seen: list[Seen]
    ) -> tuple[list[Cell], list[Seen]]:
        """With the blanks between the cells."""
        width = columns[-1] + 1
        if len(cells) == width:
            return cells, seen
        line: list[Cell] = [BLANK] * width
        expected: list[Seen] = [""] * width
        for column, cell, value in zip(columns, cells, seen, strict=True):
            line[column], expected[column] = cell, value
        return line, expected

    def _plan(self, raw: RawRow) -> tuple[_Known, ...]:
        """What makes each cell of rows that have these kinds and styles."""
        if len(self.plans) > _MOST_PLANS:
            self.plans.clear()
        plan = []
        for kind, style in zip(raw.kinds, raw.styles, strict=True):
            if (kind, style) not in self.known:
                self.known[kind, style] = _Known(self._maker(kind or "n", self._style(style)))
            plan.append(self.known[kind, style])
        return tuple(plan)

    def _maker(self, kind: str, style: Style) -> Callable[[str], Made]:
        usual = style.number.plain and not style.struck

        def make(stored: str) -> Made:
            return self._new(kind, style, stored)

        def make_number(stored: str) -> Made:
            if SHORT_NUMBER.fullmatch(stored):
                return plain_cell(stored, Decimal(stored)), float(stored)
            return self._new(kind, style, stored)

        def make_text(stored: str) -> Made:
            text = self._shared(stored)
            if text and text.__class__ is str and is_ordinary(text) and "_x" not in text:
                return plain_cell(text, text), text
            return self._new(kind, style, stored)

        def make_inline(stored: str) -> Made:
            if is_ordinary(stored) and "_x" not in stored and len(stored) <= self.limits.cell_characters:
                return plain_cell(stored, stored), stored
            return self._new(kind, style, stored)

        fast = {"n": make_number, "s": make_text, "inlineStr": make_inline}
        return fast.get(kind, make) if usual else make

    def _blame(self, number: int, raw: RawRow, plan: Sequence[_Known]) -> UnreadableFile:
        """The refusal that names the cell which could not be made."""
        for place, known in enumerate(plan):
            where = address(number, raw.columns[place])
            try:
                _ = self._special(raw, place) if place in raw.special else known[raw.stored[place]]
            except LookupError:
                return UnreadableFile("string-index", sheet=self.sheet, cell=where)
            except ValueError:
                return UnreadableFile("readers-differ", sheet=self.sheet, cell=where)
        return UnreadableFile("damaged")

    def _special(self, raw: RawRow, place: int) -> Made:
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
        return replace(made[0], formula=clean(formula).text), made[1]

    def _style(self, index: str) -> Style:
        number = int(index or 0) if not index or (index.isdecimal() and index.isascii()) else 0
        return self.styles[number] if number < len(self.styles) else _PLAIN

    def _new(
        self, kind: str, style: Style, stored: str, computed: bool = False, struck: bool = False
    ) -> Made:
        """Raises ``LookupError`` for a shared text that is not there, ``ValueError`` for an unknown type."""
        if kind == "e":
            return flawed("error-value", clean(stored).text or "#错误"), None
        if computed and not stored and kind != "str":
            return flawed("formula-uncached"), None
        if not stored:
            return BLANK, ""
        cell, seen = self._stored(kind, style, stored, struck)
        if computed and self.book.calculates_on_load and seen == 0.0:
            return flawed("formula-uncached"), seen  # programs write 0 for "not yet calculated"
        if style.struck and not cell.flaw and cell.text:
            return replace(cell, flaw=CELL_REASONS["struck"], flaw_code="struck", struck=True), seen
        return cell, seen

    def _stored(self, kind: str, style: Style, stored: str, struck: bool) -> Made:
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
            return iso_cell(stored), None
        raise ValueError(kind)

    def _shared(self, index: str) -> str:
        """Raises ``LookupError`` for a shared text that is not there."""
        if index == "":
            return ""
        if not (index.isdecimal() and index.isascii()):
            raise LookupError(index)
        return self.strings[int(index)]

    def _text(self, stored: str, struck_part: bool) -> Made:
        """Readers differ in which ``_x0007_`` escapes they resolve, so a text with one is ours alone."""
        if len(stored) > self.limits.cell_characters and len(unescape(stored)) > self.limits.cell_characters:
            raise UnreadableFile("cell-too-long", limit=self.limits.cell_characters)
        text = unescape(stored)
        return text_cell(text, struck_part=struck_part), stored if text == stored else None
