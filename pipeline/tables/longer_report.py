"""Whether a report calls itself one of a quarter, of half a year or of a year (K-16), so that it is none of a month (K-10(1))."""

import re

from pipeline.tables.period_words import months_in, plain

_ANY_YEAR = 2000  # to see whether a month is named at all
_MONTHS = "月报|月度|月份?进[度展]"
_TOLD = "[^,。;:]{0,40}(?:报告|总结|情况)"
_YEAR = "(?:年度|全年|年终|年末)"
# 年报表 and 年报送 speak of a year's reports; 上半年 is no 年报.
_NAMED = (
    ("季度报告", re.compile(f"季报|季度{_TOLD}")),
    ("半年报告", re.compile(f"半年报(?![表送])|半年{_TOLD}")),
    ("年度报告", re.compile("(?<!半)年报(?![表送到])")),
)
_OF_A_YEAR = re.compile(f"{_YEAR}{_TOLD}")
_SUMMING_UP = re.compile(f"{_YEAR}[^,。;:]{{0,40}}总结")


def longer_report(title: str, *, beside_a_month: bool = False) -> str:
    """季度报告, 半年报告 or 年度报告; "" for a month's report.

    A title that says 月报 means a month, whatever range stands in it (一季度月报). 年度 beside a month is only the
    year of that month; ``beside_a_month``: one is named elsewhere, as by the sheet, which makes no 总结 a month's.
    """
    shown = plain(title)
    if re.search(_MONTHS, shown):
        return ""
    for name, pattern in _NAMED:
        if pattern.search(shown):
            return name
    pattern = _SUMMING_UP if beside_a_month else _OF_A_YEAR
    if pattern.search(shown) and not months_in(title, _ANY_YEAR):
        return "年度报告"
    return ""
