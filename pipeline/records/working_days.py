"""Which days the office works: weekends, and what its table of holidays says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.records.office_setting import setting

OFF, WORKED, PENDING = "放假", "上班", "待公布"  # kinds of line in the table
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SATURDAY = 5


@dataclass(frozen=True)
class SpecialDay:
    """A day off that is no weekend, or a weekend day that is worked (调休)."""

    kind: str  # OFF or WORKED
    name: str  # 国庆节


@dataclass(frozen=True)
class WorkingDays:
    """The office's table. A year without a line, or with one of kind 待公布, is not wholly known."""

    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    pending: frozenset[int] = frozenset()  # years whose arrangement is not yet published
    stated: bool = False  # False: the workspace has no table

    def reason_off(self, day: date) -> str:
        """Why nobody works on ``day``: ``周六``, ``国庆节放假``; "" for a working day."""
        special = self.special.get(day)
        if special:
            return f"{special.name}{OFF}" if special.kind == OFF else ""
        return WEEKDAYS[day.weekday()] if day.weekday() >= _SATURDAY else ""

    def next_working(self, day: date) -> date:
        """``day`` itself or the first working day after it."""
        while self.reason_off(day):
            day += timedelta(days=1)
        return day

    def gap(self, year: int) -> str:
        """What is not known of ``year``, as a sentence without its stop; "" where its days are entered."""
        entered = any(day.year == year for day in self.special)
        if entered and year not in self.pending:
            return ""
        known = "已录入的法定节日和周末" if entered else "周六、周日"
        why = "放假调休安排待公布" if year in self.pending else "放假调休安排没有录入"
        return f"{year}年{why}，休息日只按{known}判断"


@dataclass(frozen=True)
class DeadlineSettings:
    """Whether a deadline on a day off moves: neither measure says, so it is the office's choice."""

    shift: bool = setting(
        False,
        "逢休息日顺延",
        "报送期限遇周末或放假时，true表示顺延到下一个工作日；两个办法写明日期而没有写顺延，默认不顺延。休息日见inputs/节假日.csv",
    )
    working_days: WorkingDays = field(default_factory=WorkingDays)

    def binding(self, named: date) -> date:
        """The last day that is on time where the article names ``named``."""
        return self.working_days.next_working(named) if self.shift else named
