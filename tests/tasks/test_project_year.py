"""One project of a year: its rows of every ledger and what is wrong with it; rows until a month are called so."""

from pathlib import Path

import pytest

from pipeline.errors import GongwenError
from pipeline.records.period import Month, Period
from pipeline.tasks.project_year import project_names, project_year
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.intake import PROJECTS, report, row, take_one


def test_a_project_has_its_rows_and_its_findings(workspace: Workspace, mail: Path) -> None:
    for number, done in ((1, "100"), (3, "9999999")):
        rows = [row(1, PROJECTS[0], done), row(2, PROJECTS[1])]
        take_one(
            workspace, report(mail, f"{number}.csv", rows, f"区住建局2027年{number}月月报"), when=f"0{number}-27 09:00"
        )
    year = read_year(workspace, Period(2027))
    assert project_names(year) == (*PROJECTS, "丙水厂项目")
    found = project_year(year, f" {PROJECTS[0]}　")
    assert found.name == PROJECTS[0]
    assert found.declaration is not None
    assert found.declaration.project_name == PROJECTS[0]
    assert [each.month.month for each in found.months] == [1, 3]
    assert (found.sponsorship, found.team, found.problems, found.nodes) == (None, None, (), ())
    about = {each.message for each in found.findings}
    assert about
    assert about == {each.message for each in year.findings if PROJECTS[0] in (each.project, *each.projects)}
    assert len(about) < len({each.message for each in year.findings})
    key = found.declaration.key
    assert [each.month.month for each in year.basis.reported_until(key, Month(2027, 2))] == [1]
    assert [each.month.month for each in year.basis.reported_until(key, Month(2027, 3))] == [1, 3]


def test_an_unknown_name_is_told_its_neighbour(workspace: Workspace) -> None:
    with pytest.raises(GongwenError, match="台账中没有项目“甲厂房项日”，是否为“甲厂房项目”"):
        project_year(read_year(workspace, Period(2027)), "甲厂房项日")
