"""Which unit a file is registered for: other names of a unit, unknown names, and the clerk's word against the projects."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.records.period import Period
from pipeline.records.settings import OfficeSettings
from pipeline.tasks.desk import Told
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from pipeline.workspace.office_toml_writing import office_toml_text
from tests.intake import OTHER, PROJECTS, UNIT, report, row, take_one

FULL = "区住房城乡建设和交通局"


def knows(workspace: Workspace, *aliases: str) -> None:
    settings = OfficeSettings(unit_aliases=dict.fromkeys(aliases, UNIT))
    (workspace.inputs / "office.toml").write_text(office_toml_text(settings), "utf-8")


def by(unit: str) -> list[str]:
    return [row(number, name, unit=unit) for number, name in enumerate(PROJECTS, 1)]


def test_a_name_that_nobody_knows_is_said_and_registered_for_nobody(workspace: Workspace, mail: Path) -> None:
    sent = report(mail, rows=by(FULL), title=f"{FULL}2027年3月重点项目月报")
    line = take_one(workspace, sent).line
    assert (line.unit, line.accepted) == ("", False)
    assert line.refusal.startswith(f"表中写的单位“{FULL}”不在责任单位名册和[单位别名]中，与“{UNIT}”相近")


@pytest.mark.parametrize("title", [f"{FULL}2027年3月月报", "2027年3月月报", f"填报单位：{FULL} 2027年3月"])
def test_another_name_of_a_unit_is_the_unit_everywhere(workspace: Workspace, mail: Path, title: str) -> None:
    knows(workspace, FULL)
    line = take_one(workspace, report(mail, f"{FULL}.csv", rows=by(FULL), title=title)).line
    assert (line.unit, line.remarks, line.findings) == (UNIT, (), ())
    year = read_year(workspace, Period(2027))
    assert {each.lead_unit for each in year.ledgers.progress} == {UNIT}
    assert not [each for each in year.findings if FULL in each.message]


def card(name: str, unit: str, total: int) -> list[list[str | int]]:
    return [
        ["项目名称", name, "责任单位", unit],
        ["四个一批", "加快建设", "项目单位", "示例公司"],
        ["总投资（万元）", total, "当年计划投资（万元）", 3000],
        ["建设年限", "2026年3月—2028年10月", "建设地点", "示例路"],
        [],
    ]


def test_cards_are_received_as_they_are_read(workspace: Workspace, mail: Path) -> None:
    book = Workbook()
    for written in (("2027年重点项目申报卡片",), *card("丁项目", UNIT, 20000), *card("戊项目", UNIT, 30000)):
        book.active.append(tuple(written))  # type: ignore[union-attr]
    book.save(mail / "卡片.xlsx")
    line = take_one(workspace, mail / "卡片.xlsx").line
    assert (line.refusal, line.unit, line.period, line.ledgers) == ("", UNIT, "2027", ("declaration",))
    totals = {
        each.project_name: each.total_investment for each in read_year(workspace, Period(2027)).ledgers.declarations
    }
    assert (totals["丁项目"], totals["戊项目"]) == (Decimal(20000), Decimal(30000))


def test_the_clerk_may_use_it_too(workspace: Workspace, mail: Path) -> None:
    knows(workspace, "住建局")
    line = take_one(workspace, report(mail, rows=by(""), title="2027年3月月报"), told=Told("住建局")).line
    assert line.unit == UNIT


def test_a_unit_renamed_since_keeps_its_receipts(workspace: Workspace, mail: Path) -> None:
    take_one(workspace, report(mail))
    roster = workspace.inputs / "2027" / "名册" / "责任单位名册.csv"
    roster.write_text(roster.read_text("utf-8").replace(UNIT, FULL), "utf-8")
    settings = OfficeSettings(unit_aliases={UNIT: FULL})
    (workspace.inputs / "office.toml").write_text(office_toml_text(settings), "utf-8")
    ledgers = read_year(workspace, Period(2027)).ledgers
    assert {each.unit for each in ledgers.receipts} == {FULL}
    assert {each.lead_unit for each in ledgers.declarations} == {FULL, OTHER}
    corrected = take_one(workspace, report(mail, rows=by(FULL)), "03-28 09:00").line
    assert (corrected.unit, corrected.replaces) == (FULL, (1,))


def test_the_clerks_word_against_the_projects_is_refused(workspace: Workspace, mail: Path) -> None:
    sent = report(mail, rows=by(""), title="2027年3月月报")
    line = take_one(workspace, sent, told=Told(OTHER)).line
    assert line.refusal.startswith(
        f"所列项目申报的责任单位是“{UNIT}”（甲厂房项目、乙道路项目），与--unit给出的“{OTHER}”不符"
    )
    with_a_new_one = [*by(""), row(3, "新项目", unit="")]
    line = take_one(workspace, report(mail, "混.csv", with_a_new_one, "2027年3月月报"), told=Told(OTHER)).line
    assert "与--unit给出的" in line.refusal
    assert take_one(workspace, sent, told=Told(UNIT)).line.accepted
    assert take_one(
        workspace,
        report(mail, "新.csv", rows=[row(1, "新项目", unit="")], title="2027年3月月报"),
        told=Told(OTHER),
    ).line.accepted


def test_with_the_clerks_word_the_unknown_name_is_still_said(workspace: Workspace, mail: Path) -> None:
    line = take_one(workspace, report(mail, rows=by(FULL), title="2027年3月月报"), told=Told(UNIT)).line
    assert line.accepted
    assert f"“{FULL}”不在责任单位名册和[单位别名]中" in line.remarks[0]
    assert f"按--unit登记为“{UNIT}”" in line.remarks[0]


def test_the_answer_for_the_offices_own_sheets_is_told(workspace: Workspace, mail: Path) -> None:
    path = mail / "打分表.csv"
    path.write_text("2027年现场观摩打分表\n项目名称,责任单位,评委1,评委2\n" + "\n".join(
        f"{name},{unit},90,91" for name, unit in ((PROJECTS[0], UNIT), ("丙水厂项目", OTHER))
    ), "utf-8")  # fmt: skip
    assert "写--unit 区重大办" in take_one(workspace, path).line.refusal
    assert take_one(workspace, path, told=Told("区重大办")).line.accepted
