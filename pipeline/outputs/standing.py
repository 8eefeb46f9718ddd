"""What stands at a place of the outputs: told from what stood there before, and whether somebody has it open.

The store passes places as strings: a ``Path`` for each of thousands of documents costs more than the look itself.
"""

import os
from pathlib import Path

from pipeline.outputs.manifest import Entry, digest

State = tuple[int, int]  # a file's size and time, by which a person's change shows
NOTHING: State = (-1, -1)


def state_of(path: Path | str) -> State:
    """Raises OSError."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return NOTHING
    return found.st_size, found.st_mtime_ns


def look(path: Path | str) -> tuple[State, str]:
    """The file's state and digest, "" for no file. Raises OSError."""
    state = state_of(path)  # first, so that a change while it is read shows later
    if state == NOTHING:
        return state, ""
    with open(path, "rb", buffering=0) as stream:
        return state, digest(stream.read())


def untouched(path: Path | str, entry: Entry) -> State | None:
    """The state of a document that is still as it was written; None where it was changed or is gone. Raises OSError."""
    stands = state_of(path)
    if stands == (entry.size, entry.modified) and stands != NOTHING:
        return stands
    stands, found = look(path)
    return stands if found == entry.written else None


def is_open(path: Path | str) -> bool:
    """Whether Word, WPS or LibreOffice has the file open, by the lock file that each leaves beside it.

    Raises OSError.
    """
    folder, name = os.path.split(path)
    locks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return any(state_of(os.path.join(folder, lock)) != NOTHING for lock in locks)
