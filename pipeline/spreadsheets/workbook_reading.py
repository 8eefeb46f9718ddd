"""Files to grids: the type by content, then the reader for it. Runs in the reading process (see reader_child)."""

import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.files.bounded_bytes import TooLargeError, bytes_within
from pipeline.records.finding import told
from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.spreadsheets.cell_text import printable
from pipeline.spreadsheets.compact import CompactGrid
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.notices import notice
from pipeline.spreadsheets.package_guard import OLE_START, ZIP_START
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.transport import pack
from pipeline.spreadsheets.workbook_room import WorkbookRoom
from pipeline.spreadsheets.xlsx import read_xlsx

# First bytes of what is sent by mistake; a text is looked at without case and leading blanks.
_MAGIC = (
    (b"%PDF", "is-pdf"), (b"Rar!", "is-archive"), (b"7z\xbc\xaf\x27\x1c", "is-archive"), (b"\x1f\x8b", "is-archive"),
    (b"BZh", "is-archive"), (b"\xfd7zXZ", "is-archive"), (b"{\\rtf", "is-rtf"), (b"\x89PNG", "is-picture"),
    (b"\xff\xd8\xff", "is-picture"), (b"GIF8", "is-picture"), (b"BM", "is-picture"), (b"II*\0", "is-picture"),
    (b"\x09\x00\x04\x00", "old-excel"), (b"\x09\x02\x06\x00", "old-excel"), (b"\x09\x04\x06\x00", "old-excel"),
    (b"\x09\x08", "old-excel"), (b"ID;P", "not-a-spreadsheet"),
)  # fmt: skip
_TEXT_MAGIC = (
    (b"<!doctype html", "is-html"), (b"<html", "is-html"), (b"<table", "is-html"), (b"<meta", "is-html"), (b"<style", "is-html"),
    (b"mime-version:", "is-mht"), (b"from:", "is-mht"), (b"content-type:", "is-mht"), (b"<?xml", "is-xml"), (b"<workbook", "is-xml"),
)  # fmt: skip

_JSON_START = re.compile(rb"[\[{]\s*(?:[\[{\"\]}]|-?\d)")
_JSON_END = (b"}", b"]")


def _refuse_by_content(data: bytes, suffix: str) -> None:
    """Raise the reason that fits what the bytes are."""
    for start, code in _MAGIC:
        if data.startswith(start) and suffix != ".csv":
            raise UnreadableFile(code)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, code in _TEXT_MAGIC:
        if head.startswith(start):
            raise UnreadableFile("is-html" if code == "is-xml" and b"<html" in head else code)
    if _JSON_START.match(head) and data[-4096:].rstrip().endswith(_JSON_END):
        raise UnreadableFile("is-json")
    if suffix == ".csv":
        return
    if ZIP_START in data and b"PK\x05\x06" in data[-70_000:]:
        raise UnreadableFile("junk-around")
    if b"\0" not in data[:4096] and (b"\n" in data[:4096] or b"," in data or b"\t" in data):
        raise UnreadableFile("is-text", suffix=suffix)
    raise UnreadableFile("not-a-spreadsheet")


def compact_grids(data: bytes, name: str, suffix: str, limits: ReadingLimits) -> list[CompactGrid]:
    """Every sheet of a workbook's bytes, hidden ones too. Raises ``UnreadableFile`` with the reason."""
    return list(map(_shown, _by_content(data, name, suffix, limits)))


def _shown(grid: CompactGrid) -> CompactGrid:
    """With a name that can be printed: it stands in every finding. A giant one is cut, and told."""
    name = grid.about.sheet
    shown = grid._replace(about=replace(grid.about, sheet=printable(told(name))))
    return shown if told(name) == name else shown.with_notices(notice("sheet-name-long", count=len(name)))


def _by_content(data: bytes, name: str, suffix: str, limits: ReadingLimits) -> list[CompactGrid]:
    if not data:
        raise UnreadableFile("empty")
    try:
        if data.startswith(ZIP_START):
            grids = read_xlsx(data, suffix, limits)
            return _named(grids, suffix, "xlsx") if suffix in (".xls", ".csv") else grids
        if data.startswith(OLE_START):
            from pipeline.spreadsheets.xls import read_xls  # few files need it

            grids = _within(read_xls(data, limits), limits)
            return _named(grids, suffix, "xls") if suffix in (".xlsx", ".xlsm", ".csv") else grids
    except zlib.error:
        raise UnreadableFile("checksum") from None
    except (zipfile.BadZipFile, struct.error, NotImplementedError, UnicodeDecodeError):
        raise UnreadableFile("damaged") from None
    except MemoryError:
        raise UnreadableFile("too-much-memory") from None
    _refuse_by_content(data, suffix)
    from pipeline.spreadsheets.delimited import read_csv

    return _within([read_csv(data, name, limits)], limits)


def _within(grids: Sequence[Grid], limits: ReadingLimits) -> list[CompactGrid]:
    """The same sheets, where they are not too much together. Raises ``UnreadableFile``."""
    room = WorkbookRoom(limits)
    for grid in grids:
        room.take_rows(grid.rows)
    return [CompactGrid.of(grid) for grid in grids]


def _named(grids: list[CompactGrid], suffix: str, content: str) -> list[CompactGrid]:
    """With the remark that the name is another type's."""
    if not grids:
        return grids
    said = notice("name-differs", suffix=suffix, content=content)
    return [grids[0].with_notices(said), *grids[1:]]


def read_compact(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> list[CompactGrid]:
    """Every sheet of a workbook, as the reading process sends it. Raises ``UnreadableFile`` with the reason."""
    if path.name.startswith("~$"):
        raise UnreadableFile("lock-file")
    try:
        data = bytes_within(path, limits.file_bytes)
    except TooLargeError:
        raise UnreadableFile("file-too-large") from None
    except OSError:
        raise UnreadableFile("cannot-open") from None
    return compact_grids(data, path.stem, path.suffix.lower(), limits)


def answer(path: str, limits: ReadingLimits) -> bytes:
    """In the reading process: the grids of a file as they are sent. Raises ``UnreadableFile`` with the reason."""
    return pack(read_compact(Path(path), limits))
