"""The months that a title, a sheet's name or a file's name speaks of. A range of months is its last month."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.records.period import Month
from pipeline.spreadsheets.numerals import figure

_DASHES = re.compile("[-‐‑‒–—―─−~〜]+")
_BETWEEN_DIGITS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # all white space but the one that parts two numbers
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_NUMERAL = "十[一二]?|[一二三四五六七八九]"
_MORE_NUMERALS = rf"(?:[-至到、,和及与](?:{_NUMERAL})){{0,11}}"  # a year has no more
_AFTER_MONTH = r"(?:[份底末度中上下重项进完投工报情台起以累,、(\[-]|至|到|和|及|与|$)"  # else it may be a name: 五月花
_CHINESE_MONTH = re.compile(
    rf"(?<![〇零○一二三四五六七八九十])(?:{_NUMERAL})(?={_MORE_NUMERALS}(?:月{_AFTER_MONTH}|个月|季))"
    rf"|(?:(?<=[年度至到-])|(?<=[0-9]{{4}}[./]))(?:{_NUMERAL})(?={_MORE_NUMERALS}月)"
)
_FIRST_MONTH = re.compile("元(?=月|[-至到](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月)")

_RANGE = "[-至到]"
_LIST = "[、,和及与&+/]"
_M = "(?:1[0-2]|0?[1-9])"
_D = "(?:3[01]|[12][0-9]|0?[1-9])"
_Y = "(?:(?:19|20)[0-9]{2})"
_YEAR = rf"(?<!\d)(?P<year>{_Y}|[0-9]{{2}}(?=年))"
_NO_MONTH = r"(?!\d|[号期个次万亿元%]|\.\d)"  # after a number that might be one
_UP_TO_DAY = rf"(?P<upto>{_RANGE}{_D}[日号])?"
_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}年(?P<month>{_M})月(?:份)?(?P<day>{_D})[日号]{_UP_TO_DAY}",
        rf"(?<!\d)(?P<year>{_Y})(?P<sign>[./-])(?P<month>{_M})(?P=sign)(?P<day>{_D})(?!\d){_UP_TO_DAY}",
        rf"(?<!\d)(?P<year>{_Y})(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)",
        rf"(?<!\d)(?<!\d\.)(?P<month>{_M})月(?P<day>{_D})[日号]{_UP_TO_DAY}",
        rf"(?:{_YEAR}年度?)?前(?P<month>{_M}|{_NUMERAL})个?月",
        rf"(?:{_YEAR}年度?)?前(?P<quarter>[1-4])个?季度?",
        rf"(?:{_YEAR}年度?)?第?(?P<quarter>[1-4首])(?:季度?|(?={_RANGE}第?[1-4]季)|(?={_LIST}第?[1-4]季))",
        rf"(?:{_YEAR}年度?)?(?<![A-Za-z])[Qq](?P<quarter>[1-4])(?!\d)",
        rf"(?:{_YEAR}年度?)?(?P<half>[上下])半年",
        rf"{_YEAR}年度?(?P<month>{_M})月(?:份)?(?:[底末初]|{_RANGE}(?P<last>{_M}){_NO_MONTH}(?!月|[年/.]))?",
        rf"(?<!\d)(?P<year>{_Y})[./-](?P<month>{_M})月(?:份)?[底末初]?",
        rf"(?:{_YEAR}(?:年度?|[./-]))?(?<!\d)(?P<month>{_M})(?=(?:(?:{_RANGE}|{_LIST}){_M}){{0,10}}(?:{_RANGE}|{_LIST}){_M}月)",
        rf"{_YEAR}年(?P<month>{_M}){_RANGE}(?P<last>{_M}){_NO_MONTH}",
        rf"(?<!\d)(?P<year>{_Y})[./-](?P<month>{_M})(?:{_RANGE}(?P<last>{_M}){_NO_MONTH}(?!月|[年/.]))?{_NO_MONTH}",
        rf"(?<!\d)(?P<year>{_Y})(?P<month>0[1-9]|1[0-2])(?!\d)",
        rf"(?<!\d)(?<!\d\.)(?P<month>{_M})月(?:份)?[底末初]?",
    )
)
_BARE_YEAR = re.compile(rf"(?<!\d)({_Y})年")
_GAP_RANGE = re.compile(f"(?:开始|起|累计|算)?,?{_RANGE}(?:同年|当年|本年)?")
_READ = 1_000  # characters: no title is longer, and what may stand above a head may be endless
_GAP_LIST = re.compile(_LIST)
_GAP_SIGNS = re.compile(r"(?:[^\w()\[\]]|[_至到和及与])+")  # no word between: nobody can tell what it means
_OPEN_END = re.compile("起|以来|[至到](?:今|目前|现在)|开始")
_AS_OF = re.compile(r"(?:截[至止]|(?:数据|统计|进度)截止(?:日期|时间|日)?:?|[至到])[到至于]?$")
_FILLED_IN = re.compile(
    r"(?:填报|填表|填写|报送|上报|制表|编制|编报|提交|更新|印发|打印|导出|收到|成文|审核|签发)(?:日期|时间)[::]?\s*"
    r"(?:\d[\d年月日号./\-]*)"
)
_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
# What happened to the projects, and when: （2026年12月开工）.
_EVENT = re.compile(
    "(?:开工|复工|动工|开建|竣工|完工|建成|投产|通车|运营|启动|批复|批准|核准|备案|立项|签约|成立|入库|印发|修订|发布|下达|实施|施行)(?:建设)?.$"
)
_PERIOD_WORDS = re.compile(
    "截[至止]|数据|统计|时间|日期|月报|报[表告送]|上报|半年|进[度展]|完成|情况|投资|项目|累计|以来"
    r"|[\W\d_年月日号第期季度份底末初上下前中旬至到止为起和及与本当]"
)


@dataclass(frozen=True)
class _Point:
    """One month, day or stretch of months as it stands in the text."""

    start: int
    end: int
    year: int | None
    first: int
    last: int  # of the months
    day: bool = False
    stretch: bool = False  # 一季度, 上半年, 前三个月: a word for several months


@dataclass(frozen=True)
class _Told:
    """What one expression comes to: a month, a range (its last month), or several months."""

    months: tuple[tuple[int | None, int], ...]  # year and month
    stretch: tuple[int, int] | None = None  # first and last month of a word for several months

    @property
    def dated(self) -> bool:
        return any(year is not None for year, _ in self.months)


def plain(text: str) -> str:
    """Half-width, with one kind of dash and numerals for the year and the months."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    text = _BETWEEN_DIGITS.sub("", text)
    text = _CHINESE_YEAR.sub(lambda found: f"{figure(found[0]):04}", text)
    text = _FIRST_MONTH.sub("1", text).replace("年第", "年")
    return _CHINESE_MONTH.sub(lambda found: str(figure(found[0])), text)


