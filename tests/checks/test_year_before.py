"""A year's declarations beside the declarations and reports of the year before (K-8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.checks import year_before
from pipeline.checks.rule import Rule
from pipeline.checks.runner import run_rules
from pipeline.cli import main
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.finding import Finding
from pipeline.records.period import Period
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.tasks.year import read_year
from pipeline.workspace.folders import Workspace
from tests import build
from tests.ledger_sheets import Row, write

D = Decimal


def found(rule: Rule, before: Iterable[object], now: Iterable[object]) -> list[Finding]:
    """What the rule finds in 2028, with the records of 2027 (10,000万元 by the end of 2026)."""
    ledgers = replace(build.ledgers(*now), year=2028)
    return list(run_rules(Case(ledgers, OfficeSettings(), date(2028, 1, 1), build.ledgers(*before)), (rule,)))


def declared(invested: str, **changes: object) -> object:
    return build.declaration(invested_before=D(invested), file="inputs/2028/申报/区工信局.xlsx", **changes)


@pytest.mark.parametrize(("invested", "findings"), [("27999", 1), ("28000", 0), ("28001", 1)])
def test_what_was_invested_before_is_last_years_figure_and_last_years_sum(invested: str, findings: int) -> None:
    """K-8(2)5."""
    before = [build.declaration(), build.progress(11), build.progress(12, year_done=D(18000))]
    result = found(year_before.CARRIED_ON, before, [declared(invested)])
    assert [(each.severity, each.field, each.citation and each.citation.code) for each in result] == [
        (Severity.WARNING, fields.INVESTED_BEFORE, "K-8(2)5")
    ] * findings
    for each in result:
        assert "不等于2027年申报的10,000万元（inputs/2027/declaration.xlsx Sheet1!" in each.message
        assert "加2027年12月月报的本年累计18,000万元（inputs/2027/月报/12.xlsx Sheet1!" in each.message
        assert each.action.endswith("应填28000（万元）")


@pytest.mark.parametrize(("invested", "findings"), [("17999", 1), ("18000", 0), ("18001", 0)])
def test_before_the_year_is_over_only_less_than_what_is_reported_is_wrong(invested: str, findings: int) -> None:
    before = [build.declaration(), build.progress(8)]
    result = found(year_before.CARRIED_ON, before, [declared(invested)])
    assert ["少于2027年申报的" in each.message for each in result] == [True] * findings


def test_a_finished_project_has_its_whole_sum_before_december() -> None:
    before = [build.declaration(), build.progress(8, finished_on=build.day("2027-08-20"))]
    assert len(found(year_before.CARRIED_ON, before, [declared("18001")])) == 1


@pytest.mark.parametrize(
    "before",
    [
        [build.declaration()],
        [build.progress(12)],
        [build.declaration(), build.declaration(row=4), build.progress(12)],
        [build.declaration(), build.progress(12), build.progress(12, row=4)],
        [build.declaration(invested_before=None), build.progress(12)],
        [build.declaration(), build.progress(12, year_done=None)],
    ],
)
def test_where_last_year_does_not_tell_nothing_is_said(before: list[object]) -> None:
    assert found(year_before.CARRIED_ON, before, [declared("99")]) == []


def test_a_project_that_was_finished_is_not_declared_again() -> None:
    """K-8(1)."""
    before = [
        build.declaration(),
        build.progress(11, finished_on=build.day("2027-11-20")),
        build.progress(12),
        build.progress(12, project_name="另一项目", row=4),
    ]
    now = [
        declared("22000"),
        declared("0", project_name="另一项目", row=4),
        declared("0", project_name="新项目", row=5),
    ]
    (finding,) = found(year_before.FINISHED, before, now)
    assert (finding.project, finding.field, finding.severity, finding.citation and finding.citation.code) == (
        build.PROJECT, fields.CLASS, Severity.WARNING, "K-8(1)",
    )  # fmt: skip
    assert "2027年已报竣工（2027年11月20日，inputs/2027/月报/11.xlsx Sheet1!" in finding.message
    assert "2028年又申报为加快建设" in finding.message


def test_a_year_is_read_with_the_year_before_where_it_lies_in_the_workspace(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "office")]).exit_code == 0
    workspace = Workspace.open(tmp_path / "office")
    head: Row = (
        "项目名称",
        "责任单位",
        "四个一批",
        "总投资（万元）",
        "已累计完成投资（万元）",
        "当年计划投资（万元）",
        "具体选址",
        "项目业主",
    )
    monthly: Row = ("项目名称", "责任单位", "本月完成投资（万元）", "本年累计完成投资（万元）", "形象进度")
    for place, rows in (
        (
            "2027/申报",
            [head, ("甲项目", "区工信局", "加快建设", 50000, 10000, 20000, "示例园区", "示例公司")],
        ),
        ("2027/月报/2027-12", [monthly, ("甲项目", "区工信局", 900, 18000, "主体完工")]),
        (
            "2028/申报",
            [head, ("甲项目", "区工信局", "加快建设", 50000, 27000, 20000, "示例园区", "示例公司")],
        ),
    ):
        folder = workspace.inputs / place
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, rows)
    rules = [each.rule for each in read_year(workspace, Period(2028)).findings]
    assert rules.count("carried-on") == 1
    assert "carried-on" not in [each.rule for each in read_year(workspace, Period(2027)).findings]
