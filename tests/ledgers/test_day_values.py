"""The grammars of days, moments and spans: every listed spelling reads back exactly, everything else is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers import day_values
from pipeline.ledgers.values import Unreadable
from pipeline.records.period import PartialDay, Span
from pipeline.spreadsheets.grid import Cell
from tests.example_counts import PROPERTY

_WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")

days = st.dates(date(1949, 1, 1), date(2100, 12, 31))
months = st.builds(lambda day: PartialDay(day.year, day.month), days)


def text(shown: str) -> Cell:
    return Cell(shown, shown)


def figure(shown: str) -> Cell:
    return Cell(shown, Decimal(shown))


@PROPERTY
@given(days)
def test_a_day_reads_back_in_every_spelling(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    shown = (
        f"{y}年{m}月{d}日", f"{y}-{m}-{d}", f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y}-{m:02d}-{d:02d}", f"{y}{m:02d}{d:02d}",
        f"{y} 年 {m} 月 {d} 日", f"{y}-{m:02d}-{d:02d} 00:00:00", f"{y}年{m}月{d}日".translate(_WIDE),
    )  # fmt: skip
    for spelling in shown:
        assert day_values.day(text(spelling)) == PartialDay(y, m, d), spelling
    assert day_values.day(Cell(day.isoformat(), day)) == PartialDay(y, m, d)
    assert day_values.day(Cell("", datetime(y, m, d, 8, 30))) == PartialDay(y, m, d)  # noqa: DTZ001 - as Excel gives it


def _han(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")


@PROPERTY
@given(days, st.sampled_from("〇○零"))
def test_a_day_in_chinese_numerals(day: date, zero: str) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year)).replace("〇", zero)
    assert day_values.day(text(f"{year}年{_han(day.month)}月{_han(day.day)}日")) == PartialDay(
        day.year, day.month, day.day
    )
    assert day_values.day(text(f"{year}年{_han(day.month)}月")) == PartialDay(day.year, day.month)
    assert day_values.day(text(f"{year}年")) == PartialDay(day.year)


@PROPERTY
@given(months)
def test_a_month_stays_a_month(part: PartialDay) -> None:
    y, m = part.year, part.month or 0
    for spelling in (f"{y}年{m}月", f"{y}.{m}", f"{y}-{m:02d}", f"{y}/{m}", f"{y}{m:02d}", f"{y}年{m:02d}月"):
        assert day_values.day(text(spelling)) == part, spelling
    assert day_values.day(text(f"{m}月"), year=y) == part
    assert day_values.day(text(f"{y}年")) == PartialDay(y)
    assert day_values.day(figure(str(y))) == PartialDay(y)


@pytest.mark.parametrize(
    ("shown", "day"),
    [("3月底", 31), ("2月末", 28), ("3月上旬", 10), ("3月中旬", 20), ("3月下旬", 31), ("2028年2月底", 29)],
)
def test_parts_of_a_month(shown: str, day: int) -> None:
    found = day_values.day(text(shown), year=2027)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (text("2027-02-29"), "日期不存在"), (text("2027年13月"), "日期不存在"), (text("1900年2月"), "年份不合理"),
        (text("10/20/2027"), "不是规范的日期"), (text("二〇二七年二月三十日"), "日期不存在"), (Cell("1900-02-28", date(1900, 2, 28)), "年份不合理"),
        (text("2027-02-30 08:30"), "日期不存在"), (text("2027、10"), "不是规范的日期"), (text("27/3/1"), "不是规范的日期"), (text("3月"), "不是规范的日期"),
        (text("待定"), "不是规范的日期"), (text("２０２７、１０"), "不是规范的日期"), (figure("46000"), "不是规范的日期"),
        (text("٢٠٢٧"), "不是规范的日期"), (figure("2027.1"), "无法区分1月和10月"),
    ],
)  # fmt: skip
def test_an_unclear_day_is_refused(cell: Cell, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        day_values.day(cell)


@PROPERTY
@given(months, months, st.sampled_from(("—", "——", "–", "-", "--", "~", "～", "至", "到", " - ")))
def test_a_span_reads_back_in_every_spelling(start: PartialDay, finish: PartialDay, between: str) -> None:
    expected = Span(start, finish)
    for form in ("{}.{}", "{}年{}月", "{}/{}"):
        shown = f"{form.format(start.year, start.month)}{between}{form.format(finish.year, finish.month)}"
        assert day_values.span(text(shown)) == expected, shown
    for form in ("{}", "{}年"):
        shown = f"{form.format(start.year)}{between}{form.format(finish.year)}"
        assert day_values.span(text(shown)) == Span(PartialDay(start.year), PartialDay(finish.year)), shown


@PROPERTY
@given(months, months, st.sampled_from(("-", "－", "—", "~", "--", "至")))
def test_a_span_of_two_digit_years(start: PartialDay, finish: PartialDay, between: str) -> None:
    start, finish = sorted((start, finish), key=lambda part: part.earliest)
    if start.year < 2000 or finish.year > 2060:
        return  # of which century is not plain
    shown = f"{start.year % 100:02d}.{start.month}{between}{finish.year % 100:02d}.{finish.month}"
    assert day_values.span(text(shown)) == Span(start, finish), shown


def test_spans_as_other_offices_write_them() -> None:
    assert day_values.span(text("2013~2015")) == Span(PartialDay(2013), PartialDay(2015))
    assert day_values.span(text("2012年--2014年")) == Span(PartialDay(2012), PartialDay(2014))
    assert day_values.span(text("09.5－12.3")) == Span(PartialDay(2009, 5), PartialDay(2012, 3))
    assert day_values.span(text("202603-202810")) == Span(PartialDay(2026, 3), PartialDay(2028, 10))
    assert day_values.span(text("2026年3月—2027年底")) == Span(PartialDay(2026, 3), PartialDay(2027, 12))
    with pytest.raises(Unreadable, match="两位数年份"):
        day_values.span(text("28.5-26.3"))


def test_other_spans() -> None:
    assert day_values.span(text("2027年")) == Span(PartialDay(2027), PartialDay(2027))
    assert day_values.span(figure("2027")) == Span(PartialDay(2027), PartialDay(2027))
    assert day_values.span(text("2027年3-10月")) == Span(PartialDay(2027, 3), PartialDay(2027, 10))
    assert day_values.span(text("2027年3月至10月")) == Span(PartialDay(2027, 3), PartialDay(2027, 10))
    assert day_values.span(text("2026.3.1-2028.10.31。")) == Span(PartialDay(2026, 3, 1), PartialDay(2028, 10, 31))
    for shown in ("3年", "36个月", "2026-12", "2026—2027—2028", "长期"):
        with pytest.raises(Unreadable):
            day_values.span(text(shown))
    with pytest.raises(Unreadable, match="只有一个日期"):
        day_values.span(Cell("2027-03-01", date(2027, 3, 1)))


def test_moments_keep_the_time_of_day() -> None:
    at = datetime(2027, 3, 28, 17, 5)  # noqa: DTZ001 - the office's wall time
    for shown in ("2027-03-28 17:05", "2027/3/28 17:05:30", "2027年3月28日17:05", "2027年3月28日 17时05分"):
        assert day_values.moment(text(shown)) == at, shown
    assert day_values.moment(Cell("", at)) == at
    midnight = datetime(2027, 3, 28)  # noqa: DTZ001 - the office's wall time
    assert day_values.moment(text("2027-03-28")) == midnight
    assert day_values.moment(Cell("", date(2027, 3, 28))) == midnight
    for shown in ("2027-03-28 24:00", "2027-03-28 10:75", "2027-03", "下午"):
        with pytest.raises(Unreadable):
            day_values.moment(text(shown))


def test_the_end_of_a_year_is_kept_to_the_month() -> None:
    assert day_values.day(text("2027年底")) == PartialDay(2027, 12)
    assert day_values.day(text("年底"), year=2027) == PartialDay(2027, 12)
    with pytest.raises(Unreadable):
        day_values.day(text("年底"))


@pytest.mark.parametrize(
    ("shown", "part"),
    [
        ("3月6日", (2027, 3, 6)), ("3月6号", (2027, 3, 6)), ("3月份", (2027, 3)), ("27年3月", (2027, 3)), ("27年3月6日", (2027, 3, 6)),
        ("2027年三月", (2027, 3)), ("三月", (2027, 3)), ("三月六日", (2027, 3, 6)), ("十二月三十一号", (2027, 12, 31)),
        ("2026年3月份", (2026, 3)), ("2027年度", (2027,)), ("年初", (2027, 1)), ("2026年末", (2026, 12)), ("3月初", (2027, 3)),
        ("三季度末", (2027, 9)), ("2027年第一季度初", (2027, 1)), ("上半年末", (2027, 6)), ("2028年下半年初", (2028, 7)),
        ("上半年", (2027,)), ("2028年三季度", (2028,)), ("26年第四季度", (2026,)),
    ],
)  # fmt: skip
def test_common_spellings_keep_their_precision(shown: str, part: tuple[int, ...]) -> None:
    assert day_values.day(text(shown), 2027) == PartialDay(*part)


@pytest.mark.parametrize(
    "shown",
    [
        "3/6/2027",
        "6-Mar-27",
        "27.3",
        "3.6",
        "27/3/6",
        "98年3月",
        "3月32日",
        "2027年3-5月",
        "正月十五",
        "五季度",
        "27年",
        "已开工",
    ],
)
def test_what_may_mean_two_days_is_refused(shown: str) -> None:
    with pytest.raises(Unreadable):
        day_values.day(text(shown), 2027)


@pytest.mark.parametrize(
    ("clock", "day", "told"),
    [
        ("00:00:00", 31, ""), ("00:00:59", 31, ""), ("00:01:00", 31, "00:01"), ("00:01:01", 31, "00:01:01"), ("08:00:00", 31, "08:00"),
        ("16:00:00", 31, "16:00"), ("23:58:59", 31, "23:58:59"), ("23:59:00", 31, "23:59"), ("23:59:01", 1, ""), ("23:59:17", 1, ""),
        ("23:59:58", 1, ""), ("23:59:59", 31, "23:59:59"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_a_stray_minute_or_told(clock: str, day: int, told: str) -> None:
    shown = f"2027-10-31 {clock}"
    for cell in (
        text(shown), text(f"2027-10-31T{clock}.000Z"), text(f"2027年10月31日{clock}"), Cell(shown, datetime.fromisoformat(shown)),
    ):  # fmt: skip
        found, doubt = day_values.day_and_doubt(cell, 2027)
        assert found == PartialDay(2027, 10 if day == 31 else 11, day)
        assert (f"带有时刻{told}，按2027年10月31日读取" in doubt) if told else doubt == ""


def test_what_a_date_cannot_keep_is_told() -> None:
    assert day_values.day_and_doubt(text("上半年"), 2027) == (
        PartialDay(2027),
        "写的是“上半年”，没有写到月，只按年份读取",
    )
    found, doubt = day_values.span_and_doubt(text("2026年一季度—2028年10月"))
    assert found == Span(PartialDay(2026), PartialDay(2028, 10))
    assert "只按年份读取" in doubt


@pytest.mark.parametrize(
    "shown",
    [
        "未开工",
        "尚未开工",
        "还没有开工",
        "未正式开工",
        "待开工",
        "未竣工",
        "尚未竣工投产",
        "在建",
        "待定",
        "暂无",
    ],
)
def test_what_has_not_come_has_no_day(shown: str) -> None:
    assert day_values.not_yet(text(shown))


@pytest.mark.parametrize(
    "shown", ["已开工", "开工", "未按期开工，2027年3月6日开工", "未知", "2027年3月6日", "", "3月6日未开工"]
)
def test_other_words_do_not_say_that_nothing_has_come(shown: str) -> None:
    assert not day_values.not_yet(text(shown))


_DATES = (
    "{y}年{m}月",
    "{y}.{m}",
    "{y}/{m}",
    "{y}-{m:02d}",
    "{y}{m:02d}",
    "{s:02d}年{m}月",
    "{y}年",
    "{y}",
    "{y}年{m}月{d}日",
    "{y}.{m}.{d}",
)
_SHORTER = (*_DATES, "{m}月", "{m}", "{s:02d}", "{s:02d}.{m}")
_BETWEEN = (
    "—",
    "——",
    "–",
    "-",
    "--",
    "~",
    "～",
    "至",
    "到",
    " 至 ",
    "/",
    "\n",
    "-\n",
    " ",
    "－",
    "、",
    "开工，",
    "开工，预计",
)
_AFTER = ("", "。", "（3年）", "(36个月)", "竣工", "（分两期）", "年度", "月", "以后")


def _may_mean(part: PartialDay, form: str, first: PartialDay) -> PartialDay:
    """What a form keeps of a date; one without its year lies in the year of the first."""
    year = part.year if "y" in form or "s" in form else first.year
    return PartialDay(year, part.month if "{m" in form else None, part.day if "{d}" in form else None)


@PROPERTY
@given(
    st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.sampled_from(_DATES), st.sampled_from(_SHORTER), st.sampled_from(_BETWEEN), st.sampled_from(_AFTER),
)  # fmt: skip
def test_a_span_is_what_was_meant_or_refused(
    start: date, finish: date, first: str, second: str, between: str, after: str
) -> None:
    def shown(day: date, form: str) -> str:
        return form.format(y=day.year, s=day.year % 100, m=day.month, d=day.day)

    begun = _may_mean(PartialDay(start.year, start.month, start.day), first, PartialDay(start.year))
    meant = Span(begun, _may_mean(PartialDay(finish.year, finish.month, finish.day), second, begun))
    written = f"{shown(start, first)}{between}{shown(finish, second)}{after}"
    try:
        found = day_values.span(text(written))
    except Unreadable:
        return
    if after == "月" and "{m" not in second:  # 2026.3-10月 states a month where we meant a year
        return
    assert found == meant, written


@pytest.mark.parametrize(
    ("shown", "start", "finish"),
    [
        ("26年3月-28年10月", (2026, 3), (2028, 10)), ("2026-28", (2026,), (2028,)), ("2026-28年", (2026,), (2028,)), ("2026年3月\n2028年10月", (2026, 3), (2028, 10)),
        ("2026/2028", (2026,), (2028,)), ("2026—2028年（3年）", (2026,), (2028,)), ("2026.3-10", (2026, 3), (2026, 10)), ("2026—2027年度", (2026,), (2027,)),
        ("2026年3月—2028年10月（32个月）", (2026, 3), (2028, 10)), ("2026年3月开工，预计2028年10月竣工", (2026, 3), (2028, 10)),
        ("2026-2028年,", (2026,), (2028,)), ("2026.3 2028.10", (2026, 3), (2028, 10)), ("二〇二六年三月至二〇二八年十月", (2026, 3), (2028, 10)),
    ],
)  # fmt: skip
def test_spans_that_are_common_and_clear(shown: str, start: tuple[int, ...], finish: tuple[int, ...]) -> None:
    assert day_values.span(text(shown)) == Span(PartialDay(*start), PartialDay(*finish))


@pytest.mark.parametrize(
    "shown",
    ["2026-12", "26-28", "2026—2028年（5年）", "2026年至12月", "2026.10-3", "2026年3月起", "2026年3月—", "2026年至今", "2026、2027、2028", "2026-2028（分两期）", "2027-03-06"],
)  # fmt: skip
def test_spans_that_may_mean_something_else_are_refused(shown: str) -> None:
    with pytest.raises(Unreadable):
        day_values.span(text(shown))


@pytest.mark.parametrize("shown", ["98.3-99.10", "1998-01年"])
def test_a_year_of_another_century_is_not_made_of_two_digits(shown: str) -> None:
    with pytest.raises(Unreadable):
        day_values.span(text(shown))


def test_two_digits_behind_a_whole_year_are_of_its_century() -> None:
    assert day_values.span(text("1998-99")) == Span(PartialDay(1998), PartialDay(1999))
