"""A money unit means the same wherever and however it is written, or is named; never another factor."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers.values import Unreadable, amount, states_bare_number
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.unit_words import UNITS, money_unit, stated_in, wan_per, why_unusable
from pipeline.tables.headings import parse_heading
from tests.example_counts import PROPERTY

_RATES = {"美元": Decimal("7.1"), "港币": Decimal("0.9"), "泰铢": Decimal("0.2")}
_FACTORS = {
    "元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "十万元": Decimal(10), "百万元": Decimal(100),
    "千万元": Decimal(1000), "亿元": Decimal(10000), "十亿元": Decimal(100000), "圆": Decimal("0.0001"),
    "万": Decimal(1), "亿": Decimal(10000), "百万": Decimal(100), "千万": Decimal(1000),
    "美元": Decimal("0.00071"), "万美元": Decimal("7.1"), "亿美元": Decimal(71000), "USD": Decimal("0.00071"),
    "万港元": Decimal("0.9"),
}  # fmt: skip
_SHORT = {"万", "亿", "百万", "千万"}
_LINES = (
    "单位：{}", "单位:{}", "单位： {} ", "计量单位：{}", "金额单位：{}", "（单位：{}）", "(金额单位: {})", "【单位：{}】", "单位（{}）",
    "区住建局重点项目申报表（{}）", "填报单位：元山镇　单位：{}", "单位：{}、亩", "单位：项、{}", "单位：{}  填报日期：2027年3月6日", "单位:{}，下同",
)  # fmt: skip
_HEADINGS = (
    "{}（{}）",
    "{}({})",
    "{}/{}",
    "{}：{}",
    "{}（单位：{}）",
    "{}【{}】",
    "{}，{}",
    "{} （金额单位:{}）",
    "{}（{}，含税）",
)
_figures = st.decimals(min_value=-(10**6), max_value=10**6, places=3)


@st.composite
def _spelt(draw: st.DrawFn) -> tuple[str, str]:
    """A unit, and a way to write it: with 人民币 before or after it and blanks between its letters."""
    unit = draw(st.sampled_from(sorted(_FACTORS)))
    written = unit
    if unit in UNITS or unit in _SHORT:
        written = draw(st.sampled_from(("{}", "人民币{}", "RMB{}"))).format(unit)
    if unit in UNITS:
        written = draw(st.sampled_from(("{}", "{}人民币"))).format(written)
    blank = draw(st.sampled_from(("", "", " ", "　")))
    return unit, blank.join(written) if written.isascii() is False and "RMB" not in written else written


def _factor(unit: str) -> Decimal | None:
    return wan_per(unit, _RATES)


@PROPERTY
@given(_spelt(), st.sampled_from(_LINES))
def test_a_unit_line_means_its_unit_in_every_spelling(spelt: tuple[str, str], line: str) -> None:
    unit, written = spelt
    assert [_factor(each) for each in stated_in(line.format(written))] == [_FACTORS[unit]], line.format(written)


@PROPERTY
@given(_spelt(), st.sampled_from(_HEADINGS))
def test_a_heading_means_its_unit_in_every_spelling(spelt: tuple[str, str], form: str) -> None:
    unit, written = spelt
    heading = parse_heading((form.format("总投资", written),))
    assert heading.path == ("总投资",)
    assert [_factor(each) for each in heading.units] == [_FACTORS[unit]]


@PROPERTY
@given(_figures, _spelt(), st.sampled_from(("{}{}", "{} {}", "{}　{}", "{}\u00a0{}")), st.sampled_from(UNITS))
def test_a_cell_means_its_own_unit_in_every_spelling(
    value: Decimal, spelt: tuple[str, str], form: str, column: str
) -> None:
    unit, written = spelt
    for figure in (f"{value:f}", f"{value:,f}", f"{value:f}".replace("-", "−")):
        found = amount(Cell(shown := form.format(figure, written), shown), column, _RATES)
        assert found is not None
        assert found.wan == value * _FACTORS[unit]


@PROPERTY
@given(st.text("十百千万亿元圆角块余多约美欧港人民币W$¥/（）", max_size=6), _figures)
def test_whatever_stands_behind_a_figure_is_its_unit_or_refused(words: str, value: Decimal) -> None:
    shown = f"{value:f}{words}"
    try:
        found = amount(Cell(shown, shown), "万元", {})
    except Unreadable:
        return
    assert found is not None
    unit = money_unit(words) if words else "万元"
    assert found.wan == value * (wan_per(unit, {}) or 0)


@pytest.mark.parametrize("ours", ["RMB", "rmb", "CNY", "人民币", "￥", "¥"])
@pytest.mark.parametrize("between", ["", " ", "：", ": ", "/", "-", "（"])
@pytest.mark.parametrize(
    ("written", "unit"), [("百万", "百万元"), ("百万元", "百万元"), ("万", "万元"), ("亿元", "亿元")]
)
@pytest.mark.parametrize(
    "line", ["单位：{}", "金额单位：{}", "单位：{}　填报日期：2027年3月", "（单位：{}）", "计量：{}"]
)
def test_the_currency_before_a_unit_hides_nothing(ours: str, between: str, written: str, unit: str, line: str) -> None:
    stated = f"{ours}{between}{written}" + "）" * (between == "（")
    assert stated_in(line.format(stated)) == (unit,)


@pytest.mark.parametrize(
    "line", ["RMB百万", "RMB: 百万", "人民币：百万元", "人民币 百万元", "币种：RMB 百万", "（￥百万）"]
)
def test_the_currency_before_a_unit_states_it_without_a_label(line: str) -> None:
    assert stated_in(line) == ("百万元",)


@pytest.mark.parametrize(
    ("line", "unknown"),
    [("单位：RMB Million", "Million"), ("单位：RMB'000", "'000"), ("单位：RMB：mn", "mn")],
)
def test_what_stands_behind_the_currency_and_is_not_known_is_said(line: str, unknown: str) -> None:
    assert stated_in(line) == (unknown,)
    assert why_unusable(unknown, {}) == f"单位“{unknown}”不认识"


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：万元、亿元", ("万元", "亿元")), ("单位：万元/%", ("万元",)), ("单位：万元 亿元", ("万元", "亿元")), ("单位：万元（亿元）", ("万元", "亿元")), ("计量单位：亩、平方米", ()), ("单位：千瓦", ()), ("单位：KWH", ()),
        ("填报单位：元山镇", ()), ("单位：元山镇", ()), ("建设单位：万达", ()), ("单位：区住建局", ()), ("单位：", ()), ("单位：万元填报日期：2027年", ("万元",)),
        ("人民币万元", ("万元",)), ("金额：千元", ("千元",)), ("单位：万元（人民币）", ("万元",)), ("单位万元", ("万元",)), ("（亩）", ()),
    ],
)  # fmt: skip
def test_what_a_line_above_a_head_states(line: str, units: tuple[str, ...]) -> None:
    assert stated_in(line) == units


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：万元（总投资为亿元）", ("万元", "亿元")), ("单位：万元，总投资为亿元", ("万元", "亿元")), ("单位：万元；总投资：亿元", ("万元", "亿元")),
        ("金额单位为亿元，当年计划以万元计", ("亿元", "万元")), ("金额以万元计", ("万元",)), ("以亿元计划推进的项目", ()),
        ("单位：RMB 百万", ("百万元",)), ("单位：百万（RMB）", ("百万元",)), ("单位：万元（除注明外）", ("万元",)),
    ],
)  # fmt: skip
def test_a_line_may_give_some_columns_another_unit(line: str, units: tuple[str, ...]) -> None:
    assert stated_in(line) == units


@pytest.mark.parametrize(
    "unit",
    [
        "k元",
        "K元",
        "W",
        "w",
        "W元",
        "million元",
        "million",
        "M",
        "万円",
        "円",
        "wan元",
        "yuan",
        "10万元",
        "1000元",
        "RMB",
    ],
)
def test_a_unit_in_letters_or_digits_is_named_and_never_passed_over(unit: str) -> None:
    assert stated_in(f"单位：{unit}") == stated_in(f"（单位：{unit}）") == (unit,)
    assert why_unusable(unit, {}) == f"单位“{unit}”不认识"


@pytest.mark.parametrize("measure", ["m", "km", "m²", "m3", "MW", "kW", "kWh", "kg", "t", "MVA", "%"])
def test_a_measure_in_letters_is_no_money_unit(measure: str) -> None:
    assert stated_in(f"单位：{measure}") == ()


@pytest.mark.parametrize("unit", ["千块", "毛", "人民币", "元/平方米", "$", "ABC"])
def test_a_unit_that_is_not_known_is_named_as_it_is_written(unit: str) -> None:
    assert stated_in(f"计量单位：{unit}") == (unit,)
    assert why_unusable(unit, {}) == f"单位“{unit}”不认识"


def test_only_a_foreign_currency_wants_a_rate() -> None:
    assert why_unusable("万美元", {}) == "外币“美元”没有登记折算汇率"
    assert why_unusable("万港元", _RATES) == ""  # registered as 港币
    assert why_unusable("万泰铢", _RATES) == ""
    for unit in UNITS:
        assert why_unusable(unit, {}) == ""


@pytest.mark.parametrize(
    ("shown", "column", "wan"),
    [
        ("¥3,000", "万元", 3000), ("￥3000", "亿元", 30000000), ("人民币1000万元", "元", 1000), ("-¥300", "万元", -300),
        ("（¥300）", "万元", -300), ("(300)", "万元", -300), ("－300", "万元", -300), ("1000.", "万元", 1000), (".5", "亿元", 5000),
        ("美元100万", "万元", 710), ("$130", "万美元", 923), ("US$2亿", "万元", 142000), ("5万泰铢", "万元", 1), ("1.2亿", "元", 12000),
    ],
)  # fmt: skip
def test_amounts_with_a_sign_or_a_short_unit(shown: str, column: str, wan: int) -> None:
    found = amount(Cell(shown, shown), column, _RATES)
    assert found is not None
    assert found.wan == wan


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ("$130", "看不出是美元还是万美元"), ("€5", "外币“欧元”没有登记折算汇率"), ("1000块", "单位“块”不认识"), ("1000余万元", "不是规范的数字"),
        ("¥100万美元", "不是规范的数字"), ("(300万元)", "不是规范的数字"), ("--300", "不是规范的数字"), ("-¥-300", "不是规范的数字"),
        ("1000元/平方米", "单位“元/平方米”不认识"), ("—300", "不是规范的数字"), ("300-", "不是规范的数字"), ("1000W", "不是规范的数字"),
        ("2亿3000万", "不是规范的数字"), (".", "不是规范的数字"), ("元100", "不是规范的数字"),
    ],
)  # fmt: skip
def test_amounts_that_may_mean_something_else_are_refused(shown: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        amount(Cell(shown, shown), "万元", _RATES)


def test_a_sign_alone_leaves_the_figure_to_the_columns_unit() -> None:
    assert states_bare_number(Cell("¥3,000", "¥3,000"))
    assert not states_bare_number(Cell("¥3,000万", "¥3,000万"))


@pytest.mark.parametrize("line", ["以亿元为单位", "单位——亿元", "单位－亿元", "单位；亿元"])
def test_a_unit_line_whatever_stands_between(line: str) -> None:
    assert stated_in(line) == ("亿元",)


@pytest.mark.parametrize("line", ["单位-区住建局", "责任单位—区住建局", "以区住建局为单位", "单位名称—亿元村"])
def test_a_name_behind_the_word_is_no_unit(line: str) -> None:
    assert stated_in(line) == ()
