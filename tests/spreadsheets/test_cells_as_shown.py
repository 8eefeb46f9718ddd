"""An independent eye: what is read of a formatted number or date is what LibreOffice shows of it, or the cell is named.

The cells are drawn from a seed: a tenth of them at the desk and on CI, all with ``make long``.
"""

import csv
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
import xlsxwriter

from pipeline.ledgers import day_values, values
from pipeline.records.limits import DEFAULT_LIMITS
from pipeline.spreadsheets.cell_making import number_cell
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.number_formats import classify
from pipeline.spreadsheets.workbook_parts import Style
from tests.example_counts import LONG
from tests.grids_read import read_data
from tests.office_present import saved_by_office

_ALL = 4000
_COUNT = _ALL if LONG else _ALL // 10
_SEED = 20271130
_AS_SHOWN = ":Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true"  # UTF-8, every cell as it is displayed

USUAL_AMOUNTS = (
    "General", "0", "0.0", "0.00", "#,##0", "#,##0.00", "#,##0.00_ ", "0.00_);(0.00)", "#,##0_);[Red](#,##0)", "0.00_ ;[Red]-0.00 ",
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    "[$￥-804]#,##0.00", "¥#,##0.00;¥-#,##0.00", "¥#,##0;[Red]¥-#,##0", '0.00"万元"', '#,##0"元"', '0.0000"亿元"', "0.00E+00", "# ?/?", "# ??/??",
    "0;-0;;@", "#,##0.00;-#,##0.00;0", "000000", "[Blue]0.00", "General;-General;0",
)  # fmt: skip
USUAL_PERCENTS = ("0%", "0.0%", "0.00%", "0.00%;[Red]-0.00%", "0.00", "General", "0.0_ ")
USUAL_DATES = (
    "yyyy/m/d", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日";@', "[$-804]yyyy年m月d日", 'm"月"d"日"', 'yyyy"年"m"月"', "yyyy/m", "yyyy.mm.dd",
    "yy-m-d", "d-mmm-yy", "m/d/yy", "yyyy", 'yyyy"年"', "yyyy/m/d h:mm", "yyyy/m/d;@", "mm/dd/yyyy", "yyyymmdd",
)  # fmt: skip
_WORDS = ("", "", "", "万元", "元", "亿元", "千元", "百万元", "亿", "万", "美元", "约", "以上", "左右", "余万元", "%", "个", "2", "00", ".", " 万元", "-", "㎡", "吨")  # fmt: skip
_FRONT = (
    "",
    "",
    "",
    "",
    "约",
    "$",
    "¥",
    "[$€-2] ",
    "[$$-409]",
    "-",
    "(",
    "第",
    "1",
    "0.",
    "＋",
    "+",
    "近",
    "不足",
)
_FIGURES = ("0", "0.00", "#,##0", "#,##0.00", "#", "General", "0,", "0.0,", "#,##0.00,,", '0"."0000', "0\\.0000", "#0\\.0000", "0.0%", "000", '0"-"00', '0","000', "0.0.0", "#\\ ##0", "0.00E+00", '0"万"0000')  # fmt: skip
_NEGATIVES = (
    "",
    "",
    "",
    ";-{}",
    ";[Red]{}",
    ";({})",
    ";{}",
    ';"减"{}',
    ';"▲"{}',
    ";",
    ";-{};",
    ';-{};"无"',
    ';-{};"-"',
    ";{};0",
)
_CONDITIONS = (
    "[>=1000]#,##0;0.00",
    '[>=10000]0.0,"千元";0"元"',
    "[<0]0;0.00",
    '[=0]"-";0.0',
    '[=1]"是";[=0]"否";0',
    "[>100]0",
)
_DATE_WORDS = (
    '"约"yyyy"年"m"月"',
    'yyyy"年底"',
    'yyyy"年"m"月底"',
    'yyyy"年"m"月"d"日前"',
    '"计划"yyyy/m/d',
    '[>46000]"未定";yyyy/m/d',
)
_AMOUNTS = (0, 1, 3, 12.5, 300, -300, 0.35, 1234.567, -1234.567, 9000, 30000, 30000.56, 150000000, -0.5, 46400, 0.004, 99.995, 1000000, -85000)  # fmt: skip
_PERCENTS = (0, 0.35, 0.8567, 1, -0.12, 0.005, 1.5, 85)


@dataclass(frozen=True)
class Drawn:
    """A cell to be looked at: its format and value, the field it stands in, and whether the format is a usual one."""

    code: str
    value: float
    field: str
    usual: bool


