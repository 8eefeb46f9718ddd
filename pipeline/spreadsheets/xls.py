"""An old workbook (.xls, and .et with BIFF inside) to grids: read by xlrd, agreed on by python-calamine.

The format has no checksum: a bit that fell over in transit shows only where the two readers stumble, so every
such file asks for its totals to be confirmed.
"""

import io
import math
import re
import struct
from collections.abc import Iterator, Set
from dataclasses import replace
from decimal import Decimal

import xlrd
from xlrd.biffh import error_text_from_code

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.agreement import SecondReader, Seen, compare_sheet
from pipeline.spreadsheets.biff_formulas import uncalculated_formulas
from pipeline.spreadsheets.cell_looks import BLACK, LEAST_POINTS, WHITE, Font
from pipeline.spreadsheets.cell_making import as_styled, bool_cell, flawed, number_cell, text_cell, with_note
from pipeline.spreadsheets.compound import Compound
from pipeline.spreadsheets.grid import BLANK, Cell, Grid, Merge, Notice, address, column_letters, merges_within
from pipeline.spreadsheets.notices import notice
from pipeline.spreadsheets.number_formats import classify
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.second_copy import NAMES, copy_for_second_reader
from pipeline.spreadsheets.shape_words import is_total, texts_of
from pipeline.spreadsheets.shown_number import number_text
from pipeline.spreadsheets.workbook_parts import Style

_UNICODE_BIFF = 80  # before it texts lie in a code page, which calamine may take wrongly
_TOTALS_SHOWN = 6
_TWIPS = 20  # a point
_AMOUNT = re.compile(r"投资|资金|金额|款|[万亿]元|产值|税")
# What xlrd is known to raise on a damaged file; anything else ends the reading process, which costs the file only.
_BROKEN = (
    xlrd.XLRDError, struct.error, AssertionError, LookupError, ValueError, TypeError, AttributeError,
    ArithmeticError, RecursionError, NotImplementedError, EOFError,
)  # fmt: skip


_OTHERS = {
    "EncryptedPackage": "encrypted", "EncryptionInfo": "encrypted", "WordDocument": "is-word", "PowerPoint Document": "is-slides",
}  # fmt: skip


def _workbook_stream(compound: Compound) -> bytes:
    """The stream that both readers take. Raises ``UnreadableFile`` for what is no old workbook."""
    for name, code in _OTHERS.items():
        if name.casefold() in compound.top:
            raise UnreadableFile(code)
    for name in NAMES:
        if stream := compound.stream(name):
            return stream
    raise UnreadableFile("damaged")


def _open(stream: bytes) -> xlrd.Book:
    log = io.StringIO()
    try:
        try:
            return xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=log)
        except UnicodeDecodeError:  # the code page is missing or wrong; ours is a Chinese office
            return xlrd.open_workbook(
                file_contents=stream,
                formatting_info=True,
                ragged_rows=True,
                logfile=log,
                encoding_override="gb18030",
            )
    except xlrd.XLRDError as problem:
        raise UnreadableFile("encrypted" if "encrypted" in str(problem) else "damaged") from None
    except _BROKEN:
        raise UnreadableFile("damaged") from None


class _Styles:
    """Cell formats by their index; equal ones are made once."""

    def __init__(self, book: xlrd.Book) -> None:
        self.book = book
        self.known: dict[int, Style] = {}

    def at(self, index: int | None) -> Style:
        if index is None or index >= len(self.book.xf_list):
            return Style()
        if index not in self.known:
            form = self.book.xf_list[index]
            shape = self.book.format_map.get(form.format_key)
            self.known[index] = Style(
                classify(shape.format_str if shape else "General"),
                self.font(form.font_index).flaw(self._fill(form.background)),
            )
        return self.known[index]

    def font(self, index: int) -> Font:
        if index >= len(self.book.font_list):
            return Font()
        font = self.book.font_list[index]
        too_small = 0 < font.height < LEAST_POINTS * _TWIPS
        return Font(bool(font.struck_out), self._colour(font.colour_index) or BLACK, too_small)

    def _fill(self, background: xlrd.formatting.XFBackground) -> str:
        """The colour of the cell; "" where it is not plain or not known."""
        if background.fill_pattern == 0:
            return WHITE
        return self._colour(background.pattern_colour_index) if background.fill_pattern == 1 else ""

    def _colour(self, index: int) -> str:
        """RRGGBB; "" for the window's own."""
        found = self.book.colour_map.get(index)
        return bytes(found).hex().upper() if found else ""


