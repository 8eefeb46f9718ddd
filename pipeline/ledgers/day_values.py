"""The closed grammars of days, moments and spans: what is read keeps the precision that was written.

As in ``values``: ``None`` for a cell that states nothing, ``Unreadable`` with a Chinese reason for one that is refused.
"""

import calendar
import re
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache

from pipeline.ledgers.values import NIL_MARKS, Unreadable, checked, plain
from pipeline.records.period import PartialDay, Span, midnight_near
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.numerals import figure

_HAN = "〇一二三四五六七八九"
_HAN_YEAR = re.compile(rf"(?<![{_HAN}零○])([{_HAN}零○]{{4}})(?=\s*年)")
_HAN_NUMBER = re.compile(rf"(?<![{_HAN}零○])((?:[二三]?十)?[{_HAN[1:]}]|[二三]?十)(?=\s*(?:月|日|号|季度))")
_LATEST_SHORT_YEAR = 60  # 27年 is 2027年; 98年 may be of either century

# Each with the groups year, month and day, as far as it has them. Seasons stand below.
_SPELLINGS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})\s*(?:[-./月]\s*(?P<day>\d{1,2})\s*[日号]?|月份?)?",
        r"(?P<year>\d{4})(?:年度?)?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?",
        r"(?P<year>\d{2})\s*年\s*(?P<month>\d{1,2})\s*月份?\s*(?:(?P<day>\d{1,2})\s*[日号])?",
        r"(?P<month>\d{1,2})\s*月份?\s*(?:(?P<day>\d{1,2})\s*[日号])?",
    )
)
_YEAR_STATED = r"(?:(?P<year>\d{4}|\d{2}(?=\s*年))\s*+年\s*+)?"
_YEAR_EDGE = re.compile(r"(?:(?P<year>\d{4})\s*年|年)(?P<edge>[初底末])", re.ASCII)
_MONTH_PART = re.compile(rf"{_YEAR_STATED}(?P<month>\d{{1,2}})\s*月份?\s*(?P<part>初|底|末|上旬|中旬|下旬)", re.ASCII)
_SEASON = re.compile(
    rf"{_YEAR_STATED}(?:(?P<half>[上下])半年|(?:第\s*+)?(?P<quarter>[1-4])\s*+季度)(?P<edge>[初底末])?",
    re.ASCII,
)
_LONGEST = 40  # characters of a date with all its blanks; of a span every place may be where it parts
_LAST_DAYS = {"上旬": 10, "中旬": 20}


def _with_digits(text: str) -> str:
    """二〇二七年三月三十一日 → 2027年3月31日."""
    text = _HAN_YEAR.sub(lambda match: f"{figure(match[1]):04}", text)
    return _HAN_NUMBER.sub(lambda match: str(figure(match[1])), text)


def _day(year: str | int | None, month: str | int | None = None, day: str | int | None = None) -> PartialDay:
    number = int(year or 0)
    if isinstance(year, str) and len(year) == 2:
        if number > _LATEST_SHORT_YEAR:
            raise Unreadable("只写了两位数的年份，看不出是哪一年")
        number += 2000
    try:
        result = PartialDay(number, int(month) if month else None, int(day) if day else None)
        _ = result.earliest, result.latest
    except ValueError:
        raise Unreadable("日期不存在") from None
    if not 1949 <= result.year <= 2100:
        raise Unreadable("年份不合理")
    return result


@lru_cache(maxsize=4096)
def _day_in_text(text: str, year: int | None) -> PartialDay:
    """A date as written; ``year`` completes one that names none."""
    if len(text) > _LONGEST:
        raise Unreadable("不是规范的日期")
    text = _with_digits(text)
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(text):
            parts = match.groupdict()
            if parts.get("year") or year:
                return _day(parts.get("year") or year, parts.get("month"), parts.get("day"))
    for pattern, reading in ((_YEAR_EDGE, _year_edge), (_MONTH_PART, _month_part), (_SEASON, _season)):
        match = pattern.fullmatch(text)
        if match and (match["year"] or year):
            return reading(match, match["year"] or year)
    raise Unreadable("不是规范的日期")


def _year_edge(match: re.Match[str], year: str | int | None) -> PartialDay:
    """年底 to the month: nobody means the 31st."""
    return _day(year, 1 if match["edge"] == "初" else 12)


def _month_part(match: re.Match[str], year: str | int | None) -> PartialDay:
    part = _day(year, match["month"])
    if match["part"] == "初":
        return part
    last = calendar.monthrange(part.year, part.month or 1)[1]
    return _day(part.year, part.month, _LAST_DAYS.get(match["part"], last))


def _season(match: re.Match[str], year: str | int | None) -> PartialDay:
    """The beginning or end of a half or quarter to the month; one without is kept to the year, which is told."""
    if not match["edge"]:
        return _day(year)
    months = 6 if match["half"] else 3
    number = (1 if match["half"] == "上" else 2) if match["half"] else int(match["quarter"])
    return _day(year, months * (number - 1) + 1 if match["edge"] == "初" else months * number)


