"""Long tasks say how far they are, and one that is cancelled loses nothing that it did."""

import shutil
import sys
import time
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from pipeline.errors import Cancelled
from pipeline.outputs.pdf import convert
from pipeline.outputs.verify import verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.period import Period
from pipeline.records.task_progress import Step
from pipeline.registers.register import Register
from pipeline.spreadsheets.readers import Read, Readers
from pipeline.tasks.receive import receive
from pipeline.tasks.run import issue
from pipeline.tasks.year import read_year
from pipeline.tasks.year_ledgers import ledgers_of
from pipeline.word.ooxml import Section, body, docx
from pipeline.workspace import Workspace
from tests.faults.small_workspace import REPOSITORY, promotion_job, small_workspace
from tests.intake import at, report
from tests.told_progress import Told


def test_a_cancelled_reading_loses_nothing_read_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(REPOSITORY / "inputs", tmp_path / "inputs")
    (tmp_path / "outputs").mkdir()
    workspace = Workspace.open(tmp_path)
    told = Told(most=100)
    with pytest.raises(Cancelled):
        ledgers_of(workspace, 2027, workspace.settings(), progress=told)
    assert told.steps == [(Step.READING, 218, 2027)]
    assert len(told.done) == 100
    opened: list[Path] = []
    real = Readers.read_all

    def read_all(self: Readers, paths: Sequence[Path]) -> Generator[Read, None, None]:
        opened.extend(paths)
        return real(self, paths)

    monkeypatch.setattr(Readers, "read_all", read_all)
    again = Told()
    ledgers = ledgers_of(workspace, 2027, workspace.settings(), progress=again)
    assert len(ledgers.files) == len(again.done) == 218
    assert not {path.relative_to(tmp_path).as_posix() for path in opened} & set(told.done)
    assert len(opened) == 118


def test_the_year_before_is_a_step_of_its_own(workspace: Workspace) -> None:
    shutil.copytree(workspace.inputs / "2027", workspace.inputs / "2026")
    told = Told()
    read_year(workspace, Period(2027), progress=told)
    assert told.steps == [(Step.READING, 2, 2027), (Step.READING, 2, 2026)]
    assert len(told.done) == 4


def test_cancelled_making_leaves_whole_papers_and_the_next_run_makes_the_rest(tmp_path: Path) -> None:
    workspace, job = Workspace.open(small_workspace(tmp_path)), promotion_job(30, "甲")
    told = Told(most=20)
    with pytest.raises(Cancelled):
        issue(workspace, job, told)
    assert told.steps == [(Step.MAKING, 30, 2027)]
    assert len(list(workspace.outputs.rglob("*.docx"))) == 20
    assert not list(workspace.outputs.rglob("*.tmp"))
    assert not verify(workspace.root, KINDS).deviations
    again = Told()
    outcomes = issue(workspace, job, again).outcomes
    assert [each.saved[0].outcome.value for each in outcomes].count("未变") == 20
    assert len(set(again.done)) == 30  # each by its title


def test_a_cancelled_receipt_registers_nothing(workspace: Workspace, mail: Path) -> None:
    files = [report(mail, f"{n}月.csv", title=f"区住建局2027年{n}月重点项目月报") for n in (3, 4)]
    before = sorted(workspace.inputs.rglob("*.csv"))
    when, told = at("05-05 09:00"), Told(most=1)
    with pytest.raises(Cancelled):
        receive(workspace, files, when, when, progress=told)
    assert (told.steps, told.done) == ([(Step.RECEIVING, 2, None)], ["3月.csv"])
    assert not Register.open(workspace).lines()
    assert [path for path in sorted(workspace.inputs.rglob("*.csv")) if "存档" not in str(path)] == before
    again = Told()
    assert [each.line.refusal for each in receive(workspace, files, when, when, progress=again)] == ["", ""]
    assert again.steps == [(Step.RECEIVING, 2, None), (Step.READING, 2, 2027)]


@pytest.mark.skipif(sys.platform == "win32", reason="代替LibreOffice的脚本只在类Unix系统上运行")
def test_a_cancelled_conversion_ends_the_program_at_once(tmp_path: Path) -> None:
    office = tmp_path / "soffice"
    office.write_text(f'#!/bin/sh\necho $$ >> "{tmp_path}/started"\nexec sleep 60\n', "utf-8")
    office.chmod(0o755)
    paths = [tmp_path / f"{number}.docx" for number in range(3)]
    for path in paths:
        path.write_bytes(docx([Section("portrait", (body("……"),))]))

    class UntilStarted(Told):
        def check(self) -> None:
            if (tmp_path / "started").exists():
                self.cancel()
            super().check()

    started = time.monotonic()
    with pytest.raises(Cancelled):
        convert(paths, office=office, progress=UntilStarted())
    assert time.monotonic() - started < 20
    for number in (tmp_path / "started").read_text("utf-8").split():
        assert not Path(f"/proc/{number}/cmdline").exists()
