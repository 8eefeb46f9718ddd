"""A compiled template says exactly what its values say, or refuses."""

import pickle
from decimal import Decimal

import pytest

from pipeline.errors import TemplateError
from pipeline.records.money import Figure
from pipeline.word.house_style import BODY, SMALL_CELL
from pipeline.word.ooxml import Cell, Section, Table, docx, paragraph
from pipeline.word.package import Member, pack
from pipeline.word.template import Template, missing_value
from tests.docx_reading import paragraphs, part, small_template, text_of, with_part


def rendered(text: str, **context: object) -> str:
    return text_of(Template.compile(small_template(text), "测试.docx").render(context))


@pytest.mark.parametrize(
    "value",
    [
        "甲&乙<丙>“丁”'戊'",
        "{{ 7*7 }} {% if x %} {_{ }}",
        "&lt;&amp;",
        "一行\n二行\t三列",
        "𠮷野家 \u3000 全角",
        "</w:t></w:r><w:p/>",
    ],
)
def test_text_arrives_exactly(value: str) -> None:
    assert rendered("前{{ 名 }}后", 名=value) == f"前{value}后"


def test_characters_that_xml_cannot_hold_stay_visible() -> None:
    assert rendered("{{ 名 }}", 名="甲\x00乙\ud800丙\x0b丁\r\n戊\ufffe") == "甲�乙�丙\n丁\n戊�"


def test_text_after_the_last_placeholder_survives_a_bad_value() -> None:
    data = Template.compile(small_template("{{ 名 }}", "末段"), "测试.docx").render({"名": "\ud800\x01"})
    assert paragraphs(data)[-1] == "末段"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Figure(Decimal("4126000.50")), "4126000.5"),
        (Decimal("0.10"), "0.1"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00"), "0"),
        (2027, "2027"),
        ("未报", "未报"),
    ],
)
def test_bare_values_print_plainly(value: object, shown: str) -> None:
    assert rendered("{{ 数 }}", 数=value) == shown


@pytest.mark.parametrize("value", [None, True, 0.5, [1], {"甲": 1}, b"x"])
def test_a_value_no_reader_expects_is_refused(value: object) -> None:
    with pytest.raises(TemplateError, match="测试"):
        rendered("{{ 数 }}", 数=value)


def test_none_inside_a_list_is_named_with_its_place() -> None:
    with pytest.raises(TemplateError, match=r"项目第2项\.完成率"):
        rendered("{% for 项 in 项目 %}{{ 项.完成率 }}{% endfor %}", 项目=[{"完成率": 1}, {"完成率": None}])


def test_missing_value_of_a_complete_context_is_empty() -> None:
    assert missing_value({"甲": [1, {"乙": ""}]}) == ""


@pytest.mark.parametrize("text", ["{{ 没有 }}", "{% if 没有 %}甲{% endif %}", "{{ 有.没有 }}"])
def test_an_unknown_name_is_never_a_blank(text: str) -> None:
    with pytest.raises(TemplateError, match="没有"):
        rendered(text, 有={"甲": 1})


def test_mapping_entries_come_before_methods() -> None:
    assert rendered("{{ 项.items }}", 项={"items": "件"}) == "件"


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 名.__class__ }}",
        "{{ 名.format(1) }}",
        "{{ cycler.__init__ }}",
        "{{ range(9) }}",
        "{% set x = 1 %}{{ 没有这个过滤器|safe }}",
    ],
)
def test_templates_reach_nothing_outside_their_context(text: str) -> None:
    with pytest.raises(TemplateError):
        rendered(text, 名="甲")


def test_tags_split_over_runs_by_an_editor_are_read() -> None:
    data = small_template("前{{ 名称 }}后")
    split = (
        part(data)
        .decode()
        .replace("{{ 名称 }}", '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ 名</w:t></w:r>'
                 '<w:r w:rsidR="00AA"><w:t xml:space="preserve">称 }</w:t></w:r><w:r><w:t>}')
    )  # fmt: skip
    edited = with_part(data, "word/document.xml", split.encode())
    assert text_of(Template.compile(edited, "测试.docx").render({"名称": "甲"})) == "前甲后"


def test_curly_quotes_in_a_condition_are_read() -> None:
    assert rendered("{% if 类 == “工业” %}是{% else %}否{% endif %}", 类="工业") == "是"


