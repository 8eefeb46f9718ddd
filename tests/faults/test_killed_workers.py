"""kill -9 of a process that helps: of one that renders, and of the program itself while LibreOffice works for it."""

import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from multiprocessing import active_children
from pathlib import Path

import pytest

from pipeline.errors import GongwenError
from pipeline.outputs.office_watch import marked
from pipeline.outputs.pdf_bytes import page_count
from pipeline.outputs.verify import verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.tasks import batches
from pipeline.word.issuing import Paper
from pipeline.word.template import Template
from tests.faults.small_workspace import REPOSITORY, documents, gongwen, small_workspace, temporary_files
from tests.office_present import require_office

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


def _kill_one(after: float, killed: list[int]) -> None:
    """Once there are processes at work, wait a while and kill one of them."""
    until = time.monotonic() + 120
    while not active_children() and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(after)
    for child in active_children()[-1:]:
        os.kill(child.pid or 0, signal.SIGKILL)
        killed.append(child.pid or 0)


def test_a_killed_pool_worker_is_said_and_costs_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean, workspace = small_workspace(tmp_path / "clean"), small_workspace(tmp_path / "killed")
    assert gongwen(clean, "run").exit_code == 1
    right = documents(clean)
    monkeypatch.setattr("pipeline.tasks.run.WORTH_IT", 1)
    monkeypatch.setattr(batches, "_BATCH", 2)
    died = 0
    for after in (0.0, 0.3):  # while it starts, and while it works
        killed: list[int] = []
        killer = threading.Thread(target=_kill_one, args=(after, killed))
        killer.start()
        result = gongwen(workspace, "run", "--force", "--jobs", "2")
        killer.join()
        died += len(killed)
        if killed and (result.exit_code != 1 or not after):  # else the work was done by then
            assert result.exit_code == 2
            assert "一个编制文书的进程被中止" in result.output
            assert "Traceback" not in result.output
        assert documents(workspace).items() <= right.items(), f"after {after} s: neither whole nor absent"
        assert not temporary_files(workspace)
        assert not active_children()
    assert died, "the kills came too late to say anything"
    assert gongwen(workspace, "run", "--jobs", "2").exit_code == 1
    assert documents(workspace) == right
    assert not verify(workspace, KINDS).deviations


@pytest.mark.parametrize(
    "broken", [OSError("handle is closed"), ValueError("bad value(s) in fds_to_keep"), BrokenExecutor()]
)
def test_a_pool_that_breaks_while_it_is_given_work_is_said(broken: Exception) -> None:
    class Breaking(Executor):
        def map(self, *_: object, **__: object) -> Iterator[object]:  # type: ignore[override]
            raise broken

    with pytest.raises(GongwenError, match="一个编制文书的进程被中止"):
        list(batches.produce_all([batches.Order(Template("", b"", (), {}, {}), {}, Paper())], Breaking()))


