"""What holds for every workbook that we write."""

import io
from decimal import Decimal

import openpyxl
import pytest

from pipeline.errors import OutputError
from pipeline.workbooks.plain_book import exact, write_text, written


@pytest.mark.parametrize("length", [32766, 32767])
def test_a_text_that_a_cell_can_hold_stands_in_it_whole(length: int) -> None:
    data = written(lambda book: write_text(book.add_worksheet("日程"), 0, 0, "=" + "字" * (length - 1), None))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=" + "字" * (length - 1), "s")


def test_a_longer_text_is_refused_with_its_place() -> None:
    with pytest.raises(OutputError, match="工作表“日程”第3行的文字超过单元格能容纳的32767字"):
        written(lambda book: write_text(book.add_worksheet("日程"), 2, 0, "字" * 32768, None))


def test_a_number_is_written_as_text_where_a_spreadsheet_would_round_it() -> None:
    assert exact(Decimal("123456789012345.0")) == Decimal("123456789012345")
    assert exact(Decimal("1234567890123456")) == "1234567890123456"
