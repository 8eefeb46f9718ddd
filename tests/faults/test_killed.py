"""kill -9 at random moments and at chosen system calls of a run that replaces or first makes thirty documents, and of
``archive``."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.outputs import store, whole_file
from pipeline.outputs.manifest import Manifest
from pipeline.outputs.store import Written
from pipeline.outputs.verify import Fault, verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.tasks.run import Issued, Job, issue
from pipeline.workspace import Workspace
from tests.example_counts import tries
from tests.faults.small_workspace import (
    documents,
    gongwen,
    promotion_job,
    small_workspace,
    temporary_files,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
_KILLS = tries(200)
_DOCUMENTS = 15  # each with a 台账: 30 files
_BATCHES = (1000, 7)  # documents renamed at a time
_CALLS = ("open", "fsync", "replace")  # each is killed at its n-th call
_CALLS_OF_ARCHIVE = (*_CALLS, "rename", "mkdir", "unlink")


def _killed(work: Callable[[], object], seconds: float | None) -> bool:
    """Do the work in a process of its own that is killed after a while, or kills itself; False where it ended first."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _dying_at(call: str, number: int) -> None:
    """From here on the ``number``-th call of os.``call`` by the store kills this process, before or after its work."""
    real, left = getattr(os, call), [number]

    def dying(*arguments: object, **keywords: object) -> object:
        left[0] -= 1
        if left[0] == 0 and number % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return real(*arguments, **keywords)
        finally:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    setattr(os, call, dying)
    vars(whole_file)["_flush_system_of"] = lambda path: False  # so that each file's own fsync counts


def _work(workspace: Workspace, job: Job, point: tuple[str, int] | None, batch: int) -> Callable[[], object]:
    def work() -> Issued:
        vars(store)["_BATCH"] = batch
        if point:
            _dying_at(*point)
        return issue(workspace, job)

    return work


