"""Months, periods, days known in part, and spans of construction."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pipeline.errors import GongwenError


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year; prints as ``2027-03``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month} is not in 1..12")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """``2027-03`` → Month(2027, 3); raises ValueError otherwise."""
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            raise ValueError(text)
        return cls(int(text[:4]), int(text[5:]))

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def shifted(self, months: int) -> "Month":
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def chinese(self) -> str:
        return f"{self.year}年{self.month}月"


_MINUTE = timedelta(minutes=1)
_END_OF_DAY = time(23, 59, 59)  # what programs and people write for the end of that very day


def midnight_near(moment: datetime) -> datetime:
    """The midnight that is less than a minute away, else the moment itself.

    Programs that reckon with local mean time (Shanghai was 43 seconds off until 1901) export days with such a slip.
    """
    start = datetime.combine(moment.date(), time())
    if moment - start < _MINUTE:
        return start
    left = timedelta(days=1) - (moment - start)
    slipped = left < _MINUTE and moment.time() != _END_OF_DAY and moment.date() < date.max
    return moment + left if slipped else moment


@dataclass(frozen=True)
class PartialDay:
    """A date as far as the unit stated it: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        if self.month is None:
            return date(self.year, 12, 31)
        return date(self.year, self.month, self.day) if self.day else Month(self.year, self.month).last_day

    @property
    def chinese(self) -> str:
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}"


@dataclass(frozen=True)
class Span:
    """建设年限: from the start (开工) to the finish (竣工), both as far as stated."""

    start: PartialDay
    finish: PartialDay

    @property
    def chinese(self) -> str:
        """``2026—2028年`` for bare years, ``2026年3月—2028年10月`` otherwise."""
        if self.start.month is None and self.finish.month is None:
            if self.start.year == self.finish.year:
                return f"{self.start.year}年"
            return f"{self.start.year}—{self.finish.year}年"
        return f"{self.start.chinese}—{self.finish.chinese}"

    @property
    def short(self) -> str:
        """For narrow columns, to the month: ``2026.3—2028.10``; ``2027`` for one bare year."""
        start, finish = _dotted(self.start), _dotted(self.finish)
        return start if start == finish else f"{start}—{finish}"


def _dotted(part: PartialDay) -> str:
    return f"{part.year}.{part.month}" if part.month else str(part.year)


def chinese_day(day: date) -> str:
    """成文日期 form: arabic, full year, no padding (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


_PERIOD = re.compile("([0-9]{4})(?:(?:年度?)?|(?:[-/.]|年度?)([0-9]{1,2})(?:月份?)?|([0-9]{2}))")


@dataclass(frozen=True)
class Period:
    """A year, or one month of it."""

    year: int
    month: Month | None = None

    @classmethod
    def parse(cls, text: str) -> "Period":
        """``2027`` or ``2027-03``, also 2027年度, 2027-3, 2027年3月 and 202703; raises ``GongwenError`` otherwise."""
        found = _PERIOD.fullmatch(unicodedata.normalize("NFKC", text).strip())
        number = found and (found[2] or found[3])
        if not found or (number and not 1 <= int(number) <= 12):
            raise GongwenError(f"看不懂期间“{text}”，请写成2027或2027-03")
        year = int(found[1])
        return cls(year, Month(year, int(number)) if number else None)
