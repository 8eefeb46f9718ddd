"""What all workbooks that we write have in common: the same bytes each time, plain texts, exact numbers, an A4 page."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from pipeline.errors import OutputError
from pipeline.word.cleaning import clean

_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - a fixed mark in a file, not a moment
_NO_CONVERSION = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4 = 9
_CELL_LIMIT = 32767  # characters that a cell can hold
_EXACT_DIGITS = 15  # significant digits that a spreadsheet keeps of a number


def written(write: Callable[[Any], None], created: datetime = _CREATED) -> bytes:
    """The .xlsx bytes of what ``write`` puts into a new workbook: no text becomes a formula, a link or a number."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **_NO_CONVERSION})
    book.set_properties({"created": created})
    write(book)
    book.close()
    return buffer.getvalue()


def write_text(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    """The text exactly as it stands. Raises ``OutputError`` where no cell can hold it."""
    cleaned = clean(text)
    if len(cleaned) > _CELL_LIMIT:
        raise OutputError(
            f"工作表“{sheet.get_name()}”第{row + 1}行的文字超过单元格能容纳的{_CELL_LIMIT}字，请精简后再生成。"
        )
    sheet.write_string(row, column, cleaned, look)


def write_across(sheet: Any, row: int, first: int, last: int, text: str, look: Any) -> None:
    """The text in one cell merged over the columns."""
    if last > first:
        sheet.merge_range(row, first, row, last, "", look)
    write_text(sheet, row, first, text, look)


def exact(value: Decimal) -> Decimal | str:
    """A number without needless zeros; as text where a spreadsheet would round it."""
    plain = value.normalize()
    return plain if len(plain.as_tuple().digits) <= _EXACT_DIGITS else f"{plain:f}"


def lay_out(sheet: Any, sides: float, ends: float, first: int, last: int) -> None:
    """A4 landscape, as wide as the page; margins in inches; the rows ``first`` to ``last`` repeated on each page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=sides, right=sides, top=ends, bottom=ends)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first, last)
    sheet.set_footer("&C第&P页，共&N页")
