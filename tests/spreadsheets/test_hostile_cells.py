"""Values that mislead: each cell of an .xlsx is read as a person sees it, confirmed, or refused by name; never bent."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.records.limits import DEFAULT_LIMITS
from pipeline.records.settings import OfficeSettings
from pipeline.spreadsheets.cell_text import clean, is_ordinary
from pipeline.spreadsheets.grid import Cell, Grid
from pipeline.spreadsheets.refusals import CELL_REASONS, CELL_REMARKS, UnreadableFile
from pipeline.tables.reader import read_ledgers
from tests.grids_read import read_data
from tests.raw_workbook import OFFICE, STRUCK, STYLES, cell, package, parts, sheet, table, text, workbook

DAY, PERCENT, SCALED, MILLIONS, HIDDEN, MONTH, YI, TIME, YEAR = range(1, 10)


def grids(data: bytes, suffix: str = ".xlsx") -> list[Grid]:
    return read_data(data, "台账", suffix, DEFAULT_LIMITS)


def only(made: str, **more: str) -> Cell:
    """The cell A1 as it is read."""
    (grid,) = grids(workbook(f'<row r="1">{made}</row>', **more))
    return grid.at(0, 0)


# --- numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("15000", "15000"), ("0", "0"), ("-0", "0"), ("-3.5", "-3.5"), ("0.30000000000000004", "0.3"), ("33333.340000000004", "33333.34"),
        ("1E3", "1000"), ("1.5e-3", "0.0015"), (".5", "0.5"), ("7.", "7"), ("007", "7"), ("999999999999999", "999999999999999"), ("1.10", "1.1"),
    ],
)  # fmt: skip
def test_stored_numbers_are_exact(stored: str, value: str) -> None:
    found = only(cell("A1", stored))
    assert (found.value, found.text, found.flaw) == (Decimal(value), value, "")


@pytest.mark.parametrize(
    "stored",
    [
        "NaN",
        "INF",
        "-INF",
        "Infinity",
        "1e999",
        "0x10",
        "1_000",
        "٣٤٥",
        "１２",
        "1,000",
        "--1",
        "1 2",
        "TRUE",
    ],
)
def test_what_is_no_number_is_never_one(stored: str) -> None:
    """Flawed by our reader, or refused because the second one does not take it at all."""
    try:
        found = only(cell("A1", stored))
    except UnreadableFile:
        return
    assert found.flaw_code == "bad-number"
    assert not isinstance(found.value, Decimal)


@pytest.mark.parametrize("stored", ["1000000000000000", "150203199001011234", "1E+308", "-150203199001011234"])
def test_numbers_that_lost_their_digits(stored: str) -> None:
    assert only(cell("A1", stored)).flaw_code == "number-too-long"


@pytest.mark.parametrize("code", ["0 A/P", "0.00a/p", "General A/P", "0d", "yyyy", "[s]"])
@pytest.mark.parametrize("stored", ["12", "1", "59", "60", "61", "-5", "-0.25", "46400.75", "0"])
def test_formats_that_the_second_reader_takes_for_a_date_s(code: str, stored: str) -> None:
    """It makes a day of the number, or keeps the time alone: the same number all the same."""
    made = parts(f'<row r="1">{cell("A1", stored, style=DAY)}</row>')
    made[STYLES] = made[STYLES].replace(b"yyyy/mm/dd", code.encode())
    assert not grids(package(made))[0].at(0, 0).blank


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (cell("A1", "9" * 1_000_000), "写了1000000字，太长，不能使用"), (cell("A1", "12"), "可见的工作表中没有看到台账，没有读取"),
        ('<c r="A1"><f>B1*2</f></c>', "可见的工作表中没有看到台账，没有读取"),
    ],
)  # fmt: skip
def test_a_workbook_with_one_cell_is_not_said_to_be_empty(tmp_path: Path, made: str, told: str) -> None:
    for name, rows in (("一格.xlsx", f'<row r="1">{made}</row>'), ("空白.xlsx", '<row r="1"/>')):
        (tmp_path / name).write_bytes(workbook(rows))
    paths = [tmp_path / "一格.xlsx", tmp_path / "空白.xlsx"]
    said = [each.message for each in read_ledgers(tmp_path, 2027, paths, OfficeSettings()).findings]
    assert said == [told, "工作簿中没有任何内容，没有读取"]


def test_blank_error_uncached_and_zero_are_four_things() -> None:
    assert only('<c r="A1"/><c r="B1"><v>1</v></c>').blank
    assert only('<c r="A1"><v></v></c><c r="B1"><v>1</v></c>').blank
    assert only(cell("A1", "#REF!", "e")).flaw_code == "error-value"
    assert only('<c r="A1" t="e"/>').flaw_code == "error-value"
    assert only('<c r="A1"><f>B1*2</f></c>').flaw_code == "formula-uncached"
    assert only('<c r="A1"><f>B1*2</f><v></v></c>').flaw_code == "formula-uncached"
    assert only('<c r="A1"><f/></c>').flaw_code == "formula-uncached"
    assert only(cell("A1", "0")).value == 0
    computed = only(cell("A1", "0", formula="B1*2"))
    assert (computed.value, computed.formula, computed.flaw) == (0, "=B1*2", "")
    assert only(cell("A1", "", "str", formula='""')).blank
    assert only(cell("A1", "#DIV/0!", "e", formula="1/0")).flaw_code == "error-value"


def test_a_zero_of_a_program_that_does_not_calculate() -> None:
    unfinished = {"book": '<calcPr fullCalcOnLoad="1"/>'}
    assert only(cell("A1", "0", formula="B1*2"), **unfinished).flaw_code == "formula-uncached"
    assert only(cell("A1", "12", formula="B1*2"), **unfinished).value == 12
    assert only(cell("A1", "0"), **unfinished).value == 0
    (grid,) = grids(workbook(f'<row r="1">{cell("A1", "1", formula="2-1")}</row>', book='<calcPr calcMode="manual"/>'))
    assert [each.code for each in grid.notices] == ["manual-calculation"]


@pytest.mark.parametrize(
    ("stored", "style", "code"),
    [("150000000", MILLIONS, "shown-otherwise"), ("5000", HIDDEN, "hidden-value"), ("5000", STRUCK, "struck")],
)  # fmt: skip
def test_formats_that_show_another_figure(stored: str, style: int, code: str) -> None:
    assert only(cell("A1", stored, style=style)).flaw_code == code


def test_formats_that_say_what_the_number_is() -> None:
    assert only(cell("A1", "0.35", style=PERCENT)).percent_format
    assert only(cell("A1", "1.2", style=YI)).text == "1.2亿元"
    assert only(cell("A1", "150000000", style=SCALED)).text == "15000万元"


def test_booleans_and_unknown_ones() -> None:
    assert only(cell("A1", "1", "b")).value is True
    assert only(cell("A1", "0", "b")).text == "否"


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "style", "value"),
    [
        ("42663", DAY, date(2016, 10, 20)), ("42663.5", DAY, datetime(2016, 10, 20, 12)), ("61", DAY, date(1900, 3, 1)),  # noqa: DTZ001 - Excel knows no zone
        ("2958465", DAY, date(9999, 12, 31)), ("42663", MONTH, "2016年10月"), ("42663", YEAR, "2016年"),
    ],
)  # fmt: skip
def test_dates(stored: str, style: int, value: object) -> None:
    found = only(cell("A1", stored, style=style))
    assert (found.value, found.flaw) == (value, "")


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("60", "date-range"),
        ("0", "date-range"),
        ("-1", "date-range"),
        ("2958466", "date-range"),
        ("1E+20", "date-range"),
    ],
)
def test_days_that_never_were(stored: str, code: str) -> None:
    assert only(cell("A1", stored, style=DAY)).flaw_code == code


def test_a_time_is_no_date() -> None:
    assert only(cell("A1", "0.5", style=TIME)).flaw_code == "time-only"


def test_the_date_system_of_1904() -> None:
    made = f'<row r="1">{cell("A1", "41201", style=DAY)}</row>'
    (grid,) = grids(workbook(made, properties='<workbookPr date1904="1"/>'))
    assert grid.at(0, 0).value == date(2016, 10, 20)
    assert [each.code for each in grid.notices] == ["date-1904"]


def test_dates_written_as_text() -> None:
    assert only(cell("A1", "2016-10-20", "d")).value == date(2016, 10, 20)
    assert only(cell("A1", "2016-10-20T08:30:00", "d")).value == datetime(2016, 10, 20, 8, 30)  # noqa: DTZ001 - Excel knows no zone
    assert only(cell("A1", "2016-13-40", "d")).flaw_code == "bad-value"


# --- text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("甲_x0007_乙", "control-character"), ("甲_x0000_乙", "control-character"), ("甲_x000B_乙", "control-character"), ("_x001F_甲", "control-character"),
        ("甲_xFFFF_", "noncharacter"), ("甲\ufdd0", "noncharacter"), ("甲_xD800_", "surrogate"), ("甲_xDC00_乙", "surrogate"),
        ("甲\ue000", "private-use"), ("甲\U000f0000", "private-use"), ("甲\ufffd", "lost-character"), ("甲\u202e乙", "bidi"), ("甲\u2066乙", "bidi"),
        ("甲\U000e0041", "invisible"), ("甲\u3164", "invisible"), ("甲\x85乙", ""), ("甲\x9f乙", "control-character"), ("1.50203E+17", "scientific-text"),
    ],
)  # fmt: skip
def test_characters_that_refuse_a_cell(content: str, code: str) -> None:
    found = only(text("A1", content))
    assert found.flaw_code == code
    if code:
        assert found.flaw
        assert found.text.isprintable()


@pytest.mark.parametrize(
    ("content", "value", "code"),
    [
        ("⼀工", "⼀工", "look-alike"), ("甲\uf900", "甲\uf900", "look-alike"), ("А项目", "А项目", "foreign-letter"), ("甲🏗️", "甲🏗️", "rare-character"), ("䶮塘项目", "䶮塘项目", "rare-character"), ("𠮷项目", "𠮷项目", "rare-character"), ("鿃项目", "鿃项目", "rare-character"),
        ("𬭎项目", "𬭎项目", "rare-character"), ("甲\u200b乙", "甲乙", "zero-width"), ("甲\u200d乙", "甲乙", "zero-width"), ("\ufeff甲", "甲", "zero-width"),
        ("甲\n乙", "甲\n乙", "line-break"), ("甲\t乙", "甲 乙", "line-break"), ("甲_x000D_乙", "甲\n乙", "line-break"), ("=1+1", "=1+1", "formula-text"),
        ("@SUM(A1)", "@SUM(A1)", "formula-text"), ("-2+3+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "formula-text"), ("＝HYPERLINK()", "＝HYPERLINK()", "formula-text"),
    ],
)  # fmt: skip
def test_characters_that_a_person_should_confirm(content: str, value: str, code: str) -> None:
    found = only(text("A1", content))
    assert (found.value, found.flaw) == (value, "")
    assert code in [each.code for each in found.remarks]


@pytest.mark.parametrize(
    "content",
    [
        "甲",
        "-5",
        "-",
        "—",
        "+86 0472-123",
        "（一）加快建设",
        "≥5%",
        "No.1",
        "{{7*7}}",
        "{% x %}",
        "'甲",
        "a_x005F_x0007_b",
    ],
)
def test_ordinary_text_is_left_alone(content: str) -> None:
    found = only(text("A1", content))
    assert (found.value, found.flaw, found.remarks) == (content.replace("_x005F_", "_"), "", ())


def test_two_halves_of_a_character_join() -> None:
    assert only(text("A1", "_xD842__xDFB7_田")).value == "𠮷田"


def test_struck_runs_and_phonetic_guides() -> None:
    run = "<r><rPr><strike/></rPr><t>5000</t></r><r><t>8000</t></r>"
    for made, more in (
        (f'<c r="A1" t="inlineStr"><is>{run}</is></c>', {}),
        (cell("A1", "0", "s"), {"strings": f"<si>{run}</si>"}),
    ):
        found = only(made, **more)
        assert (found.flaw_code, found.struck) == ("struck-part", True)
    guided = "<si><t>项目</t><rPh sb='0' eb='2'><t>xiangmu</t></rPh></si>"
    assert only(cell("A1", "0", "s"), strings=guided).value == "项目"
    unstruck = "<si><r><rPr><strike val='0'/></rPr><t>5000</t></r></si>"
    assert only(cell("A1", "0", "s"), strings=unstruck).flaw == ""


def test_every_message_can_be_filled() -> None:
    for sentence in (*CELL_REASONS.values(), *CELL_REMARKS.values()):
        assert sentence.format(text="甲", points="U+0007", shown="乙")


@settings(max_examples=2000, deadline=None)
@given(st.text(st.characters(), max_size=12))
@example("\x1c甲")
@example("甲\u2028乙")
def test_no_character_is_lost_or_smuggled_in(raw: str) -> None:
    """Whatever the text: it is refused, or every visible character of it is still there, in order."""
    cleaned = clean(raw)
    cleaned.text.encode("utf-8")  # nothing is left that cannot be written
    assert all(unicodedata.category(each) not in ("Cc", "Cs", "Co") or each == "\n" for each in cleaned.text)
    if cleaned.flaw:
        return
    visible = [
        each
        for each in raw
        if unicodedata.category(each) not in ("Cc", "Cf", "Zs", "Zl", "Zp") and each not in "\u034f\u180b\u180c\u180d"
    ]
    assert [
        each
        for each in cleaned.text
        if unicodedata.category(each) not in ("Cc", "Cf", "Zs") and each not in "\u034f\u180b\u180c\u180d"
    ] == visible
    if is_ordinary(raw):
        assert (cleaned.text, cleaned.remarks) == (raw, ())


@settings(max_examples=300, deadline=None)
@given(st.decimals(-(10**9), 10**9, places=4))
def test_any_amount_reads_back_exactly(value: Decimal) -> None:
    found = only(cell("A1", str(value)))
    assert found.value == value
    assert Decimal(found.text) == value


def test_characters_of_gbk_are_not_rare() -> None:
    assert clean("镕堃喆囗㎡项目").remarks == ()


# --- pictures and other workbooks -------------------------------------------------------------------------

_PICTURE = 'DISPIMG("ID_0A1B",1)'


@pytest.mark.parametrize(
    "made",
    [
        cell("A1", f"={_PICTURE}", "str", formula=f"_xlfn.{_PICTURE}"), cell("A1", f"={_PICTURE}", "str", formula=_PICTURE), cell("A1", "", formula=_PICTURE),
        cell("A1", "#NAME?", "e", formula=f"_xlfn.{_PICTURE}"), text("A1", f"={_PICTURE}"), text("A1", f" =_xlfn.{_PICTURE}"), text("A1", f"_xlfn.{_PICTURE}"),
    ],
)  # fmt: skip
def test_a_picture_in_a_cell_is_no_text(made: str) -> None:
    found = only(made)
    assert (found.flaw_code, found.text, found.remarks) == ("picture", "〔图片〕", ())
    assert "DISPIMG" not in found.flaw


def test_a_formula_is_not_said_to_be_none() -> None:
    assert [each.code for each in only(text("A1", "=甲")).remarks] == ["formula-text"]
    assert only(cell("A1", "=甲", "str", formula="B1")).remarks == ()


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("[1]Sheet1!$A$1", "“总 表.xlsx”（[1]Sheet1!$A$1）"), ("SUM('[1]1月'!B2:B9)+1", "“总 表.xlsx”（[1]1月'!B2）"), ("[2]表!A1", "（[2]表!A1）"), ("[1]!合计", "“总 表.xlsx”（[1]!合计）"),
    ],
)  # fmt: skip
def test_a_figure_from_another_workbook_is_read_and_told(formula: str, shown: str) -> None:
    made = parts(
        f'<row r="1">{cell("A1", "15000", formula=formula)}{cell("B1", "3", formula="表1[2027]+A1")}</row>',
        book='<externalReferences><externalReference r:id="rId9"/></externalReferences>',
        relations=f'<Relationship Id="rId9" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>',
    )
    made["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    made["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/externalLinkPath" Target="file:///D:\\2027\\总%20表.xlsx" TargetMode="External"/></Relationships>'
    ).encode()
    (grid,) = grids(package(made))
    found = grid.at(0, 0)
    assert (found.value, found.flaw) == (Decimal(15000), "")
    assert [each.message for each in found.remarks] == [f"取自另一工作簿{shown}，按保存的结果读取"]
    assert grid.at(0, 1).remarks == ()


# --- sheets and notes -------------------------------------------------------------------------------------


def test_hidden_rows_and_columns() -> None:
    rows = (
        '<row r="1" hidden="1">' + text("A1", "甲") + '</row><row r="2" ht="0">' + text("B2", "乙") + "</row>"
        '<row r="3" ht="0.1" customHeight="1">'
        + text("A3", "丙")
        + '</row><row r="4" ht="1.99">'
        + text("A4", "丁")
        + '</row><row r="5" ht="2">'
        + text("A5", "戊")
        + "</row>"
    )
    for plain in (rows, rows.replace('<row r="1"', '<row  r="1"')):  # for the parser too
        (grid,) = grids(workbook(plain))
        assert grid.hidden_rows == {0, 1, 2, 3}
    wide = table(("甲", "乙", "丙"))
    (grid,) = grids(
        workbook(
            sheet(
                wide,
                before='<cols><col min="2" max="2" hidden="1"/><col min="3" max="16384" width="0"/></cols>',
            )
        )
    )
    assert grid.hidden_columns == {1, 2}
    assert [(each.code, each.message) for each in grid.notices] == [("hidden-column", "B、C列被隐藏，已照常读取")]


# --- .xls -------------------------------------------------------------------------------------------------


@pytest.fixture
def book() -> xlwt.Workbook:
    return xlwt.Workbook()


def saved(book: xlwt.Workbook, folder: Path) -> Grid:
    path = folder / "a.xls"
    book.save(str(path))
    return grids(path.read_bytes(), ".xls")[0]


def test_the_same_in_an_old_workbook(book: xlwt.Workbook, tmp_path: Path) -> None:
    made = book.add_sheet("台账")
    for column, (value, style) in enumerate(
        [
            (0, ""), (1234.5, ""), ("甲", ""), (True, ""), (date(2016, 10, 20), "yyyy-mm-dd"), (0.35, "0%"), (150000000, "0!.0,"),
            (5000, ";;;"), (150203199001011234, ""), (-1.0, "yyyy-mm-dd"), ("甲\x07", ""), (xlwt.Formula("B1*2"), ""),
        ]
    ):  # fmt: skip
        made.write(0, column, value, xlwt.easyxf(num_format_str=style) if style else xlwt.Style.default_style)
    made.row(0).set_cell_error(12, "#REF!")
    made.write(1, 0, 5000, xlwt.easyxf("font: struck_out on"))
    made.write_rich_text(1, 1, (("5000", xlwt.easyfont("struck_out on")), "8000"))
    made.row(1).hidden = True
    made.col(2).hidden = True
    grid = saved(book, tmp_path)
    first = grid.rows[0]
    assert [each.text for each in first[:6]] == ["0", "1234.5", "甲", "是", "2016-10-20", "0.35"]
    assert first[5].percent_format
    assert [each.flaw_code for each in first[6:]] == [
        "shown-otherwise", "hidden-value", "number-too-long", "date-range", "control-character", "formula-uncached", "error-value",
    ]  # fmt: skip
    assert [each.flaw_code for each in grid.rows[1]] == ["struck", "struck-part"]
    assert grid.hidden_rows == {1}
    assert grid.hidden_columns == {2}


def test_the_date_system_of_1904_in_an_old_workbook(book: xlwt.Workbook, tmp_path: Path) -> None:
    book.dates_1904 = True
    made = book.add_sheet("台账")
    made.write(0, 0, 41201, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    grid = saved(book, tmp_path)
    assert grid.at(0, 0).value == date(2016, 10, 20)
    assert [each.code for each in grid.notices] == ["no-checksum", "date-1904"]
