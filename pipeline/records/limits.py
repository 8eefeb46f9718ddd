"""How much of a file is read: every limit in one place, each with its reason; office.toml can raise them."""

from dataclasses import dataclass

from pipeline.records.office_setting import setting

_MEGABYTE = 1024 * 1024

# Not for office.toml: official names of projects reach some 60 characters (80 with a stage and its sections); a longer
# text is a description that slipped into the column of names, and would be printed in every paper as a name. A unit's
# full name has some 40.
NAME_CHARACTERS = 100
# Nor these: no cell is compared with any pattern before its length is. A figure, a day or a choice has less than 40
# characters with all that is written beside it. Of what must fit on a line (units, people, places) the longest honest
# cell lists thirty units in some 400; of what may tell a story (形象进度, 存在问题) or stand anywhere in a sheet, the
# longest that was seen fills four pages, some 3,000.
VALUE_CHARACTERS, LINE_CHARACTERS, LONG_TEXT_CHARACTERS = 200, 2_000, 10_000
FORMULA_CHARACTERS = 8_192  # what Excel and WPS take
FORMAT_CHARACTERS = 255  # of a number format: what Excel and WPS take
# What a message repeats of a cell: any name is told whole, of a longer text the beginning.
TOLD_CHARACTERS, TOLD_BEGINNING = 200, 60
# What earlier commands read: all of it as it is kept, and what one file came to unpacked. A year of 3,000 projects in
# 300 workbooks takes 2 and 0.1 megabytes, a sheet of 20,000 rows 20.
REMEMBERED_BYTES, REMEMBERED_OF_A_FILE = 32 * _MEGABYTE, 48 * _MEGABYTE
# What one file and all files of a year come to in this process's memory: a row takes some 6 kilobytes as a record, a
# finding one. 3,000 projects with their reports of twelve months have 45,000 rows.
FINDINGS_OF_A_FILE, ROWS_OF_A_YEAR = 40_000, 60_000
TEMPLATE_BYTES = 64 * _MEGABYTE  # of a template or a paper, as it lies there; with pictures it has one or two
# Of a received file that goes into the archive, also where it is refused; what is larger no unit sends as a ledger, and
# a copy might fill the office's disk.
ARCHIVED_BYTES = 256 * _MEGABYTE


@dataclass(frozen=True)
class ReadingLimits:
    """What one file may cost. An honest ledger of a unit has some 40 rows and stays far below all of these."""

    # Honest ledgers stay below 5.
    file_megabytes: int = setting(64, "文件兆字节", "一份文件的大小；正常台账不到5", least=1, most=512)
    # A sheet of 20,000 rows and 25 columns has 30.
    part_megabytes: int = setting(64, "部件兆字节", "文件内部一个部件展开后的大小", least=1, most=512)
    # Three readers' copies must fit into the memory limit.
    inflated_megabytes: int = setting(96, "展开兆字节", "文件内部各部件展开后的总大小", least=1, most=1_024)
    # A workbook of 100 sheets with pictures has some 500.
    parts: int = setting(2_000, "部件个数", "文件内部的部件个数", least=50, most=20_000)
    # Also of one sheet: 20,000 rows of 25 columns and room for heads and notes.
    cells: int = setting(600_000, "单元格个数", "一份文件各工作表中有内容的单元格", least=1_000, most=6_000_000)
    # What .xls could hold; the widest ledger that was seen has 60.
    columns: int = setting(256, "列数", "一张工作表的列数", least=20, most=16_384)
    # 20,000 projects, heads, subtotals and notes.
    rows: int = setting(21_000, "行数", "一张工作表中有内容的行数", least=100, most=200_000)
    # What a dense reader makes room for.
    area: int = setting(
        2_000_000,
        "范围格数",
        "从A1到最后一个有内容的单元格，行数乘以列数",
        least=10_000,
        most=20_000_000,
    )
    # One string can be repeated by every cell.
    text_millions: int = setting(32, "文字百万字", "一份文件全部单元格的字数", least=1, most=320)
    cell_characters: int = setting(
        32_767, "单元格字数", "一个单元格的字数；WPS和Excel的上限是32767", least=255, most=32_767
    )
    # 20,000 rows take 4 on a slow machine.
    seconds: int = setting(20, "秒数", "读取一份文件的时间", least=2, most=600)
    # Address space of a reading process, beside what a copy inherits.
    memory_megabytes: int = setting(512, "内存兆字节", "读取一份文件的内存", least=256, most=4_096)

    @property
    def file_bytes(self) -> int:
        return self.file_megabytes * _MEGABYTE

    @property
    def part_bytes(self) -> int:
        return self.part_megabytes * _MEGABYTE

    @property
    def inflated_bytes(self) -> int:
        return self.inflated_megabytes * _MEGABYTE

    @property
    def text(self) -> int:
        return self.text_millions * 1_000_000

    @property
    def memory_bytes(self) -> int:
        return self.memory_megabytes * _MEGABYTE


DEFAULT_LIMITS = ReadingLimits()
