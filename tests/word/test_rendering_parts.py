"""Filters, cleaning, packages, the chart and the project ledger."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree

from pipeline.errors import OutputError, TemplateError
from pipeline.papers.paper_kinds import build_templates
from pipeline.papers.promotion.promotion_facts import Facts
from pipeline.records.money import Figure
from pipeline.word import filters, house_style
from pipeline.word.chart import Chart
from pipeline.word.cleaning import clean
from pipeline.word.ooxml import Cell, Table
from pipeline.word.package import Member, pack, unpack
from pipeline.word.template import Template
from pipeline.workbooks.promotion_ledger import project_ledger
from tests.docx_reading import part
from tests.papers.sample_facts import BLUEPRINTS, sample


@pytest.mark.parametrize(
    ("use", "value", "shown"),
    [
        (filters.as_yi, Figure(Decimal(4126000)), "412.60亿元"),
        (filters.as_yi, Decimal(10000), "1.00亿元"),
        (filters.as_yi, Figure(Decimal("20.50")), "20.5万元"),
        (filters.as_yi, Figure(Decimal(0)), "0万元"),
        (filters.as_yi, "未报", "未报"),
        (filters.as_wan, Figure(Decimal("4126000.50")), "4126000.5万元"),
        (filters.as_wan, 12, "12万元"),
        (filters.as_wan, "待核", "待核"),
        (filters.as_percent, Decimal("54.0"), "54.0%"),
        (filters.as_percent, 100, "100%"),
        (filters.as_percent, "—", "—"),
        (filters.enumerated, ["甲", "乙"], "甲、乙"),
        (filters.enumerated, "甲", "甲"),
        (filters.counted, ["甲", "乙"], 2),
        (filters.chinese_numeral, 1, "一"),
        (filters.chinese_numeral, 10, "十"),
        (filters.chinese_numeral, 20, "二十"),
        (filters.chinese_numeral, 34, "三十四"),
        (filters.chinese_numeral, 0, "零"),
        (filters.chinese_numeral, 100, "100"),
        (filters.as_sentence, "甲乙；", "甲乙。"),
        (filters.as_sentence, "甲乙。", "甲乙。"),
        (filters.as_sentence, " ", ""),
        (filters.without_stop, "甲乙。", "甲乙"),
        (filters.in_lines, "短名称项目", "短名称项目"),
        (
            filters.in_lines,
            "稀土新材料产业园基础设施配套工程第12期项目",
            "稀土新材料产业园\n基础设施配套工程第12期项目",
        ),
    ],
)
def test_filters(use: Callable[[object], object], value: object, shown: object) -> None:
    assert use(value) == shown


def test_long_names_are_never_broken_inside_a_number() -> None:
    assert "\n1234" in filters.in_lines("甲" * 9 + "1234567890" + "乙" * 9) or "0\n" in filters.in_lines(
        "甲" * 9 + "1234567890" + "乙" * 9
    )


def test_clean_text_is_returned_as_it_is() -> None:
    text = "甲乙 \n\t丙"
    assert clean(text) is text
    assert clean("a\u202eb\u2028c") == "a�b\nc"


def test_packages_are_plain_zips_with_fixed_dates() -> None:
    members = [Member("甲/乙.xml", b"<a/>" * 500), Member("空", b"")]
    data = pack(members)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("甲/乙.xml") == b"<a/>" * 500
    assert unpack(data, "甲") == tuple(members)


def test_duplicate_names_and_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TemplateError, match="结构不正常"):
        unpack(pack([Member("甲", b""), Member("甲", b"")]), "测试")
    monkeypatch.setattr("pipeline.word.package.PART_LIMIT", 10)
    with pytest.raises(TemplateError, match="过大"):
        unpack(pack([Member("甲", b"0" * 11)]), "测试")


def test_a_damaged_member_is_refused() -> None:
    data = bytearray(pack([Member("a", b"text" * 100)]))
    data[40] ^= 0xFF
    with pytest.raises(TemplateError, match="不是完好的"):
        unpack(bytes(data), "测试")


def test_a_row_must_fill_its_table() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Table((10, 20)).row([Cell("甲", house_style.TABLE_CELL)])


CHART = Chart(("甲&乙局", "丙镇"), (Decimal("54.3"), Decimal(8)), Decimal("25.0"))


def issued(chart: Chart) -> bytes:
    template = Template.compile(build_templates()["简报.docx"], "简报.docx")
    return template.render({**sample(BLUEPRINTS["简报.docx"].facts), "完成率图": chart})


def test_the_chart_is_a_native_part_with_its_values() -> None:
    data = issued(CHART)
    root = etree.fromstring(part(data, "word/charts/chart1.xml"))
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    assert root.xpath("(//c:ser)[1]/c:cat//c:v/text()", namespaces=space) == ["甲&乙局", "丙镇"]
    assert root.xpath("(//c:ser)[1]/c:val//c:v/text()", namespaces=space) == ["54.3", "8"]
    assert root.xpath("//c:crossesAt/@val", namespaces=space) == ["25"]  # the line of 时间进度
    behind = root.xpath("//c:dPt/c:idx/@val", namespaces=space)
    assert behind == ["1"]
    assert b"/word/charts/chart1.xml" in part(data, "[Content_Types].xml")
    assert b"charts/chart1.xml" in part(data, "word/_rels/document.xml.rels")


def test_the_workbook_behind_the_chart_holds_the_same_values() -> None:
    book = openpyxl.load_workbook(io.BytesIO(part(issued(CHART), "word/embeddings/chart1.xlsx")))
    rows = list(book["数据"].iter_rows(values_only=True))
    assert rows == [("名称", "年度计划投资完成率", "时间进度"), ("甲&乙局", 54.3, 25), ("丙镇", 8, 25)]


def test_charts_leave_the_bytes_steady_and_follow_the_values() -> None:
    assert issued(CHART) == issued(CHART)
    assert issued(CHART) != issued(Chart(CHART.categories, CHART.values, Decimal("33.3")))


@pytest.mark.parametrize(
    "rates", [(Decimal(0), Decimal("0.1")), (Decimal(130), Decimal(81)), (Decimal(80), Decimal(9))]
)
def test_the_axis_leaves_room_for_the_longest_bar(rates: tuple[Decimal, Decimal]) -> None:
    xml = part(issued(Chart(("甲", "乙"), rates, Decimal("8.3"))), "word/charts/chart1.xml")
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    top = etree.fromstring(xml).xpath("string(//c:max/@val)", namespaces=space)
    assert Decimal(str(top)) > max(rates)


def test_a_chart_needs_a_value_for_each_category() -> None:
    with pytest.raises(ValueError, match="as many"):
        Chart(("甲",), (), Decimal(1))


def ledger(**changes: object) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(project_ledger({**sample(Facts), **changes})))


def test_the_ledger_has_its_four_sheets_ready_for_print() -> None:
    book = ledger()
    assert book.sheetnames == ["项目概况", "手续", "问题", "工作清单"]
    for sheet in book:
        assert sheet.freeze_panes == "A3"
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"


def test_amounts_are_numbers_and_exact() -> None:
    book = ledger(总投资=Figure(Decimal("123456.78")), 当年计划投资="未报", 剩余投资=Figure(Decimal(5)))
    rows = {row[0]: row[1] for row in book["项目概况"].iter_rows(min_row=3, values_only=True)}
    assert rows["总投资（万元）"] == 123456.78
    assert rows["当年计划投资（万元）"] == "未报"
    assert rows["剩余投资（万元）"] == 5
    assert book["工作清单"]["D3"].value == 42494.5


def test_a_number_too_long_for_a_cell_stays_exact_as_text() -> None:
    long = Decimal("12345678901234567.89")
    rows = {row[0]: row[1] for row in ledger(总投资=long)["项目概况"].iter_rows(min_row=3, values_only=True)}
    assert rows["总投资（万元）"] == "12345678901234567.89"


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "http://example.invalid", "00123", "-5", "甲&<乙>{{ 丙 }}", "{=1}"]
)
def test_text_stays_text(text: str) -> None:
    book = ledger(项目进展=text)
    cell = next(row[1] for row in book["项目概况"].iter_rows(min_row=3) if row[0].value == "项目进展")
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_empty_lists_are_told_in_words() -> None:
    book = ledger(问题=[], 手续=[], 工作清单=[], 包联领导=[], 手续团队=[])
    assert book["问题"]["B3"].value == "没有尚未解决的问题"
    assert None not in [cell.value for cell in book["问题"][3]]


def test_the_same_ledger_has_the_same_bytes() -> None:
    context = sample(Facts)
    assert project_ledger(context) == project_ledger(context)


def test_what_a_cell_cannot_hold_is_refused() -> None:
    with pytest.raises(OutputError, match="32767"):
        ledger(项目进展="长" * 32768)
    with pytest.raises(OutputError, match="无法写入"):
        ledger(项目进展=None)
