"""A period as a person types it: ``2027``, ``2027年度``, ``2027年3月``, ``3月``."""

import re
import unicodedata

from pipeline.errors import GongwenError
from pipeline.records.period import Month, Period
from pipeline.spreadsheets.numerals import figure
from pipeline.workspace import Workspace

_NUMERAL = re.compile("[〇零○一二三四五六七八九十]+")
_MONTH_ALONE = re.compile("([0-9]{1,2})月份?")
# A slip of a period: 20273, 27年3月, 2027—3
_ABOUT = re.compile("(?:20)?(?P<year>(?<=20)[0-9]{2}年?|[0-9]{2}(?=[^0-9]))[^0-9]{0,2}(?P<month>0?[1-9]|1[0-2])月?份?")


def _plain(text: str) -> str:
    """Full-width letters and figures made half-width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _in_digits(text: str) -> str:
    return _NUMERAL.sub(lambda found: str(figure(found[0])), _plain(text))


def is_period(text: str) -> bool:
    """Whether it can only be meant as a period: where a file was expected."""
    plain = _in_digits(text)
    try:
        Period.parse(plain)
    except GongwenError:
        return _MONTH_ALONE.fullmatch(plain) is not None
    return True


def period_typed(text: str, workspace: Workspace) -> Period:
    """``2027``, ``2027年度``, ``2027-03``, ``2027年3月``, ``二〇二七年三月``; ``3月`` where the workspace has one year only.

    Raises ``GongwenError`` otherwise, with the period that was probably meant.
    """
    plain = _in_digits(text)
    alone = _MONTH_ALONE.fullmatch(plain)
    if alone and 1 <= int(alone[1]) <= 12:
        year = _only_year(text, int(alone[1]), workspace)
        return Period(year, Month(year, int(alone[1])))
    try:
        return Period.parse(plain)
    except GongwenError:
        raise GongwenError(f"看不懂期间“{text}”{_meant(plain)}，请写成2027、2027-03、2027年3月或3月") from None


def _only_year(text: str, month: int, workspace: Workspace) -> int:
    years = workspace.years()
    if len(years) != 1:
        has = f"工作区有{'、'.join(map(str, years))}年的台账" if years else "工作区还没有年度文件夹"
        raise GongwenError(f"期间“{text}”没有写明哪一年，{has}，请写成如{(years or [2027])[-1]}年{month}月")
    return years[0]


def _meant(plain: str) -> str:
    """``，是否为“2027年3月”``; "" where nothing is near."""
    if re.fullmatch("0?[1-9]|1[0-2]", plain):
        return f"，是否为“{int(plain)}月”"
    about = _ABOUT.fullmatch(plain)
    return f"，是否为“20{about['year'][:2]}年{int(about['month'])}月”" if about else ""
