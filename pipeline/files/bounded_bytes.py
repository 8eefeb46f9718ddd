"""Files that may be of any size: their bytes within a limit, their hash in pieces."""

import errno
import hashlib
import os
from pathlib import Path


class TooLargeError(OSError):
    """The file has more bytes than may be read at once."""


def require_within(path: Path, most: int) -> None:
    """Raise ``TooLargeError`` for a file of more than ``most`` bytes, or another OSError where it is not there."""
    if path.stat().st_size > most:
        raise TooLargeError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


def sha256_of(path: Path) -> str:
    """The file's hash. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def bytes_within(path: Path, most: int) -> bytes:
    """The file's bytes, at most ``most``. Raises ``TooLargeError``, or another OSError where it can't be read.

    A file with holes states a size without having it; a pipe, or a file that grows, is read no further than the limit.
    """
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        data = b""
        if size <= most:
            data = stream.read(size + 1)  # to ask for all that is allowed would make room for it
            if len(data) > size:
                data += stream.read(most + 1 - len(data))
    if size > most or len(data) > most:
        raise TooLargeError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data
