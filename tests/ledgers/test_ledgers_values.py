"""The closed grammars of cells: every listed spelling reads back exactly, everything else is refused."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers import day_values, values
from pipeline.ledgers.values import Unreadable
from pipeline.records.field_catalogue import HANDLING_LEVELS
from pipeline.spreadsheets.grid import Cell
from tests.example_counts import PROPERTY

_WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_WAN = {"亿元": Decimal(10000), "万元": Decimal(1), "元": Decimal("0.0001")}

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


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
        "约300", "300左右", "①", "1e5", "壹亿元", "1.5.2", "12 000", "1,00", "3000-5000", "50%", "NaN",
        "Infinity", "1_000", "0x10", "٣٤٥", "+5", "待定", "5000(含外币折合)", "1,234,56",
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
    assert day_values.day(cell) is None
    assert day_values.moment(cell) is None
    assert day_values.span(cell) is None
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
    for parse in (
        values.number,
        values.percentage,
        day_values.day,
        day_values.moment,
        day_values.span,
        values.text,
    ):
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
    for shown in ("区重大办", "县重大办", "重大办"):  # as the unit names the office
        assert values.choice(text(shown), HANDLING_LEVELS) == shown
    with pytest.raises(Unreadable, match="应为工作小组、重大办、领导小组之一"):
        values.choice(text("省重大办"), HANDLING_LEVELS)
    assert values.text(text("一期\n 二期 ")) == "一期二期"
    assert values.text(text("/")) is None
    assert values.text(text("无")) == "无"
    assert values.people(text("张　强、李四；王五\n赵六")) == ("张强", "李四", "王五", "赵六")
    assert values.people(text("张三 李四")) == ("张三", "李四")
    assert values.people(text("无")) == ()


@pytest.mark.parametrize(
    ("shown", "answer"),
    [
        ("☑", True), ("附后", True), ("有（原件）", True), ("示发改〔2026〕12号", True), ("已批复", True), ("☐", False), ("x", False), ("办理中", False),
        ("没有", False),
    ],
)  # fmt: skip
def test_other_ways_to_say_yes_and_no(shown: str, answer: bool) -> None:
    assert values.yes_no(text(shown)) is answer


@pytest.mark.parametrize(
    "shown", ["V", "1", "0", "/", "—", "不需要", "有（缺2页）", "部分", "〔2026〕12号", "2026年12号"]
)
def test_what_says_neither_yes_nor_no_is_refused(shown: str) -> None:
    with pytest.raises(Unreadable, match="请填“有”或“无”"):
        values.yes_no(text(shown))
