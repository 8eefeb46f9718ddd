"""A number and its format: the stored number, the words that a person sees, or a cell that is named."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers import day_values
from pipeline.ledgers.values import Unreadable, amount
from pipeline.records.period import PartialDay
from pipeline.spreadsheets.cell_making import iso_cell, number_cell
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.number_formats import classify
from pipeline.spreadsheets.workbook_parts import Style
from tests.example_counts import PROPERTY


def made(code: str, stored: str) -> Cell:
    return number_cell(stored, Style(classify(code)), date_1904=False)


@pytest.mark.parametrize(
    "code",
    [
        "General", "", "@", "0", "0.00", "#,##0.00_);[Red](#,##0.00)", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "G/通用格式", "通用格式",
        '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "[$￥-804]#,##0.00", "0.00_ ;[Red]\\-0.00\\ ", "0;-0;;@", "0.00E+00", "# ?/?", "[DBNum1]General", ".00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("stored", ["0", "300", "-300", "1234.567", "-0.004"])
def test_formats_that_show_the_stored_number(code: str, stored: str) -> None:
    """Rounding, separators, colours, brackets of bookkeepers and the mark of the yuan leave the number what it is."""
    cell = made(code, stored)
    assert classify(code).plain
    assert (cell.value, cell.text, cell.flaw) == (Decimal(stored), stored, "")


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ('0"千元"', "9000", "9000千元"), ('0.00"亿"', "0.09", "0.09亿"), ("$0", "130", "$130"), ("[$€-2] #,##0", "1300", "€1300"), ('#,##0"元"', "-300", "-300元"),
        ('"约"0', "30", "约30"), ('0"以上"', "30", "30以上"), ('General"元"', "12.5", "12.5元"), ('0.0%"完成"', "0.85", "85%完成"), ('0"%"', "85", "85%"),
        ('0"."0000"万元"', "30000.56", "3.000056万元"), ('0!.0,"万元"', "150000000", "15000万元"), ('0\\.0000"万元"', "-30000", "-3万元"),
        ('#,##0.00,"千元"', "1234567", "1234.567千元"), ('[>=10000]0!.0,"万元";0', "25000", "2.5万元"), ('0;-0;"无"', "0", "无"), ('0"-"00', "101", "1-01"),
        ('yyyy"年底"', "46400", "2027年底"), ('"约"yyyy"年"m"月"', "46400", "约2027年1月"), ('0"m2"', "300", "300m2"), ("#\\ ##0", "30000", "30 000"),
        ("0*亿", "3", "3亿亿"), ("0*万", "3", "3万万"), ("*约0", "3", "约约3"),
    ],
)  # fmt: skip
def test_formats_whose_words_are_judged_as_typed_text(code: str, stored: str, text: str) -> None:
    cell = made(code, stored)
    assert (cell.value, cell.text, cell.flaw) == (text, text, "")
    assert cell.number_format == code


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0!.0000", "30000", "3.0000"), ('0"."0000', "30000", "3.0000"), ("0\\.0000", "30000", "3.0000"), ("#0!.0000", "5", "0.0005"), ("0.00,,", "150000000", "150.00"),
        ("#,##0,", "1234567", "1235"), ('0"00"', "3", "300"), ('"1"0', "5", "15"), ("0;0", "-300", "300"), ("0;[Red]0", "-300", "300"), ('0;"减"0', "-300", "减300"),
        ("-0", "300", "-300"), ("(0)", "1", "(1)"), ("0.0.0", "1", "1.00"), ('0","000', "30000", "30,000"), ('@"元"', "12", "12元"), ("[<0]0;0.0", "-300", "300"),
        ('0.0,"."', "1000000", "1000.0."), ('0.0"."', "30", "30.0."), ('0","', "30", "30,"),
        ("0*0", "3", "300"), ("*00", "3", "003"), ("*-0", "3", "--3"),
    ],
)  # fmt: skip
def test_formats_that_show_another_number(code: str, stored: str, shown: str) -> None:
    cell = made(code, stored)
    assert cell.flaw_code == "shown-otherwise"
    assert f"存放的数是{stored}，按数字格式显示为“{shown}”" in cell.flaw


@pytest.mark.parametrize(
    ("code", "stored"),
    [(";;;", "5"), ('"保密"', "5"), ("0;;0", "-300"), ("0;", "-3"), ("[>100]0", "5"), ("aaaa", "5")],
)
def test_formats_that_show_no_number(code: str, stored: str) -> None:
    assert made(code, stored).flaw_code == "hidden-value"


@pytest.mark.parametrize("code", ["0*亿", "0*万", "0*元", "*约0"])
def test_a_character_that_fills_the_cell_is_seen_and_no_amount_is_read(code: str) -> None:
    with pytest.raises(Unreadable):
        amount(made(code, "3"), "万元", {})


@pytest.mark.parametrize("code", ["* 0", "0* ", "**0", "¥*\u30000.00"])
def test_blanks_and_stars_that_fill_the_cell_change_nothing(code: str) -> None:
    assert (made(code, "3").value, made(code, "3").flaw) == (Decimal(3), "")


def test_a_unit_that_rescales_is_read_as_seen_and_told() -> None:
    (told,) = made('0!.0,"万元"', "150000000").remarks
    assert (told.code, told.message) == (
        "scaled-format",
        "存放的数是150000000，数字格式显示为“15000万元”，按看到的读取",
    )
    assert not made('0"千元"', "9000").remarks


def test_zero_that_is_shown_as_nothing_is_zero() -> None:
    for code in (";;;", "0;-0;", '0;-0;"-"', "#,###", '_ * "-"??_ ;_ * "-"??_ ;_ * "-"??_ '):
        assert (made(code, "0").value, made(code, "0").flaw) == (Decimal(0), "")


def test_a_padded_number_keeps_its_look() -> None:
    cell = made("0000", "7")
    assert (cell.text, cell.value) == ("0007", Decimal(7))


def test_percent() -> None:
    cell = made("0.0%", "0.35")
    assert (cell.value, cell.percent_format) == (Decimal("0.35"), True)
    assert made("0%;[Red]0%", "-0.35").flaw_code == "shown-otherwise"


def test_white_space_round_a_stored_number() -> None:
    assert made("General", " 900 \n").value == Decimal(900)


@PROPERTY
@given(
    st.text('0#?.,%E+-;"\\!_*[]$>=<@/ymdhs ¥元万亿约()负General', max_size=14),
    st.decimals(-(10**9), 10**9, places=3),
)
def test_any_code_says_something(code: str, number: Decimal) -> None:
    """No code stops the reading; a number that comes out bare is the stored one."""
    cell = made(code, str(number))
    if isinstance(cell.value, Decimal):
        assert cell.flaw or cell.value == number


# --- days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "value"),
    [
        (0, date(2027, 10, 31)), (59, date(2027, 10, 31)), (60, datetime(2027, 10, 31, 0, 1)), (86400 - 60, datetime(2027, 10, 31, 23, 59)),  # noqa: DTZ001 - Excel knows no zone
        (86400 - 59, date(2027, 11, 1)), (86400 - 43, date(2027, 11, 1)), (57600, datetime(2027, 10, 31, 16)),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_day_within_a_minute_of_midnight(seconds: int, value: date) -> None:
    """As programs export days that reckon with local mean time."""
    stored = str(Decimal(46691) + Decimal(seconds) / 86400)
    assert made("yyyy/m/d", stored).value == value
    wall = datetime(2027, 10, 31) + timedelta(seconds=seconds)  # noqa: DTZ001
    assert iso_cell(wall.isoformat(), Style(classify("yyyy/m/d"))).value == value


def test_a_time_that_is_shown_is_kept_but_the_field_of_a_day_takes_the_midnight() -> None:
    cell = made("yyyy/m/d h:mm", str(Decimal(46691) + Decimal(86400 - 43) / 86400))
    assert cell.value == datetime(2027, 10, 31, 23, 59, 17)  # noqa: DTZ001
    assert day_values.moment(cell) == cell.value
    assert day_values.day(cell) == PartialDay(2027, 11, 1)


def test_the_last_day_has_no_next_midnight() -> None:
    assert made("yyyy/m/d", "2958465.9999").value == datetime(9999, 12, 31, 23, 59, 51)  # noqa: DTZ001


@pytest.mark.parametrize("stored", ["2027-10-31T16:00:00.000Z", "2027-10-31T16:00:00+00:00", "2027-10-31T15:59:17Z"])
def test_the_clock_of_another_zone_is_no_day(stored: str) -> None:
    """The text is judged as if it were typed: nobody may guess which day it is in China."""
    assert (iso_cell(stored, Style()).value, iso_cell(stored, Style()).text) == (stored, stored)


@pytest.mark.parametrize(
    "stored", ["2027-10-31T00:00:00Z", "2027-10-31T00:00:00+08:00", "2027-10-31", "2027-10-31T00:00:43"]
)
def test_midnight_is_that_day_in_any_zone(stored: str) -> None:
    assert iso_cell(stored, Style()).value == date(2027, 10, 31)


def test_the_time_of_our_own_zone_is_the_time() -> None:
    assert iso_cell("2027-10-31T16:00:00+08:00", Style()).value == datetime(2027, 10, 31, 16)  # noqa: DTZ001
