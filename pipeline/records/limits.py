"""How much of a file is read: every limit in one place, each with its reason; office.toml can raise them."""

from dataclasses import dataclass

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

    file_megabytes: int = 64  # read into memory as a whole; honest ledgers stay below 5
    part_megabytes: int = 64  # one inflated part; a sheet of 20,000 rows and 25 columns has 30
    inflated_megabytes: int = 96  # all parts together: three readers' copies must fit into the memory limit
    parts: int = 2_000  # a workbook of 100 sheets with pictures has some 500
    # with content, of a sheet and of all sheets of a file: 20,000 rows of 25 columns and room for heads and notes
    cells: int = 600_000
    columns: int = 256  # what .xls could hold; the widest ledger that was seen has 60
    rows: int = 21_000  # with content, of a sheet: 20,000 projects, heads, subtotals and notes
    area: int = (
        2_000_000  # cells of the rectangle from A1 to the last content, which a dense reader makes room for
    )
    text_millions: int = 32  # characters of all cells of a file: one string can be repeated by every cell
    cell_characters: int = 32_767  # what Excel and WPS can put into a cell
    seconds: int = 20  # for one file; 20,000 rows take 4 on a slow machine
    memory_megabytes: int = 512  # address space of a reading process, beside what a copy inherits

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
