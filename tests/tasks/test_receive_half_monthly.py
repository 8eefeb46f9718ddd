"""半月报 (B-11): forms, tables of its columns and written reports, of which only the time is registered."""

from pathlib import Path

import pytest

from pipeline.records.period import Period
from pipeline.registers.register import Register
from pipeline.tasks.desk import Told
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.intake import PROJECTS, UNIT, report, take_one
from tests.sent_forms import issued, sent_as, with_problem

HEAD = "序号,项目名称,责任单位,项目进度,手续办理情况,存在问题及推动措施,对策建议"
SPONSORED = "序号,项目名称,责任单位,包联领导,总投资（万元）,当年计划投资（万元）,建设年限,项目进展,需区领导推动的事项"


def table(folder: Path, title: str, head: str = HEAD, unit: str = UNIT, name: str = "半.csv") -> Path:
    rest = "," * (head.count(",") - 3)
    path = folder / name
    path.write_text(f"{title}\n{head}\n1,{PROJECTS[0]},{unit},主体施工{rest}\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("title", "told", "kind", "when", "outcome"),
    [
        ("2027年4月上半月", "", "上半月报", "04-15 09:00", "按时"),
        ("2027年4月上半月", "", "上半月报", "04-16 09:00", "迟报"),
        ("2027年4月下半月项目进展", "", "下半月报", "04-30 09:00", "按时"),
        ("2027年4月包联项目情况", "上半月报", "上半月报", "04-14 09:00", "按时"),
    ],
)
def test_a_table_of_its_columns(
    workspace: Workspace, mail: Path, title: str, told: str, kind: str, when: str, outcome: str
) -> None:
    line = take_one(workspace, table(mail, title), when, Told(kind=told)).line
    assert (line.refusal, line.unit, line.period) == ("", UNIT, "2027-04")
    assert (line.report_kind, line.outcome, line.working) == (kind, outcome, "")
    assert [each.report_kind for each in read_year(workspace, Period(2027)).ledgers.receipts] == [kind]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("2027年4月项目情况", "看不出是上半月报还是下半月报，请用--kind写明"),
        ("2027年4月上半月和下半月", "看不出是上半月报还是下半月报，请用--kind写明"),
        ("上半月项目情况", "看不出是哪个月份的报表，请用--period写明"),
    ],
)
def test_what_is_unclear_is_asked(workspace: Workspace, mail: Path, title: str, words: str) -> None:
    assert words in take_one(workspace, table(mail, title)).line.refusal


def test_the_list_of_sponsored_projects_of_half_a_month(workspace: Workspace, mail: Path) -> None:
    line = take_one(workspace, table(mail, "2027年4月上半月包联项目清单", SPONSORED), "04-14 09:00").line
    assert (line.report_kind, line.period, line.outcome) == ("上半月报", "2027-04", "按时")
    assert line.ledgers == ("sponsorship",)
    assert not read_year(workspace, Period(2027)).ledgers.sponsorships


def test_the_two_halves_stand_beside_each_other(workspace: Workspace, mail: Path) -> None:
    sent = table(mail, "2027年4月包联项目清单", SPONSORED)
    first = take_one(workspace, sent, "04-14 09:00", Told(kind="上半月报")).line
    second = take_one(workspace, sent, "04-29 09:00", Told(kind="下半月报")).line
    again = take_one(workspace, sent, "04-29 10:00", Told(kind="下半月报")).line
    assert (first.repeats, second.repeats, second.replaces, again.repeats) == (0, 0, (), 2)


@pytest.mark.parametrize("suffix", [".docx", ".wps", ".pdf"])
def test_a_written_report_is_archived_and_its_time_registered(workspace: Workspace, mail: Path, suffix: str) -> None:
    path = mail / f"情况报告{suffix}"
    path.write_bytes(b"words")
    line = take_one(workspace, path, "04-14 09:00", Told(UNIT, "2027-04", "上半月报")).line
    assert (line.unit, line.period, line.report_kind, line.outcome) == (UNIT, "2027-04", "上半月报", "按时")
    assert (workspace.root / line.archived).read_bytes() == b"words"
    assert not Register.open(workspace).verify()


def test_a_written_reports_name_may_say_whose_it_is(workspace: Workspace, mail: Path) -> None:
    path = mail / f"{UNIT}2027年4月半月报告.docx"
    path.write_bytes(b"words")
    assert "请加--kind 上半月报（或下半月报）" in take_one(workspace, path, "04-14 09:00").line.refusal
    line = take_one(workspace, path, "04-14 10:00", Told(kind="下半月报")).line
    assert (line.unit, line.period, line.received_at.hour) == (
        UNIT,
        "2027-04",
        9,
    )  # it was there an hour before


def test_the_months_form_sent_back_at_half_time(workspace: Workspace, tmp_path: Path) -> None:
    """Its sheet of the month's figures is still empty, which is nothing to mend."""
    sent = sent_as(issued(workspace, "2027-04"), tmp_path / "半月.xlsx", with_problem("缺用地"))
    line = take_one(workspace, sent, "04-14 09:00", Told(kind="上半月报")).line
    assert (line.refusal, line.report_kind, line.period, line.outcome) == ("", "上半月报", "2027-04", "按时")
    assert (line.findings, line.working) == ((), "")
    assert not read_year(workspace, Period(2027)).ledgers.problems


def test_an_untouched_form_is_no_half_monthly_report(workspace: Workspace) -> None:
    line = take_one(workspace, issued(workspace, "2027-04"), "04-14 09:00", Told(kind="上半月报")).line
    assert "下发的空白台账原样报回" in line.refusal


def test_a_monthly_report_is_not_made_half_by_a_word_in_its_rows(workspace: Workspace, mail: Path) -> None:
    line = take_one(workspace, report(mail)).line
    assert line.report_kind == "月报"
