"""The register of receipts (收件登记簿): append-only, each line chained to the last by hash (K-20(1)).

One SQLite file with a rollback journal: unlike a write-ahead log it leaves a single file at rest that can be
copied, and it works on a shared network folder. ``synchronous=EXTRA`` makes a line durable before it is told.

What the chain can show: a line changed, removed, put elsewhere or put in between; with the noted end, also the
last lines removed or an older copy of the file put back. What it cannot show: somebody who may write every file
here and makes the whole chain anew. Against that helps only the chain's end on paper (``--known``).
"""

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import WorkspaceError
from pipeline.files.disk_trouble import reason
from pipeline.records.receipt_line import FIRST_PREVIOUS, RegisterLine
from pipeline.registers.noted_end import ChainEnd, NotedEnd
from pipeline.registers.register_audit import Fault, StoredLine, audit, chain_faults
from pipeline.workspace.folders import Workspace

REGISTER_FILE = "收件登记簿.sqlite3"
END_FILE = "收件登记簿.链尾.txt"
_BUSY_SECONDS = 60.0
RESTORE = (
    "请用备份恢复：“gongwen register --restore 备份文件”，现有的文件会移开保留；"
    "登记簿没有问题、只是链尾文件不对的，备份文件写登记簿自己，另加“--known 链尾”"
)
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
        _insert(self._connection, whole.number, whole.body, whole.previous, whole.hash)
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

    @property
    def noted(self) -> NotedEnd:
        return NotedEnd(self.end_path, "收件登记簿")

    def lines(self) -> tuple[RegisterLine, ...]:
        """Every line in order, () where nothing was received yet. Raises ``WorkspaceError`` where it can't be read."""
        if not self._is_there():
            return ()
        with self._connected() as connection:
            return tuple(_line(stored) for stored in _stored(connection))

    @contextlib.contextmanager
    def writing(self) -> Iterator[Book]:
        """Append one or more lines, all or none; waits for another writer.

        Raises ``WorkspaceError``, also where the register does not hold: nothing is written then.
        """
        self.require_whole()
        self.noted.begin()
        noted = self.noted.read()
        with self._connected() as connection:
            connection.executescript(_SCHEMA)
            opened = self.path.stat()
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse(self._faults(_stored(connection), noted))
                if not os.path.samestat(opened, self.path.stat()):
                    raise WorkspaceError(f"{self.path}刚刚被恢复或换过，没有登记，请重试")
                yield Book.of(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            end = _end(connection)
        if end is not None:
            self.noted.note(end)

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
        note, noted = self._noted()
        stored, end, missing = list[StoredLine](), None, set[str]()
        if self._is_there():
            with self._connected() as connection:
                stored, end = _stored(connection), _end(connection)
                missing = set(_TRIGGERS) - _names(connection, "trigger") if stored or end else set()
        if not note and not noted and (unnoted := self.noted.trouble(None, [row.hash for row in stored])):
            note = (Fault(0, f"收件登记簿{unnoted}"),)
        faults = note + audit(stored, end, [each for each in (noted, known) if each], self.root)
        if missing:
            faults += (Fault(0, "登记簿的防改保护已被去掉，登记簿可能被其他程序改过"),)
        return faults

    def checked_lines(self) -> tuple[tuple[RegisterLine, ...], tuple[Fault, ...]]:
        """The lines, and what ``verify`` finds in the chain and its noted end; no line where they don't hold.

        Raises ``WorkspaceError`` where the register can't be read.
        """
        note, noted = self._noted()  # first: the register may grow meanwhile
        stored = list[StoredLine]()
        if self._is_there():
            with self._connected() as connection:
                stored = _stored(connection)
        faults = note or self._faults(stored, noted)
        return () if faults else tuple(map(_line, stored)), faults

    def require_whole(self) -> None:
        """Raise ``WorkspaceError`` where nothing may be written: the register is not the one that was last written."""
        self._refuse(self.checked_lines()[1])

    def holds(self) -> bool:
        """Whether it can be read and is the one that was last written."""
        try:
            return not self.checked_lines()[1]
        except WorkspaceError:
            return False

    def _refuse(self, faults: Sequence[Fault]) -> None:
        if faults:
            raise WorkspaceError(f"{self.path}：{faults[0].sentence}。恢复以前不收件，不编文书，不改文件。{RESTORE}")

    def _faults(self, stored: Sequence[StoredLine], noted: ChainEnd | None) -> tuple[Fault, ...]:
        if faults := tuple(chain_faults(stored)):
            return faults
        trouble = self.noted.trouble(noted, [row.hash for row in stored])
        return (Fault(0, trouble),) if trouble else ()

    def sound_lines(self) -> tuple[RegisterLine, ...]:
        """The lines that can be relied on; none where the register can't be read or its chain is broken."""
        try:
            return self.checked_lines()[0]
        except WorkspaceError:
            return ()

    def _noted(self) -> tuple[tuple[Fault, ...], ChainEnd | None]:
        """What is wrong with the note itself, and what it says."""
        try:
            return (), self.noted.read()
        except WorkspaceError as problem:
            return (Fault(0, str(problem)),), None

    def _is_there(self) -> bool:
        """Whether there is a register. Raises ``WorkspaceError`` where something else stands in its place."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return False
        except OSError as problem:
            raise WorkspaceError(f"{self.path}读不出来：{reason(problem)}") from None
        if not stat.S_ISREG(found.st_mode):
            what = "一个文件夹" if stat.S_ISDIR(found.st_mode) else "别的东西"
            _, noted = self._noted()
            said = f"，{self.end_path.name}记的是{noted.short}" if noted else ""
            raise WorkspaceError(f"{self.path}应是登记簿文件，现在是{what}{said}。{RESTORE}")
        return True

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


def lines_of(path: Path) -> list[StoredLine]:
    """The lines of a register anywhere, true or not; it is not written. Raises ``sqlite3.Error``."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)) as connection:
        return _stored(connection)


def write_lines(path: Path, lines: Sequence[StoredLine]) -> None:
    """A new register of these very lines, on the disk when it returns. Raises ``OSError``."""
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN IMMEDIATE")
            for row in lines:
                _insert(connection, row.number, row.body, row.previous, row.hash)
            connection.execute("COMMIT")
    except sqlite3.Error as problem:
        raise OSError(errno.EIO, str(problem)) from None


def _insert(connection: sqlite3.Connection, number: int, body: str, previous: str, line_hash: str) -> None:
    """Append a line and note it as the end within the file."""
    connection.execute("INSERT INTO lines VALUES (?, ?, ?, ?)", (number, body, previous, line_hash))
    connection.execute(
        "INSERT INTO chain_end VALUES (1, ?, ?)"
        " ON CONFLICT (one) DO UPDATE SET count = excluded.count, hash = excluded.hash",
        (number, line_hash),
    )


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
    return next((said for fits, said in _TROUBLES if fits(text)), f"已损坏或不是收件登记簿。{RESTORE}")
