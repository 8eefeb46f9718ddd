"""Ledgers that hold up, swell or mislead the reading: long cells, formats, numbers, loops in old workbooks."""

import io
import struct
from collections.abc import Callable, Sequence

import xlsxwriter
import xlwt

from tests.attacks.room import MONTH, Case, Room, Wrong
from tests.intake import HEAD, PROJECTS, UNIT
from tests.raw_workbook import STYLES, cell, package, parts, table, workbook

_LONGEST = 32_764  # characters of a cell; a few less than the format allows
_TITLE = "2027年重点项目申报表（样例数据）"
_COLUMNS = (
    "序号", "项目名称", "四个一批", "行业", "项目单位", "建设地点", "建设内容及规模", "建设年限", "总投资", "已累计完成投资",
    "年计划投资", "当年进度目标", "资金来源", "责任单位", "协办单位", "具体任务", "责任人",
)  # fmt: skip
_SOUND = (
    "1", "示例产业园项目", "加快建设", "工业", "示例公司", "示例园区", "厂房", "2026.6-2028.5", "11800万元", "4100万元",
    "3900万元", "建成", "企业自筹", UNIT, "", "服务项目建设", "张某甲",
)  # fmt: skip
_DECLARED = "inputs/2027/申报/甲.xlsx"
_NO_SECTOR, _ENDS, _SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 512


def _declared(*rows: Sequence[str], title: str = _TITLE) -> bytes:
    """A declaration workbook."""
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True, "constant_memory": False}) as written:
        sheet = written.add_worksheet()
        for number, row in enumerate(((title,), _COLUMNS, *rows)):
            for column, each in enumerate(row):
                sheet.write_string(number, column, each)
    return book.getvalue()


def _checked(room: Room, data: bytes, place: str = _DECLARED) -> None:
    """It is read or refused, and named where something is wrong; nobody waits for it."""
    room.put(place, data)
    room.run("check").ends(1, 2).says(place.rpartition("/")[2])


def _row_of(text: str, rows: int = 1) -> Case:
    def act(room: Room) -> None:
        _checked(room, _declared(*[[text] * len(_COLUMNS)] * rows, _SOUND))

    return Case(f"ledger: {rows} rows of cells of {text[:3]!r}…{text[-1]!r}", act)


def _title_of(text: str) -> Case:
    def act(room: Room) -> None:
        room.put(_DECLARED, _declared(_SOUND, title=text))
        room.run("check").ends(0, 1)

    return Case(f"ledger: a title of {text[:5]!r}…", act)


def _inspected(text: str) -> Case:
    def act(room: Room) -> None:
        path = room.send("看.xlsx", _declared(_SOUND, title=text))
        measured = room.run("inspect", path).ends(0).says("示例产业园|项目名称|申报")
        measured.says_not(f"{text[:1000]}")

    return Case(f"inspect: a title of {len(text)} characters {text[:4]!r}…", act)


_NUMBER = "1" * 1_000_000


def _long_number(room: Room) -> None:
    data = workbook(table(("项目名称", "总投资"), ("甲", f'<c r="B2"><v>{_NUMBER}</v></c>')))
    path = room.put(_DECLARED, data)
    room.run("check").ends(1, 2).says("甲.xlsx").says_not("没有任何内容").says_not("1{2000}")
    room.run("inspect", path).ends(0, 1, 2).says_not("1{2000}")


def _number_format(name: str, code: str) -> Case:
    def act(room: Room) -> None:
        members = parts(table((_TITLE,), _COLUMNS, (*_SOUND[:8], cell("I3", "11800", style=1), *_SOUND[9:])))
        members[STYLES] = members[STYLES].replace(b"yyyy/mm/dd", code.encode(), 1)
        room.put(_DECLARED, package(members))
        room.run("check").ends(1, 2).says("甲.xlsx")
        again = room.run("check").ends(1, 2)
        if again.worked > 5:
            raise Wrong("a refusal is not remembered")

    return Case(f"ledger: a number format of {len(code):,} {name}", act)


def _wide_sheets(room: Room) -> None:
    """Many unlike numbers: each sheet within its limits, all together too much for one process."""
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"constant_memory": True}) as written:
        for number in range(4):
            sheet = written.add_worksheet(f"表{number}")
            sheet.write_row(0, 0, _COLUMNS[:2])
            for row in range(1, 20_000):
                sheet.write_row(row, 0, [row * 24 + column + number / 7 for column in range(24)])
    room.put(_DECLARED, book.getvalue())
    room.run("check").ends(1, 2).says("甲.xlsx")


def _odd_report(name: str, text: str, seen: str, *codes: int) -> Case:
    """A name with what no eye sees is told, and none of it gets into the program's words or papers."""

    def act(room: Room) -> None:
        room.put(
            f"{MONTH}/月报.csv",
            f"{UNIT}2027年3月重点项目月报\n{HEAD}\n1,{text},{UNIT},100,100,300,主体施工,,,无\n",
        )
        room.run("check").ends(*codes or (1,)).says(seen).says_not("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]")

    return Case(f"name: {name}", act)


# --- old workbooks (.xls) -----------------------------------------------------------------------------------


def _old(rows: int = 300) -> bytes:
    book, stream = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("申报表")
    for number in range(rows):
        for column, text in enumerate((f"示例{number}项目" * 20, "加快建设")):
            sheet.write(number, column, text)
    book.save(stream)
    return stream.getvalue()


def _table_of(data: bytes) -> int:
    """Where the first sector of the table of sectors (FAT) lies."""
    return int((struct.unpack_from("<L", data, 76)[0] + 1) * _SECTOR)


