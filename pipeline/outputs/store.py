"""Writes documents: whole or not at all, only when changed, never over a hand-edited or opened file.

What is saved first lies in temporary files beside its targets. Each thousand of them, and the rest at the end of the
``with``, is flushed to the disk in one go, announced in a journal with what the manifest will say of it, and renamed,
unless something else has come to stand there since: those are announced once more, under names beside it. The manifest
is written last. A run that dies leaves documents old or new, never half; the next one reads the journal, knows the new
ones for its own, and clears the rest away.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from types import TracebackType

from pipeline.errors import BusyError, OutputError
from pipeline.files.disk_trouble import reason
from pipeline.outputs.journal import JOURNAL, finished
from pipeline.outputs.lock import OutputsLock
from pipeline.outputs.manifest import NAME as MANIFEST
from pipeline.outputs.manifest import Entry, Manifest, Origin, Seen, digest
from pipeline.outputs.room import require_writable
from pipeline.outputs.standing import NOTHING, State, is_open, look, state_of, untouched
from pipeline.outputs.whole_file import PREFIX, SUFFIX, discard, flush_folder, write_beside, write_whole

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
    target: str
    stood: State  # there when the document was saved; nothing else may be replaced
    temporary: str
    entry: Entry
    kept: str = ""  # the document that a person changed or opened meanwhile, which this one goes beside


@dataclass
class Store:
    """The outputs folder of a workspace and what the program itself wrote there. Use it in a ``with``."""

    root: Path
    manifest: Manifest = field(default_factory=Manifest)
    _lock: OutputsLock | None = None
    _pending: dict[str, _Pending] = field(default_factory=dict)  # by relative path
    _current: set[str] = field(default_factory=set)  # saved by this run
    _unrecorded: dict[str, Entry] = field(default_factory=dict)  # announced by this run in its journal
    _ours: set[str] | None = None  # hashes of all that the program wrote before this run
    _put_beside: dict[Path, Saved] = field(default_factory=dict)  # documents that turned out to be open

    @classmethod
    def open(cls, root: Path) -> "Store":
        """Raises ``BusyError`` while another run writes there, ``OutputError`` where it can't be written or read."""
        require_writable(root)
        lock = OutputsLock.take(root) if root.exists() else None
        store = cls(root, _lock=lock)
        try:
            store.manifest = Manifest.read(root)
            store._recover()
        except OSError as problem:
            store.close()
            raise _trouble(root, problem) from None
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
            if isinstance(error, Exception | None):
                self._commit()
            else:  # perhaps in the midst of a rename: as after a kill, the next run reads the journal
                discard(each.temporary for each in self._pending.values())
        except OutputError:
            if error is None:
                raise  # else the first trouble is what the user must hear
        finally:
            self.close()

    def close(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def up_to_date(self, relative: str, origin: Origin) -> Saved | None:
        """The document as it stands, if it was made by this very recipe and nobody touched it since.

        Its ledgers may have changed elsewhere meanwhile: the record takes their present hashes.
        """
        entry = self.manifest.entries.get(relative)
        if entry is None or entry.origin is None or entry.origin.recipe != origin.recipe:
            return None
        place = self._place(relative)
        try:
            stands = untouched(place, entry)
        except OSError:
            return None
        if stands is None:
            return None
        self._current.add(relative)
        self._note(relative, replace(entry, origin=origin, left_over=False), stands)
        return Saved(Path(place), Written.UNCHANGED)

    def save(self, relative: str, data: bytes, origin: Origin | None = None) -> Saved:
        """Write one document below the root. Raises ``OutputError``; nothing half-written is left."""
        place, entry, made = self._place(relative), self.manifest.entries.get(relative), digest(data)
        self._current.add(relative)
        if entry is not None and entry.left_over:
            # Asked for again. A person may have edited it: then it stays there, and is not for the archive.
            entry = self.manifest.entries[relative] = replace(entry, left_over=False)
        outcome = Written.UNCHANGED
        try:
            stood, found = look(place)
            if found == made:
                self._note(relative, Entry(made, made, origin=origin), stood)
            elif entry is not None and (entry.written, entry.composed) == (found, made):
                # It stands there as corrected on the page.
                self._note(relative, replace(entry, origin=origin, left_over=False), stood)
            elif stood != NOTHING and (not self._is_ours(found) or is_open(place)):
                return self._save_beside(Path(place), data, origin)
            else:
                self._stage(relative, place, data, Entry(made, made, origin=origin), stood)
                outcome = Written.NEW if stood == NOTHING else Written.CHANGED
        except OSError as problem:
            raise _trouble(place, problem) from None
        return Saved(Path(place), outcome)

    def correct(self, path: Path, data: bytes) -> bool:
        """Put a document's version as corrected on its rendered pages in its place; False where it isn't ours.

        A later run that composes the same document leaves the correction. Raises ``OutputError``.
        """
        if not path.resolve().is_relative_to(self.root.resolve()):
            return False
        relative = path.resolve().relative_to(self.root.resolve()).as_posix()
        entry = self.manifest.entries.get(relative)
        try:
            stood, found = look(path)
            if entry is None or entry.written != found or is_open(path):
                return False
            self._stage(relative, self._place(relative), data, replace(entry, written=digest(data)), stood)
        except OSError as problem:
            raise _trouble(path, problem) from None
        self._rename_all()
        return True

    def saw(self, below: str, ledgers: Mapping[str, Seen]) -> None:
        """Record the ledgers that this run found below a folder of the workspace, in place of those found before."""
        kept = {name: each for name, each in self.manifest.seen.items() if not name.startswith(below)}
        self.manifest.seen = kept | {name: each for name, each in ledgers.items() if name.startswith(below)}

    def left_over(self, folder: str, is_held: Callable[[str, Origin], bool] = lambda place, origin: False) -> list[str]:
        """Documents below ``folder`` that earlier runs made and this one did not; they may be out of date.

        Those that are still asked for and only held back stay. One that a person deleted is forgotten.
        """
        entries, found = self.manifest.entries, []
        for key, entry in sorted(entries.items()):
            if not entry.origin or not key.startswith(f"{folder}/") or key in self._current:
                continue
            if (self.root / key).exists():
                held = is_held(key, entry.origin)
                entries[key] = replace(entry, left_over=not held)
                found += [] if held else [key]
            else:
                del entries[key]
        return found

    def final(self, saved: Saved) -> Saved:
        """What became of a document after the ``with``: one that turned out to be open stands beside."""
        return self._put_beside.get(saved.path, saved)

    def _commit(self) -> None:
        """Put everything saved so far in its place and record it. Raises ``OutputError``."""
        if self._lock is None:
            return  # nothing was written, and what stands there now may be another run's
        self._rename_all()
        entries = self.manifest.entries
        path = self.root / MANIFEST
        for key in [key for key, entry in entries.items() if self._is_gone(key, entry)]:
            del entries[key]
        try:
            self.manifest.write(self.root)
            path = self.root / JOURNAL
            path.unlink(missing_ok=True)
        except OSError as problem:
            raise _trouble(path, problem) from None

    def _is_gone(self, relative: str, entry: Entry) -> bool:
        """A calendar or the like, which a person may delete; or a left-over document that was archived."""
        if relative in self._current or (entry.origin and not entry.left_over):
            return False
        place = self._place(relative)
        try:
            # With its folder, a left-over one may be elsewhere for a while.
            has_folder = entry.origin is None or state_of(os.path.dirname(place)) != NOTHING
            return has_folder and state_of(place) == NOTHING
        except OSError:  # its folder can't be read today: it may be there
            return False

    def mark(self) -> None:
        """Say on the disk that files are being written here: the next run clears up if this one dies.

        Raises ``BusyError``, ``OutputError``.
        """
        if self._lock is None:
            lock = OutputsLock.take(self.root)
            if any((self.root / name).exists() for name in (MANIFEST, JOURNAL)):
                lock.release()  # another run began after this one, which knows nothing of its documents
                raise BusyError(f"另一个gongwen刚刚写过{self.root}，请重试")
            self._lock = lock
        journal = self.root / JOURNAL
        try:
            if not journal.exists():
                # It reaches the disk with the first documents; without them there is nothing to clear up.
                write_whole(journal, Manifest().encoded(), lasting=False)
        except OSError as problem:
            raise _trouble(journal, problem) from None

    def announce(self, entries: Mapping[str, Entry], waiting: Sequence[str] = ()) -> None:
        """Say on the disk what will stand where before anything is renamed: the next run then knows it if this one dies.

        Flushed together with the files that wait to be renamed. Raises OSError.
        """
        self._unrecorded |= entries
        write_whole(self.root / JOURNAL, Manifest(self._unrecorded).encoded(), along=waiting)

    def _is_ours(self, found: str) -> bool:
        """Whether these are bytes that the program wrote, perhaps under another name: nobody's handwork."""
        if self._ours is None:
            self._ours = {entry.written for entry in self.manifest.entries.values() if entry.composed}
        return found in self._ours

    def _place(self, relative: str) -> str:
        return f"{self.root}/{relative}"

    def _note(self, relative: str, entry: Entry, stands: State) -> None:
        self.manifest.entries[relative] = entry.standing(*stands)

    def _stage(self, relative: str, target: str, data: bytes, entry: Entry, stood: State) -> None:
        if not self._pending:
            self.mark()
        if old := self._pending.pop(relative, None):
            discard([old.temporary])
        temporary, now = write_beside(target, data)
        entry = entry.standing(now.st_size, now.st_mtime_ns)
        self._pending[relative] = _Pending(target, stood, temporary, entry)
        if len(self._pending) >= _BATCH:
            self._rename_all()

    def _rename_all(self) -> None:
        """The batch's one turn of the disk, and another for all that a person turns out to have changed or opened.

        Raises ``OutputError`` naming the document that can't be written.
        """
        pending, self._pending = self._pending, {}
        waiting, path = dict.fromkeys(each.temporary for each in pending.values()), ""
        try:
            while pending:
                path = next(iter(pending.values())).target
                self.announce({key: each.entry for key, each in pending.items()}, list(waiting))
                folders = sorted({os.path.dirname(each.target) for each in pending.values()})
                beside: dict[str, _Pending] = {}
                for relative, each in pending.items():
                    path = each.target
                    if self._rename(each):
                        self.manifest.entries[relative] = each.entry
                        del waiting[each.temporary]
                    else:
                        beside |= self._beside(each)
                for folder in folders:
                    flush_folder(folder)
                pending = beside
        except OSError as problem:
            raise _trouble(path, problem) from None
        finally:
            discard(waiting)

    def _rename(self, pending: _Pending) -> bool:
        """Rename to the target; False where a person changed or opened it meanwhile."""
        if not self._is_free(pending.target, pending):
            return False
        try:
            os.replace(pending.temporary, pending.target)
        except PermissionError:  # Windows: an editor holds it
            if pending.kept or state_of(pending.target) == NOTHING:
                raise
            return False
        return True

    def _beside(self, pending: _Pending) -> dict[str, _Pending]:
        """The same under a free name beside the document; nothing where it stands there already."""
        kept = pending.kept or pending.target
        beside, stood, found = next(self._free_places(Path(kept), pending.entry.written))
        relative = beside.relative_to(self.root).as_posix()
        self._put_beside[Path(kept)] = Saved(beside, Written.BESIDE, Path(kept))
        self._current.add(relative)
        if found == pending.entry.written:
            self._note(relative, pending.entry, stood)
            return {}
        return {relative: replace(pending, target=str(beside), stood=stood, kept=kept)}

    def _is_free(self, target: str, pending: _Pending) -> bool:
        """Whether nothing of a person's stands there. What was deleted since is not missed: an editor may be saving it."""
        stands = state_of(target)
        if stands == NOTHING:
            return True
        # a mere copy or a new date is no change
        untouched = stands == pending.stood or self._is_ours(look(target)[1])
        return untouched and not is_open(target)

    def _save_beside(self, path: Path, data: bytes, origin: Origin | None) -> Saved:
        """The edited file stays; the new version goes to the first free name that no person edited either."""
        made = digest(data)
        beside, stood, found = next(self._free_places(path, made))
        key = beside.relative_to(self.root).as_posix()
        if found != made:
            self._stage(key, str(beside), data, Entry(made, made, origin=origin), stood)
        else:
            self._note(key, Entry(made, made, origin=origin), stood)
        self._current.add(key)
        return Saved(beside, Written.BESIDE, path)

    def _free_places(self, path: Path, made: str) -> Iterator[tuple[Path, State, str]]:
        """Names beside, and what stands there."""
        for number in range(1, _MOST_BESIDE):
            beside = path.with_name(f"{path.stem}（新版{'' if number == 1 else number}）{path.suffix}")
            entry = self.manifest.entries.get(beside.relative_to(self.root).as_posix())
            stands, found = look(beside)
            ours = entry is not None and entry.written == found
            if stands == NOTHING or found == made or (ours and not is_open(beside)):
                yield beside, stands, found
        raise OutputError(f"{path}旁边的新版文件过多，请整理后重试")

    def _recover(self) -> None:
        """After a run that died: know its finished documents for our own, clear its temporary files away."""
        if self._lock is None:
            return
        discard(self.root.glob(f"{PREFIX}*{SUFFIX}"))
        journal = self.root / JOURNAL
        if not journal.exists():
            return
        for relative, entry, stands in finished(self.root):
            self._note(relative, entry, stands)
        discard(self.root.rglob(f"{PREFIX}*{SUFFIX}"))
        self.manifest.write(self.root)
        journal.unlink()


def _trouble(path: Path | str, problem: OSError) -> OutputError:
    return OutputError(f"无法写入{Path(path)}：{reason(problem)}")