def test_no_kill_leaves_half_a_document(tmp_path: Path) -> None:
    jobs = {version: promotion_job(_DOCUMENTS, version) for version in "甲乙"}
    right: dict[str, dict[str, str]] = {}
    for version, job in jobs.items():
        clean = Workspace.open(small_workspace(tmp_path / version))
        started = time.monotonic()
        issue(clean, job)
        seconds = time.monotonic() - started
        right[version] = documents(clean.root)
    workspace = Workspace.open(small_workspace(tmp_path / "killed"))
    draw = random.Random(5)
    standing, died_midway = "", 0
    for kill in range(_KILLS):
        if kill % 5 == 0:
            shutil.rmtree(workspace.outputs, ignore_errors=True)
            standing = ""
        wanted = "乙" if standing == "甲" else "甲"
        point = (_CALLS[kill % 3], draw.randrange(1, 120)) if kill % 2 else None
        _killed(_work(workspace, jobs[wanted], point, _BATCHES[kill // 3 % 2]), draw.uniform(0, seconds * 1.2))
        found = documents(workspace.root)
        shown = {name: said for name, said in found.items() if not name.endswith(".tmp")}
        allowed = [right[version] for version in (standing, wanted) if version]
        for name, said in shown.items():
            assert said in [each.get(name) for each in allowed], f"kill {kill}: {name} is neither old nor new"
        assert not standing or shown.keys() == right[standing].keys(), f"kill {kill}: a document is gone"
        died_midway += shown != right[wanted]

        issued = issue(workspace, jobs[wanted])
        assert documents(workspace.root) == right[wanted], f"after kill {kill}"
        assert not temporary_files(workspace.root), f"after kill {kill}"
        assert not issued.left_over
        assert all(saved.outcome is not Written.BESIDE for each in issued.outcomes for saved in each.saved)
        assert not verify(workspace.root, KINDS).deviations, f"after kill {kill}"
        standing = wanted
    assert died_midway > _KILLS / 4, "the kills came too late to say anything"
    print(f"kill -9: {_KILLS} runs, {died_midway} died midway, 0 documents damaged, every next run completed")


def _with_orphans(root: Path) -> Workspace:
    """Seven projects' documents that no run asks for any more: one is edited, two have a PDF, one's new place is taken."""
    workspace = Workspace.open(small_workspace(root))
    issue(workspace, promotion_job(10, "甲"))
    papers = sorted(workspace.outputs.rglob("*.docx"))
    issue(workspace, promotion_job(3, "甲"))
    orphans = [each for each in papers if Manifest.read(workspace.outputs).entries[_key(each, workspace)].left_over]
    assert len(orphans) == 7
    orphans[0].write_bytes(orphans[0].read_bytes() + b"edited")
    for each in orphans[1:3]:
        each.with_suffix(".pdf").write_bytes(f"%PDF-1.7 {each.name} %%EOF".encode())
    taken = workspace.outputs / "归档" / _key(orphans[3], workspace)
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"somebody's")
    return workspace


def _key(path: Path, workspace: Workspace) -> str:
    return path.relative_to(workspace.outputs).as_posix()


@pytest.fixture(scope="module")
def orphaned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Workspace, float]:
    """A workspace before and after ``archive``, and how long that takes."""
    before = _with_orphans(tmp_path_factory.mktemp("orphans") / "before")
    after = Workspace.open(shutil.copytree(before.root, before.root.with_name("after")))
    started = time.monotonic()
    assert gongwen(after.root, "archive", "--yes").exit_code == 0
    return before, after, time.monotonic() - started


@pytest.mark.parametrize("call", [*_CALLS_OF_ARCHIVE, "a random moment"])
def test_no_kill_loses_an_orphan_or_moves_it_by_half(
    tmp_path: Path, orphaned: tuple[Workspace, Workspace, float], call: str
) -> None:
    before, after, seconds = orphaned
    old, new = documents(before.root), documents(after.root)
    draw = random.Random(6)
    tries = died_midway = 0
    died = True
    while tries < _KILLS // 3 if call not in _CALLS_OF_ARCHIVE else died:
        tries += 1
        workspace = Workspace.open(shutil.copytree(before.root, tmp_path / str(tries)))

        def work(root: Path = workspace.root, number: int = tries) -> None:
            if call in _CALLS_OF_ARCHIVE:
                _dying_at(call, number)
            gongwen(root, "archive", "--yes")

        died = _killed(work, None if call in _CALLS_OF_ARCHIVE else draw.uniform(0, seconds * 1.2))
        found = documents(workspace.root)
        shown = {name: said for name, said in found.items() if not name.endswith(".tmp")}
        assert sorted(shown.values()) == sorted(old.values()), f"{call} {tries}: a file is lost, doubled or changed"
        assert all(said in (old.get(name), new.get(name)) for name, said in shown.items()), f"{call} {tries}"
        for pdf in (name for name in shown if name.endswith(".pdf")):
            document = f"{pdf.removesuffix('.pdf')}.docx"
            assert pdf.startswith("归档/") or document in shown, f"{call} {tries}: {document} left its PDF behind"
        died_midway += shown not in (old, new)

        listed = gongwen(workspace.root, "archive")  # any next command settles what it finds
        assert listed.exit_code == 0, listed.output
        assert documents(workspace.root) == shown
        entries = Manifest.read(workspace.outputs).entries
        assert all((workspace.outputs / name).exists() for name in entries), f"{call} {tries}"
        assert {each.fault for each in verify(workspace.root, KINDS).deviations} <= {
            Fault.LEFT_OVER, Fault.CHANGED, Fault.EXTRA,  # still to move; the edited one; somebody's in 归档
        }  # fmt: skip
        assert not temporary_files(workspace.root), f"after {call} {tries}"

        assert gongwen(workspace.root, "archive", "--yes").exit_code == 0
        assert documents(workspace.root) == new, f"after {call} {tries}"
        assert Manifest.read(workspace.outputs).entries == Manifest.read(after.outputs).entries, f"{call} {tries}"
        assert verify(workspace.root, KINDS).deviations == verify(after.root, KINDS).deviations
        shutil.rmtree(workspace.root)
    assert tries > 1, "nothing was killed"
    assert died_midway >= 7 or call not in ("rename", "mkdir"), "the kills came too late to say anything"
    print(
        f"kill -9 of archive at {call}: {tries} runs, {died_midway} died midway, nothing lost, every next one completed"
    )
