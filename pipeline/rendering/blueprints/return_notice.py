"""退件通知.docx: what goes with workbooks that are given back for mending; always one page."""

from pipeline.rendering import house_style as house
from pipeline.rendering.furniture import signature, title
from pipeline.rendering.ooxml import Cell, Section, Table, body, docx, millimetres, paragraph, when


def _main_problems() -> str:
    table = Table(millimetres(10, 42, 66, 38), padding=40, row_height=320)
    cell, text = house.TABLE_CELL, house.TABLE_TEXT
    fields = (("序号", cell), ("位置", text), ("问题", text), ("怎样修改", text))
    return table.build(
        table.head(("序号", "位置", "问题", "怎样修改"), house.TABLE_HEAD),
        table.when("for 项 in 主要问题"),
        table.row([Cell("{{ 项." + field + " }}", style) for field, style in fields]),
        table.when("endfor"),
    )


def build() -> bytes:
    """The template 退件通知.docx."""
    blocks = [
        title("关于退回修改{{ 期间 }}台账的通知"),
        paragraph(house.ADDRESSEE, "{{ 责任单位 }}："),
        body(
            "你单位{{ 期间 }}台账有{{ 台账数 }}份需要修改，现予退回。共有错误{{ 错误数 }}条、提醒{{ 提醒数 }}条、"
            "建议{{ 建议数 }}条{% if 分类 %}（{{ 分类 }}）{% endif %}。{% if 主要问题 %}请首先改正下列各条。{% endif %}"
        ),
        when("if 主要问题"),
        _main_problems(),
        when("endif"),
        body(
            "{% if 其余条数 %}其余{{ 其余条数 }}条和{% endif %}各条的依据见台账第一张表“问题清单”，有问题的单元格已标色并加批注"
            "{% if 未标色数 %}（{{ 未标色数 }}份不能标色，清单另附）{% endif %}。"
            "{% if 另有条数 %}另有{{ 另有条数 }}条见“其他事项问题清单”。{% endif %}"
            "请在退回的文件中直接改正，{% if 报回时限 %}于{{ 报回时限 }}前{% else %}尽快{% endif %}报回。",
            keep_next=True,
        ),
        signature("{{ 办公室 }}", "{{ 成文日期 }}", sealed=False),
    ]
    return docx((Section("portrait", tuple(blocks)),))
