"""The register of receipts (收件登记簿): append-only, each line chained to the last by hash (K-20(1)).

One SQLite file with a rollback journal: unlike a write-ahead log it leaves a single file at rest that can be
copied, and it works on a shared network folder. ``synchronous=EXTRA`` makes a line durable before it is told.

What the chain can show: a line changed, removed, put elsewhere or put in between; with the noted end, also the
last lines removed or an older copy of the file put back. What it cannot show: somebody who may write every file
here and makes the whole chain anew. Against that helps only the chain's end on paper (``--known``).
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.disk_trouble import reason
from pipeline.errors import WorkspaceError
from pipeline.outputs.whole_file import write_whole
from pipeline.records.names import name_key
from pipeline.records.receipt_line import FIRST_PREVIOUS, RegisterLine
from pipeline.workspace.folders import Workspace
from pipeline.workspace.register_audit import ChainEnd, Fault, StoredLine, audit, chain_faults
from pipeline.workspace.succession import counting

REGISTER_FILE = "收件登记簿.sqlite3"
END_FILE = "收件登记簿.链尾.txt"
_BUSY_SECONDS = 60.0
_TRIGGERS = ("lines_no_update", "lines_no_delete", "lines_in_turn")
_SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS lines (
    number INTEGER PRIMARY KEY, body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS chain_end (
    one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS lines_no_update BEFORE UPDATE ON lines
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS lines_no_delete BEFORE DELETE ON lines
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS lines_in_turn BEFORE INSERT ON lines
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM lines)
    BEGIN SELECT RAISE(ABORT, 'append-only'); END;
COMMIT;
"""


@dataclass
class Book:
    """The register while it is being written: nobody else writes until the block ends."""

    _connection: sqlite3.Connection
    _lines: list[RegisterLine]

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Book":
        return cls(connection, [_line(stored) for stored in _stored(connection)])

    def lines(self) -> tuple[RegisterLine, ...]:
        return tuple(self._lines)

    def append(self, line: RegisterLine) -> RegisterLine:
        """Append behind the last line; the line as numbered and chained."""
        last = self._lines[-1] if self._lines else None
        whole = line.chained(last.number + 1 if last else 1, last.hash if last else FIRST_PREVIOUS)
        self._connection.execute(
            "INSERT INTO lines VALUES (?, ?, ?, ?)", (whole.number, whole.body, whole.previous, whole.hash)
        )
        self._connection.execute(
            "INSERT INTO chain_end VALUES (1, ?, ?)"
            " ON CONFLICT (one) DO UPDATE SET count = excluded.count, hash = excluded.hash",
            (whole.number, whole.hash),
        )
        self._lines.append(whole)
        return whole


