"""Next year's sponsored list (B-5): sent month by month, and only a proposal until it is settled."""

from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline.calendar.calendar_wording import situation
from pipeline.calendar.duties import calendar_of
from pipeline.cli.register_reports import received_text, register_text
from pipeline.records.ledgers import Ledgers
from pipeline.records.level import Level
from pipeline.records.period import Month, Period
from pipeline.records.receipt_line import RegisterLine
from pipeline.tasks.year import read_year
from pipeline.tasks.year_ledgers import lines_of
from pipeline.workspace import Workspace
from tests import build
from tests.intake import OTHER, PROJECTS, UNIT, lines, take_one

HEAD = (
    "序号,项目名称,所属行业,包联类型,状态,建设任务,总投资（万元）,当年投资（万元）,业主单位,责任地区,包联领导,责任单位,"
    "项目进展,开竣工时间,需区领导推动的事项"
)


def proposals(path: Path, *states: str, year: int = 2028, unit: str = UNIT, sender: str = UNIT) -> Path:
    """A unit's list for ``year`` with a project of each state."""
    rows = [
        f"{number},{name},基础设施,重大实施,{state},道路,50000,20000,示例公司,示例街道,王某甲,{unit},前期,{year}年3月—{year + 1}年10月,无"
        for number, (name, state) in enumerate(zip(PROJECTS, states, strict=False), 1)
    ]
    path.write_text("\n".join([f"{sender}{year}年包联项目清单", HEAD, *rows, ""]), "utf-8")
    return path


def owed(workspace: Workspace) -> set[str]:
    """What of B-7 and B-8 is asked for the next year."""
    rules = {"team-exists": "B-7", "work-list": "B-8"}
    found = [each for each in read_year(workspace, Period(2028)).findings if each.rule in rules]
    assert [each.citation and each.citation.code for each in found] == [rules[each.rule] for each in found]
    return {name for each in found for name in each.projects}


@pytest.mark.parametrize(
    ("states", "asked"),
    [
        (("拟包联", "拟包联"), set()),
        (("拟包联", "已确定"), {PROJECTS[1]}),
        (("已确定", "已确定"), set(PROJECTS)),
        (("", "拟包联"), {PROJECTS[0]}),  # blank: as lists were before there was the column
    ],
)
def test_a_proposal_owes_no_team_and_no_work_list(
    workspace: Workspace, mail: Path, states: tuple[str, ...], asked: set[str]
) -> None:
    """B-5, B-7, B-8."""
    line = take_one(workspace, proposals(mail / "清单.csv", *states), "04-12 09:00").line
    assert (line.period, line.ledgers, line.refusal) == ("2028", ("sponsorship",), "")
    assert owed(workspace) == asked


def test_the_office_s_own_list_settles_it(workspace: Workspace, mail: Path) -> None:
    """B-5: the group settles the list, whatever a unit's list still says."""
    own = proposals(mail / "全区.csv", "已确定", "拟包联", sender="示例区重大办").read_text("utf-8")
    take_one(workspace, proposals(mail / "清单.csv", "拟包联", "拟包联"), "04-12 09:00")
    whole = workspace.inputs / "2028" / "包联" / "全区清单.csv"
    whole.write_text(own + own.splitlines()[-2].replace(PROJECTS[0], "丙水厂项目").replace(UNIT, OTHER) + "\n", "utf-8")
    assert set(read_year(workspace, Period(2028)).basis.sponsored) == {PROJECTS[0], "丙水厂项目"}
    take_one(workspace, proposals(mail / "再报.csv", "拟包联", ""), "05-12 09:00")
    assert set(read_year(workspace, Period(2028)).basis.sponsored) == {PROJECTS[0], "丙水厂项目"}
    assert owed(workspace) == {PROJECTS[0], "丙水厂项目"}


def test_the_month_of_each_list_is_registered(workspace: Workspace, mail: Path) -> None:
    """B-5: 逐月报送."""
    sent = proposals(mail / "清单.csv", "拟包联", "拟包联")
    received = take_one(workspace, sent, "04-12 09:00")
    assert "登记为2027年4月报送的次年包联项目" in received_text([received])
    assert take_one(workspace, sent, "05-31 23:59").line.proposed_in == Month(2027, 5)  # the same again is May's
    table = register_text(lines(workspace), "2028")
    assert "4月次年包联" in table
    assert "5月次年包联" in table


@pytest.mark.parametrize(
    ("changes", "month"),
    [
        ({}, Month(2027, 12)),
        ({"received_at": datetime(2028, 1, 1, 0, 0)}, None),  # noqa: DTZ001 - the list of a running year
        ({"received_at": datetime(2026, 12, 31, 23, 59)}, None),  # noqa: DTZ001
        ({"ledgers": ("team",)}, None),
        ({"ledgers": ("declaration", "sponsorship")}, Month(2027, 12)),
        ({"period": "2028-01"}, None),  # a half-monthly report
        ({"refusal": "文件损坏"}, None),
        ({"unit": Level.DISTRICT.said("{层级}重大办")}, None),
    ],
)
def test_which_lines_are_a_month_s_list(changes: dict[str, object], month: Month | None) -> None:
    """B-5, at both ends of the year before."""
    values: dict[str, object] = {
        "received_at": datetime(2027, 12, 31, 23, 59), "recorded_at": datetime(2028, 1, 5), "sha256": "", "size": 1,  # noqa: DTZ001
        "original_name": "", "archived": "", "unit": UNIT, "ledgers": ("sponsorship",), "period": "2028",
    }  # fmt: skip
    assert RegisterLine(**(values | changes)).proposed_in == month  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("month", "today", "said"),
    [
        (3, date(2027, 6, 1), "无登记"),  # before the first list the register says nothing
        (4, date(2027, 6, 1), f"应报2家，已收1家，登记不清：{OTHER}"),
        (5, date(2027, 6, 1), f"应报2家，已收1家，登记不清：{UNIT}"),
        (5, date(2027, 5, 31), f"应报2家，已收1家，待收：{UNIT}"),
        (5, date(2027, 5, 30), "应报2家，未到期"),
        (6, date(2027, 6, 1), "应报2家，未到期"),
    ],
)
def test_the_calendar_tells_who_sent_in_a_month(
    workspace: Workspace, mail: Path, month: int, today: date, said: str
) -> None:
    """B-5: who has nothing new is never missing."""
    take_one(workspace, proposals(mail / "一.csv", "拟包联"), "04-30 23:59")
    take_one(workspace, proposals(mail / "二.csv", "拟包联", unit=OTHER, sender=OTHER), "05-31 08:00")
    year = build.ledgers(build.unit(name=UNIT), build.unit(name=OTHER))
    duties = calendar_of(year, today, following=Ledgers(2028), lines=lines_of(workspace, workspace.settings()))
    (duty,) = (each for each in duties if each.key == f"sponsored-proposed-2027-{month:02}")
    assert (situation(duty), duty.citation.code) == (said, "B-5")
