"""What is said of a file whose name promises no spreadsheet: it is not read, and what it holds is told truly."""

from pathlib import Path

from pipeline.spreadsheets.package_guard import OLE_START, ZIP_START
from pipeline.spreadsheets.refusals import UnreadableFile

_LOOKED_AT = 64 * 1024  # bytes at either end: a package lists its parts at its end
_LONGEST_SUFFIX = 12
# What stands in the list of parts or streams; the first that is found tells.
_IN_PACKAGE = (
    (b"xl/workbook.bin", "is-xlsb"), (b"opendocument.spreadsheet", "is-ods"), (b"xl/workbook.xml", "xlsx"),
    (b"word/document.xml", "is-word"), (b"ppt/presentation.xml", "is-slides"),
)  # fmt: skip
_IN_COMPOUND = (
    ("WordDocument", "is-word"), ("PowerPoint Document", "is-slides"), ("EncryptedPackage", "encrypted"), ("Workbook", "xls"),
)  # fmt: skip


def _ends_of(path: Path) -> bytes:
    """The first and the last bytes; nothing where it cannot be opened."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOKED_AT)
            stream.seek(max(len(head), path.stat().st_size - _LOOKED_AT))
            return head + stream.read(_LOOKED_AT)
    except OSError:
        return b""


def _content(path: Path) -> str:
    data = _ends_of(path)
    if data.startswith(ZIP_START):
        return next((code for mark, code in _IN_PACKAGE if mark in data), "not-a-table")
    if data.startswith(OLE_START):
        return next((code for name, code in _IN_COMPOUND if name.encode("utf-16-le") in data), "not-a-table")
    return "not-a-table"


def refused_by_name(path: Path) -> UnreadableFile:
    """Why a file is not read whose name does not end as a ledger's does."""
    content, suffix = _content(path), path.suffix
    if content not in ("xlsx", "xls"):
        return UnreadableFile(content)
    named = f"以“{suffix}”结尾" if 1 < len(suffix) <= _LONGEST_SUFFIX else f"不以“.{content}”结尾"
    return UnreadableFile("named-otherwise", content=content, named=named)
