"""Processes that open strangers' files: a file that kills, hangs or swells its process costs only itself."""

import itertools
import json
import os
import queue
import threading
import time
from collections import defaultdict, deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.spreadsheets.reader_process import start_reader

_MOST_PROCESSES = 4  # each may take as much memory as the limits allow
_AT_ONCE = 8  # requests that a process is asked together
_LOOK_EVERY = 0.2  # seconds, for late replies
_PIPE = 4096  # bytes that every system's pipe holds
_WAITING_BYTES = 32 * 1024 * 1024  # of replies that nobody has taken yet
_LARGEST_REPLY = 128 * 1024 * 1024  # bytes; the limits of a workbook stay below
_LONGEST_HEAD = 32  # bytes

Reply = tuple[bytes, bytes]  # letter and payload, as ``reader_child`` says


class _Child:
    """One process; it serves many requests, one after the other."""

    def __init__(self, task: str, limits: ReadingLimits) -> None:
        self.process = start_reader(task, limits)

    def request(self, requests: Sequence[object]) -> int:
        """Ask for several things at once, so that the process need not wait for us between them; for how many it was.

        No more than the pipe holds: else we would wait for a process that waits for us to take its reply.
        """
        assert self.process.stdin
        lines = [json.dumps(each).encode("ascii") + b"\n" for each in requests]
        count = max(1, sum(size <= _PIPE for size in itertools.accumulate(map(len, lines))))
        try:
            self.process.stdin.write(b"".join(lines[:count]))
            self.process.stdin.flush()
        except OSError:
            pass  # it is dead, as the missing reply will tell
        return count

    def reply(self) -> Reply | None:
        """The next reply; None where the process died or was stopped, or says more than can be taken."""
        assert self.process.stdout
        head = self.process.stdout.readline(_LONGEST_HEAD).split()
        if len(head) != 2 or int(head[1]) > _LARGEST_REPLY:
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


class _Tray:
    """Replies that nobody has taken yet, by batch: as long as they are many, no process is read on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._replies: defaultdict[int, deque[Reply | BaseException]] = defaultdict(deque)
        self._bytes = self._turn = 0  # that wait; the batch of which replies are taken now
        self._reading: set[_Child] = set()  # the processes that work for these replies
        self._closed = self._abandoned = False

    def has_room(self, batch: int) -> bool:
        """Wait until a batch's next reply may be read; False where nobody wants it any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._may_go_on(batch))
            return not self._closed

    def _may_go_on(self, batch: int) -> bool:
        return self._bytes < _WAITING_BYTES or (batch == self._turn and not self._replies[batch])

    def put(self, batch: int, reply: Reply | BaseException) -> None:
        with self._changed:
            self._replies[batch].append(reply)
            self._bytes += 0 if isinstance(reply, BaseException) else len(reply[1])
            self._changed.notify_all()

    def take(self, batch: int) -> Reply:
        """A batch's next reply. Raises what was put in its place."""
        with self._changed:
            self._turn = batch
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._replies[batch])
            reply = self._replies[batch].popleft()
            if isinstance(reply, BaseException):
                raise reply
            self._bytes -= len(reply[1])
            return reply

    def begin(self, child: _Child) -> None:
        """A process begins to work for these replies."""
        with self._changed:
            self._reading.add(child)
            if self._abandoned:
                child.process.kill()

    def end(self, child: _Child) -> bool:
        """It has ended its work; whether it was ended itself."""
        with self._changed:
            self._reading.remove(child)
            return self._abandoned

    def close(self, *, abandoned: bool) -> None:
        """Nobody wants another reply; where some were still to come, the processes that work for them are ended."""
        with self._changed:
            self._closed, self._abandoned = True, abandoned
            for child in self._reading if abandoned else ():
                child.process.kill()  # it holds nothing that could be lost
            self._changed.notify_all()


def _batches(requests: Sequence[object], processes: int) -> Iterator[Sequence[object]]:
    """What to ask for together: fewer towards the end, so that no process idles while another has many left."""
    start = 0
    while start < len(requests):
        count = max(1, min(_AT_ONCE, (len(requests) - start) // (4 * processes)))
        yield requests[start : start + count]
        start += count


class ReaderPool:
    """Some processes for one task, started when first needed and stopped at the end of the ``with`` block."""

    def __init__(self, task: str, limits: ReadingLimits = DEFAULT_LIMITS, processes: int | None = None) -> None:
        self.task, self.limits = task, limits
        self.processes = processes or min(_MOST_PROCESSES, os.cpu_count() or 1)
        # the last that was put there first: one that runs, before another is started
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self._children: list[_Child] = []
        self._watch = _Watch(limits.seconds)
        for _ in range(self.processes):
            self._idle.put(None)

    def __enter__(self) -> Self:
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
                child = _Child(self.task, self.limits)
            except BaseException:
                self._idle.put(None)  # the next call must not wait for it
                raise
            self._children.append(child)
        return child

    def _ask(self, batch: int, requests: Sequence[object], tray: _Tray) -> None:
        """Put the replies for some requests into the tray; a process that fails at one is replaced for the rest."""
        try:
            done = 0
            while done < len(requests) and tray.has_room(batch):
                done += self._ask_one_process(batch, requests[done:], tray)
        except BaseException as problem:
            tray.put(batch, problem)
            raise

    def _ask_one_process(self, batch: int, requests: Sequence[object], tray: _Tray) -> int:
        """How many were answered, by a process that can't answer more or as many as it was asked."""
        child = self._take()
        tray.begin(child)
        asked, answered, sound = child.request(requests), 0, True
        while answered < asked and sound:
            wanted = tray.has_room(batch)
            reply, sound = self._reply(child)
            if wanted:
                tray.put(batch, reply)
            answered += 1
        if not tray.end(child) and sound:
            self._idle.put(child)
        else:
            child.stop()
            self._children.remove(child)
            self._idle.put(None)
        return answered

    def _reply(self, child: _Child) -> tuple[Reply, bool]:
        """A reply in time, and whether the process can serve on."""
        self._watch.begin(child)
        reply = child.reply()
        late = self._watch.end(child)
        if reply is None:
            return (b"r", b'["too-slow", {}]' if late else b'["reader-died", {}]'), False
        return reply, not late and not reply[1].startswith(b'["too-much-memory"')

    def replies(self, requests: Sequence[object]) -> Generator[Reply, None, None]:
        """Every request's reply, in their order. One who stops early closes it, in the same thread."""
        batches = list(_batches(requests, self.processes))
        self._start(min(self.processes, len(batches)))
        tray = _Tray()
        pool = ThreadPoolExecutor(self.processes)
        answered = False
        try:
            for number, batch in enumerate(batches):
                pool.submit(self._ask, number, batch, tray)
            for number, batch in enumerate(batches):
                for _ in batch:
                    yield tray.take(number)
            answered = True
        finally:
            tray.close(abandoned=not answered)  # by a caller that stops early, or at the end of the command
            pool.shutdown(cancel_futures=True)