def without_fill_date(text: str) -> str:
    """A title without the day on which it was filled in or, in brackets, something happened: neither is its period."""
    shown = _FILLED_IN.sub("", unicodedata.normalize("NFKC", text))
    return _BRACKETED.sub(lambda aside: "()" if _EVENT.search(aside[0]) else aside[0], shown)


def _without_asides(shown: str) -> str:
    """A text without the brackets that hold more than a time."""
    return _BRACKETED.sub(lambda aside: "()" if _PERIOD_WORDS.sub("", aside[0]) else aside[0], shown)


@lru_cache(maxsize=4096)
def months_in(text: str, year: int | None = None) -> tuple[Month, ...]:
    """The months that a text speaks of, in their order; more than one where it does not settle on one.

    What a bracket says beside a month of the text itself counts only where it holds nothing but a time.

    A range or a quarter is its last month, one that spans two years both of its ends; a day counts only as 截至 that
    day. ``year`` is that of a month without one, where the text itself names no other.
    """
    shown = plain(without_fill_date(text[:_READ]))
    if (rest := _without_asides(shown)) != shown and (found := months_in(rest, year)):
        return found
    points = list(_points(shown))
    told = _most_exact([each for group in _groups(shown, points) if (each := _told(shown, group))])
    named = {point.year for point in points if point.year} | {int(each) for each in _BARE_YEAR.findall(shown)}
    of_others = named.pop() if len(named) == 1 else year
    dated = [each for each in told if each.dated] or told
    months = {(stated or of_others, month) for each in dated for stated, month in each.months}
    return tuple(sorted(Month(of_year, month) for of_year, month in months if of_year))


