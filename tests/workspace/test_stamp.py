"""A workspace's stamp tells that something changed, and nothing but that."""

import os
from pathlib import Path

import pytest

from pipeline.records.period import Period
from pipeline.tasks.run import issue
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.faults.small_workspace import promotion_job


def test_looking_and_reading_change_nothing(workspace: Workspace) -> None:
    before = workspace.stamp()
    read_year(workspace, Period(2027))
    assert workspace.stamp() == before


@pytest.mark.parametrize("place", ["inputs/2027/申报/申报表.csv", "inputs/office.toml", "templates/计划.docx"])
def test_a_changed_file_changes_it(workspace: Workspace, place: str) -> None:
    path, before = workspace.root / place, workspace.stamp()
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    touched = workspace.stamp()
    path.write_bytes(path.read_bytes() + b" ")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert len({before, touched, workspace.stamp()}) == 3


def test_papers_count_and_the_programs_notes_do_not(workspace: Workspace) -> None:
    before = workspace.stamp()
    job = promotion_job(2, "甲")
    issue(workspace, job)
    made = workspace.stamp()
    assert made != before
    issue(workspace, job)  # nothing to make: only notes are written
    assert workspace.stamp() == made
    paper = next(workspace.outputs.rglob("*.docx"))
    paper.write_bytes(paper.read_bytes() + b"edited")
    assert workspace.stamp() != made


def test_a_file_that_comes_goes_or_moves_changes_it(workspace: Workspace) -> None:
    stamps = [workspace.stamp()]
    new = workspace.inputs / "2027" / "月报.csv"
    new.write_bytes(b"x")
    stamps.append(workspace.stamp())
    moved = new.rename(Path(f"{new}.bak"))
    stamps.append(workspace.stamp())
    moved.unlink()
    assert len(set(stamps)) == 3
    assert workspace.stamp() == stamps[0]
