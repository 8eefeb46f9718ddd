"""Files to grids through processes of their own: a file that kills, hangs or swells its reader costs only itself."""

import itertools
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from pipeline.errors import GongwenError
from pipeline.ledgers.grid import Grid
from pipeline.ledgers.refusals import UnreadableFile
from pipeline.ledgers.transport import unpack
from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
_AT_ONCE = 8  # files that a process is asked for together
_PIPE = 4096  # bytes that every system's pipe holds
_PACKAGE_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Read:
    """What became of one file: its grids, or why it was refused."""

    path: Path
    grids: tuple[Grid, ...] = ()
    refusal: UnreadableFile | None = None


class _Child:
    """One reading process; it serves many files, one after the other."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.limits = limits
        paths = [str(_PACKAGE_ROOT), *filter(None, sys.path)]
        # -P: a file named json.py in the folder where the command is run must not be imported
        # -S: this process has found its packages; a reader need not search for them again
        command = [sys.executable, "-P", "-S", "-X", "utf8", "-m", "pipeline.ledgers.reader_child"]
        try:
            self.process = subprocess.Popen(
                [*command, json.dumps(asdict(limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        except OSError as problem:
            raise GongwenError(
                f"无法启动读取台账的进程（{problem.strerror}），请关闭其他程序后重试"
            ) from None

    def request(self, paths: Sequence[Path]) -> int:
        """Ask for several files at once, so that the process need not wait for us between them; for how many it was.

        No more than the pipe holds: else we would wait for a process that waits for us to take its reply.
        """
        assert self.process.stdin
        lines = [json.dumps(str(path)).encode("ascii") + b"\n" for path in paths]
        count = max(1, sum(size <= _PIPE for size in itertools.accumulate(map(len, lines))))
        try:
            self.process.stdin.write(b"".join(lines[:count]))
            self.process.stdin.flush()
        except OSError:
            pass  # it is dead, as the missing reply will tell
        return count

    def reply(self) -> tuple[bytes, bytes] | None:
        """The next reply's letter and payload; None where the process died or was stopped."""
        assert self.process.stdout
        head = self.process.stdout.readline().split()
        if len(head) != 2:
            return None
        payload = self.process.stdout.read(int(head[1]))
        return (head[0], payload) if len(payload) == int(head[1]) else None

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:  # what was still to be written to a dead process
                    continue


class Readers:
    """Some reading processes, started when first needed and stopped at the end of the ``with`` block."""

    def __init__(self, limits: ReadingLimits = DEFAULT_LIMITS, processes: int | None = None) -> None:
        self.limits = limits
        self.processes = processes or min(2, os.cpu_count() or 1)
        self._idle: queue.SimpleQueue[_Child | None] = queue.SimpleQueue()
        self._children: list[_Child] = []
        for _ in range(self.processes):
            self._idle.put(None)

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            child.stop()
        self._children.clear()

    @property
    def pids(self) -> tuple[int, ...]:
        """The reading processes that run now, for measuring them."""
        return tuple(child.process.pid for child in self._children)

    def _child(self, idle: _Child | None) -> _Child:
        if idle is None:
            idle = _Child(self.limits)
            self._children.append(idle)
        return idle

    def _ask(self, paths: Sequence[Path]) -> list[tuple[bytes, bytes]]:
        """The replies for some files; a process that fails at one of them is replaced for the rest."""
        replies: list[tuple[bytes, bytes]] = []
        while len(replies) < len(paths):
            child = self._child(self._idle.get())
            sound = True
            for _ in range(child.request(paths[len(replies) :])):
                reply, sound = self._reply(child)
                replies.append(reply)
                if not sound:
                    break
            if sound:
                self._idle.put(child)
            else:
                child.stop()
                self._children.remove(child)
                self._idle.put(None)
        return replies

    def _reply(self, child: _Child) -> tuple[tuple[bytes, bytes], bool]:
        """A reply in time, and whether the process can serve on."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.process.kill()

        timer = threading.Timer(self.limits.seconds, stop)
        timer.start()
        reply = child.reply()
        timer.cancel()
        timer.join()
        if reply is None:
            return (b"r", b'["too-slow", {}]' if late.is_set() else b'["reader-died", {}]'), False
        return reply, not late.is_set() and not reply[1].startswith(b'["too-much-memory"')

    def read_all(self, paths: Sequence[Path]) -> Generator[Read, None, None]:
        """Every file's result, in the order of ``paths``. One who stops early closes it, in the same thread."""
        at_once = max(1, min(_AT_ONCE, len(paths) // (4 * self.processes)))
        batches = [paths[start : start + at_once] for start in range(0, len(paths), at_once)]
        pool = ThreadPoolExecutor(self.processes)
        try:
            replies = itertools.chain.from_iterable(pool.map(self._ask, batches))
            for path, (letter, payload) in zip(paths, replies, strict=True):
                if letter == b"g":
                    yield Read(path, tuple(unpack(payload)))
                else:
                    code, facts = json.loads(payload)
                    yield Read(path, refusal=UnreadableFile(code, **facts))
        finally:
            pool.shutdown(cancel_futures=True)  # when the caller stops early, nothing more is read

    def read(self, path: Path) -> list[Grid]:
        """One file's grids. Raises ``UnreadableFile`` with the reason."""
        (found,) = self.read_all([path])
        if found.refusal:
            raise found.refusal
        return list(found.grids)