def _odd_code(draw: random.Random) -> str:
    if draw.random() < 0.05:
        return draw.choice(_CONDITIONS)
    front, figure, back, negative = (draw.choice(each) for each in (_FRONT, _FIGURES, _WORDS, _NEGATIVES))
    quoted = front if front.startswith("[") or not front else f'"{front}"'
    section = quoted + figure + (f'"{back}"' if back else "")
    return section + negative.format(section)


def _drawn() -> list[Drawn]:
    draw = random.Random(_SEED)
    found = []
    for _ in range(_COUNT):
        kind = draw.randrange(10)
        if kind < 3:
            amount = draw.choice((*_AMOUNTS, round(draw.uniform(-50000, 50000), draw.randrange(5))))
            found.append(Drawn(draw.choice(USUAL_AMOUNTS), amount, "amount", usual=True))
        elif kind < 7:
            found.append(Drawn(_odd_code(draw), draw.choice(_AMOUNTS), "amount", usual=False))
        elif kind == 7:
            found.append(Drawn(draw.choice(USUAL_PERCENTS), draw.choice(_PERCENTS), "percent", usual=True))
        else:
            usual = draw.random() < 0.8
            code = draw.choice(USUAL_DATES if usual else _DATE_WORDS)
            found.append(Drawn(code, draw.randrange(45000, 47500), "day", usual=usual))
    return found


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Drawn, str, Cell]]:
    """Each drawn cell with what LibreOffice shows of it and what our reader makes of it."""
    folder = tmp_path_factory.mktemp("shown")
    drawn, path = _drawn(), folder / "cells.xlsx"
    book = xlsxwriter.Workbook(str(path))
    formats = {code: book.add_format({"num_format": code}) for code in {each.code for each in drawn}}
    sheet = book.add_worksheet()
    for row, each in enumerate(drawn):
        sheet.write_string(row, 0, "行")  # a line whose cell shows nothing stays a line
        sheet.write_number(row, 1, each.value, formats[each.code])
    book.close()
    shown = saved_by_office(path, "csv", folder, _AS_SHOWN).read_text("utf-8")
    lines = list(csv.reader(shown.splitlines()))
    (grid,) = read_data(path.read_bytes(), "台账", ".xlsx", DEFAULT_LIMITS)
    assert len(lines) == len(drawn) == len(grid.rows)
    return [(each, line[1], grid.at(row, 1)) for row, (each, line) in enumerate(zip(drawn, lines, strict=True))]


# --- what a person makes of what is shown -----------------------------------------------------------------

_WAN = (("", "1"), ("元", "0.0001"), ("千元", "0.1"), ("万元", "1"), ("万", "1"), ("百万元", "100"), ("亿元", "10000"), ("亿", "10000"))  # fmt: skip
_UNITS = {unit: Decimal(wan) for unit, wan in _WAN}
_SEEN = re.compile(r"([+＋])?(?P<digits>\d{1,3}(?:,\d{3})+|\d*)(?P<point>\.\d*)?(?P<ten>E[+-]\d+)?(?P<unit>\D*)")


@dataclass(frozen=True)
class Number:
    """A number as it is shown, and half of what its last place is worth."""

    value: Decimal
    half: Decimal


def _fraction(text: str) -> Number | None:
    match = re.fullmatch(r"(-)? *(?:(\d+) )? *(\d+)/(\d+)", text)
    if not match:
        return None
    value = Decimal(match[2] or 0) + Decimal(match[3]) / Decimal(match[4])
    return Number(-value if match[1] else value, Decimal("0.06"))


def seen_amount(shown: str) -> Number | None:
    """An amount in 万元 as a person understands it; None where nobody can be sure."""
    text = shown.strip()
    if found := _fraction(text):
        return found
    text = re.sub(r"[¥￥\s]", "", text)
    negative = bool(re.fullmatch(r"-.*|\([^()]*\)", text))
    match = _SEEN.fullmatch(text.removeprefix("-").strip("()") if negative else text)
    if not match or not (match["digits"] or match["point"]) or match["unit"] not in _UNITS:
        return None
    digits = match["digits"].replace(",", "") + (match["point"] or "")
    exponent, unit = int((match["ten"] or "E0")[1:]), _UNITS[match["unit"]]
    places = len((match["point"] or ".")[1:])
    value = Decimal(digits if digits != "." else "0").scaleb(exponent) * unit
    return Number(-value if negative else value, Decimal(1).scaleb(exponent - places) / 2 * unit)


