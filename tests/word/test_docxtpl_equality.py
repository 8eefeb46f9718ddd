"""A compiled template gives, part by part as canonical XML, what docxtpl itself gives."""

import io
import random
import zipfile
from collections.abc import Iterator

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from pipeline.word.environment import sandbox
from pipeline.word.house_style import BODY
from pipeline.word.namespaces import DECLARATIONS, HEAD
from pipeline.word.ooxml import Cell, Section, Table, docx, paragraph, run
from pipeline.word.template import Template
from pipeline.word.template_parts import TAGGED
from tests.docx_reading import part, with_part
from tests.example_counts import tries

CONTEXTS = tries(1000)
_SPECIAL = "&<>\"'“”‘’《》{}%#|\\/ \u00a0\u3000𠮷㛃é—…\n\t"
_HAN = "重点项目建设推进工作责任单位产业园区标准厂房配套设施总投资亿元万元年月日"


def template() -> bytes:
    """Tags of a paragraph, a row, a cell and a run, conditions, nested loops, a filter, header and footer."""
    table = Table((2948, 2948, 2948))
    columns = Table((2948, 2948, 2948))
    blocks = (
        paragraph(BODY, "{{ 标题 }}（{{ 数|顿号 }}）"),
        paragraph(BODY, "{%p if 有 %}"),
        paragraph(BODY, "前{{ 甲 }}中{{ 乙.丙 }}后"),
        paragraph(BODY, "{%p else %}"),
        paragraph(BODY, *map(run, ("甲", "{%r for 项 in 数 %}", "{{ 项 }}", "{%r endfor %}", "乙"))),
        paragraph(BODY, "没有{{ 标题 }}"),
        paragraph(BODY, "{%p endif %}"),
        table.build(
            table.head(("序号", "名称", "说明"), BODY),
            table.when("for 项 in 项目"),
            table.row([Cell("{{ loop.index }}", BODY), Cell("{{ 项.名称 }}", BODY),
                       Cell("{% for 字 in 项.说明 %}{{ 字 }}；{% endfor %}", BODY)]),
            table.when("endfor"),
        ),
        paragraph(BODY, "{% for 项 in 项目 %}{{ 项.名称 }}{% if not loop.last %}、{% endif %}{% endfor %}。"),
        columns.build(columns.row([Cell("{%tc for 列 in 数 %}", BODY), Cell("{{ 列 }}", BODY), Cell("{%tc endfor %}", BODY)])),
        paragraph(BODY, "末段{{ 末 }}"),
    )  # fmt: skip
    data = docx((Section("portrait", blocks),))
    for name, kind in (("word/footer1.xml", "ftr"), ("word/footer2.xml", "ftr")):
        text = f"{HEAD}<w:{kind} {DECLARATIONS}>{paragraph(BODY, '页脚{{ 标题 }}与{{ 末 }}')}</w:{kind}>"
        data = with_part(data, name, text.encode())
    return data


def _text(chance: random.Random, longest: int = 40) -> str:
    length = chance.choice((0, 1, 3, longest, longest * 20 if chance.random() < 0.05 else longest))
    return "".join(chance.choice(_HAN if chance.random() < 0.7 else _SPECIAL) for _ in range(length))


def contexts(count: int, seed: int = 9704) -> Iterator[dict[str, object]]:
    """Values with special characters, empty lists and long texts."""
    chance = random.Random(seed)
    for number in range(count):
        size = chance.choice((0, 0, 1, 2, 12))
        yield {
            "标题": _text(chance), "甲": _text(chance, 200), "乙": {"丙": _text(chance)}, "末": _text(chance),
            "有": chance.random() < 0.5, "数": [_text(chance, 6) for _ in range(chance.choice((1, 3, 5)))],
            "项目": [{"名称": _text(chance), "说明": [_text(chance) for _ in range(chance.choice((0, 1, 4)))]}
                   for _ in range(size)],
            "编号": number,
        }  # fmt: skip


def by_docxtpl(data: bytes, context: dict[str, object]) -> bytes:
    """docxtpl's own rendering, with the environment that our templates run in (what it prints is escaped already)."""
    engine, target = DocxTemplate(io.BytesIO(data)), io.BytesIO()
    engine.render(context, jinja_env=sandbox(), autoescape=False)
    engine.save(target)
    return target.getvalue()


def canonical(data: bytes) -> dict[str, bytes]:
    """Every part that holds text, in the one form that XML has for what it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if TAGGED.fullmatch(name)]
    return {name: etree.tostring(etree.fromstring(part(data, name)), method="c14n") for name in names}


def test_a_thousand_contexts_render_as_docxtpl_renders_them() -> None:
    data = template()
    compiled = Template.compile(data, "等同.docx")
    equal = 0
    for context in contexts(CONTEXTS):
        ours, theirs = canonical(compiled.render(context)), canonical(by_docxtpl(data, context))
        assert ours == theirs, context["编号"]
        equal += 1
    print(f"与docxtpl逐部件相等：{equal}/{CONTEXTS}")


@pytest.mark.parametrize("text", ["甲\x00乙", "甲\ud800乙"])
def test_where_docxtpl_loses_text_we_knowingly_differ(text: str) -> None:
    context = next(contexts(1)) | {"甲": text + "&<丙", "有": True}
    said = "".join(map(str, etree.fromstring(part(Template.compile(template(), "x.docx").render(context))).itertext()))
    assert "甲�乙&<丙" in said
