"""The closed grammars of cells: every listed spelling reads back exactly, everything else is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers import values
from pipeline.ledgers.grid import Cell
from pipeline.ledgers.values import Unreadable
from pipeline.records.period import PartialDay, Span
from tests.example_counts import PROPERTY

_WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_WAN = {"亿元": Decimal(10000), "万元": Decimal(1), "元": Decimal("0.0001")}

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
days = st.dates(date(1949, 1, 1), date(2100, 12, 31))
months = st.builds(lambda day: PartialDay(day.year, day.month), days)


def text(shown: str) -> Cell:
    return Cell(shown, shown)


def figure(shown: str) -> Cell:
    return Cell(shown, Decimal(shown))


def wan(cell: Cell, unit: str = "万元", rates: dict[str, Decimal] | None = None) -> Decimal | None:
    found = values.amount(cell, unit, rates or {})
    return found.wan if found else None


@PROPERTY
@given(amounts, st.sampled_from(sorted(_WAN)))
def test_an_amount_reads_back_exactly_in_every_spelling(value: Decimal, unit: str) -> None:
    expected = value * _WAN[unit]
    for shown in (f"{value:f}", f"{value:,f}", f"{value:f}".translate(_WIDE), f" {value:,f}　"):
        assert wan(text(shown), unit) == expected
        for spaced in ("", " "):
            found = values.amount(text(f"{shown.strip()}{spaced}{unit}"), "万元", {})
            assert found is not None
            assert (found.wan, found.stated_unit) == (expected, unit)
    assert wan(Cell(f"{value:f}", value), unit) == expected


@pytest.mark.parametrize(
    "shown",
    [
        "约300", "300左右", "①", "1e5", "5亿", "5万", "壹亿元", "1.5.2", "12 000", "1,00", "3000-5000", "50%", "NaN",
        "Infinity", "1_000", "0x10", "٣٤٥", "+5", "待定", "5000(含外币折合)", "1,234,56", ".5", "5.",
    ],
)  # fmt: skip
def test_an_amount_outside_the_grammar_is_refused(shown: str) -> None:
    with pytest.raises(Unreadable, match="不是规范的数字"):
        wan(text(shown))


@pytest.mark.parametrize("shown", ["", "-", "—", "——", "－", "/", "／", "无"])
def test_a_nil_mark_states_nothing(shown: str) -> None:
    cell = text(shown)
    assert wan(cell) is None
    assert values.number(cell) is None
    assert values.percentage(cell) is None
    assert values.day(cell) is None
    assert values.moment(cell) is None
    assert values.span(cell) is None
    assert values.choice(cell, ("工业",)) is None


def test_foreign_money_is_read_only_at_a_stated_rate() -> None:
    assert wan(text("100万美元"), rates={"美元": Decimal("7.2")}) == Decimal(720)
    assert wan(text("2亿日元"), rates={"日元": Decimal("0.05")}) == Decimal(1000)
    assert wan(text("50000欧元"), rates={"欧元": Decimal(8)}) == Decimal(40)
    with pytest.raises(Unreadable, match="外币“美元”没有登记折算汇率"):
        wan(text("100万美元"))


def test_a_percentage_a_date_or_a_tick_is_no_amount() -> None:
    with pytest.raises(Unreadable, match="百分比格式"):
        wan(Cell("0.35", Decimal("0.35"), percent_format=True))
    for cell in (Cell("2027-03-01", datetime(2027, 3, 1)), Cell("是", True)):  # noqa: DTZ001 - as Excel gives it
        with pytest.raises(Unreadable):
            wan(cell)


def test_a_flawed_cell_is_refused_with_its_reason() -> None:
    cell = Cell("#REF!", "", "单元格是错误值#REF!")
    for parse in (values.number, values.percentage, values.day, values.moment, values.span, values.text):
        with pytest.raises(Unreadable, match="#REF!"):
            parse(cell)
    with pytest.raises(Unreadable, match="#REF!"):
        wan(cell)


@pytest.mark.parametrize(
    ("cell", "bare"),
    [
        (figure("5"), True), (text("1,200"), True), (text("５"), True), (text("13600万元"), False),
        (text("1.36亿元"), False), (text(""), False), (text("约300"), False), (text("—"), False),
    ],
)  # fmt: skip
def test_which_cells_lean_on_a_unit_outside_them(cell: Cell, bare: bool) -> None:
    assert values.states_bare_number(cell) is bare


def test_numbers_and_percentages() -> None:
    assert values.number(text("９８.５")) == Decimal("98.5")
    assert values.number(figure("-2")) == -2
    assert values.percentage(text("85%")) == 85
    assert values.percentage(text("８５．５％")) == Decimal("85.5")
    assert values.percentage(Cell("0.85", Decimal("0.85"), percent_format=True)) == 85
    assert values.percentage(figure("85")) == 85
    for shown in ("九十", "90分", "٩"):
        with pytest.raises(Unreadable):
            values.number(text(shown))
        with pytest.raises(Unreadable):
            values.percentage(text(shown))


@PROPERTY
@given(st.decimals(min_value=-(10**6), max_value=10**6, places=4))
def test_a_percentage_reads_back_exactly_in_every_spelling(value: Decimal) -> None:
    plain = f"{value:f}"
    for shown in (plain, f"{plain}%", f"{plain} %", f"{plain}％", plain.translate(_WIDE), f" {plain}%　"):
        assert values.percentage(text(shown)) == value
    assert values.percentage(Cell(plain, value)) == value
    assert values.percentage(Cell(plain, value / 100, percent_format=True)) == value


@PROPERTY
@given(days)
def test_a_day_reads_back_in_every_spelling(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    shown = (
        f"{y}年{m}月{d}日", f"{y}-{m}-{d}", f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y}-{m:02d}-{d:02d}", f"{y}{m:02d}{d:02d}",
        f"{y} 年 {m} 月 {d} 日", f"{y}-{m:02d}-{d:02d} 00:00:00", f"{y}年{m}月{d}日".translate(_WIDE),
    )  # fmt: skip
    for spelling in shown:
        assert values.day(text(spelling)) == PartialDay(y, m, d), spelling
    assert values.day(Cell(day.isoformat(), day)) == PartialDay(y, m, d)
    assert values.day(Cell("", datetime(y, m, d, 8, 30))) == PartialDay(y, m, d)  # noqa: DTZ001 - as Excel gives it


def _han(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")


@PROPERTY
@given(days, st.sampled_from("〇○零"))
def test_a_day_in_chinese_numerals(day: date, zero: str) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year)).replace("〇", zero)
    assert values.day(text(f"{year}年{_han(day.month)}月{_han(day.day)}日")) == PartialDay(
        day.year, day.month, day.day
    )
    assert values.day(text(f"{year}年{_han(day.month)}月")) == PartialDay(day.year, day.month)
    assert values.day(text(f"{year}年")) == PartialDay(day.year)


@PROPERTY
@given(months)
def test_a_month_stays_a_month(part: PartialDay) -> None:
    y, m = part.year, part.month or 0
    for spelling in (f"{y}年{m}月", f"{y}.{m}", f"{y}-{m:02d}", f"{y}/{m}", f"{y}{m:02d}", f"{y}年{m:02d}月"):
        assert values.day(text(spelling)) == part, spelling
    assert values.day(text(f"{m}月"), year=y) == part
    assert values.day(text(f"{y}年")) == PartialDay(y)
    assert values.day(figure(str(y))) == PartialDay(y)


@pytest.mark.parametrize(
    ("shown", "day"),
    [("3月底", 31), ("2月末", 28), ("3月上旬", 10), ("3月中旬", 20), ("3月下旬", 31), ("2028年2月底", 29)],
)
def test_parts_of_a_month(shown: str, day: int) -> None:
    found = values.day(text(shown), year=2027)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (text("2027-02-29"), "日期不存在"), (text("2027年13月"), "日期不存在"), (text("1900年2月"), "年份不合理"),
        (text("10/20/2027"), "不是规范的日期"), (text("二〇二七年二月三十日"), "日期不存在"), (Cell("1900-02-28", date(1900, 2, 28)), "年份不合理"),
        (text("2027-03-01 08:30"), "不是规范的日期"), (text("2027、10"), "不是规范的日期"), (text("27/3/1"), "不是规范的日期"), (text("3月"), "不是规范的日期"),
        (text("待定"), "不是规范的日期"), (text("２０２７、１０"), "不是规范的日期"), (figure("46000"), "不是规范的日期"),
        (text("٢٠٢٧"), "不是规范的日期"), (figure("2027.1"), "无法区分1月和10月"),
    ],
)  # fmt: skip
def test_an_unclear_day_is_refused(cell: Cell, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        values.day(cell)


@PROPERTY
@given(months, months, st.sampled_from(("—", "——", "–", "-", "--", "~", "～", "至", "到", " - ")))
def test_a_span_reads_back_in_every_spelling(start: PartialDay, finish: PartialDay, between: str) -> None:
    expected = Span(start, finish)
    for form in ("{}.{}", "{}年{}月", "{}/{}"):
        shown = f"{form.format(start.year, start.month)}{between}{form.format(finish.year, finish.month)}"
        assert values.span(text(shown)) == expected, shown
    for form in ("{}", "{}年"):
        shown = f"{form.format(start.year)}{between}{form.format(finish.year)}"
        assert values.span(text(shown)) == Span(PartialDay(start.year), PartialDay(finish.year)), shown


@PROPERTY
@given(months, months, st.sampled_from(("-", "－", "—", "~", "--", "至")))
def test_a_span_of_two_digit_years(start: PartialDay, finish: PartialDay, between: str) -> None:
    start, finish = sorted((start, finish), key=lambda part: part.earliest)
    if start.year < 2000 or finish.year > 2099:
        return
    shown = f"{start.year % 100:02d}.{start.month}{between}{finish.year % 100:02d}.{finish.month}"
    assert values.span(text(shown)) == Span(start, finish), shown


def test_spans_as_other_offices_write_them() -> None:
    assert values.span(text("2013~2015")) == Span(PartialDay(2013), PartialDay(2015))
    assert values.span(text("2012年--2014年")) == Span(PartialDay(2012), PartialDay(2014))
    assert values.span(text("09.5－12.3")) == Span(PartialDay(2009, 5), PartialDay(2012, 3))
    assert values.span(text("202603-202810")) == Span(PartialDay(2026, 3), PartialDay(2028, 10))
    assert values.span(text("2026年3月—2027年底")) == Span(PartialDay(2026, 3), PartialDay(2027, 12))
    with pytest.raises(Unreadable, match="两位数年份"):
        values.span(text("28.5-26.3"))


def test_other_spans() -> None:
    assert values.span(text("2027年")) == Span(PartialDay(2027), PartialDay(2027))
    assert values.span(figure("2027")) == Span(PartialDay(2027), PartialDay(2027))
    assert values.span(text("2027年3-10月")) == Span(PartialDay(2027, 3), PartialDay(2027, 10))
    assert values.span(text("2027年3月至10月")) == Span(PartialDay(2027, 3), PartialDay(2027, 10))
    assert values.span(text("2026.3.1-2028.10.31。")) == Span(
        PartialDay(2026, 3, 1), PartialDay(2028, 10, 31)
    )
    for shown in ("3年", "36个月", "2026-12", "2026—2027—2028", "长期"):
        with pytest.raises(Unreadable):
            values.span(text(shown))
    with pytest.raises(Unreadable, match="只有一个日期"):
        values.span(Cell("2027-03-01", date(2027, 3, 1)))


def test_moments_keep_the_time_of_day() -> None:
    at = datetime(2027, 3, 28, 17, 5)  # noqa: DTZ001 - the office's wall time
    for shown in ("2027-03-28 17:05", "2027/3/28 17:05:30", "2027年3月28日17:05", "2027年3月28日 17时05分"):
        assert values.moment(text(shown)) == at, shown
    assert values.moment(Cell("", at)) == at
    midnight = datetime(2027, 3, 28)  # noqa: DTZ001 - the office's wall time
    assert values.moment(text("2027-03-28")) == midnight
    assert values.moment(Cell("", date(2027, 3, 28))) == midnight
    for shown in ("2027-03-28 24:00", "2027-03-28 10:75", "2027-03", "下午"):
        with pytest.raises(Unreadable):
            values.moment(text(shown))


def test_the_end_of_a_year_is_kept_to_the_month() -> None:
    assert values.day(text("2027年底")) == PartialDay(2027, 12)
    assert values.day(text("年底"), year=2027) == PartialDay(2027, 12)
    with pytest.raises(Unreadable):
        values.day(text("年底"))


def test_an_amount_of_more_digits_than_a_sheet_keeps_is_refused() -> None:
    for cell in (Cell("1" + "0" * 308, Decimal("1e308")), text("1234567890123456")):
        with pytest.raises(Unreadable, match="超过15位"):
            wan(cell)


def test_ticks_choices_text_and_names() -> None:
    assert [values.yes_no(text(shown)) for shown in ("有", "√", "无", "×", "")] == [
        True,
        True,
        False,
        False,
        None,
    ]
    with pytest.raises(Unreadable, match="请填“有”或“无”"):
        values.yes_no(text("部分"))
    classes = ("加快建设", "竣工投产")
    for shown in ("加快建设", "加快建设类", "加快建设项目", "加快建设类项目", " 加快 建设 "):
        assert values.choice(text(shown), classes) == "加快建设"
    with pytest.raises(Unreadable, match="应为加快建设、竣工投产之一"):
        values.choice(text("加快"), classes)
    assert values.text(text("一期\n 二期 ")) == "一期二期"
    assert values.text(text("/")) is None
    assert values.text(text("无")) == "无"
    assert values.people(text("张　强、李四；王五\n赵六")) == ("张强", "李四", "王五", "赵六")
    assert values.people(text("张三 李四")) == ("张三", "李四")
    assert values.people(text("无")) == ()
