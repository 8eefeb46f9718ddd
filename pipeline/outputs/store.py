"""Writes documents: whole or not at all, only when changed, never over a hand-edited or opened file.

What is saved first lies in temporary files beside its targets. ``commit`` flushes them to the disk in one go, notes
in a journal what is about to be renamed, renames, and writes the manifest. A run that dies leaves documents old or
new, never half; the next one reads the journal, knows the new ones for its own, and clears the rest away.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from types import TracebackType

from pipeline.errors import OutputError
from pipeline.outputs.lock import OutputsLock
from pipeline.outputs.manifest import Entry, Manifest, Origin, digest
from pipeline.outputs.whole_file import (
    PREFIX,
    SUFFIX,
    discard,
    flush,
    flush_folder,
    write_beside,
    write_whole,
)

_JOURNAL = ".gongwen-journal.json"
_BATCH = 1000  # documents waiting to be renamed
_MOST_BESIDE = 1000


class Written(Enum):
    """What became of one document; the value is what users see."""

    NEW = "新增"
    CHANGED = "更新"
    UNCHANGED = "未变"
    BESIDE = "另存"  # the file was edited or is open: the new version stands beside it


@dataclass(frozen=True)
class Saved:
    """One document's fate; ``path`` is where its newest version stands, ``kept`` the file beside it that was left."""

    path: Path
    outcome: Written
    kept: Path | None = None


@dataclass(frozen=True)
class _Pending:
    temporary: Path
    written: str
    origin: Origin | None


