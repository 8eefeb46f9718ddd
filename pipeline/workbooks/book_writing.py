"""What all workbooks that we write anew have alike: nothing is converted, no text is cut, pages are A4 and numbered."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import OutputError
from pipeline.word.cleaning import clean

_LITERAL = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - a fixed mark in a file, not a moment
_A4 = 9
_CELL_LIMIT = 32767  # characters that a cell can hold
_EXACT_DIGITS = 15  # significant digits that a spreadsheet keeps of a number


def written(fill: Callable[[Any], None], created: datetime = _CREATED) -> bytes:
    """The .xlsx bytes of the workbook that ``fill`` fills, always the same for the same content."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **_LITERAL})
    book.set_properties({"created": created})
    fill(book)
    book.close()
    return target.getvalue()


def exact(value: Decimal) -> Decimal | str:
    """A number as a cell can hold it, or its digits as text where a spreadsheet would round it."""
    plain = value.normalize()
    return plain if len(plain.as_tuple().digits) <= _EXACT_DIGITS else f"{plain:f}"


def lay_out(sheet: Any, repeated: tuple[int, int], side: float, edge: float, *, scaled_foot: bool = True) -> None:
    """A4 landscape, one page wide; the 0-based rows ``repeated`` stand on each page. Margins in inches."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=side, right=side, top=edge, bottom=edge)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(*repeated)
    sheet.set_footer("&C第&P页，共&N页", {"scale_with_doc": scaled_foot})


class BookWriter:
    """Puts texts into the sheets of a workbook; ``name`` is what a message calls it."""

    def __init__(self, book: Any, name: str) -> None:
        self.book, self.name = book, name

    def text(self, sheet: Any, row: int, column: int, text: str, look: Any) -> None:
        """Exactly as it stands. Raises ``OutputError`` for a text that no cell can hold."""
        cleaned = clean(text)
        if len(cleaned) > _CELL_LIMIT:
            raise OutputError(f"{self.name}第{row + 1}行的文字超过单元格能容纳的{_CELL_LIMIT}字，请精简后再生成")
        sheet.write_string(row, column, cleaned, look)

    def across(self, sheet: Any, row: int, first: int, last: int, text: str, look: Any) -> None:
        """A text over several columns."""
        if last > first:
            sheet.merge_range(row, first, row, last, "", look)
        self.text(sheet, row, first, text, look)


class GrowingSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter is untyped
    """xlsxwriter states every height as fixed (``customHeight``); a fixed row hides a text that needs more lines."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def start_row(self, row: int, height: float) -> None:
        """Points; the office program makes the row higher, or lower, once somebody writes in it."""
        self.set_row(row, height)
        self._growing.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[Any]) -> None:
        if tag == "row" and dict(attributes)["r"] in self._growing:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
