"""Every mistake a clerk can make in a template is named with its paragraph and the nearest right name."""

import random
import re

import pytest

from pipeline.errors import TemplateError
from pipeline.papers.paper_kinds import build_templates
from pipeline.word.house_style import BODY, SMALL_CELL
from pipeline.word.ooxml import Cell, Section, Table, docx, paragraph
from pipeline.word.template import Template
from pipeline.word.template_check import TemplateProblem, sentences
from pipeline.word.vocabulary import Names
from tests.docx_reading import part, problems_of, small_template, with_part, with_related, with_relation
from tests.example_counts import tries
from tests.papers.sample_facts import BLUEPRINTS

NAMES: Names = {
    "年度": "",
    "项目名称": "",
    "总投资": "金额",
    "新建": {"项目数": "", "总投资": "金额"},
    "未报项目": ["项目名称"],
    "各单位": [{"责任单位": "", "项目": [{"项目名称": ""}]}],
}


def problems(*texts: str) -> list[TemplateProblem]:
    return problems_of(small_template(*texts), "测试.docx", NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 年度 }}年{{ 总投资|亿元 }}，{{ 新建.项目数 }}",
        "{% if 新建.项目数 > 0 and not 年度 == 2027 %}甲{% elif 年度 in 项目名称 %}乙{% else %}丙{% endif %}",
        "{{ 未报项目|顿号 }}共{{ 未报项目|个数 }}项",
        "{% for 单位 in 各单位 %}{{ loop.index|汉字数 }}{{ 单位.责任单位 }}{% for 项 in 单位.项目 %}{{ 项.项目名称 }}"
        "{% endfor %}{% endfor %}",
        "{# 说明 #}正文",
        "依据《年度计划》和示政发〔2027〕3号，完成50%（年度）【2027】<甲>，A&B",
        "{{　年度 }}{%if 年度%}甲{%endif%}",
    ],
)
def test_right_templates_pass(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("{{ 项目名 }}", "项目名称"),
        ("{{ 项名目称 }}", "项目名称"),
        ("{{ 总投姿|亿元 }}", "总投资"),
        ("{{ 新建.项目书 }}", "新建.项目数"),
        ("{% for 单位 in 各单 %}{{ 单位.责任单位 }}{% endfor %}", "各单位"),
        ("{% for 单位 in 各单位 %}{{ 单位.责任单立 }}{% endfor %}", "单位.责任单位"),
        ("{% if 年席 %}甲{% endif %}", "年度"),
        ("{{ 总投资|忆元 }}", "亿元"),
        ("{{ 新建 }}", "新建.项目数"),
        ("{% fro 单位 in 各单位 %}", "for"),
        ("{{ 年数 }}", "年度"),  # no longer name that holds 数
    ],
)
def test_misspelt_names_bring_the_nearest(text: str, nearest: str) -> None:
    (problem,) = problems(f"本段{text}如此")
    assert problem.nearest == nearest
    assert problem.paragraph == f"本段{text}如此"
    assert problem.sentence.startswith("模板“测试.docx”段落“本段")
    assert f"是否应为“{nearest}”？" in problem.sentence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ 完全无关的词 }}", "没有“完全无关的词”"),
        ("{{ 各单位 }}", "是列表"),
        ("{{ 年度|顿号 }}", "用错了对象"),
        ("{{ 未报项目|亿元 }}", "用错了对象"),
        ("{{ 年度.甲 }}", "下面没有"),
        ("{% for 字 in 年度 %}{{ 字 }}{% endfor %}", "不是列表"),
        ("{% for 单位 各单位 %}{% endfor %}", "循环应写成"),
        ("{% for _单 in 各单位 %}{% endfor %}", "下划线"),
        ("{% for 单位 in 各单位 %}{{ 单位.责任单位 }}", "没有对应的结束标签"),
        ("甲{% endif %}", "没有对应的开始标签"),
        ("{% for 单位 in 各单位 %}{% endif %}", "不成对"),
        ("{% else %}", "没有对应的开始标签"),
        ("{{ 年度 + 1 }}", "不能写运算"),
        ("{{ 年度.strip() }}", "不能写运算"),
        ("{{ 年度.__class__ }}", "下"),
        ("{{ __class__ }}", "下划线"),
        ("{{ 年度|顿号('x') }}", "不带参数"),
        ("{{ 年度 年度 }}", "语法错误"),
        ("{{ }}", "语法错误"),
        ("{% if %}甲{% endif %}", "语法错误"),
        ("{{p 年度 }}", "多了"),
        ("{%tc for 单位 in 各单位 %}", "不支持"),
        ("{% set 甲 = 1 %}", "不认识"),
        ("｛｛ 年度 ｝｝", "大括号"),
        ("{{ 年度 ｝｝", "大括号"),
        ("{ { 年度 }}", "大括号"),
        ("{{ 年度 }", "大括号"),
        ("{{ 单位.责任单位 }}", "没有"),
        ("{# 年度 #}", "是注释，不会填写也不会印出"),
        ("${{ 年度 }}", "前面的“$”会原样印出"),
        ("〖年度〗", "会原样印出"),
    ],
)
def test_each_mistake_has_its_reason(text: str, reason: str) -> None:
    assert reason in sentences(problems(text))