@dataclass
class Store:
    """The outputs folder of a workspace and what the program itself wrote there. Use it in a ``with``."""

    root: Path
    manifest: Manifest = field(default_factory=Manifest)
    _lock: OutputsLock | None = None
    _pending: dict[str, _Pending] = field(default_factory=dict)  # by relative path
    _current: set[str] = field(default_factory=set)  # saved by this run
    _put_beside: dict[Path, Saved] = field(default_factory=dict)  # documents that turned out to be open

    @classmethod
    def open(cls, root: Path) -> "Store":
        """Raises ``BusyError`` while another run writes there, ``OutputError`` where it can't be written or read."""
        lock = OutputsLock.take(root) if root.exists() else None
        store = cls(root, _lock=lock)
        try:
            store.manifest = Manifest.read(root)
            store._recover()
        except OSError as problem:
            store.close()
            raise OutputError(f"无法写入{root}：{reason(problem)}") from None
        except OutputError:
            store.close()
            raise
        return store

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.commit()
        finally:
            self.close()

    def close(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def up_to_date(self, relative: str, recipe: str) -> Saved | None:
        """The document as it stands, if it was made by this very recipe and nobody touched it since."""
        entry = self.manifest.entries.get(relative)
        if entry is None or entry.origin is None or entry.origin.recipe != recipe:
            return None
        if not self._untouched(relative, entry):
            return None
        self._keep(relative)
        return Saved(self.root / relative, Written.UNCHANGED)

    def save(self, relative: str, data: bytes, origin: Origin | None = None) -> Saved:
        """Write one document below the root. Raises ``OutputError``; nothing half-written is left."""
        path, entry, made = self.root / relative, self.manifest.entries.get(relative), digest(data)
        self._current.add(relative)
        try:
            present = path.read_bytes() if path.exists() else None
            found = digest(present) if present is not None else ""
            if found == made:
                self._note(relative, Entry(made, made, origin=origin))
                return Saved(path, Written.UNCHANGED)
            if present is not None and (entry is None or entry.written != found or is_open(path)):
                return self._save_beside(path, data, origin)
            if present is not None and entry is not None and entry.composed == made:
                self._note(relative, replace(entry, origin=origin))
                return Saved(path, Written.UNCHANGED)  # it stands there as corrected on the page
            self._stage(relative, data, made, origin)
        except OSError as problem:
            raise OutputError(f"无法写入{path}：{reason(problem)}") from None
        return Saved(path, Written.NEW if present is None else Written.CHANGED)

    def correct(self, path: Path, data: bytes) -> bool:
        """Put a document's version as corrected on its rendered pages in its place; False where it isn't ours.

        A later run that composes the same document leaves the correction. Raises ``OutputError``.
        """
        if not path.resolve().is_relative_to(self.root.resolve()):
            return False
        relative = path.resolve().relative_to(self.root.resolve()).as_posix()
        entry = self.manifest.entries.get(relative)
        try:
            if entry is None or entry.written != digest(path.read_bytes()) or is_open(path):
                return False
            self._stage(relative, data, digest(data), entry.origin)
            self._rename_all(composed={relative: entry.composed})
        except OSError as problem:
            raise OutputError(f"无法写入{path}：{reason(problem)}") from None
        return True

    def left_over(self, folder: str) -> list[str]:
        """Documents below ``folder`` that earlier runs made and this one did not; they may be out of date."""
        entries = self.manifest.entries
        found = [
            key
            for key, entry in sorted(entries.items())
            if entry.origin and key.startswith(f"{folder}/") and key not in self._current
            and (self.root / key).exists()
        ]  # fmt: skip
        for key in found:
            entries[key] = replace(entries[key], left_over=True)
        return found

    def final(self, saved: Saved) -> Saved:
        """What became of a document after ``commit``: one that turned out to be open stands beside."""
        return self._put_beside.get(saved.path, saved)

    def commit(self) -> None:
        """Put everything saved so far in its place and record it. Raises ``OutputError``."""
        try:
            self._rename_all({})
            entries = self.manifest.entries
            for key in [key for key in entries if not (self.root / key).exists()]:
                del entries[key]
            self.manifest.write(self.root)
            (self.root / _JOURNAL).unlink(missing_ok=True)
        except OSError as problem:
            raise OutputError(f"无法写入{self.root}：{reason(problem)}") from None

    def _keep(self, relative: str) -> None:
        self._current.add(relative)
        entry = self.manifest.entries[relative]
        if entry.left_over:
            self.manifest.entries[relative] = replace(entry, left_over=False)

    def _untouched(self, relative: str, entry: Entry) -> bool:
        path = self.root / relative
        try:
            state = path.stat()
            if (state.st_size, state.st_mtime_ns) == (entry.size, entry.modified):
                return True
            return digest(path.read_bytes()) == entry.written
        except OSError:
            return False

    def _note(self, relative: str, entry: Entry) -> None:
        state = (self.root / relative).stat()
        self.manifest.entries[relative] = replace(entry, size=state.st_size, modified=state.st_mtime_ns)

    def _stage(self, relative: str, data: bytes, made: str, origin: Origin | None) -> None:
        if self._lock is None:
            self._lock = OutputsLock.take(self.root)
        journal = self.root / _JOURNAL
        if not self._pending and not journal.exists():
            write_whole(journal, b"{}")  # a run is writing here: who finds this clears up
        if old := self._pending.get(relative):
            discard([old.temporary])
        self._pending[relative] = _Pending(write_beside(self.root / relative, data), made, origin)
        if len(self._pending) >= _BATCH:
            self._rename_all({})
            self.manifest.write(self.root)

    def _rename_all(self, composed: dict[str, str]) -> None:
        """The batch's one turn of the disk; ``composed``: hashes of documents that are being corrected."""
        pending, self._pending = self._pending, {}
        if not pending:
            return
        try:
            flush([each.temporary for each in pending.values()])
            said = {key: [each.temporary.name, each.written] for key, each in pending.items()}
            write_whole(self.root / _JOURNAL, json.dumps(said, ensure_ascii=False).encode("utf-8"))
            for relative, each in pending.items():
                target = self._renamed(self.root / relative, each)
                key = target.relative_to(self.root).as_posix()
                self._note(key, Entry(each.written, composed.get(relative, each.written), origin=each.origin))
            for folder in sorted({(self.root / key).parent for key in pending}):
                flush_folder(folder)
        except OSError:
            discard(each.temporary for each in pending.values())
            raise

    def _renamed(self, target: Path, pending: _Pending) -> Path:
        """Rename to the target; where an editor holds it (Windows), to a free name beside it."""
        try:
            os.replace(pending.temporary, target)
        except PermissionError:
            if not target.exists():
                raise
            beside = next(self._free_places(target, pending.written))
            os.replace(pending.temporary, beside)
            self._put_beside[target] = Saved(beside, Written.BESIDE, target)
            return beside
        return target

    def _save_beside(self, path: Path, data: bytes, origin: Origin | None) -> Saved:
        """The edited file stays; the new version goes to the first free name that no person edited either."""
        made = digest(data)
        for beside in self._free_places(path, made):
            key = beside.relative_to(self.root).as_posix()
            if not beside.exists() or digest(beside.read_bytes()) != made:
                self._stage(key, data, made, origin)
            else:
                self._note(key, Entry(made, made, origin=origin))
            self._current.add(key)
            return Saved(beside, Written.BESIDE, path)
        raise OutputError(f"{path}旁边的新版文件过多，请整理后重试")

    def _free_places(self, path: Path, made: str) -> Iterator[Path]:
        for number in range(1, _MOST_BESIDE):
            beside = path.with_name(f"{path.stem}（新版{'' if number == 1 else number}）{path.suffix}")
            entry = self.manifest.entries.get(beside.relative_to(self.root).as_posix())
            if not beside.exists():
                yield beside
                continue
            found = digest(beside.read_bytes())
            if found == made or (entry is not None and entry.written == found and not is_open(beside)):
                yield beside

    def _recover(self) -> None:
        """After a run that died: know its finished documents for our own, clear its temporary files away."""
        journal = self.root / _JOURNAL
        if not journal.exists():
            return
        try:
            said = json.loads(journal.read_text("utf-8"))
        except ValueError:
            said = {}
        for relative, (_, written) in said.items():
            path = self.root / relative
            if path.exists() and digest(path.read_bytes()) == written:
                known = self.manifest.entries.get(relative)
                if known is None or known.written != written:
                    self._note(relative, Entry(written, written))
        discard(self.root.rglob(f"{PREFIX}*{SUFFIX}"))
        self.manifest.write(self.root)
        journal.unlink()


def is_open(path: Path) -> bool:
    """Whether Word, WPS or LibreOffice has the file open, by the lock file that each leaves beside it."""
    name = path.name
    locks = (f"~${name}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return any((path.parent / lock).exists() for lock in locks)


def reason(problem: OSError) -> str:
    """Why a file could not be written, in Chinese."""
    if isinstance(problem, PermissionError):
        return "没有写入权限，或文件正被WPS、Word打开"
    if problem.errno == 28:  # ENOSPC
        return "磁盘已满"
    return f"系统错误{problem.errno}"
