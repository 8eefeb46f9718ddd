"""A year's folder to one ``Ledgers`` object."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ledgers.cell_text import printable
from pipeline.ledgers.file_reading import FileReading, Memory
from pipeline.ledgers.collecting import without_collecting
from pipeline.records.ledgers import Ledgers
from pipeline.records.office import Leader, Unit
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress, Receipt
from pipeline.records.project import Declaration
from pipeline.records.reserve import ReserveProject
from pipeline.records.score import OnSiteScore
from pipeline.records.settings import OfficeSettings

if TYPE_CHECKING:
    from pipeline.ledgers.file_reader import FileReader
    from pipeline.ledgers.readers import Readers

_DIRECTORY_FOLDER = "名册"  # read first: it names the units
_FORGETFUL = Memory()


def _sha256(path: Path) -> str:
    """The file's hash; "" for one that can't be opened, which is a finding of its own."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _state(path: Path) -> tuple[int, int]:
    """Differs where a file was written meanwhile."""
    try:
        found = path.stat()
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


def _file_reader(
    year: int, settings: OfficeSettings, readers: "Readers | None", ahead: Sequence[Path]
) -> "FileReader":
    from pipeline.ledgers.file_reader import FileReader  # much to load, and often not needed

    return FileReader(year, settings, readers, ahead)


def read_ledgers(
    root: Path,
    year: int,
    paths: Sequence[Path],
    settings: OfficeSettings,
    advance: Callable[[], None] = lambda: None,
    units: tuple[str, ...] = (),
    readers: "Readers | None" = None,
    memory: Memory = _FORGETFUL,
) -> Ledgers:
    """Read the files of one year. ``root`` is the workspace; ``advance`` is called after each file.

    ``units`` are the directory's, where it is not among the files; ``readers`` serve several calls; what ``memory``
    holds is not read again.
    """
    read: list[FileReading] = []
    listed: list[str] = []  # the directory's units
    in_order = sorted(paths, key=lambda path: (_DIRECTORY_FOLDER not in path.parts, path.as_posix()))
    # printable: a name stands in every finding
    names = {
        path: printable(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name)
        for path in in_order
    }
    states = {path: _state(path) for path in in_order}
    hashes = {path: _sha256(path) for path in in_order}
    ahead = [path for path in in_order if not memory.has(names[path], hashes[path], year)]
    reader: FileReader | None = None
    with without_collecting(), ExitStack() as opened:
        for path in in_order:
            found = memory.recall(names[path], hashes[path], year, units)
            if found is None:
                reader = reader or opened.enter_context(_file_reader(year, settings, readers, ahead))
                found, lasting = reader.read(path, names[path], hashes[path], units)
                if lasting and _state(path) == states[path]:
                    memory.keep(found, year, units)
            read.append(found)
            listed += [record.name for record in found.records if isinstance(record, Unit)]
            units = tuple(listed) or units
            advance()
    records = [record for each in read for record in each.records]
    return Ledgers(
        year=year,
        files=tuple(each.file for each in read),
        findings=tuple(finding for each in read for finding in each.findings),
        declarations=tuple(r for r in records if isinstance(r, Declaration)),
        sponsorships=tuple(r for r in records if isinstance(r, Sponsorship)),
        teams=tuple(r for r in records if isinstance(r, ProcedureTeam)),
        nodes=tuple(r for r in records if isinstance(r, WorkNode)),
        progress=tuple(r for r in records if isinstance(r, Progress)),
        problems=tuple(r for r in records if isinstance(r, Problem)),
        procedures=tuple(r for r in records if isinstance(r, Procedure)),
        leaders=tuple(r for r in records if isinstance(r, Leader)),
        units=tuple(r for r in records if isinstance(r, Unit)),
        reserves=tuple(r for r in records if isinstance(r, ReserveProject)),
        scores=tuple(r for r in records if isinstance(r, OnSiteScore)),
        receipts=tuple(r for r in records if isinstance(r, Receipt)),
    )
