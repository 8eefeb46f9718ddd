"""The seven shipped templates: built the same each time, complete, and true to their values."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from pipeline.papers.paper_kinds import build_templates
from pipeline.word.chart import Chart
from pipeline.word.house_style import STYLES, TYPE_HEIGHT, TYPE_WIDTH
from pipeline.word.template import Template
from tests.docx_reading import W, paragraphs, part, text_of
from tests.papers.sample_facts import BLUEPRINTS, sample

KINDS = tuple(BLUEPRINTS)
SHIPPED = Path(__file__).parents[2] / "templates"
BUILT = build_templates()
COMPILED = {name: Template.compile(data, name) for name, data in BUILT.items()}


def strings(value: object, skip: frozenset[str] = frozenset()) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in skip:
                yield from strings(inner, skip)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, skip)


def with_prefix(value: object, prefix: str) -> object:
    if isinstance(value, str):
        return prefix + value
    if isinstance(value, Mapping):
        return {key: with_prefix(inner, prefix) for key, inner in value.items()}
    return [with_prefix(inner, prefix) for inner in value] if isinstance(value, list) else value


def lined_up(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_templates_folder_holds_what_the_code_builds() -> None:
    assert {path.name: path.read_bytes() for path in SHIPPED.glob("*.docx")} == dict(BUILT)


def test_building_twice_gives_the_same_bytes() -> None:
    assert build_templates() == BUILT


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("size", [0, 1, 3])
def test_every_length_of_list_gives_a_sound_document(name: str, size: int, tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(COMPILED[name].render(sample(BLUEPRINTS[name].facts, size)))
    document = Document(str(target))
    assert all(table.rows for table in document.tables)
    text = text_of(target.read_bytes())
    assert not re.search(r"\{[{%]|[}%]\}|None|nan|Undefined", text)
    assert not re.search(r"：[。；]|，[。；]|。。|（）|共0项", text)


@pytest.mark.parametrize("name", KINDS)
def test_no_cell_is_empty(name: str) -> None:
    root = etree.fromstring(part(COMPILED[name].render(sample(BLUEPRINTS[name].facts))))
    ruled = [table for table in root.iter(f"{W}tbl") if table.find(f"{W}tblPr/{W}tblBorders") is not None]
    assert ruled
    for cell in (cell for table in ruled for cell in table.iter(f"{W}tc")):
        assert "".join(text.text or "" for text in cell.iter(f"{W}t")).strip()


@pytest.mark.parametrize("name", KINDS)
def test_hostile_text_arrives_whole_everywhere(name: str) -> None:
    prefix = "甲&<乙>{{丙}}"
    # these texts decide what is said and are not printed themselves, or only where they decide so
    skip = frozenset({"批次", "部门", "所属行业", "区名", "层级"})
    context = {
        key: value if key in skip else with_prefix(value, prefix)
        for key, value in sample(BLUEPRINTS[name].facts).items()
    }
    found = lined_up(text_of(COMPILED[name].render(context)))
    unused = {value for value in strings(context, skip) if lined_up(value) not in found}
    printed = {value for value in strings(sample(BLUEPRINTS[name].facts), skip) if lined_up(value) in lined_up(
        text_of(COMPILED[name].render(sample(BLUEPRINTS[name].facts))))}  # fmt: skip
    assert {value.removeprefix(prefix) for value in unused}.isdisjoint(printed)
    assert "甲&<乙>{{丙}}" in found


@pytest.mark.parametrize("name", KINDS)
def test_every_paragraph_has_a_house_style_and_tables_fit_the_page(name: str) -> None:
    root = etree.fromstring(part(BUILT[name]))
    used = {style.get(f"{W}val") for style in root.iter(f"{W}pStyle")}
    assert used <= {style.identifier for style in STYLES}
    for table in root.iterfind(f"{W}body/{W}tbl"):
        grid = [int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        section = next(later for later in table.itersiblings(f"{W}p", f"{W}sectPr") if later.find(f".//{W}pgSz") is not None)  # fmt: skip
        turned = section.find(f".//{W}pgSz[@{W}orient]") is not None
        assert sum(grid) <= (TYPE_HEIGHT if turned else TYPE_WIDTH) + 6
        for row in table.findall(f"{W}tr"):
            assert sum(int(width.get(f"{W}w", "0")) for width in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")) == sum(grid)


@pytest.mark.parametrize("name", KINDS)
def test_heads_of_ruled_lists_repeat_and_rows_stay_whole(name: str) -> None:
    root = etree.fromstring(part(BUILT[name]))
    for table in root.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        if table.find(f"{W}tblPr/{W}tblBorders") is not None:
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
            if any("{%tr for" in "".join(str(text) for text in row.itertext()) for row in rows):
                assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None


def briefing(**changes: object) -> str:
    return text_of(COMPILED["简报.docx"].render({**sample(BLUEPRINTS["简报.docx"].facts), **changes}))


def test_a_tie_is_never_told_as_a_rank() -> None:
    assert "完成率居前" not in briefing(全部持平=True, 领先单位=[], 落后单位=[])
    assert "不作先后排列" in briefing(全部持平=True)
    assert "名次并列" in briefing(领先末位并列=True)
    assert "名次并列" not in briefing(领先末位并列=False)
    for text in (briefing(全部持平=True), briefing(领先末位并列=True)):
        assert not re.search("第一(?!期)|最快|最慢", text)


def test_nothing_is_said_of_what_is_not_there() -> None:
    text = briefing(未报项目=[], 待核项目=[], 上月比较="", 当月计划比较="", 本月开工=[], 开工待核=[], 逾期未开工=[],
                    需领导协调=[], 未解决问题数=0, 本月解决问题数=0)  # fmt: skip
    assert "未报情况" not in text
    assert "待核情况" not in text
    assert "本月无新开工项目。" in text
    doubted = briefing(本月开工=[], 开工待核=["甲项目"])
    assert "甲项目上报的实际开工时间待核。" in doubted
    assert "本月无新开工项目" not in doubted
    assert "应开工而尚未开工" not in text
    assert "目前无尚未解决的问题。本月无需领导协调解决的问题。" in text


def test_a_group_without_a_plan_has_no_rate() -> None:
    group = {"批次": "前期储备", "项目数": 3, "当年计划投资": "—", "本年累计完成投资": "—", "完成率": "—",
             "进度比较": "无年度投资计划"}  # fmt: skip
    assert "前期储备项目3项，无年度投资计划。" in briefing(各批=[group])


def test_a_chart_without_units_is_told_in_words() -> None:
    assert "（没有可供比较的数据）" in briefing(完成率图=Chart((), (), Decimal(25)))


def test_imprint_lines_follow_the_settings() -> None:
    lines = paragraphs(COMPILED["简报.docx"].render({**sample(BLUEPRINTS["简报.docx"].facts), "报": "", "共印": 0}))
    assert not any(line.startswith("报：") for line in lines)
    assert any(line.startswith("送：") for line in lines)
    assert not any("共印" in line for line in lines)


def test_the_plan_speaks_only_of_classes_that_have_projects() -> None:
    context = sample(BLUEPRINTS["计划.docx"].facts)
    groups = context["各批"]
    assert isinstance(groups, list)
    text = text_of(COMPILED["计划.docx"].render({**context, "各批": [groups[0], groups[3]]}))
    assert "（一）促进开工项目" in text
    assert "（二）前期储备项目" in text
    assert "加快建设项目\n" not in text


def test_a_promotion_plan_without_problems_keeps_its_four_parts() -> None:
    text = text_of(COMPILED["推进方案.docx"].render(sample(BLUEPRINTS["推进方案.docx"].facts, 0)))
    for number in "一二三四":
        assert f"\n{number}、" in text
    assert "目前没有待解决的问题" in text


def test_landscape_annexes_carry_turned_page_numbers() -> None:
    for name in ("计划.docx", "简报.docx", "考核档案.docx", "考核报告.docx"):
        root = etree.fromstring(part(BUILT[name]))
        turned = [section for section in root.iter(f"{W}sectPr") if section.find(f"{W}pgSz[@{W}orient]") is not None]
        assert len(turned) == 1
        assert len(turned[0].findall(f"{W}footerReference")) == 2
    assert b'vert="vert"' in part(BUILT["计划.docx"], "word/footer3.xml")
