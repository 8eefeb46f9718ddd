"""kill -9 at random moments and at chosen system calls of a run that replaces or first makes thirty documents."""

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
from pipeline.outputs.store import Written
from pipeline.outputs.verify import verify
from pipeline.run import Issued, Job, issue
from pipeline.workspace import Workspace
from tests.faults.small_workspace import LONG, documents, promotion_job, small_workspace, temporary_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
_KILLS = 200 if LONG or os.environ.get("CI") else 60
_DOCUMENTS = 15  # each with a 台账: 30 files
_BATCHES = (1000, 7)  # documents renamed at a time
_CALLS = ("open", "fsync", "replace")  # each is killed at its n-th call


def _killed(work: Callable[[], object], seconds: float) -> None:
    """Do the work in a process of its own that is killed after a while, unless it ended by then."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _dying_at(call: str, number: int) -> None:
    """From here on the ``number``-th call of os.``call`` by the store kills this process, before or after its work."""
    real, left = getattr(os, call), [number]

    def dying(*arguments: object, **keywords: object) -> object:
        left[0] -= 1
        if left[0] == 0 and number % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        found = real(*arguments, **keywords)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

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
        _killed(
            _work(workspace, jobs[wanted], point, _BATCHES[kill // 3 % 2]), draw.uniform(0, seconds * 1.2)
        )
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
        assert not verify(workspace.root).deviations, f"after kill {kill}"
        standing = wanted
    assert died_midway > _KILLS / 4, "the kills came too late to say anything"
    print(f"kill -9: {_KILLS} runs, {died_midway} died midway, 0 documents damaged, every next run completed")
