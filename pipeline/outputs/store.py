"""Writes documents: whole or not at all, only when changed, never over a hand-edited file."""

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
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


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
    _hashes: dict[str, str] = field(default_factory=dict)  # relative path → sha256 as written
    _current: set[str] = field(default_factory=set)  # saved by this run

    @classmethod
    def open(cls, root: Path) -> "Store":
        """Raises ``OutputError`` where the manifest can't be read; nothing is overwritten on a guess."""
        path = root / _MANIFEST
        if not path.exists():
            return cls(root)
        try:
            hashes = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            raise OutputError(f"{path}读不出来，无法判断哪些文件被人改过；请移走该文件后重试") from None
        return cls(root, dict(hashes))

    def save(self, relative: str, data: bytes) -> Saved:
        """Write one document below the root. Raises ``OutputError``; nothing half-written is left."""
        path = self.root / relative
        self._current.add(relative)
        try:
            present = path.read_bytes() if path.exists() else None
            if present == data:
                self._hashes[relative] = _digest(data)
                return Saved(path, Written.UNCHANGED)
            if present is not None and self._hashes.get(relative) != _digest(present):
                return self._save_beside(path, data)
            write_whole(path, data)
        except OSError as problem:
            raise OutputError(f"无法写入{path}：{reason(problem)}") from None
        self._hashes[relative] = _digest(data)
        return Saved(path, Written.NEW if present is None else Written.CHANGED)

    def _save_beside(self, path: Path, data: bytes) -> Saved:
        """The edited file stays; the new version goes to the first free name that no person edited either."""
        for number in range(1, 1000):
            beside = path.with_name(f"{path.stem}（新版{'' if number == 1 else number}）{path.suffix}")
            key = beside.relative_to(self.root).as_posix()
            present = beside.read_bytes() if beside.exists() else None
            if present is None or present == data or self._hashes.get(key) == _digest(present):
                if present != data:
                    write_whole(beside, data)
                self._hashes[key] = _digest(data)
                self._current.add(key)
                return Saved(beside, Written.BESIDE, path)
        raise OutputError(f"{path}旁边的新版文件过多，请整理后重试")

    def left_over(self, folder: str) -> list[str]:
        """Documents below ``folder`` that earlier runs wrote and this one did not; they may be out of date."""
        earlier = (key for key in self._hashes if key.startswith(f"{folder}/") and key not in self._current)
        return sorted(key for key in earlier if (self.root / key).exists())

    def commit(self) -> None:
        """Record what was written, so that a later run knows a person's edit from its own work."""
        kept = {key: value for key, value in sorted(self._hashes.items()) if (self.root / key).exists()}
        data = json.dumps(kept, ensure_ascii=False, indent=0).encode("utf-8")
        path = self.root / _MANIFEST
        try:
            if not path.exists() or path.read_bytes() != data:
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
