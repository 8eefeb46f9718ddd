"""Ends LibreOffice, and removes its copies of documents, where this program is killed before it can do so itself.

LibreOffice leads a process group of its own, so that it can be ended with all its children; for the same reason it
would outlive us. A small shell waits for the end of its input, which comes when this process is gone, by whatever
death. LibreOffice itself leaves the mark by which the shell finds it, before it is LibreOffice: there is no moment in
which it runs without one, and once the shell has begun to clear up, no mark can be left and nothing starts any more.
On Windows there is none: a conversion that was left alone there ends by itself and has a profile of its own,
so that it is in nobody's way.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_RUNNING = "running"  # holds an empty file for each process group that is at work, named by its number
_ENDED = "ended"  # what it is called from the moment on when nothing may start any more
_MOST_KILOBYTES = 400 * 1024  # of data; with its own program within 512 MB, of which a hundred pages take half
_MARK_AND_START = f"""
ulimit -d {_MOST_KILOBYTES} 2>/dev/null  # where the system can
command : > "$1/{_RUNNING}/$$" || exit 125
shift
exec "$@"
"""
_SCRIPT = f"""
read -r _
mv -- "$1/{_RUNNING}" "$1/{_ENDED}"
for group in "$1"/{_ENDED}/*; do kill -s KILL -- "-${{group##*/}}"; done
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


def marked(folder: Path, command: Sequence[str]) -> Sequence[str]:
    """The command with its mark in a watched folder left first. It must lead a process group of its own."""
    if sys.platform == "win32":
        return command
    return ["/bin/sh", "-c", _MARK_AND_START, "sh", str(folder.resolve()), *command]


def without_mark(folder: Path, group: int) -> None:
    """Take back the mark of a process group that has ended. Raises OSError."""
    (folder / _RUNNING / str(group)).unlink(missing_ok=True)