@pytest.mark.parametrize(
    ("text", "mark", "right"),
    [
        ("第{ 年度 }期", "{ 年度 }", "{{ 年度 }}"),
        ("第{年度}期", "{年度}", "{{ 年度 }}"),
        ("第｛年度｝期", "｛年度｝", "{{ 年度 }}"),
        ("第${年度}期", "${年度}", "{{ 年度 }}"),
        ("第«年度»期", "«年度»", "{{ 年度 }}"),
        ("第{ { 年度 } }期", "{ { 年度 } }", "{{ 年度 }}"),
        ("第{{ 年度 }期（总第{{ 年度 }}期）", "{{ 年度 }", "{{ 年度 }}"),
        ("第{ 年度 }}期", "{ 年度 }}", "{{ 年度 }}"),
        ("第{{ 年度期", "{{ 年度期", "{{ 年度 }}"),
        ("第{年\u200b度}期", "{年\u200b度}", "{{ 年度 }}"),
        ("{ 总投资｜亿元 }", "{ 总投资｜亿元 }", "{{ 总投资|亿元 }}"),
        ("{ 新建.项目数 }", "{ 新建.项目数 }", "{{ 新建.项目数 }}"),
        ("第【年度】期", "【年度】", "{{ 年度 }}"),
        ("第《年度》期", "《年度》", "{{ 年度 }}"),
        ("第<年度>期", "<年度>", "{{ 年度 }}"),
        ("第[[年度]]期", "[[年度]]", "{{ 年度 }}"),
        ("第%年度%期", "%年度%", "{{ 年度 }}"),
        ("第#年度#期", "#年度#", "{{ 年度 }}"),
        ("第$年度期", "$年度期", "{{ 年度 }}"),
        ("【项目名】", "【项目名】", "{{ 项目名称 }}"),
        ("<%p if 年度 %>", "<%p if 年度 %>", "{%p if 年度 %}"),
        ("%p endif %}", "%p endif %}", "{%p endif %}"),
        ("«for 单位 in 各单位»", "«for 单位 in 各单位»", "{% for 单位 in 各单位 %}"),
        ("只有{单括号}", "{单括号}", ""),
    ],
)
def test_what_would_be_printed_as_it_is(text: str, mark: str, right: str) -> None:
    (problem,) = problems(f"本段，{text}")
    assert (problem.placeholder, problem.nearest) == (mark, right)
    assert "会原样印出" in problem.reason


