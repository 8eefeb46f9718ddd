"""Reading, in one run: the fast reader alone, the usual careful reader, ours with all that it knows, and whole ledgers.

The ways are measured in turn, some times over, and compared with their neighbours: beside other work, and on a machine
whose pace changes, only that says something.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.tasks.start import start_workspace
from pipeline.tasks.year_ledgers import ledgers_of
from pipeline.workspace import Workspace
from tests.bench.reading_costs import Cost, cost
from tests.bench.unit_workbooks import write_wide, write_workbooks

BOOKS, PROJECTS = 300, 40
ROUNDS, EVERY = 7, 5  # the slow reader reads every fifth workbook
REPOSITORY = Path(__file__).parents[2]


def cost_of(way: str, paths: Sequence[Path], compiled: Path) -> Cost:
    """In a new process; ``compiled`` holds Python's compiled modules, as an installed program has them."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.reading_costs", way, *map(str, paths)],
        cwd=REPOSITORY,
        env={**environment, "PYTHONPYCACHEPREFIX": str(compiled)},
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(**json.loads(done.stdout))


def compare(what: str, paths: Sequence[Path], every: int, compiled: Path) -> tuple[float, Cost]:
    """Print the costs; the processor time of the slow reader in relation to ours, and what ours took."""
    for way in ("calamine", "ours"):
        cost_of(way, paths[:1], compiled)  # files and modules are in memory
    slow = cost_of("openpyxl", paths[::every], compiled)
    slow = Cost(every * slow.wall, every * slow.own, 0)
    pairs = [(cost_of("calamine", paths, compiled), cost_of("ours", paths, compiled)) for _ in range(ROUNDS)]
    pairs.sort(key=lambda pair: pair[1].wall / pair[0].wall)
    clock = [ours.wall / calamine.wall for calamine, ours in pairs]
    processor = statistics.median(ours.cpu / calamine.cpu for calamine, ours in pairs)
    calamine, ours = pairs[ROUNDS // 2]
    print(
        f"\n{what}：calamine {calamine}；openpyxl只读 {slow}；本系统 {ours}\n"
        f"本系统为calamine的{clock[ROUNDS // 2]:.2f}倍钟表时间（{ROUNDS}次：{clock[0]:.2f}至{clock[-1]:.2f}）、"
        f"{processor:.1f}倍处理器时间，"
        f"比openpyxl快{slow.cpu / ours.cpu:.1f}倍（处理器）、{slow.wall / ours.wall:.1f}倍（钟表）"
    )
    return slow.cpu / ours.cpu, ours


def records_of(root: Path) -> int:
    """As every command reads a year: what has not changed since the last one is not read again."""
    workspace = Workspace.open(root)
    return len(ledgers_of(workspace, 2027, workspace.settings()).declarations)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reading")
    start_workspace(root, 2027)
    write_workbooks(root / "inputs/2027/申报", BOOKS, PROJECTS)
    return root


def test_three_hundred_workbooks(root: Path, tmp_path: Path) -> None:
    workbooks = sorted((root / "inputs/2027/申报").glob("*镇.xlsx"))
    assert len(workbooks) == BOOKS
    faster, _ = compare(f"{BOOKS}个工作簿，各{PROJECTS}行", workbooks, EVERY, tmp_path)
    whole, again = cost(lambda: records_of(root)), cost(lambda: records_of(root))
    calamine = cost_of("calamine", workbooks, tmp_path)
    for what, each in (("第一次读成记录和问题", whole), ("没有变化再读一次", again)):
        print(f"{what}：{each}，为calamine的{each.wall / calamine.wall:.1f}倍钟表时间")
    assert records_of(root) == BOOKS * PROJECTS
    assert again.cpu < whole.cpu
    assert faster > 0.3  # a bound that another machine cannot fail


def test_the_sample_year(tmp_path: Path) -> None:
    workbooks = sorted((REPOSITORY / "inputs").rglob("*.xlsx"))
    faster, ours = compare(f"样例年度{len(workbooks)}个工作簿", workbooks, 1, tmp_path)
    whole = cost_of("whole openpyxl", workbooks, tmp_path)
    print(f"openpyxl（非只读）{whole}，为本系统的{whole.cpu / ours.cpu:.1f}倍处理器时间")
    assert faster > 1.2  # the goals are 1.7 and 5; bounds that another machine cannot fail
    assert whole.cpu / ours.cpu > 3


def test_one_long_sheet(tmp_path: Path) -> None:
    path = write_wide(tmp_path / "台账.xlsx")
    faster, _ = compare("20000行25列", [path], 1, tmp_path)
    assert faster > 1 / 2.5  # the goal is 1 / 1.5
