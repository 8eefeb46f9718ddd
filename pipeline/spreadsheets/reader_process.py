"""Starting a reading process: as a copy of this one where that is safe, else anew.

A copy is there at once, for it has all modules that reading needs; a new interpreter loads them for a tenth of a second.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import IO, BinaryIO, NoReturn, Protocol

from pipeline.errors import GongwenError
from pipeline.records.limits import ReadingLimits

_PACKAGE_ROOT = Path(__file__).parents[2]
_OWN_THREADS, _OWN_FILES, _OWN_MEMORY = (Path("/proc/self", name) for name in ("task", "fd", "statm"))
_COPIED_BYTES = 128 * 1024 * 1024  # a process is copied that has no more; commands begin with some 60 megabytes
_STOPS = (signal.SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))
_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


class ReaderProcess(Protocol):
    """A process that takes requests and gives replies; what ``subprocess.Popen`` has, as far as it is needed."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def kill(self) -> None:
        """End it, whatever it is doing; nothing where it has ended."""

    def wait(self) -> int:
        """Until it has ended."""


class _Copy:
    """A process forked from this one."""

    def __init__(self, pid: int, stdin: BinaryIO, stdout: BinaryIO) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._ended = False

    def kill(self) -> None:
        if not self._ended:  # until it is waited for, its number is given to no other process
            with contextlib.suppress(ProcessLookupError):  # see ``wait``
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        if not self._ended:
            # who started us with SIGCHLD ignored has the system wait for our processes
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self._ended = True
        return 0


def _may_copy() -> bool:
    """Whether no other thread runs, and this process is small.

    What a thread holds at the moment of the fork stays locked in the copy; what this process has read counts as the
    copy's memory.
    """
    if sys.platform != "linux":
        return False
    try:
        used = int(_OWN_MEMORY.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return used <= _COPIED_BYTES and len(os.listdir(_OWN_THREADS)) == 1
    except OSError:  # /proc is not there
        return False


def _be_reader(requests: int, replies: int, task: str, limits: ReadingLimits) -> NoReturn:
    """In the copy: serve, and end without anything that this process would have done at its own end."""
    from pipeline.spreadsheets.reader_child import serve_as_copy

    status = 1
    try:
        for number in _STOPS:
            # ignored where a script put the command into the background
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
        os.dup2(requests, _INPUT)
        os.dup2(replies, _OUTPUT)
        os.dup2(os.open(os.devnull, os.O_WRONLY), _ERRORS)
        # the workspace's lock and the pipes of the other readers are not the copy's to hold
        for name in os.listdir(_OWN_FILES):
            if int(name) > _ERRORS:
                try:
                    os.close(int(name))
                except OSError:  # the listing's own
                    continue
        sys.stdout = None  # what a library prints must not get among the replies
        serve_as_copy(_INPUT, _OUTPUT, task, limits)
        status = 0
    finally:
        os._exit(status)


def _copy(task: str, limits: ReadingLimits) -> _Copy:
    import pipeline.spreadsheets.reader_child  # noqa: F401 - once for all copies

    import_module(task)

    requests, ours = os.pipe()
    theirs, replies = os.pipe()
    # Ctrl-C must not raise in the copy while it is still in this code: it would go on as if it were this process
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        pid = os.fork()
        if pid == 0:
            _be_reader(requests, replies, task, limits)
    finally:
        os.close(requests)
        os.close(replies)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)  # last: a Ctrl-C that waited is raised here
    return _Copy(pid, os.fdopen(ours, "wb"), os.fdopen(theirs, "rb"))


def _anew(task: str, limits: ReadingLimits) -> "subprocess.Popen[bytes]":
    paths = [str(_PACKAGE_ROOT), *filter(None, sys.path)]
    # -P: a file named json.py in the folder where the command is run must not be imported
    # -S: this process has found its packages; a reader need not search for them again
    command = [sys.executable, "-P", "-S", "-X", "utf8", "-m", "pipeline.spreadsheets.reader_child"]
    return subprocess.Popen(
        [*command, task, json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def start_reader(task: str, limits: ReadingLimits) -> ReaderProcess:
    """A process that does a task within the limits. Raises ``GongwenError`` where none can be started."""
    try:
        return _copy(task, limits) if _may_copy() else _anew(task, limits)
    except OSError as problem:
        raise GongwenError(f"无法启动读取文件的进程（{problem.strerror}），请关闭其他程序后重试") from None
