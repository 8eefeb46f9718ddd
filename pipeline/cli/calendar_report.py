"""What ``gongwen calendar`` prints."""

from collections.abc import Sequence

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
from pipeline.cli.remedies import HOW
from pipeline.cli.terminal import paragraph
from pipeline.cli.text_table import text_table
from pipeline.errors import Remedy
from pipeline.records.period import Month, chinese_day
from pipeline.records.working_days import WEEKDAYS, WorkingDays
from pipeline.tasks.day import Day

_MOST_NAMED = 2  # more names stand below the table, which else no screen is wide enough for
_HEAD = ("日期", "由谁", "事项", "情况", "依据")


def calendar_text(day: Day, months: Sequence[Month]) -> str:
    """What is missing first and what came late, of the whole year; then each of ``months``; then what to know."""
    working_days = day.settings.deadlines.working_days
    parts = [f"按{chinese_day(day.today)}（{WEEKDAYS[day.today.weekday()]}）的情况"]
    if day.missing:
        parts.append(f"逾期未收（{len(day.missing)}次）\n{_table(day.missing, working_days)}")
    if day.late:
        parts.append(f"已收到但有迟报（{len(day.late)}次）\n{_table(day.late, working_days)}")
    parts += [f"{month.chinese}\n{_table(day.due_in(month), working_days)}" for month in months]
    shown = [duty for month in months for duty in day.due_in(month)]
    notes = list(day.notes)
    if any(situation(duty) == NOT_REGISTERED for duty in shown):
        notes.append(LEGEND)
    if any(duty.units(Outcome.UNKNOWN) for duty in shown):
        notes.append(f"{UNCLEAR}（{HOW[Remedy.RECEIVE]} --kind 上半月报）")
    parts.append("\n".join(paragraph(f"{note}。") for note in notes))
    return "\n\n".join(parts)


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