def _made(kind: int, value: object, style: Style, date_1904: bool) -> tuple[Cell, Seen]:
    if kind == xlrd.XL_CELL_ERROR:
        code = value if isinstance(value, int) else -1
        return flawed("error-value", error_text_from_code.get(code, "#错误")), None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool_cell("1" if value else "0"), bool(value)
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            return flawed("formula-uncached"), None  # what programs write for "not yet calculated"
        cell = number_cell(repr(value), style, date_1904)
        return cell, None if cell.flaw_code in ("date-range", "time-only") else value
    text = str(value)
    return (text_cell(text), text) if text.strip() else (BLANK, text)


def _runs_struck(sheet: xlrd.sheet.Sheet, styles: _Styles, row: int, column: int, text: str) -> bool:
    """Whether some but not all of a text is struck out by its own runs."""
    runs = sheet.rich_text_runlist_map.get((row, column)) or []
    bounds = [*[start for start, _ in runs], len(text)]
    return any(
        styles.font(font).struck and text[start : bounds[index + 1]].strip() for index, (start, font) in enumerate(runs)
    )


def _rows(
    sheet: xlrd.sheet.Sheet, styles: _Styles, uncalculated: Set[tuple[int, int]], limits: ReadingLimits
) -> tuple[tuple[tuple[Cell, ...], ...], dict[int, list[Seen]]]:
    rows: list[tuple[Cell, ...]] = []
    own: dict[int, list[Seen]] = {}
    count = 0
    for number in range(sheet.nrows):
        kinds, values = sheet.row_types(number), sheet.row_values(number)
        line: list[Cell] = []
        seen: list[Seen] = []
        for column, kind in enumerate(kinds):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            style = styles.at(sheet.cell_xf_index(number, column))
            cell, expected = _made(kind, values[column], style, styles.book.datemode == 1)
            if (number, column) in uncalculated:
                cell = flawed("formula-uncached")
            in_part = kind == xlrd.XL_CELL_TEXT and _runs_struck(sheet, styles, number, column, str(values[column]))
            if in_part:
                cell = flawed("struck-part", shown=cell.text, struck=True)
            cell = as_styled(cell, style)
            note = sheet.cell_note_map.get((number, column))
            if note and not cell.blank and (said := str(note.text or "")).strip():
                cell = with_note(cell, said)
            line.extend([BLANK] * (column - len(line)))
            seen.extend([""] * (column - len(seen)))
            line.append(cell)
            seen.append(expected)
            count += 1
        if count > limits.cells:
            raise UnreadableFile("too-many-cells", sheet=sheet.name)
        if seen:
            rows.extend([()] * (number - len(rows)))
            rows.append(tuple(line))
            own[number] = seen
    if len(own) > limits.rows:
        raise UnreadableFile("too-many-rows", sheet=sheet.name)
    return tuple(rows), own


def _is_unseen(row: xlrd.sheet.Rowinfo) -> bool:
    """A row that is hidden, or too low to be seen as such rows of an .xlsx are."""
    if row.hidden or row.height is None or row.has_default_height:
        return bool(row.hidden)
    return bool(row.height < LEAST_POINTS * _TWIPS)


