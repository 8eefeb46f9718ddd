"""How every paper stands is told without the lock, changes nothing, and is what making them then finds."""

import hashlib
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import Cancelled
from pipeline.outputs.store import Store, Written
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.period import Period
from pipeline.tasks.papers_standing import PaperState, standing
from pipeline.tasks.run import Job, compose, issue, requested
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.faults.small_workspace import promotion_job, small_workspace
from tests.told_progress import Told


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    return Workspace.open(small_workspace(tmp_path))


def _states(workspace: Workspace, job: Job) -> Counter[PaperState]:
    return Counter(each.state for each in standing(workspace, job))


def _everything(root: Path) -> dict[str, tuple[int, str]]:
    return {
        str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in root.rglob("*")
        if path.is_file()
    }


def test_from_missing_to_current_to_stale(small: Workspace) -> None:
    job = promotion_job(6, "甲")
    assert _states(small, job) == {PaperState.MISSING: 6}
    assert not small.outputs.exists()  # looked at, not made
    issue(small, job)
    assert _states(small, job) == {PaperState.CURRENT: 6}
    assert _states(small, promotion_job(6, "乙")) == {PaperState.STALE: 6}


def test_an_edited_and_a_deleted_one_are_told_and_nothing_is_written(small: Workspace) -> None:
    job = promotion_job(6, "甲")
    issue(small, job)
    first, second, third, *_ = sorted(small.outputs.rglob("*.docx"))
    first.write_bytes(first.read_bytes() + b"\0")
    second.unlink()
    shutil.copyfile(sorted(small.outputs.rglob("*.docx"))[-1], third)  # ours, in the wrong place
    before = _everything(small.root)
    found = standing(small, job)
    assert _everything(small.root) == before
    by_file = {each.files[0]: each.state for each in found}
    assert by_file.pop(first.relative_to(small.outputs).as_posix()) is PaperState.EDITED
    assert by_file.pop(second.relative_to(small.outputs).as_posix()) is PaperState.MISSING
    assert by_file.pop(third.relative_to(small.outputs).as_posix()) is PaperState.STALE
    assert set(by_file.values()) == {PaperState.CURRENT}
    done = {each.title: each.saved[0].outcome for each in issue(small, job).outcomes}
    expected = {
        PaperState.EDITED: Written.BESIDE,
        PaperState.MISSING: Written.NEW,
        PaperState.STALE: Written.CHANGED,
        PaperState.CURRENT: Written.UNCHANGED,
    }
    assert done == {each.title: expected[each.state] for each in found}


def test_it_does_not_wait_for_a_run_that_writes(small: Workspace) -> None:
    job = promotion_job(6, "甲")
    issue(small, job)
    with Store.open(small.outputs):
        assert _states(small, job) == {PaperState.CURRENT: 6}


def test_what_a_cancelled_run_made_counts(small: Workspace) -> None:
    job = promotion_job(6, "甲")
    with pytest.raises(Cancelled):
        issue(small, job, Told(most=4))
    assert _states(small, job) == {PaperState.CURRENT: 4, PaperState.MISSING: 2}


def test_what_a_killed_run_put_in_place_is_nobodys_edit(small: Workspace) -> None:
    job = promotion_job(6, "甲")
    store = Store.open(small.outputs)
    journal = small.outputs / ".gongwen-journal.json"
    issue(small, job)
    store.close()
    manifest = small.outputs / ".gongwen-manifest.json"
    os.replace(manifest, journal)  # as before the record is written
    assert _states(small, job) == {PaperState.CURRENT: 6}


def test_a_withheld_paper_says_why_with_its_findings(issued_year: Path) -> None:
    workspace = Workspace.open(issued_year)
    year = read_year(workspace, Period(2027))
    job = compose(year, KINDS, requested(year, Period(2027)), whole=True)
    found = standing(workspace, job)
    assert len(found) == len(job.pieces)
    held = [each for each in found if each.state is PaperState.HELD_BACK]
    assert held
    assert all(each.reasons and not each.files for each in held)
    assert {each.state for each in found} == {PaperState.HELD_BACK, PaperState.CURRENT}
    withheld = [finding for each in held for reason in each.reasons for finding in reason.findings]
    left_out = [finding for each in found for note in each.notes for finding in note.findings]
    assert withheld
    assert left_out
    assert set(withheld + left_out) <= set(year.findings)  # a front can lead to each of them