@pytest.mark.parametrize(
    ("text", "said", "right"),
    [
        ("{{ 年度\u200b }}", "看不见的字符（U+200B）", "{{ 年度 }}"),
        ("{%\ufeff if 年度 %}甲{% endif %}", "看不见的字符（U+FEFF）", "{% if 年度 %}"),
        ("{{ 总投资｜亿元 }}", "“｜”是全角字符，应写成半角的“|”", "{{ 总投资|亿元 }}"),
        ("{{ 新建．项目数 }}", "“．”是全角", "{{ 新建.项目数 }}"),
        ("{% if 新建.项目数 ＞ 0 %}甲{% endif %}", "“＞”是全角", "{% if 新建.项目数 > 0 %}"),
        ("{{ 年\n度 }}", "中间有空格、换行或制表符", "{{ 年度 }}"),
        ("{{ 总 投资|亿元 }}", "中间有空格", "{{ 总投资|亿元 }}"),
        ('{% if 年度 == "——" %}甲{% endif %}', "“——”不会出现", "—"),
    ],
)
def test_a_slip_within_a_tag_is_said(text: str, said: str, right: str) -> None:
    (problem,) = problems(text)
    assert said in problem.reason
    assert problem.nearest == right


def test_a_text_to_compare_with_stands_as_it_is() -> None:
    assert problems("{% if 项目名称 == “（一）｜” %}甲{% endif %}{# （说明）。 #}") == []


def test_the_tag_left_open_comes_first_and_what_follows_from_it_is_counted() -> None:
    table = Table((4000,))
    cell = [Cell("{{ 单位.责任单位 }}", SMALL_CELL)]
    blocks = (
        table.build(table.when("for 单位 in 各单位"), table.row(cell)),
        *[table.build(table.when("for 单位 in 各单位"), table.row(cell), table.when("endfor")) for _ in range(8)],
    )
    (problem,) = problems_of(docx((Section("portrait", blocks),)), "测试.docx", NAMES)
    assert "“{%tr for 单位 in 各单位 %}”没有对应的结束标签（另有8处" in problem.sentence


def test_a_spoilt_loop_is_told_and_not_its_names() -> None:
    (problem,) = problems("{ % for 单位 in 各单位 %}{{ 单位.责任单位 }}{{ 单位.责任单位 }}{% endfor %}")
    assert problem.nearest == "{% for 单位 in 各单位 %}"
    assert "另有3处" in problem.reason


def test_a_closing_tag_finds_its_own_opening() -> None:
    (problem,) = problems("{% for 单位 in 各单位 %}{% if 年度 %}甲{% endfor %}")
    assert problem.reason == "标签“{% if 年度 %}”没有对应的结束标签"


def test_a_placeholder_in_drawn_letters_is_told() -> None:
    drawn = '<w:r><w:pict><v:shape><v:textpath string="{{ 年度 }}"/></v:shape></w:pict></w:r></w:p>'
    data = small_template("正文")
    edited = part(data).decode().replace("</w:p>", drawn, 1)
    data = with_part(data, "word/document.xml", edited.encode())
    assert "图形里的文字不会填写" in sentences(problems_of(data, "测试.docx", NAMES))
    with pytest.raises(TemplateError, match="不会填写"):
        Template.compile(data, "测试.docx")


def test_a_chart_in_a_template_is_told() -> None:
    chart = '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    data = with_related(small_template("正文"), "word/charts/chart1.xml", chart.encode(), "chart", kind)
    assert "图表" in sentences(problems_of(data, "测试.docx", NAMES))


def test_a_ledger_cell_may_hold_braces() -> None:
    data = small_template("{{ 项目名称 }}正文")
    rendered = Template.compile(data, "测试.docx").render({"项目名称": "{A}区{{ 甲 }}【年度】"})
    assert "{A}区{{ 甲 }}【年度】正文" in part(rendered).decode()


def _damaged(tag: str, chance: random.Random) -> str:
    """The tag with one of its braces dropped, doubled, made full-width or moved apart, or in another program's marks."""
    at = chance.choice([0, 1, len(tag) - 2, len(tag) - 1])
    at -= tag[at] == "%"  # the brace beside it
    at = at if tag[at] in "{}" else len(tag) - 1
    wide = {"{": "｛", "}": "｝"}[tag[at]]
    inside = tag[2:-2]
    foreign = [a + inside + b for a, b in (("«", "»"), ("【", "】"), ("<", ">"), ("${", "}"), ("[[", "]]"), ("%", "%"))]
    spoilt = [tag[:at] + tag[at + 1 :], tag[:at] + tag[at] + tag[at:], tag[:at] + wide + tag[at + 1 :]]
    apart = tag[:1] + " " + tag[1:]
    return chance.choice([*spoilt, *foreign, apart])


