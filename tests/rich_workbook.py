"""A unit's workbook with what spreadsheet libraries lose on loading and saving."""

import io
import struct
import zipfile
import zlib

import xlsxwriter

SHEET, SECOND, HIDDEN = "申报表", "说明'一 甲&乙", "内部"
OWN_NOTE, OWN_COLOUR = "本单位的批注", "FF99CCFF"


def _picture() -> io.BytesIO:
    """A grey PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\x80")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def rich_workbook(rows: int = 8) -> bytes:
    """Two visible sheets and a hidden one; the second is the open one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, second, hidden = (book.add_worksheet(name) for name in (SHEET, SECOND, HIDDEN))
    ruled = book.add_format({"border": 1, "num_format": "#,##0.00", "font_name": "楷体", "align": "right"})
    blue = book.add_format({"bg_color": "#99CCFF", "bold": True, "border": 2})
    wide = book.add_format({"num_format": "@", "italic": True})
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 1, 31, wide)
    sheet.merge_range("A1:F1", "2027年重点项目申报表", blue)
    sheet.write_row("A2", ["序号", "项目名称", "总投资（万元）", "已完成", "余额", "备注"], blue)
    for row in range(2, rows + 2):
        sheet.write_number(row, 0, row - 1)
        sheet.write_rich_string(row, 1, "示例", book.add_format({"bold": True}), f"项目{row}", "（一期）")
        sheet.write_number(row, 2, 1000.5 * row, ruled)
        sheet.write_number(row, 3, 10 * row, ruled)
        sheet.write_formula(row, 4, f"=C{row + 1}-D{row + 1}", ruled, 990.5 * row)
    sheet.merge_range(3, 5, 5, 5, "合并的备注", ruled)
    sheet.conditional_format("D3:D20", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("G3", {"range": f"'{SHEET}'!C3:E3"})
    sheet.data_validation("B3:B20", {"validate": "length", "criteria": "<", "value": 99})
    sheet.insert_textbox("H2", "填报说明")
    sheet.write_comment("C3", OWN_NOTE, {"author": "张某甲"})
    sheet.write_comment("D4", "第二条批注")
    sheet.set_header("&C&G", {"image_center": "top.png", "image_data_center": _picture()})
    sheet.protect("", {"format_cells": True})
    sheet.autofilter("A2:F9")
    sheet.freeze_panes(2, 0)
    sheet.print_area("A1:F20")
    sheet.repeat_rows(1)
    second.write_string("A1", "填表人：张某甲")
    second.print_area("A1:B2")
    second.activate()
    second.set_first_sheet()
    hidden.write_string("B2", "内部数据")
    hidden.hide()
    book.define_name("合计", f"='{SHEET}'!$C$3:$C$9")
    book.define_name(f"'{SECOND}'!本表", f"='{SECOND.replace(chr(39), chr(39) * 2)}'!$A$1")
    book.close()
    return target.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with some parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts(data), **changed}.items():
            archive.writestr(name, content)
    return target.getvalue()