@dataclass(frozen=True)
class Register:
    """The register of one workspace. Reading never creates it."""

    root: Path  # the workspace

    @classmethod
    def open(cls, workspace: Workspace) -> "Register":
        return cls(workspace.root)

    @property
    def path(self) -> Path:
        return self.root / "inputs" / REGISTER_FILE

    @property
    def end_path(self) -> Path:
        return self.root / "inputs" / END_FILE

    def lines(self) -> tuple[RegisterLine, ...]:
        """Every line in order, () where nothing was received yet. Raises ``WorkspaceError`` where it can't be read."""
        if not self.path.exists():
            return ()
        with self._connected() as connection:
            return tuple(_line(stored) for stored in _stored(connection))

    def current(self, unit: str, ledger: str, period: str) -> RegisterLine | None:
        """The line whose report counts: the last accepted one that no later line replaced or repeats."""
        return current_line(self.lines(), unit, ledger, period)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Book]:
        """Append one or more lines, all or none; waits for another writer. Raises ``WorkspaceError``."""
        with self._connected() as connection:
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Book.of(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            end = _end(connection)
        if end is not None:
            self._note_end(end)

    def append(self, line: RegisterLine) -> RegisterLine:
        """Append one line and say how it was numbered and chained. Raises ``WorkspaceError``."""
        with self.writing() as book:
            return book.append(line)

    def end(self) -> ChainEnd | None:
        """Number and hash of the last line, to be written on paper; None for an empty register."""
        lines = self.lines()
        return ChainEnd(lines[-1].number, lines[-1].hash) if lines else None

    def verify(self, known: ChainEnd | None = None) -> tuple[Fault, ...]:
        """Everything that does not fit; ``known`` is a chain's end that was noted elsewhere."""
        if not self.path.exists():
            stored, end, missing = [], None, set()
        else:
            with self._connected() as connection:
                stored, end = _stored(connection), _end(connection)
                missing = set(_TRIGGERS) - _names(connection, "trigger") if stored or end else set()
        noted = [each for each in (self._noted_end(), known) if each is not None]
        faults = audit(stored, end, noted, self.root)
        if missing:
            faults += (Fault(0, "登记簿的防改保护已被去掉，登记簿可能被其他程序改过"),)
        return faults

    def checked_lines(self) -> tuple[tuple[RegisterLine, ...], tuple[Fault, ...]]:
        """The lines, and what ``verify`` finds in the chain alone; no line where the chain is broken."""
        if not self.path.exists():
            return (), ()
        with self._connected() as connection:
            stored = _stored(connection)
        faults = tuple(chain_faults(stored))
        return () if faults else tuple(map(_line, stored)), faults

    def sound_lines(self) -> tuple[RegisterLine, ...]:
        """The lines that can be relied on; none where the register can't be read or its chain is broken."""
        try:
            return self.checked_lines()[0]
        except WorkspaceError:
            return ()

    def _noted_end(self) -> ChainEnd | None:
        try:
            return ChainEnd.parse(self.end_path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, ValueError):
            return None

    def _note_end(self, end: ChainEnd) -> None:
        """Beside the register, after the line is safe: the note may lag behind, it never runs ahead."""
        noted = self._noted_end()
        if noted is not None and noted.number >= end.number:
            return  # another writer was quicker, or the register is shorter than it was: --verify says so
        try:
            write_whole(self.end_path, f"{end}\n".encode())
        except OSError as problem:
            raise WorkspaceError(f"已登记，但无法写入{self.end_path}：{reason(problem)}") from None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with contextlib.closing(
                sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("PRAGMA synchronous = EXTRA")
                yield connection
        except sqlite3.Error as problem:
            raise WorkspaceError(f"{self.path}{_trouble(problem)}") from None


def current_line(lines: tuple[RegisterLine, ...], unit: str, ledger: str, period: str) -> RegisterLine | None:
    """The last accepted line of the unit's ledger and period that is neither replaced nor a repetition."""
    fitting = (
        line
        for line in reversed(counting(lines))
        if name_key(line.unit) == name_key(unit) and ledger in line.ledgers and line.period == period
    )
    return next(fitting, None)


def _stored(connection: sqlite3.Connection) -> list[StoredLine]:
    if "lines" not in _names(connection, "table"):
        return []  # made a moment ago, or killed before the first line
    query = "SELECT number, body, previous, hash FROM lines ORDER BY number"
    return [StoredLine(*row) for row in connection.execute(query)]


def _end(connection: sqlite3.Connection) -> ChainEnd | None:
    if "chain_end" not in _names(connection, "table"):
        return None
    row = connection.execute("SELECT count, hash FROM chain_end").fetchone()
    return ChainEnd(*row) if row else None


def _names(connection: sqlite3.Connection, kind: str) -> set[str]:
    """Names of the tables or triggers that the file holds."""
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,))}


def _line(stored: StoredLine) -> RegisterLine:
    line = stored.line
    if line is None:
        raise WorkspaceError(
            f"收件登记簿第{stored.number}行读不出来，可能被改动过，请用“gongwen register --verify”核对"
        )
    return line


_TROUBLES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda text: "locked" in text, "正被另一个程序写入，请稍后再试"),
    (lambda text: "readonly" in text or "unable to open" in text, "无法写入，请检查文件夹的写入权限"),
    (lambda text: "full" in text, "无法写入：磁盘已满"),
)


def _trouble(problem: sqlite3.Error) -> str:
    text = str(problem).lower()
    return next((said for fits, said in _TROUBLES if fits(text)), "已损坏或不是收件登记簿，请用备份恢复")
