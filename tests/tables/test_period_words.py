"""Which months a title, a sheet's name or a file's name speaks of."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records.period import Month
from pipeline.tables.period_words import month_in, months_in

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
CONNECTORS = ("-", "—", "——", "–", "－", "~", "～", "至", "到", " - ", " 至 ")
YEARS = ("{y}年", "{short}年", "{y}年度", "{y} 年 ", "{y}.", "{y}/", "{chinese}年")
RANGES = (
    "{a}{c}{b}月", "{a}月{c}{b}月", "{a:02}{c}{b:02}月", "{a}月份{c}{b}月份", "{a}{c}{b}月底", "{a}月{c}{b}月末", "{ca}{c}{cb}月", "{ca}月{c}{cb}月",
)  # fmt: skip
AROUND = (
    "{}", "区住建局{}重点项目月报", "{}份重点项目推进情况表", "关于{}完成情况的报表", "{}累计完成投资", "（{}）",
    "{}重点项目月报（填报日期：2027年12月28日）", "{}月报（12月2日更正）",
)  # fmt: skip


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, Month, Month]:
    """A title with a range of months, its first and its last month."""
    year = draw(st.integers(2018, 2099))
    first = draw(st.integers(1, 11))
    last = draw(st.integers(first + 1, 12))
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    stated = draw(st.sampled_from(YEARS)).format(y=year, short=f"{year % 100:02}", chinese=chinese)
    span = draw(st.sampled_from(RANGES)).format(
        a=first, b=last, ca=NUMERALS[first - 1], cb=NUMERALS[last - 1], c=draw(st.sampled_from(CONNECTORS))
    )
    return draw(st.sampled_from(AROUND)).format(stated + span), Month(year, first), Month(year, last)


@settings(max_examples=2_000, deadline=None)
@given(ranges())
def test_a_range_is_its_last_month(spelt: tuple[str, Month, Month]) -> None:
    text, _, last = spelt
    assert months_in(text) == (last,)


@settings(max_examples=1_000, deadline=None)
@given(
    st.integers(1, 11).flatmap(lambda first: st.tuples(st.just(first), st.integers(first + 1, 12))),
    st.text("-—~ 至到.,、/…→=+&和及与*·|_", min_size=1, max_size=4),
    st.sampled_from(("2027年{}月{}{}月", "2027年{}{}{}月", "2027.{}{}{}月", "2027年{}月份{}{}月份")),
)
def test_whatever_stands_between_two_months_the_first_is_not_the_answer(
    ends: tuple[int, int], between: str, spelling: str
) -> None:
    first, last = ends
    assert month_in(f"区住建局{spelling.format(first, between, last)}重点项目月报") != Month(2027, first)


@settings(max_examples=1_000, deadline=None)
@given(st.integers(2018, 2099), st.integers(1, 12), st.sampled_from(("{y}年{m}月", "{y}.{m}", "{y}-{m:02}", "{y}{m:02}", "{y}年度{m}月份", "{s}年{m}月", "{y}年{c}月份", "{y}/{m}", "截至{y}年{m}月底", "截至{y}年{m}月25日", "{y}年度重点项目{m}月份")), st.sampled_from(AROUND))  # fmt: skip
def test_any_spelling_of_a_month(year: int, month: int, spelling: str, around: str) -> None:
    told = spelling.format(y=year, m=month, s=f"{year % 100:02}", c=NUMERALS[month - 1])
    assert months_in(around.format(told)) == (Month(year, month),)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2027年一季度", "3"), ("2027年第二季度", "6"), ("2027年前三季度", "9"), ("2027年前三个月", "3"), ("2027年上半年", "6"),
        ("2027年一至三季度", "9"), ("2027年Q1", "3"), ("2027年二季度4月份月报", "4"), ("2027年元至三月", "3"),
        ("2027年1月1日至3月31日", "3"), ("2027年3月1日-31日", "3"), ("今年至2027年3月底", "3"), ("2027年1月-3", "3"),
        ("2027年1、2月", "1 2"), ("2027年1月和2月", "1 2"), ("2027年1月…3月", "1 3"), ("2027年一、二季度", "3 6"),
        ("2027年3月重点项目月报（含2月补报）", "3"), ("2027年3月月报 4月2日", "3"), ("2027年3月月报-2027年4月2日", "3"), ("关于报送2027年3月项目进展的函", "3"), ("2027年3月（第二次报）", "3"),
        ("2027年3-1", "3"), ("2027年3月-2", "3"), ("27年3月", "3"), ("区住建局202703月报", "3"),
        ("2027年4月2日", ""), ("2027-04-02", ""), ("20270402", ""), ("2027年1月以来", ""), ("2027年1月至今", ""),
        ("2027年3个项目", ""), ("总投资2027.3万元", ""), ("示政办〔2027〕3号", ""), ("2027年度", ""), ("五月花项目", ""),
    ],
)  # fmt: skip
def test_words_for_months(text: str, months: str) -> None:
    assert months_in(text) == tuple(Month(2027, int(month)) for month in months.split())


def test_an_endless_text_costs_no_time() -> None:
    before = time.perf_counter()
    months_in("1、" * 100_000 + "2027年3月")
    assert time.perf_counter() - before < 1


def test_a_range_across_years_is_both_of_its_ends() -> None:
    assert months_in("2026年12月至2027年3月") == (Month(2026, 12), Month(2027, 3))
    assert months_in("2026年11-2月") == (Month(2026, 2), Month(2026, 11))


def test_a_month_without_its_year() -> None:
    assert months_in("3月份月报") == ()
    assert months_in("1-3月份月报", 2027) == (Month(2027, 3),)
    assert months_in("2026年重点项目3月份进展", 2027) == (Month(2026, 3),)


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("2027年重点项目（2026年12月开工）3月月报", ["2027-03"]), ("（2025年6月印发）2027年3月月报", ["2027-03"]),
        ("2027年重点项目（含2026年12月新增项目）3月月报", ["2027-03"]), ("2027年重点项目月报（2026年12月开工）", []),
        ("2027年3月月报（对照2026年12月）", ["2027-03"]), ("2027年重点项目月报（3月）", ["2027-03"]),
        ("2027年重点项目月报（3月份重点工程）", ["2027-03"]),
        ("2027年2月月报（截至2027年3月底）", ["2027-02", "2027-03"]), ("2027年3月开工项目月报", ["2027-03"]),
    ],
)  # fmt: skip
def test_what_a_bracket_tells_of_projects_is_no_period(title: str, months: list[str]) -> None:
    assert [str(month) for month in months_in(title)] == months
