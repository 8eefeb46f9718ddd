"""Packages: parts are known whatever a spreadsheet program made of their serial numbers, and never counted unsaid."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.spreadsheets.cell_making import day_cell, text_cell
from pipeline.spreadsheets.grid import BLANK, Cell, Grid, Merge, plain_cell
from pipeline.spreadsheets.shown_number import number_text
from pipeline.tables.table import SheetReading, Surroundings, read_sheet
from tests.ledger_sheets import DECLARED, HEAD, UNIT_LINE, YEAR, Row, declarations, findings, read_rows

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
PLAIN_HEAD = (*HEAD[:2], *HEAD[3:])  # without the class
PACKAGE, BEFORE, AFTER = "示例公路打包项目", "示例厂房项目", "示例园区项目"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
HAN = "一二三四五六七八九"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def cell(value: object) -> Cell:
    """A cell as reading makes it of a stored value."""
    if value is None:
        return BLANK
    if isinstance(value, datetime):
        return day_cell(value)
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return plain_cell(number_text(number), number)
    return text_cell(str(value))


def read(rows: Sequence[Row], merges: Sequence[Merge] = ()) -> SheetReading:
    grid = Grid("Sheet1", tuple(tuple(map(cell, row)) for row in rows), tuple(merges))
    return read_sheet(grid, Surroundings(DECLARED, YEAR, OfficeSettings(), LEDGER_KINDS))


def row(number: object, name: str, total: object, plan: object = 1) -> Row:
    return (number, name, "示例公司", "示例园区", total, plan)


def days_since_1900(day: date) -> int:
    return (day - date(1899, 12, 30)).days


# What stands in the cell of part n of package p. None of these is a number that a project bears.
Scheme = Callable[[int, int], object]
SCHEMES: dict[str, Scheme] = {
    "1.1": lambda p, n: f"{p}.{n}",
    "1．1": lambda p, n: f"{p}．{n}",
    "1-1": lambda p, n: f"{p}-{n}",
    "1—1": lambda p, n: f"{p}—{n}",
    "1:1": lambda p, n: f"{p}:{n}",
    "1-1-1": lambda p, n: f"{p}-{n}-1",
    "1、1": lambda p, n: f"{p}、{n}",
    "1（1）": lambda p, n: f"{p}（{n}）",
    "（1.1）": lambda p, n: f"（{p}.{n}）",
    "1a": lambda p, n: f"{p}{chr(96 + n)}",
    "1-1 as 1.1": lambda p, n: float(f"{p}.{n}"),
    "一-1": lambda p, n: f"{HAN[p - 1]}-{n}",
    "（1）": lambda p, n: f"（{n}）",
    "1)": lambda p, n: f"{n})",
    "-1": lambda p, n: -n,
    "①": lambda p, n: CIRCLED[n - 1],
    "a": lambda p, n: chr(96 + n),
    "（a）": lambda p, n: f"（{chr(96 + n)}）",
    "一": lambda p, n: HAN[n - 1],
    "blank": lambda p, n: None,
    "sign": lambda p, n: "★",
    "day": lambda p, n: datetime(2027, p, n),  # noqa: DTZ001 - a native cell knows no zone
    "day as a number": lambda p, n: days_since_1900(date(2027, p, n)),
    "1月1日": lambda p, n: f"{p}月{n}日",
    "一月一日": lambda p, n: f"{HAN[p - 1]}月{HAN[n - 1]}日",
    "2027/1/1": lambda p, n: f"2027/{p}/{n}",
    "1-Jan": lambda p, n: f"{n}-{MONTHS[p - 1]}",
    "Jan-1": lambda p, n: f"{MONTHS[p - 1]}-{n:02}",
    "time": lambda p, n: f"{p:02}:{n:02}",
    "time with seconds": lambda p, n: f"{p}:{n:02}:00",
    "time as a fraction": lambda p, n: Decimal(f"{(p * 60 + n) / 1440:.15g}"),
    "unknown": lambda p, n: f"其{p}之{n}号",
}


@st.composite
def packages(draw: st.DrawFn) -> tuple[list[Row], int, int]:
    """A table with one package, its row number as a person counts, and how many parts it has."""
    scheme = SCHEMES[draw(st.sampled_from(sorted(SCHEMES)))]
    package, count = draw(st.integers(1, 9)), draw(st.integers(2, 9))
    stated = draw(st.sampled_from(("", f"（含{count}个子项目）", f"等{count}个")))
    amounts = draw(st.lists(st.integers(1, 500), min_size=count, max_size=count))
    total = sum(amounts) + draw(st.sampled_from((0, 7)))
    before = [row(number, f"{BEFORE}{number}", 1000 + number) for number in range(1, package)]
    parts = [row(scheme(package, n), f"第{n}段", amount) for n, amount in enumerate(amounts, 1)]
    after = [row(package + 1, AFTER, 3000)]
    table = [[UNIT_LINE], PLAIN_HEAD, *before, row(package, PACKAGE + stated, total), *parts, *after]
    return table, len(before) + 3, count


@settings(max_examples=2_000, deadline=None)
@given(packages())
def test_parts_are_never_counted_beside_their_package_unsaid(made: tuple[list[Row], int, int]) -> None:
    rows, place, count = made
    reading = read(rows)
    names = [record.project_name for record in declarations(reading)]
    expected = [
        str(each[1]) for number, each in enumerate(rows, 1) if number > 2 and not place < number <= place + count
    ]
    said = [f for f in reading.findings if f.cell == f"第{place}行"]
    assert said, [str(each[0]) for each in rows]
    assert [name for name in names if name in expected] == expected  # no project is taken for a part
    if names != expected:
        assert {f.severity for f in said} & {ERROR, WARNING}


@pytest.mark.parametrize("scheme", [name for name in SCHEMES if name != "unknown"])
@pytest.mark.parametrize("package", [1, 3])
def test_parts_in_every_way_of_numbering(scheme: str, package: int) -> None:
    before = [row(number, f"{BEFORE}{number}", 10) for number in range(1, package)]
    parts = [row(SCHEMES[scheme](package, n), f"第{n}段", amount) for n, amount in ((1, 15), (2, 20), (3, 8))]
    rows = [[UNIT_LINE], PLAIN_HEAD, *before, row(package, PACKAGE, 40), *parts, row(package + 1, AFTER, 10)]
    names = [record.project_name for record in declarations(read(rows))]
    assert names == [*(str(each[1]) for each in before), PACKAGE, AFTER]


def test_letters_to_the_ninth_are_no_reason_to_take_the_next_project_in() -> None:
    """（i） is a letter and the Roman one: what follows is numbered like the package itself."""
    parts = [row(f"（{chr(96 + n)}）", f"第{n}段", 1) for n in range(1, 10)]
    rows = [[UNIT_LINE], PLAIN_HEAD, row(1, f"{PACKAGE}（含9个子项目）", 9), *parts, row(2, AFTER, 3000)]
    assert [record.project_name for record in declarations(read(rows))] == [
        f"{PACKAGE}（含9个子项目）",
        AFTER,
    ]


def test_a_program_turns_large_numbers_into_the_first_of_a_month() -> None:
    whole = [row(number, f"{BEFORE}{number}", 10) for number in range(1, 13)]
    parts = [row(datetime(2013, n, 1), f"第{n}段", 20) for n in (1, 2)]  # noqa: DTZ001 - 13-1 and 13-2
    rows = [[UNIT_LINE], PLAIN_HEAD, *whole, row(13, PACKAGE, 50), *parts]
    assert [record.project_name for record in declarations(read(rows))][-1] == PACKAGE


def test_a_fraction_that_is_no_parts_number_takes_no_row_from_the_projects() -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, row(1, "甲项目", 50), row(0.1, "乙项目", 20), row(2.1, "丙项目", 7)]
    assert len(declarations(read(rows))) == 3


def test_parts_of_a_part_belong_to_the_package() -> None:
    numbers = ("2", "2.1", "2.1.1", "2.1.2", "2.2")
    rows = [[UNIT_LINE], PLAIN_HEAD, *(row(number, f"{PACKAGE}{number}", 9) for number in numbers)]
    assert [record.project_name for record in declarations(read(rows))] == [f"{PACKAGE}2"]


def test_a_serial_merged_over_package_and_parts() -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        row(1, PACKAGE, 30),
        row(None, "一段", 10),
        row(None, "二段", 20),
        row(2, AFTER, 5),
    ]
    reading = read(rows, [Merge(2, 0, 4, 0)])
    assert [record.project_name for record in declarations(reading)] == [PACKAGE, AFTER]


def test_parts_that_only_their_sum_shows(tmp_path: Path) -> None:
    head = PLAIN_HEAD[1:]
    rows = [[UNIT_LINE], head, *(row(None, name, total)[1:] for name, total in (
        (f"{PACKAGE}（含2个子项目）", 50), ("一段", 20), ("二段", 30), (AFTER, 50),
    ))]  # fmt: skip
    reading = read_rows(tmp_path, rows)
    assert [record.project_name for record in declarations(reading)] == [f"{PACKAGE}（含2个子项目）", AFTER]
    assert findings(reading, WARNING)[0] == (
        "第3行", f"“{PACKAGE}（含2个子项目）”按1个项目计，第4—5行的总投资之和正好等于它，按子项目不另计",
    )  # fmt: skip


def test_projects_numbered_as_projects_that_add_up_to_a_package(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, row(1, PACKAGE, 50), row(2, "甲项目", 20), row(3, "乙项目", 30)]
    reading = read_rows(tmp_path, rows)
    assert len(declarations(reading)) == 3
    (error,) = (each for each in reading.findings if each.severity is ERROR)
    assert error.message == f"“{PACKAGE}”其下第4—5行的总投资之和正好等于它，疑为其子项目而重复计入"
    assert error.project == PACKAGE  # its figures are not used


@pytest.mark.parametrize(("last", "said"), [(29, False), (30, True), (31, False)])
def test_rows_that_add_up_to_the_one_above_in_every_amount(tmp_path: Path, last: int, said: bool) -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        row(1, "甲项目", 50, 5),
        row(2, "乙项目", 20, 2),
        row(3, "丙项目", last, 3),
    ]
    reading = read_rows(tmp_path, rows)
    assert len(declarations(reading)) == 3
    message = "第4—5行的各项金额之和正好等于本行“甲项目”，现按各自独立的项目计"
    assert findings(reading, WARNING) == ([("第3行", message)] if said else [])


def test_rows_whose_total_alone_adds_up_are_projects(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        row(1, "甲项目", 50, 5),
        row(2, "乙项目", 20, 2),
        row(3, "丙项目", 30, 4),
    ]
    assert read_rows(tmp_path, rows).findings == []


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_package_that_states_another_number_of_parts(tmp_path: Path, parts: int) -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, row(1, f"{PACKAGE}（含2个子项目）", 50)]
    rows += [row(f"1.{n}", f"第{n}段", Decimal(50) / parts) for n in range(1, parts + 1)]
    said = any(
        f"写明2个子项目，读到{parts}个" in message for _, message in findings(read_rows(tmp_path, rows), WARNING)
    )
    assert said == (parts != 2)


@pytest.mark.parametrize("name", ["示例公路打包项目", "示例路等3条道路工程", "示例小区改造（含三个子项目）"])
def test_a_package_without_parts_says_how_the_rows_below_count(tmp_path: Path, name: str) -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, row(1, name, 50), row(2, "甲项目", 20), row(3, "乙项目", 40)]
    assert findings(read_rows(tmp_path, rows), WARNING) == [
        ("第3行", f"“{name}”按1个项目计，其下没有认出子项目，第4行起按各自独立的项目计")
    ]
    assert read_rows(tmp_path, rows[:3]).findings == []  # nothing below could be counted twice


def test_a_packing_plant_is_no_package(tmp_path: Path) -> None:
    rows = [[UNIT_LINE], PLAIN_HEAD, row(1, "再生资源打包站项目", 50), row(2, "甲项目", 20)]
    assert read_rows(tmp_path, rows).findings == []


def test_numbers_begun_anew_below_a_package_that_states_how_many(tmp_path: Path) -> None:
    rows = [
        [UNIT_LINE],
        PLAIN_HEAD,
        row(4, f"{PACKAGE}（含2个子项目）", 50),
        row(1, "一段", 20),
        row(2, "二段", 40),
        row(5, AFTER, 9),
    ]
    assert [each.project_name for each in declarations(read_rows(tmp_path, rows))] == [rows[2][1], AFTER]
