"""A secret of this user's own, outside any shared folder: what is sealed with it nobody else can have written."""

import contextlib
import os
import secrets
import sys
from functools import cache
from pathlib import Path

from pipeline.files.bounded_bytes import bytes_within
from pipeline.outputs.whole_file import discard, write_beside

_NAME = "gongwen/readings.key"
_BYTES = 32
_OTHERS = 0o077  # rights of everybody but the owner


def _path() -> Path | None:
    """Where the system keeps such things of a user; None where he has no such place."""
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA", "")
    else:
        folder = os.environ.get("XDG_STATE_HOME", "") or os.path.expanduser("~/.local/state")
    return Path(folder, _NAME) if os.path.isabs(folder) else None


@cache
def own_key() -> bytes | None:
    """32 bytes, made at first use; None where they can't be kept, or others could have seen them."""
    path = _path()
    if path is None:
        return None
    try:
        if not path.exists():
            _make(path)
        return bytes_within(path, _BYTES) if _is_private(path) else None
    except OSError:
        return None


def _make(path: Path) -> None:
    """Linked into its place, so that of two commands that begin at once both have the same one. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary, _ = write_beside(path, secrets.token_bytes(_BYTES), rights=0o600)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        discard([temporary])


def _is_private(path: Path) -> bool:
    """On Windows the folder's own rights keep others out."""
    if sys.platform == "win32":
        return True
    found = path.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS and found.st_size == _BYTES
