"""The closed grammars of cells: what an amount, a date or a span may look like.

Each function takes a cell and returns its value, ``None`` for a cell that states nothing, or raises
``Unreadable`` with a Chinese reason. Nothing is guessed: what the grammar does not name is refused.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.ledgers.grid import Cell
from pipeline.records.period import PartialDay, Span, midnight_near

NIL_MARKS = frozenset({"", "-", "—", "——", "－", "/", "／", "\\", "无"})
_NO_TEXT = NIL_MARKS - {"无"}

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－　（）", "0123456789.,- ()")
# re.ASCII throughout: \d must not take the digits of other scripts, which int() and Decimal() would accept.
_AMOUNT = re.compile(
    r"(?P<sign>-?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?\s*(?P<unit>亿元|万元|元|[亿万]?[一-龥]{1,2}元)?",
    re.ASCII,
)
WAN_PER_UNIT = {"亿元": Decimal(10000), "万元": Decimal(1), "元": Decimal("0.0001")}
UNITS = tuple(WAN_PER_UNIT)
_TOO_MUCH = Decimal(10**15)


class Unreadable(Exception):
    """A cell states something that the grammar refuses; the message is the reason, in Chinese."""


class Amount(NamedTuple):
    """An amount in 万元 and the unit that the cell itself stated, "" for none."""

    wan: Decimal
    stated_unit: str


@lru_cache(maxsize=4096)  # here and below: most rows of a ledger have the same few choices, dates and spans
def plain(text: str) -> str:
    """Full-width digits and marks to half-width; ①, 壹 and their like stay what they are."""
    return text.translate(_FULL_WIDTH).strip()


def _checked(cell: Cell) -> None:
    if cell.flaw:
        raise Unreadable(cell.flaw)


def amount(cell: Cell, unit: str, rates: Mapping[str, Decimal]) -> Amount | None:
    """An amount of money; ``unit`` is the column's, the cell's own unit goes first.

    ``rates`` maps a foreign currency to 元, as the office stated it (重点办法第二条: 含外币折合).
    """
    _checked(cell)
    if cell.percent_format:
        raise Unreadable("单元格是百分比格式，不是金额")
    if isinstance(cell.value, Decimal):
        return Amount(_sane(cell.value) * WAN_PER_UNIT[unit], "")
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    match = _AMOUNT.fullmatch(text)
    if not match or not isinstance(cell.value, str):
        raise Unreadable("不是规范的数字")
    number = _sane(Decimal(match["sign"] + match["digits"].replace(",", "") + (match["fraction"] or "")))
    stated = match["unit"] or ""
    if not stated:
        return Amount(number * WAN_PER_UNIT[unit], "")
    if stated in WAN_PER_UNIT:
        return Amount(number * WAN_PER_UNIT[stated], stated)
    scale = {"亿": "亿元", "万": "万元"}.get(stated[0], "元")
    currency = stated.removeprefix("亿").removeprefix("万")
    if currency not in rates:
        raise Unreadable(f"外币“{currency}”没有登记折算汇率")
    return Amount(number * rates[currency] * WAN_PER_UNIT[scale], stated)


def _sane(number: Decimal) -> Decimal:
    """A spreadsheet keeps 15 digits of a number: with more before the point it is no amount that anyone typed."""
    if abs(number) >= _TOO_MUCH:
        raise Unreadable("超过15位，不是合理的金额")
    return number


def states_bare_number(cell: Cell) -> bool:
    """Whether the cell holds an amount that names no unit of its own."""
    if isinstance(cell.value, Decimal):
        return True
    match = _AMOUNT.fullmatch(plain(cell.text))
    return bool(match and not match["unit"])


def number(cell: Cell) -> Decimal | None:
    """A plain number such as a score."""
    _checked(cell)
    if isinstance(cell.value, Decimal):
        return cell.value
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    if not re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII):
        raise Unreadable("不是规范的数字")
    return Decimal(text)


def percentage(cell: Cell) -> Decimal | None:
    """A percentage: ``85%`` or ``85`` as text; a number formatted as % arrives as its fraction."""
    _checked(cell)
    if isinstance(cell.value, Decimal):
        return cell.value * 100 if cell.percent_format else cell.value
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*[%％]?", text, re.ASCII)
    if not match:
        raise Unreadable("不是规范的百分比")
    return Decimal(match[1])


_YMD = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*(?:[-./月]\s*(\d{1,2})\s*日?(?:[ T]+0?0:00(?::00)?)?|月)?", re.ASCII
)
_YEAR_END = re.compile(r"(?:(\d{4})年|年)[底末]", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_MONTH_END = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(底|末|上旬|中旬|下旬)?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)


_HAN = "〇一二三四五六七八九"
_HAN_DAY = re.compile(
    rf"([{_HAN}零○]{{4}})年(?:(十[一二]?|[{_HAN[1:]}])月(?:((?:[二三]?十)?[{_HAN[1:]}]|[二三]?十)日)?)?"
)


def _han_number(text: str) -> int:
    """三十一 → 31."""
    tens, ten, ones = text.rpartition("十")
    return (10 * (_HAN.index(tens) if tens else 1) if ten else 0) + (_HAN.index(ones) if ones else 0)


def _day(year: str | int, month: str | int | None = None, day: str | int | None = None) -> PartialDay:
    try:
        result = PartialDay(int(year), int(month) if month else None, int(day) if day else None)
        _ = result.earliest, result.latest
    except ValueError:
        raise Unreadable("日期不存在") from None
    if not 1949 <= result.year <= 2100:
        raise Unreadable("年份不合理")
    return result


@lru_cache(maxsize=4096)
def _day_in_text(text: str, year: int | None) -> PartialDay:
    if match := _YMD.fullmatch(text):
        return _day(*match.groups())
    if match := _YEAR.fullmatch(text):
        return _day(match[1])
    if match := _HAN_DAY.fullmatch(text):
        stated = "".join(str(_HAN.index(digit)) for digit in re.sub("[零○]", "〇", match[1]))
        return _day(stated, *(_han_number(part) if part else None for part in match.groups()[1:]))
    if match := _DIGITS.fullmatch(text):
        return _day(*match.groups())
    if (match := _YEAR_END.fullmatch(text)) and (match[1] or year):
        return _day(match[1] or year or 0, 12)  # to the month: nobody means the 31st
    match = _MONTH_END.fullmatch(text)
    if match and (match[1] or year):
        part = _day(match[1] or year or 0, match[2])
        last = calendar.monthrange(part.year, part.month or 1)[1]
        days = {"上旬": 10, "中旬": 20}
        return _day(part.year, part.month, days.get(match[3], last)) if match[3] else part
    raise Unreadable("不是规范的日期")


def day(cell: Cell, year: int | None = None) -> PartialDay | None:
    """A date as far as stated; ``year`` completes a bare month such as ``3月`` or ``3月底``, or a bare ``年底``."""
    _checked(cell)
    if isinstance(cell.value, date):
        stated = midnight_near(cell.value) if isinstance(cell.value, datetime) else cell.value
        return _day(stated.year, stated.month, stated.day)
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    if isinstance(cell.value, Decimal) and re.fullmatch(r"\d{4}\.1", text):
        raise Unreadable("按数字存放，无法区分1月和10月")
    return _day_in_text(text, year)


def moment(cell: Cell) -> datetime | None:
    """A date with a time of day, as the register of receipts keeps it; a bare date means 00:00."""
    _checked(cell)
    if isinstance(cell.value, datetime):
        return cell.value
    if isinstance(cell.value, date):
        return datetime(cell.value.year, cell.value.month, cell.value.day)  # noqa: DTZ001 - the office's wall time
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    match = re.fullmatch(r"(.+?)[\s日T]+(\d{1,2})[:：时](\d{2})分?(?::\d{2})?", text, re.ASCII)
    part = _day_in_text(match[1].strip() + ("日" if "日" in text else "") if match else text, None)
    if part.month is None or part.day is None:
        raise Unreadable("缺少具体日期")
    hour, minute = (int(match[2]), int(match[3])) if match else (0, 0)
    if hour > 23 or minute > 59:
        raise Unreadable("时间不存在")
    return datetime(part.year, part.month, part.day, hour, minute)  # noqa: DTZ001 - the office's wall time


_BETWEEN = re.compile(r"\s*(?:——|—|–|--|~|～|至|到)\s*")
_YEARS = re.compile(r"(\d{4})\s*年?\s*-\s*(\d{4})\s*年?", re.ASCII)
_HYPHEN = re.compile(
    r"(\d{4}(?:[-./年]\d{1,2}月?(?:[-./]?\d{1,2}日?)?)?)\s*-\s*(\d{4}(?:[-./年]\d{1,2}月?(?:[-./]?\d{1,2}日?)?)?)",
    re.ASCII,
)
_DIGIT_SPAN = re.compile(r"(\d{8}|\d{6})\s*-\s*(\d{8}|\d{6})", re.ASCII)
_SHORT = re.compile(r"(\d{2})\.(\d{1,2})\s*(?:--?|——?|–|~|～|至)\s*(\d{2})\.(\d{1,2})", re.ASCII)
_SAME_YEAR = re.compile(r"(\d{4})[.年](\d{1,2})月?\s*-\s*(\d{1,2})月", re.ASCII)


def span(cell: Cell) -> Span | None:
    """建设年限: ``2026-2028``, ``2026.3-2028.10``, ``26.3-28.10``, ``2026年3月至2028年10月``, or one year alone."""
    _checked(cell)
    text = plain(cell.text).removesuffix("。")
    if text in NIL_MARKS:
        return None
    if isinstance(cell.value, date):
        raise Unreadable("只有一个日期，看不出起止时间")
    return _span_in_text(text)


@lru_cache(maxsize=4096)
def _span_in_text(text: str) -> Span:
    if match := _YEAR.fullmatch(text):
        return Span(_day(match[1]), _day(match[1]))
    if match := _SHORT.fullmatch(text):
        short = Span(_day(f"20{match[1]}", match[2]), _day(f"20{match[3]}", match[4]))
        if short.start.earliest > short.finish.earliest:
            raise Unreadable("两位数年份看不出起止时间")
        return short
    halves = _BETWEEN.split(text)
    if len(halves) == 1:
        if match := _YEARS.fullmatch(text) or _HYPHEN.fullmatch(text) or _DIGIT_SPAN.fullmatch(text):
            halves = [match[1], match[2]]
        elif match := _SAME_YEAR.fullmatch(text):
            halves = [f"{match[1]}年{match[2]}月", f"{match[1]}年{match[3]}月"]
    if len(halves) != 2:
        raise Unreadable("看不出起止时间")
    start = _day_in_text(halves[0].strip(), None)
    return Span(start, _day_in_text(halves[1].strip(), start.year))


_YES = frozenset({"有", "是", "√", "✓", "✔", "已提供", "已附", "齐全", "Y", "y"})
_NO = frozenset({"无", "否", "×", "✗", "✕", "缺", "未提供", "N", "n"})


def yes_no(cell: Cell) -> bool | None:
    """有/无, 是/否, √/×; an empty cell states nothing."""
    _checked(cell)
    text = plain(cell.text)
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Unreadable("请填“有”或“无”")


def choice(cell: Cell, choices: tuple[str, ...]) -> str | None:
    """One of a closed list; the suffixes 类, 项目 and 类项目 are left aside."""
    _checked(cell)
    return _choice_in_text(cell.text, choices)


@lru_cache(maxsize=4096)
def _choice_in_text(stated: str, choices: tuple[str, ...]) -> str | None:
    text = "".join(plain(stated).split())
    if text in NIL_MARKS:
        return None
    for suffix in ("", "类项目", "项目", "类", "阶段"):
        if suffix and not text.endswith(suffix):
            continue
        if (stem := text.removesuffix(suffix)) in choices:
            return stem
    raise Unreadable(f"应为{'、'.join(choices)}之一")


def text(cell: Cell) -> str | None:
    """Text without the line breaks of its cell; marks such as — or / state nothing."""
    _checked(cell)
    joined = "".join(map(str.strip, cell.text.splitlines()))
    return None if joined in _NO_TEXT else joined


def people(cell: Cell) -> tuple[str, ...]:
    """Names parted by 、，；/ or a line break; ``张　强`` is one name."""
    _checked(cell)
    names: list[str] = []
    for part in re.split(r"[、，,；;/／\n]+", cell.text):
        words = part.split()
        if len(words) > 1 and all(len(word) > 1 for word in words):
            names.extend(words)
        elif words:
            names.append("".join(words))
    return tuple(name for name in names if name not in NIL_MARKS)