# --- days with a time of day --------------------------------------------------------------------------------

_TIMED = re.compile(
    r"\A(?P<day>.*[\d日号])(?:[ \n]*T[ \n]*|[ \n]+|(?<=[日号]))(?P<hour>\d{1,2})[:时](?P<minute>\d{2})分?(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?P<zone>Z|[-+]\d{2}:?\d{2})?",
    re.ASCII,
)


def _timed(text: str, year: int | None) -> tuple[datetime, bool] | None:
    """The moment that a text states, and whether with its time zone; None for one without a time of day."""
    match = _TIMED.fullmatch(text)
    if not match:
        return None
    part = _day_in_text(match["day"].strip(), year)
    if part.month is None or part.day is None:
        raise Unreadable("缺少具体日期")
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        raise Unreadable("时间不存在")
    at = datetime(part.year, part.month, part.day, hour, minute, second)  # noqa: DTZ001 - the office's wall time
    return at, bool(match["zone"])


def day(cell: Cell, year: int | None = None) -> PartialDay | None:
    """A date as far as stated; ``year`` completes a bare month such as ``3月`` or ``3月底``, or a bare ``年底``."""
    return day_and_doubt(cell, year)[0]


def day_and_doubt(cell: Cell, year: int | None, *, happened: bool = False) -> tuple[PartialDay | None, str]:
    """A date, and what must be told of how it was read; "" for nothing.

    3月上旬 is until 10 March where it is a day by which something is due; of what ``happened`` it tells the month.
    """
    checked(cell)
    text = plain(cell.text)
    if isinstance(cell.value, datetime):
        return _of_moment(cell.value)
    if isinstance(cell.value, date):
        return _day(cell.value.year, cell.value.month, cell.value.day), ""
    if text in NIL_MARKS:
        return None, ""
    if re.fullmatch(r"\d{4}\.1", text) and not isinstance(cell.value, str):
        raise Unreadable("按数字存放，无法区分1月和10月")
    return _read_text(text, year, happened)


@lru_cache(maxsize=4096)
def _read_text(text: str, year: int | None, happened: bool) -> tuple[PartialDay, str]:
    if timed := _timed(text, year):
        return _of_moment(timed[0])
    read = _day_in_text(text, year)
    if happened and _MONTH_PART.fullmatch(_with_digits(text)):
        read = replace(read, day=None)
    doubt = _coarse(text)
    if happened and read.month is None and not doubt:
        doubt = f"只写到{read.chinese}，看不出是哪个月"
    return read, doubt


def _of_moment(moment: datetime) -> tuple[PartialDay, str]:
    """The day of a moment; a time of day that is no stray minute beside midnight is told."""
    meant = midnight_near(moment)
    read = _day(meant.year, meant.month, meant.day)
    if meant.time() == time():
        return read, ""
    clock = f"{meant:%H:%M:%S}".removesuffix(":00")
    return read, f"带有时刻{clock}，按{read.chinese}读取；如由系统导出，可能差了一天"


@lru_cache(maxsize=4096)
def _coarse(text: str) -> str:
    """What is lost of 上半年 or 三季度, of which a date can keep only the year."""
    found = [match[0] for match in _SEASON.finditer(_with_digits(text)) if not match["edge"]]
    return f"写的是“{text}”，没有写到月，只按年份读取" if found else ""


# Where a date is asked for that comes only with the event: it has not come.
_NOT_YET = re.compile(
    r"(?:项目|工程)?(?:暂|尚|还|仍|目前)?(?:未|没有|没|待)(?:能|有)?"
    r"(?:正式|实质性?|全部|全面)?(?:开工|动工|开建|复工|开工建设|启动|开始|竣工|完工|建成|投产|竣工投产|完成|办结|办理|解决|销号|建设|验收)"
    r"|在建|建设中|施工中|办理中|推进中|前期|前期中"
)
_OPEN = re.compile(r"(?:时间|年限)?(?:待|另|未|尚未|暂未)(?:确)?定|暂无|待明确|未明确")


def is_open(cell: Cell) -> bool:
    """Whether a cell says that its time is not settled: 待定, 另定, 未定."""
    return isinstance(cell.value, str) and not cell.flaw and _says(_OPEN, cell.text)


def not_yet(cell: Cell) -> bool:
    """Whether a cell for the day of an event says that it has not happened: 未开工, 尚未竣工, 待定."""
    return is_open(cell) or (isinstance(cell.value, str) and not cell.flaw and _says(_NOT_YET, cell.text))


@lru_cache(maxsize=4096)
def _says(words: re.Pattern[str], text: str) -> bool:
    return words.fullmatch("".join(plain(text).split())) is not None