def _looking(properties: str, text: str = "以此为准", around: str = "") -> list[TemplateProblem]:
    """What is said of a run with these properties, in a paragraph with those."""
    data = small_template("{{ 年度 }}年")
    run = f"<w:p><w:pPr>{around}</w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p><w:p>"
    edited = part(data, "word/document.xml").decode().replace("<w:p>", run, 1)
    return problems_of(with_part(data, "word/document.xml", edited.encode()), "测试.docx", NAMES)


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ('<w:color w:val="FFFFFF"/>', "是白色的字"),
        ('<w:color w:val="fefefe"/>', "是白色的字"),
        ('<w:color w:themeColor="background1"/>', "是白色的字"),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>', "是白色的字"),
        ('<w:sz w:val="2"/>', "字号过小"),
        ('<w:sz w:val="7"/>', "字号过小"),
    ],
)
@pytest.mark.parametrize("text", ["以此为准", "{{ 年度 }}", "{% if 年度 %}另有规定{% endif %}"])
def test_text_that_would_be_printed_unseen_is_named(properties: str, why: str, text: str) -> None:
    (problem,) = _looking(properties, text)
    assert f"{why}，印出后看不见；请删去，或改成正文的颜色和字号" in problem.sentence


@pytest.mark.parametrize(
    ("properties", "around"),
    [
        ("", ""),
        ('<w:color w:val="FF0000"/>', ""),
        ('<w:color w:val="auto"/>', ""),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="C00000"/>', ""),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="red"/>', ""),
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="4472C4"/>'),
        ('<w:sz w:val="8"/>', ""),
    ],
)
def test_text_that_is_seen_is_not_named(properties: str, around: str) -> None:
    assert _looking(properties, around=around) == []


@pytest.mark.parametrize("properties", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])
@pytest.mark.parametrize("text", ["", "　 ", "{% if 年度 %}{% endif %}", "{# 说明 #}"])
def test_what_prints_nothing_may_look_like_anything(properties: str, text: str) -> None:
    assert _looking(properties, text) == []


def test_a_style_that_hides_its_text_is_named() -> None:
    data = small_template("{{ 年度 }}年")
    hiding = (
        '<w:style w:type="paragraph" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Upon"><w:name w:val="Upon"/><w:basedOn w:val="Unseen"/></w:style></w:styles>'
    )
    styles = part(data, "word/styles.xml").decode().replace("</w:styles>", hiding)
    run = '<w:p><w:pPr><w:pStyle w:val="Upon"/></w:pPr><w:r><w:t>以此为准</w:t></w:r></w:p><w:p>'
    body = part(data, "word/document.xml").decode().replace("<w:p>", run, 1)
    data = with_part(with_part(data, "word/styles.xml", styles.encode()), "word/document.xml", body.encode())
    (problem,) = problems_of(data, "测试.docx", NAMES)
    assert "“以此为准”是白色的字" in problem.sentence


