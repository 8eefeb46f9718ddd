"""The process that opens strangers' files: takes requests, gives back data or a refusal, and may die of a file without harm.

A task is a module with ``answer(request, limits) -> bytes``: ``pipeline.spreadsheets.workbook_reading`` turns a path into grids.

Where the system offers it (Linux, macOS), the process cannot take more memory than the limit, cannot write to any
file and leaves no core dump; on Windows the ``resource`` module is missing, and only the guard's counts and the
parent's clock hold. Everywhere it refuses to open connections or to start programs.

Protocol: a request is one line of JSON; a reply is a line with a letter (``g`` given, ``r`` refusal) and a length,
then that many bytes.
"""

import gc
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.refusals import UnreadableFile

_FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "urllib.Request")  # fmt: skip
_COLLECT_EVERY = 50  # files; what the parsers leave in cycles


def _forbid(event: str, _: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(event)


def _confine(limits: ReadingLimits, inherited: int = 0) -> None:
    """Memory, files and core dumps limited where the system can. ``inherited``: bytes that it has from its parent."""
    sys.addaudithook(_forbid)
    if sys.platform == "win32":
        return
    import resource

    for kind, value in (
        (resource.RLIMIT_AS, inherited + limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, hard))


def _answer(request: Any, task: str, limits: ReadingLimits) -> tuple[bytes, bytes]:
    try:
        return b"g", import_module(task).answer(request, limits)
    except UnreadableFile as refusal:
        return b"r", json.dumps([refusal.code, refusal.facts]).encode("ascii")
    except MemoryError:
        return b"r", json.dumps(["too-much-memory", {}]).encode("ascii")


def serve(requests: BinaryIO, replies: BinaryIO, task: str, limits: ReadingLimits, inherited: int = 0) -> None:
    """Answer within the limits until the requests end."""
    import_module(task)  # before memory is limited
    _confine(limits, inherited)
    gc.disable()
    for count, line in enumerate(requests, 1):
        letter, payload = _answer(json.loads(line), task, limits)
        replies.write(b"%s %d\n" % (letter, len(payload)))
        replies.write(payload)
        replies.flush()
        if count % _COLLECT_EVERY == 0:
            gc.collect()


def serve_as_copy(requests: int, replies: int, task: str, limits: ReadingLimits) -> None:
    """In a process forked from the one that asks (on Linux): what that one holds is neither counted nor collected."""
    gc.freeze()
    space, used = map(int, Path("/proc/self/statm").read_text("ascii").split()[:2])
    with os.fdopen(requests, "rb") as asked, os.fdopen(replies, "wb") as answers:
        # what it has from its parent and touches counts as its own memory: only the rest of its space is free
        serve(asked, answers, task, limits, (space - used) * os.sysconf("SC_PAGE_SIZE"))


def main() -> None:
    """``python -m pipeline.spreadsheets.reader_child TASK LIMITS`` with the limits as JSON."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing but replies may reach the parent
    serve(sys.stdin.buffer, replies, sys.argv[1], ReadingLimits(**json.loads(sys.argv[2])))


if __name__ == "__main__":
    main()