def test_paragraph_and_row_tags_leave_no_trace() -> None:
    table = Table((4000, 4000))
    blocks = (
        paragraph(BODY, "{%p if 有 %}"),
        paragraph(BODY, "有"),
        paragraph(BODY, "{%p endif %}"),
        table.build(
            table.head(("甲", "乙"), SMALL_CELL),
            table.when("for 项 in 项目"),
            table.row([Cell("{{ 项.甲 }}", SMALL_CELL), Cell("{{ loop.index }}", SMALL_CELL)]),
            table.when("endfor"),
        ),
        paragraph(BODY, "末"),
    )
    template = Template.compile(docx((Section("portrait", blocks),)), "测试.docx")
    assert paragraphs(template.render({"有": False, "项目": []})) == ["甲", "乙", "末"]
    full = template.render({"有": True, "项目": [{"甲": "子"}, {"甲": "丑"}]})
    assert paragraphs(full) == ["有", "甲", "乙", "子", "1", "丑", "2", "末"]


def test_a_table_left_without_rows_is_refused() -> None:
    table = Table((4000,))
    rows = (table.when("for 项 in 项目"), table.row([Cell("{{ 项 }}", SMALL_CELL)]), table.when("endfor"))
    template = Template.compile(docx((Section("portrait", (table.build(*rows),)),)), "测试.docx")
    with pytest.raises(TemplateError, match="空的表格"):
        template.render({"项目": []})


def test_tags_across_levels_are_refused() -> None:
    blocks = (paragraph(BODY, "{% if 有 %}甲"), paragraph(BODY, "{%p endif %}"))
    template = Template.compile(docx((Section("portrait", blocks),)), "测试.docx")
    with pytest.raises(TemplateError, match="结构不完整"):
        template.render({"有": False})


def test_a_filter_misused_on_a_value_is_told_in_chinese() -> None:
    with pytest.raises(TemplateError, match="用法与值不符"):
        rendered("{{ 名|百分比|汉字数 }}", 名=Decimal(3))


@pytest.mark.parametrize("text", ["甲 }} 乙", "｛｛ 名 ｝｝", "{{ 名 }}｛％", "{% if 名 %}甲", "{{ 名 "])
def test_broken_braces_stop_the_compilation(text: str) -> None:
    with pytest.raises(TemplateError, match="测试"):
        Template.compile(small_template(text), "测试.docx")


def test_leftover_braces_without_any_tag_are_found() -> None:
    with pytest.raises(TemplateError, match="大括号"):
        Template.compile(small_template("｛｛ 名 ｝｝"), "测试.docx")


def test_placeholders_outside_text_are_refused() -> None:
    data = small_template("甲")
    edited = part(data).decode().replace("<w:p>", '<w:p><w:bdo w:val="{{ 名 }}"/>', 1)
    with pytest.raises(TemplateError, match="文字以外"):
        Template.compile(with_part(data, "word/document.xml", edited.encode()), "测试.docx")


def test_values_reach_headers_and_footers() -> None:
    data = small_template("正文")
    footer = part(data, "word/footer1.xml").decode().replace("— </w:t>", "{{ 名 }}</w:t>", 1)
    template = Template.compile(with_part(data, "word/footer1.xml", footer.encode()), "测试.docx")
    assert paragraphs(template.render({"名": "甲&乙"}), "word/footer1.xml")[0].startswith("甲&乙")


def test_rendering_twice_gives_the_same_bytes() -> None:
    template = Template.compile(small_template("{{ 名 }}"), "测试.docx")
    assert template.render({"名": "甲"}) == template.render({"名": "甲"}) != template.render({"名": "乙"})


@pytest.mark.parametrize("data", [b"", b"PK\3\4 not a zip", small_template("甲")[:400]])
def test_what_is_no_docx_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError, match="另存为"):
        Template.compile(data, "测试.docx")


def test_a_package_without_text_is_refused() -> None:
    with pytest.raises(TemplateError, match="没有正文"):
        Template.compile(pack([Member("a.xml", b"<a/>")]), "测试.docx")


@pytest.mark.parametrize("content", [b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_broken_or_active_xml_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateError, match="XML"):
        Template.compile(with_part(small_template("甲"), "word/document.xml", content), "测试.docx")


def test_another_process_compiles_a_template_once() -> None:
    template = Template.compile(small_template("{{ 名 }}"), "测试.docx")
    one, again = (pickle.loads(pickle.dumps(template)) for _ in range(2))
    assert one is again
    assert one.render({"名": "甲"}) == template.render({"名": "甲"})