def month_in(text: str, year: int | None = None) -> Month | None:
    """The month that a text speaks of, if it settles on one."""
    found = months_in(text, year)
    return found[0] if len(found) == 1 else None


def _points(text: str) -> Iterator[_Point]:
    """Every month and day of the text from left to right; of two spellings at one place the first listed."""
    position = 0
    while position < len(text):
        matches = (match for spelling in _SPELLINGS if (match := spelling.match(text, position)))
        match = next(matches, None)
        if match is None:
            position += 1
            continue
        yield _point(match)
        position = match.end()


def _point(match: re.Match[str]) -> _Point:
    named = match.groupdict()
    year = int(named["year"]) if named.get("year") else None
    if year is not None and year < 100:
        year += 2000
    first, last, stretch = _span(match, named)
    day = bool(named.get("day")) and not named.get("upto")
    return _Point(match.start(), match.end(), year, first, last, day, stretch)


def _span(match: re.Match[str], named: dict[str, str | None]) -> tuple[int, int, bool]:
    """First and last month, and whether a word for several months names them."""
    if half := named.get("half"):
        return (1, 6, True) if half == "上" else (7, 12, True)
    if quarter := named.get("quarter"):
        number = 1 if quarter == "首" else int(quarter)
        return (1 if "前" in match[0] else 3 * number - 2), 3 * number, True
    month = figure(str(named["month"]))
    if "前" in match[0]:
        return 1, month, True
    last = int(named.get("last") or 0)
    return month, last if last > month else month, False


def _groups(text: str, points: Sequence[_Point]) -> Iterator[list[_Point]]:
    """Points that a range or a list joins."""
    group: list[_Point] = []
    for point in points:
        if group and not _joined(text[group[-1].end : point.start], group[-1].stretch or point.stretch):
            yield group
            group = []
        group.append(point)
    if group:
        yield group


def _joined(gap: str, stretch: bool) -> bool:
    """Whether two points belong together; 二季度4月 does not."""
    if not gap:
        return not stretch
    return any(joint.fullmatch(gap) for joint in (_GAP_RANGE, _GAP_LIST, _GAP_SIGNS))


def _told(text: str, group: Sequence[_Point]) -> _Told | None:
    """What a group of points comes to; None where it names no period: a bare day, or a range with an open end."""
    if _OPEN_END.match(text, group[-1].end):
        return None
    if len(group) == 1:
        return _single(text, group[0])
    ranges = [bool(_GAP_RANGE.fullmatch(text[one.end : other.start])) for one, other in itertools.pairwise(group)]
    if len(group) == 2 and ranges[0]:
        return _Told(_ends(*group))
    months = [point for point in group if not point.day]
    return _Told(tuple(_dated(months))) if months else None


def _single(text: str, point: _Point) -> _Told | None:
    if point.day and not _AS_OF.search(text, 0, point.start):
        return None
    return _Told(((point.year, point.last),), (point.first, point.last) if point.stretch else None)


def _ends(one: _Point, other: _Point) -> tuple[tuple[int | None, int], ...]:
    """The last month of a range; both ends where it spans two years."""
    end = other.year or one.year
    start = one.year or (other.year and other.year - (one.first > other.last))
    if start == end and one.first <= other.last:
        return ((end, other.last),)
    return (start, one.first), (end, other.last)


def _dated(group: Iterable[_Point]) -> Iterator[tuple[int | None, int]]:
    """Each month of a list, with the year of the one before where it has none."""
    year: int | None = None
    for point in group:
        year = point.year or year
        yield year, point.last


def _most_exact(told: Sequence[_Told]) -> list[_Told]:
    """Without 一季度 where one of its months is named beside it."""
    single = [month for each in told if not each.stretch for _, month in each.months]
    return [
        each
        for each in told
        if not each.stretch or not any(each.stretch[0] <= month <= each.stretch[1] for month in single)
    ]
