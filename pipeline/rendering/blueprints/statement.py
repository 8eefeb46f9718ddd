"""情况说明.docx: the statement owed for missed plans, filled with what is known (B-13)."""

from pipeline.rendering import house_style as house
from pipeline.rendering.furniture import title
from pipeline.rendering.ooxml import (
    Cell,
    Section,
    Table,
    body,
    docx,
    heading,
    lead_in,
    millimetres,
    paragraph,
    when,
)


def _missed() -> str:
    table = Table(millimetres(10, 34, 18, 26, 18, 18, 18, 14), padding=35)
    small, text = house.SMALL_CELL, house.SMALL_TEXT
    fields = (
        ("序号", small), ("项目名称", text), ("包联领导", small), ("未完成事项", text), ("计划", small), ("实际", small),
        ("差额", small),
    )  # fmt: skip
    return table.build(
        table.head(
            ("序号", "项目名称", "包联领导", "未完成事项", "计划", "实际", "差额", "单位核对"),
            house.SMALL_HEAD,
        ),
        table.when("for 项 in 未完成项目"),
        table.row(
            [*(Cell("{{ 项." + field + " }}", style) for field, style in fields), Cell("□属实", small)]
        ),
        table.when("endfor"),
    )


def _form() -> str:
    """The part that only the unit can write; each empty field says so."""
    table = Table(millimetres(34, 122), padding=70, row_height=1900)
    rows = (
        ("未完成的主要原因", "（由责任单位逐项填写：客观原因、主观原因分别说明）"),
        ("已采取的措施", "（由责任单位填写）"),
        ("下一步打算和完成时限", "（由责任单位填写：明确完成时间和责任人）"),
    )
    return table.build(
        *(
            table.row([Cell(label, house.TABLE_HEAD), Cell(f"{hint}\n\n\n\n\n", house.TABLE_TEXT)])
            for label, hint in rows
        ),
        table.row(
            [
                Cell("责任单位\n签字盖章", house.TABLE_HEAD),
                Cell(
                    "（由责任单位填写）\n\n主要负责人（签字）：＿＿＿＿＿＿　　经办人（签字）：＿＿＿＿＿＿\n\n"
                    "（单位公章）　　　　　　　　　　　　　　＿＿＿＿年＿＿月＿＿日",
                    house.TABLE_TEXT,
                ),
            ]
        ),
    )


def build() -> bytes:
    """The template 情况说明.docx."""
    blocks = [
        title("{{ 责任单位 }}关于{{ 年度 }}年未完成重点项目计划任务的情况说明"),
        paragraph(house.ADDRESSEE, "区委、区政府："),
        body(
            "{{ 年度 }}年度考核中，我单位承担的重点项目有{{ 未完成项目数 }}项未完成计划任务。"
            "按照重大项目包联工作考核的要求，现将有关情况说明如下。"
        ),
        heading("一、未完成计划任务的项目"),
        paragraph(house.NOTE, "（本部分由{{ 办公室 }}根据台账填列，责任单位应逐项核对。）"),
        _missed(),
        heading("二、台账所载的有关问题"),
        when("for 项 in 未完成项目"),
        body(
            lead_in("{{ 项.序号 }}. {{ 项.项目名称 }}（{{ 项.未完成事项|去句号 }}）："),
            '{% if 项.台账所载问题 == "台账未载" %}台账未载有关问题，由责任单位说明。{% else %}{{ 项.台账所载问题|成句 }}{% endif %}',
        ),
        when("endfor"),
        heading("三、责任单位说明"),
        paragraph(house.NOTE, "（以下各栏由责任单位填写，填写后报{{ 办公室 }}，由其汇总报区委、区政府。）"),
        _form(),
        paragraph(
            house.NOTE,
            "{{ 办公室 }}{{ 成文日期 }}制发。责任单位对本表内容如有不同意见，请在说明中写明并附证明材料。",
        ),
    ]
    return docx((Section("portrait", tuple(blocks)),))