def _members(group: int) -> list[int]:
    """The living processes of a process group; one that nobody waited for is dead all the same."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, number = path.read_text("utf-8", "replace").rpartition(") ")[2].split()[:3]
        except (OSError, ValueError):  # it ended while we looked
            continue
        if int(number) == group and state != "Z":
            found.append(int(path.parent.name))
    return found


def _soon(true: Callable[[], object], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(true())


def _groups(temporary: Path) -> list[int]:
    return [int(path.name) for path in temporary.glob("gongwen-pdf-*/running/*")]


def _killed_while_converting(workspace: Path, temporary: Path, after: float, office: Path | None) -> None:
    """Start ``gongwen pdf``, kill it while LibreOffice works, and see that nothing of it is left."""
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(REPOSITORY)}
    if office:
        environment["GONGWEN_SOFFICE"] = str(office)
    with subprocess.Popen(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "pdf", "-C", str(workspace)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as program:  # fmt: skip
        assert _soon(lambda: _groups(temporary)), "LibreOffice was not started"
        time.sleep(after)
        groups = _groups(temporary)
        assert any(map(_members, groups)), "the kill comes too late to say anything"
        program.kill()
    assert _soon(lambda: not any(map(_members, groups)), 5), "LibreOffice outlived the program"
    assert _soon(lambda: not list(temporary.iterdir()), 5), "copies of documents are left"


@pytest.fixture
def two_papers(tmp_path: Path) -> Path:
    workspace = small_workspace(tmp_path / "w")
    assert gongwen(workspace, "run").exit_code == 1
    for path in sorted((workspace / "outputs").rglob("*.docx"))[2:]:
        path.unlink()
    return workspace


def test_a_hanging_office_does_not_outlive_the_program(two_papers: Path, tmp_path: Path) -> None:
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\n(while :; do sleep 0.1; done) &\nwait\n", "utf-8")
    office.chmod(office.stat().st_mode | stat.S_IXUSR)
    _killed_while_converting(two_papers, tmp_path / "tmp", 0.1, office)


def test_killed_in_the_instant_of_starting(two_papers: Path, tmp_path: Path) -> None:
    """The program dies as soon as it has started LibreOffice, before it does anything else."""
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\nwhile :; do sleep 0.1; done\n", "utf-8")
    office.chmod(office.stat().st_mode | stat.S_IXUSR)
    code = (
        "import os, signal, subprocess; from pathlib import Path; from pipeline.outputs import office_process\n"
        "class Dying(subprocess.Popen):\n"
        "    def __init__(self, *args, **named):\n"
        "        super().__init__(*args, **named)\n"
        "        Path(os.environ['STARTED']).write_text(str(self.pid)); os.kill(os.getpid(), signal.SIGKILL)\n"
        "office_process.subprocess = type('Module', (), {**vars(subprocess), 'Popen': Dying})\n"
        "from pipeline.cli import main; main()"
    )
    for number in range(5):
        temporary, started = tmp_path / f"tmp{number}", tmp_path / f"started{number}"
        temporary.mkdir()
        environment = {
            **os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(REPOSITORY), "GONGWEN_SOFFICE": str(office),
            "STARTED": str(started),
        }  # fmt: skip
        ended = subprocess.run(
            [sys.executable, "-c", code, "pdf", "-C", str(two_papers)], env=environment, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert ended.returncode == -signal.SIGKILL
        group = int(started.read_text("utf-8"))
        assert _soon(lambda: not list(temporary.iterdir()), 5), "copies of documents are left"  # noqa: B023
        assert _soon(lambda: not _members(group), 5), "LibreOffice outlived the program"  # noqa: B023


def test_nothing_starts_once_the_watch_clears_up(tmp_path: Path) -> None:
    """A process that comes too late to be found does not become LibreOffice."""
    begun = tmp_path / "begun"
    command = ["/bin/sh", "-c", f'echo > "{begun}"']
    (tmp_path / "watched" / "running").mkdir(parents=True)
    assert subprocess.run(marked(tmp_path / "watched", command), check=False).returncode == 0
    assert begun.exists()
    begun.unlink()
    (tmp_path / "watched" / "running").rename(tmp_path / "watched" / "ended")
    assert subprocess.run(marked(tmp_path / "watched", command), check=False).returncode == 125
    assert not begun.exists()


def test_killed_while_papers_become_pdfs(two_papers: Path, tmp_path: Path) -> None:
    require_office()
    before = documents(two_papers)
    for number, after in enumerate((0.05, 0.6)):
        _killed_while_converting(two_papers, tmp_path / f"tmp{number}", after, None)
        found = documents(two_papers)
        assert {name: found[name] for name in before} == before
        for name in found.keys() - before.keys():
            assert page_count((two_papers / "outputs" / name).read_bytes()), f"{name} is half a PDF"
    result = gongwen(two_papers, "pdf")
    assert result.exit_code == 0, result.output
    assert re.search(r"PDF：新增2份", result.output), result.output
    assert not temporary_files(two_papers)
