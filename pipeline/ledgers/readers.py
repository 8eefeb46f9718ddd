"""Files to grids through processes of their own: a file that kills, hangs or swells its reader costs only itself."""

import itertools
import json
import os
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pipeline.ledgers.grid import Grid
from pipeline.ledgers.ledger_paths import SUFFIXES as SUFFIXES
from pipeline.ledgers.reader_process import start_reader
from pipeline.ledgers.refusals import UnreadableFile
from pipeline.ledgers.transport import unpack
from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits

_MOST_PROCESSES = 4  # each may take as much memory as the limits allow
_AT_ONCE = 8  # files that a process is asked for together
_LOOK_EVERY = 0.2  # seconds, for late replies
_PIPE = 4096  # bytes that every system's pipe holds


@dataclass(frozen=True)
class Read:
    """What became of one file: its grids, or why it was refused."""

    path: Path
    grids: tuple[Grid, ...] = ()
    refusal: UnreadableFile | None = None


class _Child:
    """One reading process; it serves many files, one after the other."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.process = start_reader(limits)

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


class _Watch:
    """Ends the processes that are late with a reply; one thread for all of them."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._due: dict[_Child, float] = {}
        self._late: set[_Child] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def begin(self, child: _Child) -> None:
        """From now on its reply is waited for."""
        with self._lock:
            self._due[child] = time.monotonic() + self.seconds
            if self._thread.ident is None:
                self._thread.start()

    def end(self, child: _Child) -> bool:
        """The waiting is over; whether the process was ended for it."""
        with self._lock:
            self._due.pop(child, None)
            return child in self._late

    def stop(self) -> None:
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_EVERY):
            with self._lock:
                for child, due in self._due.items():
                    if due < time.monotonic() and child not in self._late:
                        self._late.add(child)
                        child.process.kill()


def _batches(paths: Sequence[Path], processes: int) -> Iterator[Sequence[Path]]:
    """Files to ask for together: fewer towards the end, so that no process idles while another has many left."""
    start = 0
    while start < len(paths):
        count = max(1, min(_AT_ONCE, (len(paths) - start) // (4 * processes)))
        yield paths[start : start + count]
        start += count


class Readers:
    """Some reading processes, started when first needed and stopped at the end of the ``with`` block."""

    def __init__(self, limits: ReadingLimits = DEFAULT_LIMITS, processes: int | None = None) -> None:
        self.limits = limits
        self.processes = processes or min(_MOST_PROCESSES, os.cpu_count() or 1)
        # the last that was put there first: one that runs, before another is started
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self._children: list[_Child] = []
        self._watch = _Watch(limits.seconds)
        for _ in range(self.processes):
            self._idle.put(None)

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.stop()
        for child in self._children:
            child.stop()
        self._children.clear()

    @property
    def pids(self) -> tuple[int, ...]:
        """The reading processes that run now, for measuring them."""
        return tuple(child.process.pid for child in self._children)

    def _start(self, count: int) -> None:
        """See that so many processes run, before any thread does: they can be copies of this one then."""
        taken: list[_Child] = []
        try:
            while len(taken) < count:
                taken.append(self._take(block=False))
        except queue.Empty:
            pass  # the others run for an earlier call
        finally:
            for child in taken:
                self._idle.put(child)

    def _take(self, *, block: bool = True) -> _Child:
        """A process that is idle, started where it does not run yet."""
        child = self._idle.get(block)
        if child is None:
            try:
                child = _Child(self.limits)
            except BaseException:
                self._idle.put(None)  # the next call must not wait for it
                raise
            self._children.append(child)
        return child

    def _ask(self, paths: Sequence[Path]) -> list[tuple[bytes, bytes]]:
        """The replies for some files; a process that fails at one of them is replaced for the rest."""
        replies: list[tuple[bytes, bytes]] = []
        while len(replies) < len(paths):
            child = self._take()
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
        self._watch.begin(child)
        reply = child.reply()
        late = self._watch.end(child)
        if reply is None:
            return (b"r", b'["too-slow", {}]' if late else b'["reader-died", {}]'), False
        return reply, not late and not reply[1].startswith(b'["too-much-memory"')

    def read_all(self, paths: Sequence[Path]) -> Generator[Read, None, None]:
        """Every file's result, in the order of ``paths``. One who stops early closes it, in the same thread."""
        batches = list(_batches(paths, self.processes))
        self._start(min(self.processes, len(batches)))
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
