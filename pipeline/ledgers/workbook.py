"""Files to grids: type by content, values by python-calamine, flaws by a scan of the XML."""

import csv
import io
import zipfile
import zlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from pipeline.ledgers.grid import BLANK, Cell, Grid, Merge
from pipeline.ledgers.package_guard import MAX_CELLS, UnreadableFile, guard_package
from pipeline.ledgers.sheet_scan import SheetScan, scan_workbook

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
MAX_FILE_BYTES = 64 * 1024 * 1024  # one part or one file; honest ledgers stay below 5 MB
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SECTOR = 512
_ENCODINGS = ("utf-8-sig", "gb18030")


def _number(value: float) -> Decimal:
    """A stored binary number at the 15 significant digits that Excel itself shows."""
    return Decimal(f"{value:.15g}")


def _cell(value: object, scan: SheetScan, position: tuple[int, int]) -> Cell:
    if position in scan.errors:
        return Cell(scan.errors[position], "", f"单元格是错误值{scan.errors[position]}")
    if position in scan.uncached:
        return Cell("", "", "公式没有保存计算结果，请用WPS表格打开并保存一次")
    if isinstance(value, bool):
        return Cell("是" if value else "否", value)
    if isinstance(value, int | float):
        number = _number(value)
        shown = format(number.normalize(), "f") if number else "0"
        return Cell(shown, number, percent_format=position in scan.percents)
    if isinstance(value, datetime):
        bare = (value.hour, value.minute, value.second) == (0, 0, 0)
        return Cell(value.strftime("%Y-%m-%d" if bare else "%Y-%m-%d %H:%M"), value)
    if isinstance(value, date):
        return Cell(value.isoformat(), value)
    text = str(value).strip()
    return Cell(text, text) if text else BLANK


def _book_grids(data: bytes, scans: dict[str, SheetScan]) -> list[Grid]:
    grids = []
    # From a stream, so that the content decides and not the name's suffix.
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            sheet = book.get_sheet_by_name(meta.name)
            if (
                sheet.total_height * sheet.total_width > MAX_CELLS * 50
                or sheet.height * sheet.width > MAX_CELLS
            ):
                raise UnreadableFile("工作表的单元格过多，请删除多余的空行空列后重新报送")
            scan = scans.get(meta.name, SheetScan())
            rows = tuple(
                tuple(_cell(value, scan, (r, c)) for c, value in enumerate(row))
                for r, row in enumerate(sheet.to_python(skip_empty_area=False))
            )
            merges = tuple(
                Merge(top, left, bottom, right)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            )
            hidden = meta.visible != SheetVisibleEnum.Visible
            grids.append(Grid(meta.name, rows, merges, hidden, frozenset(scan.hidden_rows)))
    return grids


def _csv_grid(data: bytes, name: str) -> Grid:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise UnreadableFile("文字编码无法识别，请另存为xlsx后重新报送")
    if "\0" in text:
        raise UnreadableFile("文件含有无法显示的字符，请另存为xlsx后重新报送")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise UnreadableFile("引号没有成对，无法分清各列，请另存为xlsx后重新报送") from None
    rows = tuple(
        tuple(Cell(value.strip(), value.strip()) if value.strip() else BLANK for value in row)
        for row in lines
    )
    return Grid(name, rows, delimited=True)


def read_grids(path: Path) -> list[Grid]:
    """Every sheet of a workbook, hidden ones too. Raises ``UnreadableFile`` with the reason."""
    data = path.read_bytes() if path.stat().st_size <= MAX_FILE_BYTES else b"too large"
    if data == b"too large":
        raise UnreadableFile("文件过大，请只保留台账后重新报送")
    if not data:
        raise UnreadableFile("文件是空的，请重新报送")
    try:
        if data.startswith(_ZIP):
            guard_package(path)
            return _book_grids(data, scan_workbook(str(path)))
        if data.startswith(_OLE):
            if len(data) % _OLE_SECTOR:  # the reader would panic at the missing end
                raise UnreadableFile("文件不完整，请重新传送或用WPS打开后另存为xlsx再报送")
            return _book_grids(data, {})
    except PasswordError:
        raise UnreadableFile("文件已加密，请取消密码后重新报送") from None
    except (
        CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        KeyError,
        EOFError,
        ValueError,
        OSError,
        NotImplementedError,
    ):
        raise UnreadableFile("文件已损坏或不是电子表格，请用WPS打开后另存为xlsx再报送") from None
    if path.suffix.lower() == ".csv":
        return [_csv_grid(data, path.stem)]
    raise UnreadableFile("文件内容不是电子表格，请另存为xlsx后重新报送")
