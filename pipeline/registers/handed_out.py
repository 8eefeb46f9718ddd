"""The record of what was handed out (下发记录.txt): by it a form is known again whose mark its sender has removed.

One line for each sheet of each form, with the digest of the rows that we filled in. A form that is composed anew with
other rows adds lines: units may still hold the earlier one. It is plain text, in which no name can become a formula.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files.folder_walk import Walk, walk
from pipeline.files.given_file import is_missing
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.names import name_key
from pipeline.workbooks.blank_form import FormBook
from pipeline.workspace.edited_text import edited_text

FOLDER = "空白台账"  # below outputs, beside the years: running a year's documents neither writes nor misses forms
_STEM = "下发记录"
RECORD = f"{FOLDER}/{_STEM}.txt"
_HEAD = ("期间", "责任单位", "台账", "底稿")
_SEPARATOR = "\t"
_SLUGS = {kind.name: kind.slug for kind in LEDGER_KINDS}


def record_with(outputs: Path, books: Sequence[FormBook], period: str) -> bytes:
    """The record and a line for each sheet of these forms, each line once and in order."""
    added = {
        (period, name_key(book.unit), sheet.kind.name, sheet.draft)
        for book in books
        for sheet in book.sheets
        if sheet.draft
    }
    lines = [_HEAD, *sorted({*_lines(outputs), *added})]
    return "".join(f"{_SEPARATOR.join(line)}\n" for line in lines).encode("utf-8")


def handed_out(outputs: Path, unit: str, period: str) -> frozenset[tuple[str, str]]:
    """Ledger (slug) and digest of every sheet that a unit was handed out for a period."""
    return frozenset(
        (_SLUGS[name], draft)
        for when, whose, name, draft in _lines(outputs)
        if (when, whose) == (period, name_key(unit)) and name in _SLUGS
    )


def _lines(outputs: Path) -> Iterator[tuple[str, str, str, str]]:
    """Also of a record that stands beside one that a person edited; what is no line of it is passed over.

    Raises ``OutputError``.
    """
    folder = outputs / FOLDER
    found = Walk((), (), ()) if is_missing(folder) else walk(folder)
    for each in found.unseen:
        if each.path == folder:  # the record itself; below it lie the forms
            raise OutputError(f"{each.path}：{each.message}；{each.action}")
    records = (path for path in found.files if path.parent == folder and path.name.startswith(_STEM))
    for path in (path for path in records if path.suffix == ".txt"):
        try:
            text = edited_text(path.read_bytes(), errors="replace")
        except OSError:
            raise OutputError(f"{path}读不出来，请检查权限或关闭后重试") from None
        for line in text.splitlines():
            parts = tuple(line.split(_SEPARATOR))
            if len(parts) == len(_HEAD) and parts != _HEAD:
                yield parts[0], parts[1], parts[2], parts[3]
