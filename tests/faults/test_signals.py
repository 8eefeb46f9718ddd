"""kill -9, SIGTERM and SIGHUP at random moments of ``receive`` and ``return``, each in a process of its own."""

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.outputs.verify import verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.registers.register import Register
from pipeline.workspace import Workspace
from tests.attacks.returned import monthly_report
from tests.faults.small_workspace import LONG, REPOSITORY, documents, gongwen, temporary_files
from tests.intake import PROJECTS, UNIT, office, report, row

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
_TRIES = 100 if LONG else 10  # of each command
_SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
_COMMAND = (sys.executable, "-c", "from pipeline.cli import main; main()")
_NOT_REGISTERED = "没有登记：收件时中断"
_DATE = ("--date", "2027-12-30", "--due")


def _ended(arguments: tuple[str, ...], number: signal.Signals, seconds: float) -> int:
    """The command, signalled after a while; its exit code, having seen what it says."""
    with subprocess.Popen(
        [*_COMMAND, *arguments], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        time.sleep(seconds)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert "Traceback" not in said, said
    assert "Exception ignored" not in said, said
    if process.returncode == 128 + number:
        assert said.splitlines()[-1] == "已按系统的要求中止，没有做完的请重新运行。"
    return process.returncode


def _seconds_of(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _run(*arguments: str) -> None:
    subprocess.run([*_COMMAND, *arguments], cwd=REPOSITORY, check=True, capture_output=True)


@dataclass
class _Moments:
    """The moment of each signal: a drawn part of the time that the command is known to take at most."""

    seconds: float
    codes: Counter[int] = field(default_factory=Counter)

    def each(self, seed: int) -> Iterator[tuple[signal.Signals, float]]:
        draw = random.Random(seed)
        for number in range(_TRIES):
            yield _SIGNALS[number % 3], draw.random() * self.seconds

    def met(self, code: int, moment: float) -> None:
        """One that had ended by then takes no longer than that."""
        self.codes[code] += 1
        if code == 0:
            self.seconds = min(self.seconds, moment * 1.1)


def _told(codes: Counter[int]) -> None:
    midway = sum(count for code, count in codes.items() if code)
    print(f"{_TRIES} signals, {midway} in the middle: {dict(codes)}")
    if LONG:  # of a few, chance may let all come too soon or too late
        assert midway > _TRIES / 4, "the signals came too late to say anything"
        assert any(code > 128 for code in codes), "no signal was answered"


def test_no_signal_leaves_a_report_by_half(tmp_path: Path) -> None:
    """What the register has is there byte for byte; what it has not is taken in when it is sent again."""
    workspace, mail = office(tmp_path / "office"), tmp_path / "mail"
    mail.mkdir()
    root, sent = workspace.root, dict[str, bytes]()

    def send(number: int) -> Path:
        told = [row(1, PROJECTS[0], str(100 + number)), row(2, PROJECTS[1])]
        path = report(mail, f"月报{number}.csv", told, f"{UNIT}2026年{number % 12 + 1}月重点项目月报")
        sent[hashlib.sha256(path.read_bytes()).hexdigest()] = path.read_bytes()
        return path

    seconds = _seconds_of(lambda: _run("receive", str(send(0)), "-C", str(root)))
    moments = _Moments(seconds)
    for number, (signalled, moment) in enumerate(moments.each(7), 1):
        path = send(number)
        moments.met(_ended(("receive", str(path), "-C", str(root)), signalled, moment), moment)
        where = f"{signalled.name} {number}"
        faults = Register.open(workspace).verify()
        assert all(_NOT_REGISTERED in fault.sentence for fault in faults), f"{where}: {faults}"
        for line in Register.open(workspace).lines():
            assert (root / line.archived).read_bytes() == sent[line.sha256], where
        standing = [each for each in (root / "inputs/2026").rglob("*.csv") if each.is_file()]
        assert {each.read_bytes() for each in standing} <= set(sent.values()), f"{where}: half a file"

        again = gongwen(root, "receive", str(path))
        assert again.exit_code == 0, f"{where}: {again.output}"
        last = Register.open(workspace).lines()[-1]
        assert (root / last.working).read_bytes() == path.read_bytes(), where
        assert not Register.open(workspace).verify(), where
        assert not temporary_files(root), where
    _told(moments.codes)


@pytest.fixture
def one_month(tmp_path: Path) -> Workspace:
    """A month of three workbooks that go back, each with a mistake."""
    workspace = office(tmp_path / "office")
    month = workspace.inputs / "2027/月报/2027-03"
    month.mkdir(parents=True)
    for number in range(3):
        (month / f"月报{number}.xlsx").write_bytes(monthly_report(f"表{number}"))
    return workspace


def test_no_signal_leaves_half_a_returned_workbook(one_month: Workspace) -> None:
    root, right = one_month.root, dict[str, dict[str, str]]()
    for due in ("2028-01-05", "2028-01-06"):
        shutil.rmtree(root / "outputs", ignore_errors=True)
        seconds = _seconds_of(lambda due=due: _run("return", *_DATE, due, "-C", str(root)))  # type: ignore[misc]
        right[due] = documents(root)
    standing, wanted = right
    assert right[standing].keys() == right[wanted].keys()
    assert any(name.endswith(".xlsx") for name in right[wanted])
    assert right[standing] != right[wanted]
    standing, wanted = wanted, standing
    moments = _Moments(seconds)
    for number, (signalled, moment) in enumerate(moments.each(8), 1):
        moments.met(_ended(("return", *_DATE, wanted, "-C", str(root)), signalled, moment), moment)
        where = f"{signalled.name} {number}"
        found = {name: said for name, said in documents(root).items() if not name.endswith(".tmp")}
        assert found.keys() == right[wanted].keys(), where
        assert all(said in (right[standing][name], right[wanted][name]) for name, said in found.items()), where
        assert not Register.open(one_month).verify(), where

        again = gongwen(root, "return", *_DATE, wanted)
        assert again.exit_code == 0, f"{where}: {again.output}"
        assert documents(root) == right[wanted], where
        assert not temporary_files(root), where
        assert not verify(root, KINDS).deviations, where
        standing, wanted = wanted, standing
    _told(moments.codes)
