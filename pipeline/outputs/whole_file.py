"""Files that are there whole or not at all, and that a power cut does not take back."""

import contextlib
import ctypes
import os
import secrets
import sys
from collections.abc import Iterable
from io import FileIO
from pathlib import Path

PREFIX, SUFFIX = ".gongwen-", ".tmp"  # of files that are being written


def write_whole(
    path: Path, data: bytes, *, lasting: bool = True, along: Iterable[str] = (), rights: int | None = None
) -> None:
    """Temporary file, fsync, rename: at every moment the old file or the new one is there, whole. Raises OSError.

    ``rights`` are the file's, where they are not those that the folder's owner wants files to have. Not ``lasting``, it waits for no disk: whole whenever the program dies, but perhaps not after a power cut.
    The files ``along`` are flushed in the same turn of the disk, before the rename.
    """
    temporary, _ = write_beside(path, data, rights)
    try:
        if lasting:
            flush([temporary, *along])
        os.replace(temporary, path)
        if lasting:
            flush_folder(path.parent)
    except OSError:
        discard([temporary])
        raise


def write_beside(path: Path | str, data: bytes, rights: int | None = None) -> tuple[str, os.stat_result]:
    """A temporary file in the folder of ``path``, not yet flushed to the disk. Raises OSError, leaving nothing."""
    folder = os.path.dirname(path) or "."
    temporary = f"{folder}/{PREFIX}{secrets.token_hex(8)}{SUFFIX}"  # a dead run's may lie there
    try:
        with _created(temporary) as stream:
            if rights is not None:
                os.chmod(temporary, rights)
            done = stream.write(data)
            while done < len(data):  # a disk that fills up takes a part first
                done += stream.write(data[done:])
        return temporary, os.stat(temporary)  # not before it is closed: Windows dates it then
    except OSError:
        discard([temporary])
        raise


def _created(path: str) -> FileIO:
    """A new file, as readable as the folder's owner wants files to be; the folder is nearly always there."""
    try:
        return FileIO(path, "x")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return FileIO(path, "x")


def flush(paths: Iterable[Path | str]) -> None:
    """The files' bytes onto the disk: in one go where the system can, for a turn of the disk each is slow."""
    files = list(paths)
    if len(files) > 2 and all(_flush_system_of(path) for path in _one_of_each_disk(files)):
        return
    for path in files:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _one_of_each_disk(files: Iterable[Path | str]) -> list[Path | str]:
    by_folder = {os.path.dirname(path): path for path in files}
    return list({os.stat(path).st_dev: path for path in by_folder.values()}.values())


def _flush_system_of(path: Path | str) -> bool:
    """Everything written to the file's file system so far; False where there is no such call (Linux has it)."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        return False
    handle = os.open(path, os.O_RDONLY)
    try:
        return bool(library.syncfs(handle) == 0)
    finally:
        os.close(handle)


def flush_folder(folder: Path | str) -> None:
    """Make renames in a folder last; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(paths: Iterable[Path | str]) -> None:
    """Temporary files that are no longer wanted; one that can't be removed is harmless."""
    for path in paths:
        with contextlib.suppress(OSError):
            os.unlink(path)
