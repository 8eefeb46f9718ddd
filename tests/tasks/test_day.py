"""A day as any front asks for it: its year, what is missing, late or soon due, and what to know."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.calendar.duties import Outcome
from pipeline.errors import GongwenError
from pipeline.records.period import Month, Period
from pipeline.records.task_progress import Step
from pipeline.tasks.day import day_of
from pipeline.workspace import Workspace
from tests.intake import OTHER, UNIT, report, take_one
from tests.told_progress import Told


def test_the_year_is_todays_or_the_latest_with_ledgers(workspace: Workspace) -> None:
    told = Told()
    assert day_of(workspace, date(2027, 3, 20), progress=told).year == 2027
    assert told.steps == [(Step.READING, 2, 2027)]
    assert day_of(workspace, date(2030, 3, 20)).year == 2027
    assert day_of(workspace, date(2027, 3, 20), Period(2026)).year == 2026
    with pytest.raises(GongwenError, match="没有2016年的日程"):
        day_of(workspace, date(2027, 3, 20), Period(2016))


def test_what_came_late_and_what_is_missing(workspace: Workspace, mail: Path) -> None:
    take_one(workspace, report(mail), when="03-29 09:00")  # due on the 28th
    before, after = (day_of(workspace, date(2027, 3, number)) for number in (28, 29))
    march = "报送3月月报"
    assert march not in {duty.what for duty in before.missing}
    (duty,) = (each for each in after.missing if each.what == march)
    assert (duty.units(Outcome.LATE), duty.units(Outcome.MISSING)) == ((UNIT,), (OTHER,))
    assert duty not in after.late
    take_one(
        workspace, report(mail, "水.csv", title=f"{OTHER}2027年3月月报", rows=["1,丙水厂项目,区水务局,100,100,300,主体施工,,,无"]),
        when="03-29 10:00",
    )  # fmt: skip
    again = day_of(workspace, date(2027, 3, 29))
    assert [each.what for each in again.late] == [march]


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (45, True), (46, False)])
def test_soon_is_from_today_to_45_days(workspace: Workspace, days: int, soon: bool) -> None:
    due = date(2027, 3, 28)
    found = day_of(workspace, due - timedelta(days)).soon
    assert ("报送3月月报" in {duty.what for duty in found}) is soon


def test_the_months_to_show(workspace: Workspace) -> None:
    day = day_of(workspace, date(2027, 3, 20))
    assert day.months() == (Month(2027, 3), Month(2027, 4))
    assert day.months(Period(2027, Month(2027, 7))) == (Month(2027, 7),)
    assert len(day.months(Period(2027))) == 12
    assert day_of(workspace, date(2027, 12, 20)).months() == (Month(2027, 12),)
    assert day_of(workspace, date(2030, 1, 1)).months() == (Month(2027, 12),)
    for duty in day.due_in(Month(2027, 4)):
        assert 4 in {each.month for each in (duty.due, duty.opens) if each}


def test_what_to_know_is_said(workspace: Workspace) -> None:
    assert "没有报送登记，报表收到没有无法判断" in day_of(workspace, date(2027, 3, 20)).notes
    assert "2029年度还没有台账，只列期限" in day_of(workspace, date(2029, 3, 20), Period(2029)).notes
