"""A year of 3,000 projects from 300 workbooks: ``gongwen run`` end to end, and where its time goes."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.outputs.store import Store
from pipeline.tables import file_reader
from pipeline.tasks import make_year, run, year, year_ledgers
from pipeline.tasks.start import start_workspace
from tests.bench.reading_costs import PROCESSES, cost
from tests.bench.unit_workbooks import write_sponsored, write_workbooks

BOOKS, PROJECTS = 300, 10


class Meter:
    """Seconds of the clock inside some functions; what one measured function does inside another counts once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.seconds: dict[str, float] = {}
        self.inner = 0.0

    def measure(self, owner: object, name: str, label: str) -> None:
        """Put a clock around ``owner.name``; an iterator is measured at each step."""
        real = getattr(owner, name)

        def measured(*arguments: object, **named: object) -> object:
            made = self.timed(label, lambda: real(*arguments, **named))
            return self.stepped(label, made) if isinstance(made, Iterator) else made

        self.monkeypatch.setattr(owner, name, measured)

    def stepped(self, label: str, steps: Iterator[object]) -> Iterator[object]:
        end = object()
        while (step := self.timed(label, lambda: next(steps, end))) is not end:
            yield step

    def timed(self, label: str, work: Callable[[], object]) -> object:
        outer, self.inner, started = self.inner, 0.0, time.monotonic()
        made = work()
        spent = time.monotonic() - started
        self.seconds[label] = self.seconds.get(label, 0) + spent - self.inner
        self.inner = outer + spent
        return made


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("run")
    start_workspace(root, 2027)
    write_workbooks(root / "inputs" / "2027" / "申报", BOOKS, PROJECTS)
    write_sponsored(root / "inputs" / "2027" / "包联" / "包联清单.xlsx", BOOKS, PROJECTS)
    return root


PLACES = (
    (year_ledgers, "read_ledgers", "打开工作簿（等子进程）"),
    (file_reader, "read_sheet", "表格读成记录"),
    (year_ledgers, "with_register", "查登记册"),
    (year, "run_rules", "检查"),
    (make_year, "compose", "编排内容"),
    (run, "checked_templates", "查模板"),
    (run, "_wanted", "算摘要"),
    (run, "produce_all", "套模板（等编制进程）"),
    (Store, "save", "写文书"),
    (Store, "_commit", "落盘"),
)


def test_where_the_time_goes(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meter = Meter(monkeypatch)
    for owner, name, label in PLACES:
        meter.measure(owner, name, label)

    def gongwen() -> None:
        done = CliRunner().invoke(main, ["run", "-C", str(workspace), "--jobs", str(PROCESSES)])
        assert done.exit_code <= 1, done.output  # 1: a paper is held back

    whole = cost(gongwen)
    told = [(label, meter.seconds[label]) for _, _, label in PLACES]
    told.append(("其他", whole.wall - sum(meter.seconds.values())))
    again = cost(gongwen)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    print(f"\n{BOOKS}个工作簿，{BOOKS * PROJECTS}个项目（负载{load:.1f}）")
    for label, seconds in told:
        print(f"  {label:<16}{seconds:7.2f}秒 {seconds / whole.wall:6.1%}")
    print(f"  合计{whole}；没有变化再运行一次{again}")
    plans = list((workspace / "outputs" / "2027").rglob("*推进方案*.docx"))
    assert len(plans) == BOOKS * PROJECTS
    assert again.wall < whole.wall < 300