def _directory_of(data: bytes) -> int:
    return int((struct.unpack_from("<L", data, 48)[0] + 1) * _SECTOR)


def _with(data: bytes, *changes: tuple[int, str, int]) -> bytes:
    changed = bytearray(data)
    for at, form, value in changes:
        struct.pack_into(form, changed, at, value)
    return bytes(changed)


def _loop_in_table(data: bytes) -> bytes:
    """The workbook's stream bites its tail far behind its stated length."""
    first = struct.unpack_from("<L", data, _directory_of(data) + 128 + 116)[0]
    return _with(data, (_table_of(data) + 4 * (first + 3), "<L", first))


def _loop_in_small_table(data: bytes) -> bytes:
    """A small table (mini FAT) that names itself as its own continuation."""
    table = _table_of(data)
    spare = len(data) // _SECTOR - 2
    return _with(data, (60, "<L", spare), (64, "<L", 1 << 20), (table + 4 * spare, "<L", spare))


def _loop_in_directory(data: bytes) -> bytes:
    """The directory's chain of sectors bites its tail."""
    sector = struct.unpack_from("<L", data, 48)[0]
    return _with(data, (_table_of(data) + 4 * sector, "<L", sector))


def _loop_of_entries(data: bytes) -> bytes:
    """Entries of the directory are each other's children."""
    directory = _directory_of(data)
    return _with(data, (directory + 76, "<L", 1), (directory + 128 + 68, "<L", 0), (directory + 128 + 72, "<L", 1), (directory + 128 + 76, "<L", 1))  # fmt: skip


def _loop_of_table_sectors(data: bytes) -> bytes:
    """The list of table sectors beyond the header's (DIFAT) continues in itself."""
    return _with(data, (68, "<L", 0), (72, "<L", 1 << 24))


def _texts_without_end(data: bytes) -> bytes:
    """The shared texts (SST) say that four thousand million are to come."""
    at = data.index(struct.pack("<H", 0x00FC), _SECTOR)
    return _with(data, (at + 4, "<L", _NO_SECTOR), (at + 8, "<L", _NO_SECTOR))


def _sheet_in_globals(data: bytes) -> bytes:
    """The sheet begins where the workbook itself begins."""
    at = data.index(struct.pack("<H", 0x0085), _SECTOR)
    return _with(data, (at + 4, "<L", 0))


def _continued_for_ever(data: bytes) -> bytes:
    """Every record after the shared texts claims to continue them."""
    at = data.index(struct.pack("<H", 0x00FC), _SECTOR)
    size = int(struct.unpack_from("<H", data, at + 2)[0])
    rest = len(data) - at - 4 - size
    return data[: at + 4 + size] + struct.pack("<HH", 0x003C, 0) * (rest // 4) + b"\0" * (rest % 4)


def _old_case(name: str, change: Callable[[bytes], bytes]) -> Case:
    def act(room: Room) -> None:
        _checked(room, change(_old()), "inputs/2027/申报/旧.xls")

    return Case(f"xls: {name}", act)


LEDGERS = (
    _row_of("9" * _LONGEST, 20),
    _row_of("a" + " " * (_LONGEST - 2) + "b", 20),
    _row_of("建设" * (_LONGEST // 2 - 1) + "x", 20),
    _row_of("-" * _LONGEST),
    _row_of("2027年1月" * (_LONGEST // 7)),
    _row_of("（" * _LONGEST),
    _row_of("一" * _LONGEST),
    _row_of("\t\n" * (_LONGEST // 2)),
    _title_of("2027年1月" * (_LONGEST // 7)),
    _title_of("-" * _LONGEST),
    _title_of("共9" * (_LONGEST // 2)),
    _inspected("项" * _LONGEST),
    _inspected("e\u0301" * (_LONGEST // 2)),
    Case("check, inspect: a number of 1,000,000 digits", _long_number),
    _number_format("brackets", "[" * 3_000_000),
    _number_format("commas", "0" + "," * 3_000_000),
    _number_format("quotes", "&quot;" * 400_000),
    Case("ledger: 4 sheets of 20,000 × 24 unlike numbers", _wide_sheets, worked=40, long=True),
    _odd_report("turned round (U+202E)", "示例\u202e目项\u202c", "示例"),
    _odd_report("isolated (U+2067)", "\u2067示例项目\u2069", "示例"),
    _odd_report(
        "zero width",
        f"{PROJECTS[0][:2]}\u200b{PROJECTS[0][2:]}",
        "看不见的字符U\\+200B",
        0,  # it is taken out, the project is known, and all that is said is a reminder
    ),
    _odd_report("a terminal's colours", "示例\x1b[31m项目", "示例"),
    _odd_report("emoji", "示例🏗️项目👷🏽‍♀️", "示例"),
    _odd_report("Arabic", "مشروع示例", "示例|مشروع"),
    _odd_report("1,000 characters", "示" * 1000, "示示"),
    _odd_report("a thousand accents", "e" + "\u0301" * 1000, "e|月报"),
    _old_case("a loop in the table of sectors", _loop_in_table),
    _old_case("a loop in the small table", _loop_in_small_table),
    _old_case("a loop in the directory", _loop_in_directory),
    _old_case("entries that are each other's children", _loop_of_entries),
    _old_case("a loop in the list of table sectors", _loop_of_table_sectors),
    _old_case("four thousand million shared texts", _texts_without_end),
    _old_case("a sheet that begins in the workbook", _sheet_in_globals),
    _old_case("records that continue for ever", _continued_for_ever),
)
