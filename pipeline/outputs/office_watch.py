"""Ends LibreOffice, and removes its copies of documents, where this program is killed before it can do so itself.

LibreOffice leads a process group of its own, so that it can be ended with all its children; for the same reason it
would outlive us. A small shell waits for the end of its input, which comes when this process is gone, by whatever
death. On Windows there is none: a conversion that was left alone there ends by itself and has a profile of its own,
so that it is in nobody's way.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RUNNING = "running"  # holds an empty file for each process group that is at work, named by its number
_SCRIPT = f"""
read -r _
for group in "$1"/{_RUNNING}/*; do kill -s KILL -- "-${{group##*/}}"; done
rm -rf -- "$1" || {{ sleep 1; rm -rf -- "$1"; }}  # what is dying may still have made a file
"""


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Watch over the temporary folder of a conversion and over all that is ``at_work`` in it. Raises OSError."""
    (folder / _RUNNING).mkdir()
    if sys.platform == "win32":
        yield
        return
    with subprocess.Popen(
        ["/bin/sh", "-c", _SCRIPT, "sh", str(folder.resolve())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is ours to answer
    ) as watch:
        try:
            yield
        finally:
            watch.kill()  # before its input ends


@contextmanager
def at_work(folder: Path, group: int) -> Iterator[None]:
    """A process group that works in a watched folder. Raises OSError."""
    mark = folder / _RUNNING / str(group)
    mark.touch()
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)
