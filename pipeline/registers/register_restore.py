"""Putting a copy in the place of a register that no longer holds; what stood there is set aside, never destroyed."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pipeline.errors import Remedy, WorkspaceError
from pipeline.files.disk_trouble import reason
from pipeline.files.given_file import why_no_file
from pipeline.outputs.lock import OutputsLock
from pipeline.outputs.whole_file import PREFIX, SUFFIX, flush_folder
from pipeline.registers.noted_end import ChainEnd
from pipeline.registers.register import Register, lines_of, write_lines
from pipeline.registers.register_audit import StoredLine, chain_faults

_BESIDE = ("-journal", "-wal", "-shm")  # of a database that was being written: they belong to it alone


@dataclass(frozen=True)
class Restored:
    """What stands there now, and where the files lie that were moved out of the way; ``lacking`` lines are gone."""

    end: ChainEnd
    aside: tuple[Path, ...]
    lacking: int


def restore(register: Register, copy: Path, accepted: ChainEnd | None = None) -> Restored:
    """Put a copy in the register's place.

    The copy's chain must be whole and hold the noted end. One that does not, as the last backup of a register whose
    later lines are lost, is taken only where the clerk names its end (``accepted``). Raises ``WorkspaceError`` before
    anything is changed, also where the present register holds and the copy adds nothing.
    """
    lines = _sound(copy)
    hashes = [line.hash for line in lines]
    end = ChainEnd(len(lines), hashes[-1])
    if accepted and not (accepted.number == end.number and end.hash.startswith(accepted.hash)):
        raise WorkspaceError(f"“{copy}”的链尾是{end.short}，不是所写的{accepted.short}，没有恢复")
    lock = OutputsLock.take(register.root / "outputs")  # one at a time, and no paper is made meanwhile
    try:
        _require_gain(register, hashes)
        lacking = _lacking(register, copy, hashes, accepted)
        with _nobody_writes(register):
            aside = _exchange(register, lines)
            register.noted.put(end)
    except OSError as problem:
        raise WorkspaceError(f"没有恢复{register.path}：{reason(problem)}") from None
    finally:
        lock.release()
    return Restored(end, tuple(aside), lacking)


def _sound(copy: Path) -> list[StoredLine]:
    """The copy's lines; raises ``WorkspaceError`` where it is no whole register."""
    if sentence := why_no_file(copy):
        raise WorkspaceError(sentence)
    try:
        lines = lines_of(copy)
    except sqlite3.Error:
        raise WorkspaceError(f"“{copy}”已损坏或不是收件登记簿，没有恢复，请换一份备份") from None
    if not lines:
        raise WorkspaceError(f"“{copy}”中一行也没有，没有恢复，请换一份备份")
    if faults := tuple(chain_faults(lines)):
        raise WorkspaceError(f"“{copy}”本身对不上：{faults[0].sentence}。没有恢复，请换一份备份")
    return lines


def _require_gain(register: Register, hashes: Sequence[str]) -> None:
    """Raise ``WorkspaceError`` where the present register holds and has all that the copy has."""
    try:
        present, faults = register.checked_lines()
    except WorkspaceError:
        return
    if not faults and present and hashes[: len(present)] != [line.hash for line in present][: len(hashes)]:
        raise WorkspaceError("现有的收件登记簿完好，这份备份是另一份登记簿，没有恢复")
    if not faults and len(present) >= len(hashes):
        raise WorkspaceError(f"现有的收件登记簿完好，有{len(present)}行，备份有{len(hashes)}行，不需要恢复")


def _lacking(register: Register, copy: Path, hashes: Sequence[str], accepted: ChainEnd | None) -> int:
    """How many noted lines the copy lacks; raises ``WorkspaceError`` where that was not ``accepted``."""
    try:
        noted = register.noted.read()
        trouble = register.noted.trouble(noted, hashes)
    except WorkspaceError as problem:
        noted, trouble = None, str(problem)
    if trouble and accepted is None:
        end = ChainEnd(len(hashes), hashes[-1]).short
        raise WorkspaceError(
            f"这份备份与链尾对不上：“{copy}”到{end}为止，{trouble}。请换用最近的备份；没有更近的，核对纸质登记本后"
            f"写明链尾“{end}”确认，缺少的行再按收件存档逐个重新收件",
            Remedy.ACCEPT_END,
        )
    return max(0, noted.number - len(hashes)) if noted else 0


@contextlib.contextmanager
def _nobody_writes(register: Register) -> Iterator[None]:
    """As far as the present file is a register at all."""
    with contextlib.ExitStack() as stack:
        if register.path.is_file():
            connection = stack.enter_context(contextlib.closing(sqlite3.connect(register.path, timeout=60)))
            try:
                connection.execute("PRAGMA journal_mode = MEMORY")  # the lock leaves no file of its own
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as problem:
                if "locked" in str(problem):
                    raise WorkspaceError(f"{register.path}正被另一个程序写入，请稍后再试") from None
            except sqlite3.DatabaseError:
                pass  # it is none
        yield


def _exchange(register: Register, lines: Sequence[StoredLine]) -> list[Path]:
    """Where the old files lie now. Killed midway, it leaves no register: nothing is written then, and it is done again."""
    fresh = register.path.with_name(f"{PREFIX}{register.path.stem}{SUFFIX}")
    fresh.unlink(missing_ok=True)
    write_lines(fresh, lines)
    aside = _set_aside(register.path)
    if os.path.lexists(register.end_path):
        aside += _copied_aside(register.end_path)
    os.replace(fresh, register.path)
    flush_folder(register.path.parent)
    return aside


def _set_aside(path: Path) -> list[Path]:
    """Move the file, or the folder in its place, with what belongs to it."""
    if not os.path.lexists(path):
        return []
    free = _free_name(path)
    os.rename(path, free)
    for suffix in _BESIDE:
        if os.path.lexists(f"{path}{suffix}"):
            os.rename(f"{path}{suffix}", f"{free}{suffix}")
    return [free]


def _copied_aside(note: Path) -> list[Path]:
    """The note stays until the new one is written over it."""
    if not note.is_file():
        return _set_aside(note)
    free = _free_name(note)
    free.write_bytes(note.read_bytes())
    return [free]


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}（移开{number}）{path.suffix}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))
