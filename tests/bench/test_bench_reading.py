"""Reading, in one run: the fast reader alone, the usual careful reader, ours with all that it knows, and whole ledgers.

Processor time of this process and its children; beside other work only that can be compared.
"""

import gc
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pipeline.ledgers.readers import Readers
from pipeline.start import start_workspace
from pipeline.workspace import Workspace
from pipeline.workspace.year_ledgers import ledgers_of
from tests.bench.unit_workbooks import write_wide, write_workbooks

BOOKS, PROJECTS = 300, 40
PROCESSES = 2


@dataclass(frozen=True)
class Cost:
    """Seconds: of the clock, of this process, of its children."""

    wall: float
    own: float
    children: float

    @property
    def cpu(self) -> float:
        return self.own + self.children

    def __str__(self) -> str:
        return f"{self.wall:.2f}秒（处理器{self.cpu:.2f}：本进程{self.own:.2f}，子进程{self.children:.2f}）"


def cost(work: Callable[[], object]) -> Cost:
    gc.collect()
    before, started = os.times(), time.monotonic()
    work()
    wall, after = time.monotonic() - started, os.times()
    return Cost(
        wall,
        after.user + after.system - before.user - before.system,
        after.children_user + after.children_system - before.children_user - before.children_system,
    )


def by_calamine(paths: Sequence[Path]) -> None:
    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def by_openpyxl(paths: Sequence[Path]) -> None:
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book:
            for _ in sheet.iter_rows(values_only=True):
                pass
        book.close()


def by_ours(paths: Sequence[Path]) -> None:
    with Readers(processes=PROCESSES) as readers:
        for found in readers.read_all(paths):
            assert not found.refusal


def records_of(root: Path) -> int:
    """As every command reads a year: what has not changed since the last one is not read again."""
    workspace = Workspace.open(root)
    return len(ledgers_of(workspace, 2027, workspace.settings()).declarations)


def _print(what: str, calamine: Cost, slow: Cost, ours: Cost) -> None:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    print(f"\n{what}（负载{load:.1f}）：calamine {calamine}；openpyxl只读 {slow}；本系统 {ours}")
    print(
        f"本系统为calamine的{ours.cpu / calamine.cpu:.1f}倍处理器时间、{ours.wall / calamine.wall:.1f}倍钟表时间，"
        f"比openpyxl快{slow.cpu / ours.cpu:.1f}倍（处理器）、{slow.wall / ours.wall:.1f}倍（钟表）"
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reading")
    start_workspace(root, 2027)
    write_workbooks(root / "inputs/2027/申报", BOOKS, PROJECTS)
    return root


def test_three_hundred_workbooks(root: Path) -> None:
    workbooks = sorted((root / "inputs/2027/申报").glob("*镇.xlsx"))
    by_calamine(workbooks)  # the files are in memory for all three
    calamine, slow = cost(lambda: by_calamine(workbooks)), cost(lambda: by_openpyxl(workbooks[::5]))
    slow = Cost(5 * slow.wall, 5 * slow.own, 0)
    ours = cost(lambda: by_ours(workbooks))
    whole, again = cost(lambda: records_of(root)), cost(lambda: records_of(root))
    _print(f"{BOOKS}个工作簿，各{PROJECTS}行", calamine, slow, ours)
    for what, each in (("第一次读成记录和问题", whole), ("没有变化再读一次", again)):
        print(f"{what}：{each}，为calamine的{each.wall / calamine.wall:.1f}倍钟表时间")
    assert len(workbooks) == BOOKS
    assert records_of(root) == BOOKS * PROJECTS
    assert again.cpu < whole.cpu
    assert slow.cpu / ours.cpu > 0.5
    assert ours.cpu / calamine.cpu < 20


def test_one_long_sheet(tmp_path: Path) -> None:
    path = write_wide(tmp_path / "台账.xlsx")
    calamine = cost(lambda: by_calamine([path]))
    slow, ours = cost(lambda: by_openpyxl([path])), cost(lambda: by_ours([path]))
    _print("20000行25列", calamine, slow, ours)
    assert slow.cpu / ours.cpu > 0.4
