"""What ``gongwen calendar`` prints."""

from collections.abc import Sequence
from datetime import date

from pipeline.calendar.calendar_wording import (
    LEGEND,
    NOT_REGISTERED,
    UNCLEAR,
    day_of,
    situation,
    unnamed,
    what_of,
)
from pipeline.calendar.duties import Duty, Outcome
from pipeline.cli.terminal import paragraph
from pipeline.cli.text_table import text_table
from pipeline.records.period import Month, chinese_day
from pipeline.records.working_days import WEEKDAYS, WorkingDays

_MOST_NAMED = 2  # more names stand below the table, which else no screen is wide enough for
_HEAD = ("日期", "由谁", "事项", "情况", "依据")


def calendar_text(
    duties: Sequence[Duty],
    months: Sequence[Month],
    today: date,
    working_days: WorkingDays,
    notes: Sequence[str],
) -> str:
    """What is missing first and what came late, of the whole year; then each of ``months``; then what to know."""
    parts = [f"按{chinese_day(today)}（{WEEKDAYS[today.weekday()]}）的情况"]
    missing = [duty for duty in duties if duty.outcome is Outcome.MISSING]
    if missing:
        parts.append(f"逾期未收（{len(missing)}次）\n{_table(missing, working_days)}")
    late = [duty for duty in duties if duty.outcome is not Outcome.MISSING and duty.units(Outcome.LATE)]
    if late:
        parts.append(f"已收到但有迟报（{len(late)}次）\n{_table(late, working_days)}")
    shown: list[Duty] = []
    for month in months:
        due = [duty for duty in duties if _falls_in(duty, month)]
        shown += due
        parts.append(f"{month.chinese}\n{_table(due, working_days)}")
    if any(situation(duty) == NOT_REGISTERED for duty in shown):
        notes = [*notes, LEGEND]
    if any(duty.units(Outcome.UNKNOWN) for duty in shown):
        notes = [*notes, UNCLEAR]
    parts.append("\n".join(paragraph(f"{note}。") for note in notes))
    return "\n\n".join(parts)


def _falls_in(duty: Duty, month: Month) -> bool:
    """Due or opening in the month."""
    return any(day and (day.year, day.month) == (month.year, month.month) for day in (duty.due, duty.opens))


def _table(duties: Sequence[Duty], working_days: WorkingDays) -> str:
    rows, before = [], ""
    for duty in duties:
        day = day_of(duty, working_days)
        rows.append(
            [
                "" if day == before else day,
                duty.who,
                what_of(duty),
                situation(duty, _MOST_NAMED),
                str(duty.citation),
            ]
        )
        before = day
    names = [paragraph(f"  {what_of(duty)}，{kind}") for duty in duties for kind in unnamed(duty, _MOST_NAMED)]
    return "\n".join([text_table(_HEAD, rows), *names])
