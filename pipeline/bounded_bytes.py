"""A file's bytes within a limit: its size is looked at before anything is read."""

import errno
import os
import stat
from pathlib import Path


class TooLargeError(OSError):
    """The file has more bytes than may be read at once."""


def bytes_within(path: Path, most: int) -> bytes:
    """A regular file's bytes, at most ``most``. Raises ``TooLargeError``, or another OSError where it can't be read.

    A file with holes states a size without having it; one that grows meanwhile is read no further than the limit.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe would wait for its writer
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        # one byte more than it should have: a file that grows shows so
        data = stream.read(min(size, most) + 1) if size <= most else b""
    if size > most or len(data) > most:
        raise TooLargeError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data
