"""The archive of received files (收件存档): untouched, read-only, by year of arrival and hash; never read as ledgers."""

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files.bounded_bytes import require_within, sha256_of
from pipeline.files.disk_trouble import reason
from pipeline.files.folder_walk import Walk, walk
from pipeline.files.given_file import is_missing
from pipeline.outputs.file_names import safe_name
from pipeline.outputs.whole_file import PREFIX, SUFFIX, flush_folder
from pipeline.records.limits import ARCHIVED_BYTES

ARCHIVE = "inputs/收件存档"
_SET_ASIDE = "被替换的工作副本"  # below the year: copies that a person had edited or put there
_CHUNK = 1 << 20
_LEVELS = 2  # a year and a name; what was set aside lies deeper
_DAY = 86_400.0  # seconds; nobody copies one file for as long


@dataclass(frozen=True)
class Archived:
    """A file in the archive."""

    path: Path
    relative: str  # to the workspace
    sha256: str
    size: int  # bytes


def archive_file(root: Path, source: Path, year: int) -> Archived:
    """Copy a received file into the archive, whole or not at all; the same bytes only once a year.

    Raises ``OutputError`` where it can't be read or written.
    """
    return _keep(root, source, f"{ARCHIVE}/{year}")


def set_aside(root: Path, source: Path, year: int) -> Archived:
    """Copy a working copy that is about to be replaced and whose bytes the archive lacks."""
    return _keep(root, source, f"{ARCHIVE}/{year}/{_SET_ASIDE}")


def is_archived(root: Path, sha256: str) -> bool:
    """Whether a file of these very bytes stands in the archive, so that nothing is lost with another copy."""
    return _same_bytes((root / ARCHIVE).rglob(f"{sha256[:12]}-*"), sha256) is not None


def _same_bytes(paths: Iterable[Path], sha256: str) -> Path | None:
    return next((path for path in sorted(paths) if sha256_of(path) == sha256), None)


def archived_files(root: Path) -> Walk:
    """Every received file of the archive, in order of its name, and what of it can't be looked at."""
    archive = root / ARCHIVE
    if is_missing(archive):
        return Walk((), (), ())
    found = walk(archive)
    kept = (path for path in found.files if len(path.relative_to(archive).parts) == _LEVELS)
    return replace(found, files=tuple(path for path in kept if not path.name.startswith(".")))


def printable(name: str) -> str:
    """A file's name without what no eye can see: control and direction marks, bytes that are no text."""
    return "".join(char if char.isprintable() else "�" for char in name)


def _safe_file_name(source: Path) -> str:
    name = Path(printable(source.name))
    plain = re.fullmatch(r"\.[A-Za-z0-9]{1,8}", name.suffix)
    return safe_name(name.stem) + name.suffix if plain else safe_name(name.name)


def _clear_away(folder: Path) -> None:
    """Remove what receipts that were killed left half copied; others may be copying right now. Raises OSError."""
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):  # another receipt was quicker
            if time.time() - path.stat().st_mtime > _DAY:
                path.unlink()


def _keep(root: Path, source: Path, folder: str) -> Archived:
    """Copied in pieces, so that a large file takes no memory, and hashed on the way."""
    digest, size = hashlib.sha256(), 0
    try:
        require_within(source, ARCHIVED_BYTES)
    except OSError as problem:
        raise OutputError(f"“{source}”无法存档：{reason(problem)}") from None
    try:
        (root / folder).mkdir(parents=True, exist_ok=True)
        _clear_away(root / folder)
        handle, temporary = tempfile.mkstemp(dir=root / folder, prefix=PREFIX, suffix=SUFFIX)
    except OSError as problem:
        raise OutputError(f"无法写入{root / folder}：{reason(problem)}") from None
    try:
        with os.fdopen(handle, "wb") as target, source.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        sha256 = digest.hexdigest()
        present = _same_bytes((root / folder).glob(f"{sha256[:12]}-*"), sha256)
        if present is not None:
            return Archived(present, f"{folder}/{present.name}", sha256, size)
        name = f"{sha256[:12]}-{_safe_file_name(source)}"
        path = root / folder / name
        os.chmod(temporary, 0o444)  # evidence
        os.replace(temporary, path)
        flush_folder(path.parent)
    except OSError as problem:
        raise OutputError(f"“{source}”无法存档：{reason(problem)}") from None
    finally:  # a signal that ends the receipt leaves nothing either
        with contextlib.suppress(OSError):  # it is gone where it was renamed
            os.unlink(temporary)
    return Archived(path, f"{folder}/{name}", sha256, size)
