"""Files to grids through processes of their own."""

import json
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.ledger_paths import SUFFIXES as SUFFIXES
from pipeline.spreadsheets.reader_pool import ReaderPool, Reply
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.transport import unpack


@dataclass(frozen=True)
class Read:
    """What became of one file: its grids, or why it was refused."""

    path: Path
    grids: tuple[Grid, ...] = ()
    refusal: UnreadableFile | None = None


def refused(payload: bytes) -> UnreadableFile:
    """Why a process gave nothing."""
    code, facts = json.loads(payload)
    return UnreadableFile(code, **facts)


def _read(path: Path, reply: Reply) -> Read:
    letter, payload = reply
    return Read(path, tuple(unpack(payload))) if letter == b"g" else Read(path, refusal=refused(payload))


class Readers(ReaderPool):
    """Some reading processes, started when first needed and stopped at the end of the ``with`` block."""

    def __init__(self, limits: ReadingLimits = DEFAULT_LIMITS, processes: int | None = None) -> None:
        super().__init__("pipeline.spreadsheets.workbook_reading", limits, processes)

    def read_all(self, paths: Sequence[Path]) -> Generator[Read, None, None]:
        """Every file's result, in the order of ``paths``. One who stops early closes it, in the same thread."""
        with closing(self.replies([str(path) for path in paths])) as replies:
            for path in paths:
                # nothing here holds a file's cells, or the bytes that they came in, while the next file is read
                yield _read(path, next(replies))

    def read(self, path: Path) -> list[Grid]:
        """One file's grids. Raises ``UnreadableFile`` with the reason."""
        (found,) = self.read_all([path])
        if found.refusal:
            raise found.refusal
        return list(found.grids)
