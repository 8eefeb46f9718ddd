"""Documents a second, in memory, one process, in one run: ours, docxtpl's two ways, and the floor under both."""

import io
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import pytest
from docxtpl import DocxTemplate

from pipeline.outputs.store import Store
from pipeline.outputs.whole_file import flush, flush_folder
from pipeline.papers.paper_kind import Draft
from pipeline.tasks.batches import Order, produce_all
from pipeline.word.environment import sandbox
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.package import Member, pack, unpack
from pipeline.word.template import Template
from tests.bench.promotion_plans import TEMPLATE, promotion_drafts

COUNT = 1000
ROUNDS = 5  # of all ways in turn, the best of each counting: what else the machine does must not decide
BY_DOCXTPL = 12  # documents a round; it is slow, and its rate does not change


def seconds(work: Callable[[], object], documents: int) -> float:
    """Processor time of this process, for one document."""
    started = time.process_time()
    work()
    return (time.process_time() - started) / documents


@pytest.fixture(scope="module")
def documents() -> list[bytes]:
    template = Template.compile(TEMPLATE.read_bytes(), TEMPLATE.name)
    return [issue_document(template, draft.context, Paper()) for draft in promotion_drafts(COUNT)]


def plain_loop(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        engine = DocxTemplate(str(TEMPLATE))
        engine.render(dict(draft.context), jinja_env=sandbox(), autoescape=True)
        engine.save(io.BytesIO())


def reused(drafts: Sequence[Draft]) -> None:
    engine = DocxTemplate(str(TEMPLATE))
    for draft in drafts:
        engine.render(dict(draft.context), jinja_env=sandbox(), autoescape=True)
        engine.save(io.BytesIO())


def unchecked(template: Template, drafts: Sequence[Draft]) -> None:
    """Rendered and packed, but neither fitted nor checked."""
    parts = template.parts.values()
    for draft in drafts:
        pack(Member("x", part.rules.whole(part.jinja.render(draft.context)).encode()) for part in parts)


def issue_all(template: Template, drafts: Sequence[Draft], made: list[bytes]) -> None:
    made += [issue_document(template, draft.context, Paper()) for draft in drafts]


def floor(packages: Sequence[Sequence[Member]]) -> None:
    """Nothing but deflate the same parts at the same level, and write the zips."""
    for members in packages:
        pack(Member(member.name, member.data) for member in members)


def test_rendering_against_docxtpl_and_the_floor() -> None:
    template = Template.compile(TEMPLATE.read_bytes(), TEMPLATE.name)
    size = COUNT // ROUNDS
    times: dict[str, list[float]] = {}
    for turn in range(ROUNDS):
        drafts = promotion_drafts(COUNT)[turn * size :][:size]  # each title is broken for the first time
        made: list[bytes] = []
        ways: dict[str, tuple[Callable[[], object], int]] = {
            "ours": (partial(issue_all, template, drafts, made), size),
            "plain": (partial(plain_loop, drafts[:BY_DOCXTPL]), BY_DOCXTPL),
            "unchecked": (partial(unchecked, template, drafts), size),
            "again": (partial(reused, drafts[:BY_DOCXTPL]), BY_DOCXTPL),
        }
        for name, (work, count) in ways.items():
            times.setdefault(name, []).append(seconds(work, count))
        packages = [unpack(document, "") for document in made]
        times.setdefault("bare", []).append(seconds(partial(floor, packages), size))
    best = {name: min(found) for name, found in times.items()}
    faster, times_floor = best["plain"] / best["ours"], best["ours"] / best["bare"]
    before_checks = best["unchecked"] / best["bare"]
    print(
        f"\n每秒份数：本系统{1 / best['ours']:.0f}（检查和排版前{1 / best['unchecked']:.0f}），"
        f"docxtpl逐份{1 / best['plain']:.0f}，docxtpl重用{1 / best['again']:.0f}，只压缩{1 / best['bare']:.0f}；"
        f"为docxtpl的{faster:.1f}倍（检查和排版前{best['plain'] / best['unchecked']:.1f}倍），"
        f"用时为只压缩的{times_floor:.2f}倍（检查和排版前{before_checks:.2f}倍）"
    )
    assert faster >= 25  # the goal is 40; a bound that another machine cannot fail
    assert times_floor <= 3.5
    assert before_checks <= 2.5


def test_to_disk_costs_little_more_than_writing_the_same_bytes_safely(documents: list[bytes], tmp_path: Path) -> None:
    def written_safely(folder: Path) -> None:
        folder.mkdir()
        paths = [folder / f"{number}.docx" for number in range(len(documents))]
        for path, document in zip(paths, documents, strict=True):
            path.with_suffix(".tmp").write_bytes(document)
        flush([path.with_suffix(".tmp") for path in paths])
        for path in paths:
            os.replace(path.with_suffix(".tmp"), path)
        flush_folder(folder)

    def by_the_store(folder: Path) -> None:
        with Store.open(folder) as store:
            for number, document in enumerate(documents):
                store.save(f"2027/{number}.docx", document)

    def timed(way: Callable[[Path], None], number: int) -> tuple[float, float]:
        """By the clock, which waits for the disk, and of the processor."""
        clock, processor = time.perf_counter(), time.process_time()
        way(tmp_path / f"{way.__name__}{number}")
        return time.perf_counter() - clock, time.process_time() - processor

    turns = [(timed(written_safely, number), timed(by_the_store, number)) for number in range(2 * ROUNDS)]
    plain, ours = map(min, zip(*turns, strict=True))
    # A disk's pace changes severalfold within seconds, so neighbours are compared.
    clock, processor = (median(ours[each] / plain[each] for plain, ours in turns) for each in (0, 1))
    print(
        f"\n写盘{len(documents)}份：直接安全写入{plain[0]:.2f}秒，经存储{ours[0]:.2f}秒；"
        f"为直接写入的{clock:.2f}倍，处理器时间{processor:.2f}倍"
    )
    assert processor <= 2  # the goal is 1.3; a bound that another machine cannot fail


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="只有一个处理器")
def test_two_processes() -> None:
    template = Template.compile(TEMPLATE.read_bytes(), TEMPLATE.name)
    orders = [Order(template, draft.context, Paper()) for draft in promotion_drafts(COUNT)] * 3
    pools = {count: ProcessPoolExecutor(count, mp_context=get_context("spawn")) for count in (1, 2)}
    times = {}
    try:
        for count, pool in pools.items():
            list(produce_all(orders[:160], pool))  # started, templates compiled
            started = time.perf_counter()
            made = list(produce_all(orders, pool))
            times[count] = time.perf_counter() - started
            assert len(made) == len(orders)
    finally:
        for pool in pools.values():
            pool.shutdown()
    print(f"\n两个进程为一个进程的{times[1] / times[2]:.2f}倍（{len(orders)}份）")
    assert times[1] / times[2] > 0.6
