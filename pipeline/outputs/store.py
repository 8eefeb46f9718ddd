"""Writes documents: whole or not at all, only when changed, never over a hand-edited file."""

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from pathlib import Path

from pipeline.errors import OutputError

_MANIFEST = ".gongwen-manifest.json"


class Written(Enum):
    """What became of one document; the value is what users see."""

    NEW = "新增"
    CHANGED = "更新"
    UNCHANGED = "未变"
    BESIDE = "另存"  # a person edited the file: the new version stands beside it


@dataclass(frozen=True)
class Saved:
    """One document's fate; ``path`` is where its newest version stands, ``kept`` the edited file beside it."""

    path: Path
    outcome: Written
    kept: Path | None = None


@dataclass(frozen=True)
class _Entry:
    """SHA-256 of a document as it was written, and as it was composed; a correction on the page parts the two."""

    written: str
    composed: str


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _same(data: bytes) -> _Entry:
    return _Entry(_digest(data), _digest(data))


def _entry(recorded: str | dict[str, str]) -> _Entry:
    return _Entry(recorded, recorded) if isinstance(recorded, str) else _Entry(**recorded)


def write_whole(path: Path, data: bytes) -> None:
    """Temporary file, fsync, rename: at every moment the old file or the new one is there, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".gongwen-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


@dataclass
class Store:
    """The outputs folder of a workspace and what the program itself wrote there."""

    root: Path
    _entries: dict[str, _Entry] = field(default_factory=dict)  # by relative path
    _current: set[str] = field(default_factory=set)  # saved by this run

    @classmethod
    def open(cls, root: Path) -> "Store":
        """Raises ``OutputError`` where the manifest can't be read; nothing is overwritten on a guess."""
        path = root / _MANIFEST
        if not path.exists():
            return cls(root)
        try:
            recorded = json.loads(path.read_text("utf-8"))
            entries = {key: _entry(value) for key, value in recorded.items()}
        except (OSError, ValueError, AttributeError, TypeError, KeyError):
            raise OutputError(f"{path}读不出来，无法判断哪些文件被人改过；请移走该文件后重试") from None
        return cls(root, entries)

    def save(self, relative: str, data: bytes) -> Saved:
        """Write one document below the root. Raises ``OutputError``; nothing half-written is left."""
        path = self.root / relative
        self._current.add(relative)
        try:
            present = path.read_bytes() if path.exists() else None
            if present == data:
                self._entries[relative] = _same(data)
                return Saved(path, Written.UNCHANGED)
            if present is not None and not self._wrote(relative, present):
                return self._save_beside(path, data)
            if present is not None and self._entries[relative].composed == _digest(data):
                return Saved(path, Written.UNCHANGED)  # it stands there as corrected on the page
            write_whole(path, data)
        except OSError as problem:
            raise OutputError(f"无法写入{path}：{reason(problem)}") from None
        self._entries[relative] = _same(data)
        return Saved(path, Written.NEW if present is None else Written.CHANGED)

    def correct(self, path: Path, data: bytes) -> bool:
        """Put a document's version as corrected on its rendered pages in its place; False where it isn't ours.

        A later run that composes the same document leaves the correction. Raises ``OutputError``.
        """
        if not path.resolve().is_relative_to(self.root.resolve()):
            return False
        relative = path.resolve().relative_to(self.root.resolve()).as_posix()
        try:
            if not self._wrote(relative, path.read_bytes()):
                return False
            write_whole(path, data)
        except OSError as problem:
            raise OutputError(f"无法写入{path}：{reason(problem)}") from None
        self._entries[relative] = replace(self._entries[relative], written=_digest(data))
        return True

    def _wrote(self, relative: str, present: bytes) -> bool:
        """Is the file there as this program last wrote it?"""
        return relative in self._entries and self._entries[relative].written == _digest(present)

    def _save_beside(self, path: Path, data: bytes) -> Saved:
        """The edited file stays; the new version goes to the first free name that no person edited either."""
        for number in range(1, 1000):
            beside = path.with_name(f"{path.stem}（新版{'' if number == 1 else number}）{path.suffix}")
            key = beside.relative_to(self.root).as_posix()
            present = beside.read_bytes() if beside.exists() else None
            if present is None or present == data or self._wrote(key, present):
                if present != data:
                    write_whole(beside, data)
                self._entries[key] = _same(data)
                self._current.add(key)
                return Saved(beside, Written.BESIDE, path)
        raise OutputError(f"{path}旁边的新版文件过多，请整理后重试")

    def left_over(self, folder: str) -> list[str]:
        """Documents below ``folder`` that earlier runs wrote and this one did not; they may be out of date."""
        earlier = (key for key in self._entries if key.startswith(f"{folder}/") and key not in self._current)
        return sorted(key for key in earlier if (self.root / key).exists())

    def commit(self) -> None:
        """Record what was written, so that a later run knows a person's edit from its own work."""
        kept = {
            key: value.written if value.written == value.composed else asdict(value)
            for key, value in sorted(self._entries.items())
            if (self.root / key).exists()
        }
        data = json.dumps(kept, ensure_ascii=False, indent=0).encode("utf-8")
        path = self.root / _MANIFEST
        try:
            if path.read_bytes() != data if path.exists() else kept:
                write_whole(path, data)
        except OSError as problem:
            raise OutputError(f"无法写入{path}：{reason(problem)}") from None


def reason(problem: OSError) -> str:
    """Why a file could not be written, in Chinese."""
    if isinstance(problem, PermissionError):
        return "没有写入权限，或文件正被WPS、Word打开"
    if problem.errno == 28:  # ENOSPC
        return "磁盘已满"
    return f"系统错误{problem.errno}"