def moment(cell: Cell) -> datetime | None:
    """A date with a time of day, as the register of receipts keeps it; a bare date means 00:00."""
    checked(cell)
    if isinstance(cell.value, datetime):
        return cell.value
    if isinstance(cell.value, date):
        return datetime(cell.value.year, cell.value.month, cell.value.day)  # noqa: DTZ001 - the office's wall time
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    if timed := _timed(text, None):
        if timed[1]:
            raise Unreadable("带有时区，看不出是本地几时")
        return timed[0].replace(second=0)
    part = _day_in_text(text, None)
    if part.month is None or part.day is None:
        raise Unreadable("缺少具体日期")
    return datetime(part.year, part.month, part.day)  # noqa: DTZ001 - the office's wall time


# --- spans --------------------------------------------------------------------------------------------------

_BETWEEN = re.compile("——|—|–|--|~|～|至|到")
_SHORT = re.compile(r"(\d{2})\.(\d{1,2})\s*(?:--?|——?|–|~|～|至)\s*(\d{2})\.(\d{1,2})", re.ASCII)
_YEARS = re.compile(r"(\d{4})\s*+(?:年\s*+)?(?:-|—|–|~|～|至)\s*+(\d{2})年?", re.ASCII)
_SLASHED = re.compile(r"(\d{4})\s*/\s*(\d{4})", re.ASCII)
_SAME_YEAR = re.compile(r"(\d{4})\.(\d{1,2})\s*-\s*(\d{1,2})", re.ASCII)
_NAMED = re.compile(
    r"\A(.(?:(?!开工|动工|开建).)*+)(?:开工|动工|开建)[,;、，；\s]*+(?:预计|计划|拟)?(?:于)?(.+?)"
    r"(?:竣工|完工|建成|竣工投产|建成投产)"
)
_LASTING = re.compile(r"\((?:共|工期|建设期)?(?:(\d{1,2})年|(\d{1,3})个月)\)", re.ASCII)


def span(cell: Cell) -> Span | None:
    """建设年限: ``2026-2028``, ``2026.3-2028.10``, ``26.3-28.10``, ``2026年3月至2028年10月``, or one year alone."""
    checked(cell)
    text = plain(cell.text).rstrip("。,;；，").strip()
    if text in NIL_MARKS:
        return None
    if isinstance(cell.value, date):
        raise Unreadable("只有一个日期，看不出起止时间")
    return _span_in_text(text)


def span_and_doubt(cell: Cell) -> tuple[Span | None, str]:
    """A span, and what must be told of how it was read; "" for nothing."""
    found = span(cell)
    return found, _coarse(plain(cell.text)) if found else ""


@lru_cache(maxsize=4096)
def _span_in_text(text: str) -> Span:
    if lasting := _LASTING.search(text):
        if lasting.end() != len(text):
            raise Unreadable("看不出起止时间")
        found = _span_in_text(text[: lasting.start()].rstrip())
        return _lasts(found, lasting)
    if match := re.fullmatch(r"(\d{4})(?:年度?)?", text, re.ASCII):
        return Span(_day(match[1]), _day(match[1]))
    if match := _SHORT.fullmatch(text):
        return _in_order(Span(_day(match[1], match[2]), _day(match[3], match[4])))
    if (match := _YEARS.fullmatch(text)) and int(match[2]) > 12:  # 2026-28; 2026-12 may be a month
        return _in_order(Span(_day(match[1]), _day(f"{match[1][:2]}{match[2]}")))
    spans = list(dict.fromkeys(_splits(text)))
    if len(spans) != 1:
        raise Unreadable("看不出起止时间")
    return spans[0]


def _in_order(found: Span) -> Span:
    if found.start.earliest > found.finish.earliest:
        raise Unreadable("两位数年份看不出起止时间")
    return found


def _lasts(found: Span, lasting: re.Match[str]) -> Span:
    """A span whose length is written beside it, if the two agree: 2026—2028年（3年）."""
    if lasting[1]:
        agrees = 0 <= found.finish.year - found.start.year + 1 - int(lasting[1]) <= 1
    else:
        months = 12 * (found.finish.year - found.start.year) + (found.finish.month or 12) - (found.start.month or 1)
        agrees = 0 <= months + 1 - int(lasting[2]) <= 1
    if not agrees:
        raise Unreadable("起止时间与括号中的时长不符")
    return found


def _splits(text: str) -> list[Span]:
    """Every way to part a text into a start and a finish that are both dates."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if match := _NAMED.fullmatch(text) or _SLASHED.fullmatch(text):
        halves = [(match[1], match[2])]
    elif match := _SAME_YEAR.fullmatch(text):
        halves = [(f"{match[1]}年{match[2]}月", f"{match[3]}月")] if int(match[2]) <= int(match[3]) else []
    elif len(parts) == 1:
        halves = [(text[:at], text[at + 1 :]) for at, mark in enumerate(text) if mark in "- \n"]
    else:
        halves = [(parts[0], parts[1])] if len(parts) == 2 else []
    return [found for start, finish in halves if (found := _joined(start.strip(" \n-"), finish.strip(" \n-")))]


def _joined(start: str, finish: str) -> Span | None:
    """The span of two dates; a finish without its year lies in the year of a start that names its month."""
    try:
        first = _day_in_text(start, None)
        return Span(first, _day_in_text(finish, first.year if first.month else None))
    except Unreadable:
        return None
