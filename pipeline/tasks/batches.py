"""Many documents at once, spread over processes: an order says all that a document's bytes depend on."""

import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context

from pipeline.errors import GongwenError, Remedy
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.template import Template
from pipeline.workbooks.promotion_ledger import project_ledger

_BATCH = 40  # documents to one task: a message costs as much as rendering one
WORTH_IT = 200  # documents; below it, starting processes takes longer than they save


@dataclass(frozen=True)
class Order:
    """One document to be made: the template, the values, the paper, and whether a 台账 goes with it."""

    template: Template
    context: Mapping[str, object]
    paper: Paper
    with_ledger: bool = False


@dataclass(frozen=True)
class Produced:
    document: bytes
    ledger: bytes | None = None


def produce(orders: Sequence[Order]) -> list[Produced]:
    """The documents of one task, in its order. Raises ``TemplateError``."""
    return [
        Produced(
            issue_document(order.template, order.context, order.paper),
            project_ledger(order.context) if order.with_ledger else None,
        )
        for order in orders
    ]


def produce_all(orders: Sequence[Order], executor: Executor | None = None) -> Iterator[Produced]:
    """Every document, in the order given, whoever makes them: ``executor`` may be a cluster's.

    Raises ``GongwenError`` where one of this machine's processes is killed, as by want of memory.
    """
    if executor is None:
        for order in orders:
            yield from produce([order])
        return
    batches = [orders[start : start + _BATCH] for start in range(0, len(orders), _BATCH)]
    aborted = GongwenError(
        "一个编制文书的进程被中止，可能是内存不够。已编好的文书都完整；请关闭其他程序后再编一次，或只用一个进程",
        Remedy.FEWER_PROCESSES,
    )
    try:
        results = executor.map(produce, batches)
    except (BrokenExecutor, OSError, ValueError):  # a pool that breaks may fail at its own closed pipe
        raise aborted from None
    try:
        for made in results:
            yield from made
    except BrokenExecutor:
        raise aborted from None


@contextmanager
def local_processes(count: int) -> Iterator[Executor | None]:
    """``count`` processes of this machine, none for one; an interrupted run leaves none behind."""
    if count < 2:
        yield None
        return
    before = set(active_children())
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_ignore_interrupt)
    try:
        yield pool
    except BaseException:
        # A pool that breaks while one of its processes starts forgets that process and waits for it for ever. None of
        # them writes to a disk, so whatever went wrong, they can be ended at once.
        for process in set(active_children()) - before:
            process.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupt() -> None:
    """Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