def seen_percent(shown: str) -> Number | None:
    return seen_amount(shown.strip().removesuffix("%"))


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_FORMS = (
    r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})?日?)?(?: 0:00)?", r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", r"(?P<y>\d{4})年?",
    r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日", r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{2,4})", r"(?P<d>\d{1,2})-(?P<m>[A-Z][a-z]{2})-(?P<y>\d{2})",
    r"(?P<y>\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", r"(?P<y>\d{4})年(?:(?P<m>\d{1,2})月)?底",
)  # fmt: skip


def seen_day(shown: str) -> dict[str, int] | None:
    """The parts of a date that a person sees."""
    for form in _DAY_FORMS:
        if match := re.fullmatch(form, shown.strip()):
            parts = {
                name: _MONTHS.index(text) + 1 if text in _MONTHS else int(text)
                for name, text in match.groupdict().items()
                if text
            }
            return {name: part + 2000 if name == "y" and part < 100 else part for name, part in parts.items()}
    return None


# --- the comparison ---------------------------------------------------------------------------------------


def _read(cell: Cell, field: str) -> object:
    if field == "day":
        return day_values.day(cell, 2027)
    if field == "percent":
        return values.percentage(cell)
    found = values.amount(cell, "万元", {})
    return found.wan if found else None


def _same_day(read: object, shown: str) -> bool:
    seen = seen_day(shown)
    if seen is None or read is None:
        return False
    own = {
        "y": getattr(read, "year", None),
        "m": getattr(read, "month", None),
        "d": getattr(read, "day", None),
    }
    if shown.strip().endswith("底"):
        return own["y"] == seen["y"] and own["m"] == seen.get("m", 12)  # the day is the regulation's to say
    return all(own[name] == part for name, part in seen.items())


def _same_number(read: object, shown: str, seen_as: Callable[[str], Number | None]) -> bool:
    if not re.search(r"\d", shown):  # blank, a dash, 无, or a unit alone: so 0 and what is rounded to it are shown
        nothing = re.sub(r"[¥￥+＋\s-]|^无$", "", shown)
        return nothing in _UNITS and (read is None or abs(Decimal(str(read))) <= Decimal("0.5") * _UNITS[nothing])
    seen = seen_as(shown)
    return seen is not None and isinstance(read, Decimal) and abs(read - seen.value) <= seen.half * Decimal("1.0001")


def _same(read: object, shown: str, field: str) -> bool:
    if field == "day":
        return _same_day(read, shown)
    return _same_number(read, shown, seen_percent if field == "percent" else seen_amount)


def test_what_is_read_is_what_is_shown(looked_at: list[tuple[Drawn, str, Cell]]) -> None:
    different, named = [], []
    for drawn, shown, cell in looked_at:
        try:
            read = _read(cell, drawn.field)
        except values.Unreadable as reason:
            named.append((drawn, shown, str(reason)))
            continue
        if not _same(read, shown, drawn.field):
            different.append((drawn, shown, read))
    assert not different, different[:20]
    usual = [each for each, _, _ in looked_at if each.usual]
    refused = [each for each in named if each[0].usual]
    assert len(refused) <= len(usual) / 100, refused[:20]
    assert len(named) < len(looked_at) / 2  # most of it was compared


# What WPS and Excel show where ``!`` stands for \ ; LibreOffice shows the mark itself.
@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0!.0000", "30000", "3.0000"), ("#0!.0000", "30000", "3.0000"), ("0!.0,", "150000000", "15000.0"), ('0!.0000"万元"', "30000.56", "3.0001万元"),
        ('#0!.0000"万元"', "5", "0.0005万元"), ('0!.0,"万元"', "150000000", "15000.0万元"), ("0!0", "12", "102"), ("0!%", "85", "85%"), ("0!,000", "30000", "30,000"),
        ("!约0", "30", "约30"), ("0!0!0", "3", "300"), ("!-0", "3", "-3"), ("0.00!亿!元", "1.2", "1.20亿元"), ('0!.00"亿元"', "150", "1.50亿元"),
    ],
)  # fmt: skip
def test_marks_that_only_some_programs_hide(code: str, stored: str, shown: str) -> None:
    cell = number_cell(stored, Style(classify(code)), date_1904=False)
    try:
        read = _read(cell, "amount")
    except values.Unreadable:
        return
    assert _same_number(read, shown, seen_amount), (read, cell)