def _totals(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[str]:
    """``总投资97000.25`` of each column of amounts: what a person adds up with the unit, the sheet's own totals left out."""
    sums: dict[int, Decimal] = {}
    headings: dict[int, str] = {}
    for row in rows:
        if is_total(texts_of(row)):
            continue
        for column, cell in enumerate(row):
            if isinstance(cell.value, Decimal) and not cell.flaw:
                sums[column] = sums.get(column, Decimal(0)) + cell.value
            elif cell.text and column not in sums:
                headings[column] = "".join(cell.text.split())
    for column in sorted(sums):
        heading = headings.get(column, "")
        if _AMOUNT.search(heading):
            yield f"{heading}{number_text(sums[column])}（{column_letters(column)}列）"


def _grid(
    sheet: xlrd.sheet.Sheet, styles: _Styles, uncalculated: Set[tuple[int, int]], limits: ReadingLimits
) -> tuple[Grid, dict[int, list[Seen]]]:
    rows, own = _rows(sheet, styles, uncalculated, limits)
    width = max(map(len, rows), default=0)
    if len(rows) * width > limits.area:
        raise UnreadableFile("sheet-extent", sheet=sheet.name, cell=address(len(rows) - 1, width - 1))
    hidden = frozenset(
        column for column, info in sheet.colinfo_map.items() if info.hidden and column < width
        and any(column < len(row) and not row[column].blank for row in rows)
    )  # fmt: skip
    notices: list[Notice] = []
    if hidden:
        notices.append(notice("hidden-column", columns="、".join(map(column_letters, sorted(hidden)))))
    merges = [Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    grid = Grid(
        sheet.name,
        rows,
        merges_within(merges, sheet.name, len(rows), width),
        sheet.visibility != 0,
        frozenset(row for row, info in sheet.rowinfo_map.items() if row < len(rows) and _is_unseen(info)),
        hidden_columns=hidden,
        notices=tuple(notices),
    )
    return grid, own


def _without_texts(own: dict[int, list[Seen]]) -> dict[int, list[Seen]]:
    """Only figures are compared where the texts lie in a code page."""
    return {row: [None if isinstance(seen, str) else seen for seen in cells] for row, cells in own.items()}


def read_xls(data: bytes, limits: ReadingLimits) -> list[Grid]:
    """Every sheet, hidden ones too. Raises ``UnreadableFile`` with the reason."""
    compound = Compound(data)
    stream = _workbook_stream(compound)
    book = _open(stream)
    styles, date_1904 = _Styles(book), book.datemode == 1
    second = SecondReader(copy_for_second_reader(compound, stream, unicode=book.biff_version >= _UNICODE_BIFF))
    grids = []
    try:
        unfinished = uncalculated_formulas(stream) if book.biff_version >= _UNICODE_BIFF else []
        unfinished += [set()] * (book.nsheets - len(unfinished))
        sheets = [
            (sheet, *_grid(sheet, styles, uncalculated, limits))
            for sheet, uncalculated in zip(book.sheets(), unfinished, strict=False)
        ]
    except _BROKEN:
        raise UnreadableFile("damaged") from None
    listed = dict(second.sheets())
    for sheet, grid, own in sheets:
        if listed.get(sheet.name) != grid.hidden and book.biff_version >= _UNICODE_BIFF:
            raise UnreadableFile("sheets-differ")
        if sheet.name in listed:
            seen = own if book.biff_version >= _UNICODE_BIFF else _without_texts(own)
            compare_sheet(grid.sheet, seen, second.rows(sheet.name, limits.area))
        grids.append(grid)
    if not grids:
        raise UnreadableFile("damaged")
    return _with_notices(grids, date_1904, "_VBA_PROJECT_CUR".casefold() in compound.top)


def _with_notices(grids: list[Grid], date_1904: bool, macros: bool) -> list[Grid]:
    first = next((index for index, grid in enumerate(grids) if not grid.hidden), 0)
    totals = [total for grid in grids if not grid.hidden for total in _totals(grid.rows)][:_TOTALS_SHOWN]
    notices = [notice("no-checksum", totals="、".join(totals) or "表中没有金额")]
    notices += [notice("macros")] if macros else []
    notices += [notice("date-1904")] if date_1904 else []
    grids[first] = replace(grids[first], notices=(*notices, *grids[first].notices))
    return grids