@pytest.mark.parametrize(("name", "data"), build_templates().items())
def test_no_damage_to_a_placeholder_passes(name: str, data: bytes) -> None:
    xml, chance = part(data).decode(), random.Random(name)
    tags = list(re.finditer(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}", xml))
    for place in chance.sample(tags, min(12, len(tags))):
        damaged = _damaged(place.group(), chance)
        edited = xml[: place.start()] + damaged.replace("<", "&lt;").replace(">", "&gt;") + xml[place.end() :]
        found = problems_of(with_part(data, "word/document.xml", edited.encode()), name, BLUEPRINTS[name].names)
        assert found, damaged


def test_a_loop_variable_ends_with_its_loop() -> None:
    found = problems("{% for 单位 in 各单位 %}{{ 单位.责任单位 }}{% endfor %}{{ 单位.责任单位 }}")
    assert [problem.placeholder for problem in found] == ["单位.责任单位"]


def test_pairs_must_lie_on_one_level() -> None:
    table = Table((4000,))
    blocks = (
        table.build(table.when("for 单位 in 各单位"), table.row([Cell("{{ 单位.责任单位 }}", SMALL_CELL)])),
        paragraph(BODY, "{%p endfor %}"),
    )
    found = problems_of(docx((Section("portrait", blocks),)), "测试.docx", NAMES)
    assert "不在同一段落、同一表格或同一层次" in sentences(found)
    assert "不在同一" in sentences(problems("{% if 年度 %}甲", "乙{% endif %}"))


def test_footers_and_text_boxes_are_read_too() -> None:
    data = small_template("正文")
    footer = part(data, "word/footer3.xml").decode().replace("— </w:t>", "{{ 年席 }}</w:t>")
    (problem,) = problems_of(with_part(data, "word/footer3.xml", footer.encode()), "测试.docx", NAMES)
    assert problem.nearest == "年度"


@pytest.mark.parametrize(("name", "data"), build_templates().items())
def test_shipped_templates_pass(name: str, data: bytes) -> None:
    assert problems_of(data, name, BLUEPRINTS[name].names) == []


def test_typos_in_the_plan_are_all_found() -> None:
    """One letter of a placeholder changed, dropped or doubled; the right name is the suggestion."""
    data = build_templates()["计划.docx"]
    xml, chance = part(data).decode(), random.Random(2027)
    places = list(re.finditer(r"\{\{ ([一-龥]{3,}) [|}]", xml))
    missed, unsuggested = [], 0
    for _ in range(tries(200)):
        place = chance.choice(places)
        name, at = place.group(1), chance.randrange(len(place.group(1)))
        wrong = chance.choice(
            [name[:at] + "错" + name[at + 1 :], name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]]
        )
        edited = xml[: place.start(1)] + wrong + xml[place.end(1) :]
        found = problems_of(
            with_part(data, "word/document.xml", edited.encode()), "计划.docx", BLUEPRINTS["计划.docx"].names
        )
        if wrong not in {problem.placeholder for problem in found}:
            missed.append(wrong)
        unsuggested += all(problem.nearest != name for problem in found)
    assert missed == []
    assert unsuggested <= tries(200) / 20  # a typo may lie nearer to another name


@pytest.mark.parametrize(
    ("name", "relation", "reason"),
    [
        ("word/vbaProject.bin", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "宏"),
        ("word/remarks.xml", "comments", "批注"),
    ],
)
def test_parts_that_templates_may_not_carry(name: str, relation: str, reason: str) -> None:
    data = with_related(small_template("正文"), name, b"<x/>", relation, "application/xml")
    assert reason in sentences(problems_of(data, "测试.docx", NAMES))


def test_a_template_of_elsewhere_is_told() -> None:
    target = "http://example.invalid/a.dotx"
    data = with_relation(small_template("正文"), "image", target, "word/settings.xml", "External")
    assert f"文件以外的内容“{target}”" in sentences(problems_of(data, "测试.docx", NAMES))


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<w:ins><w:r><w:t>甲</w:t></w:r></w:ins>", "修订"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>", "隐藏"),
        ("<w:r><w:instrText>INCLUDETEXT c:/a</w:instrText></w:r>", "域"),
        ('<w:fldSimple w:instr="DDEAUTO x"/>', "域"),
    ],
)
def test_content_that_templates_may_not_carry(markup: str, reason: str) -> None:
    data = small_template("正文")
    edited = part(data).decode().replace("</w:p>", markup + "</w:p>", 1)
    assert reason in sentences(problems_of(with_part(data, "word/document.xml", edited.encode()), "测试.docx", NAMES))


def test_what_cannot_be_opened_is_one_problem() -> None:
    (problem,) = problems_of(b"nothing", "测试.docx", NAMES)
    assert problem.sentence == "模板“测试.docx”不是完好的.docx文件，请用WPS或Word另存为.docx后再用。"
    broken = with_part(small_template("甲"), "word/_rels/document.xml.rels", b"<broken")
    assert "XML" in sentences(problems_of(broken, "测试.docx", NAMES))
