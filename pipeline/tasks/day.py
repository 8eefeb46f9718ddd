"""What a day asks: the duties of its year as they stand, and what is missing, late or soon due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pipeline.calendar.calendar_wording import notes_of
from pipeline.calendar.duties import Duty, Outcome, calendar_of
from pipeline.errors import GongwenError
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month, Period
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.settings import OfficeSettings
from pipeline.records.task_progress import SILENT, TaskProgress
from pipeline.workspace import Workspace

_YEARS = range(2017, 2100)  # both measures bind the whole of them
_SOON = timedelta(days=45)


@dataclass(frozen=True)
class Day:
    """A year's calendar on one day; ``notes`` are sentences, without full stop, to know before relying on it."""

    today: date
    settings: OfficeSettings
    ledgers: Ledgers
    duties: tuple[Duty, ...]
    notes: tuple[str, ...]

    @property
    def year(self) -> int:
        return self.ledgers.year

    @cached_property
    def missing(self) -> tuple[Duty, ...]:
        """Due before today and not come, of some unit at least."""
        return tuple(duty for duty in self.duties if duty.outcome is Outcome.MISSING)

    @cached_property
    def late(self) -> tuple[Duty, ...]:
        """Come from all who owe it, from some after the day."""
        return tuple(duty for duty in self.duties if duty not in self.missing and duty.units(Outcome.LATE))

    @cached_property
    def soon(self) -> tuple[Duty, ...]:
        """Due from today on within 45 days."""
        return tuple(duty for duty in self.duties if self.today <= duty.due <= self.today + _SOON)

    def months(self, period: Period | None = None) -> tuple[Month, ...]:
        """What to show: the period asked for, else today's month and the next; of another year its nearest two."""
        if period:
            return (period.month,) if period.month else tuple(Month(self.year, number) for number in range(1, 13))
        first = min(max(Month(self.today.year, self.today.month), Month(self.year, 1)), Month(self.year, 12))
        return tuple(month for month in (first, first.shifted(1)) if month.year == self.year)

    def due_in(self, month: Month) -> tuple[Duty, ...]:
        """The duties that end or open in a month."""
        named = (month.year, month.month)
        return tuple(
            duty
            for duty in self.duties
            if any(day and (day.year, day.month) == named for day in (duty.due, duty.opens))
        )


def day_of(workspace: Workspace, today: date, period: Period | None = None, progress: TaskProgress = SILENT) -> Day:
    """The calendar of the year asked for; else of today's year, or of the latest with ledgers where today's has none.

    Raises ``GongwenError`` for a year before both measures bind the whole of it.
    """
    settings = workspace.settings()
    year = _year(workspace, period, today)
    ledgers = _ledgers(workspace, year, settings, progress) or Ledgers(year)
    following = _ledgers(workspace, year + 1, settings, progress)
    lines = _lines(workspace, settings)
    duties = calendar_of(ledgers, today, settings.deadlines, following, settings.level, lines)
    notes = (*_of_unseen(ledgers), *notes_of(ledgers, settings.deadlines))
    return Day(today, settings, ledgers, duties, notes)


def _year(workspace: Workspace, period: Period | None, today: date) -> int:
    years = workspace.years()
    year = today.year if today.year in years or not years else years[-1]
    year = period.year if period else year
    if year not in _YEARS:
        raise GongwenError(f"没有{year}年的日程：两个办法2016年10月印发，年度应为{_YEARS[0]}至{_YEARS[-1]}")
    return year


def _ledgers(workspace: Workspace, year: int, settings: OfficeSettings, progress: TaskProgress) -> Ledgers | None:
    """None where the year has no folder: its deadlines are known all the same."""
    if year not in workspace.years():
        return None
    from pipeline.tasks.year_ledgers import ledgers_of  # not for a year without ledgers

    return ledgers_of(workspace, year, settings, progress=progress)


def _lines(workspace: Workspace, settings: OfficeSettings) -> Sequence[RegisterLine]:
    """The register's lines; none where there is no year yet."""
    if not workspace.years():
        return ()
    from pipeline.tasks.year_ledgers import lines_of  # not for a year without ledgers

    return lines_of(workspace, settings)


def _of_unseen(ledgers: Ledgers) -> list[str]:
    """What is told where a part of the year's folders can't be seen."""
    if not ledgers.unseen:
        return []
    from pipeline.registers.unseen import said  # not for a year without ledgers

    return [said(ledgers.unseen, "以上不是全部情况，没有判断缺报")]
