"""考核档案.docx: one unit's scores with their evidence, reports, deductions and conversion (K-20, B-13)."""

from pipeline.rendering import house_style as house
from pipeline.rendering.furniture import annex_head, annex_notes, signature, title
from pipeline.rendering.ooxml import Cell, Section, Table, body, docx, heading, millimetres, paragraph, when

_CELL, _TEXT = house.TABLE_CELL, house.TABLE_TEXT


def _table(widths: tuple[float, ...], titles: tuple[str, ...], loop: str, fields: tuple[tuple[str, house.Style], ...],
           last: str = "") -> str:  # fmt: skip
    table = Table(millimetres(*widths), padding=45)
    variable = loop.split()[1]
    cells = [Cell("{{ " + variable + "." + field + " }}", style) for field, style in fields]
    rows = [table.head(titles, house.TABLE_HEAD), table.when(loop), table.row(cells), table.when("endfor")]
    if last:
        rows.append(
            table.row([Cell("合　计", house.TABLE_HEAD, len(widths) - 1), Cell("{{ " + last + " }}", _CELL)])
        )
    return table.build(*rows)


def _result() -> list[str]:
    return [
        heading("一、考核结果"),
        body(
            "{{ 责任单位 }}{{ 年度 }}年承担重点项目{{ 项目数 }}项，分管领导{{ 分管领导 }}，联络员{{ 联络员 }}。"
            "年终考核各部分加权得分{{ 四部分得分|两位小数 }}分，扣分{{ 扣分合计|两位小数 }}分，总分{{ 总分|两位小数 }}分，在参加排名的{{ 单位总数 }}个"
            "责任单位中名次为{{ 名次 }}，折算年度目标考核分{{ 折算分 }}分。"
        ),
        body("{{ 折算说明|成句 }}"),
        when("if 未计入项目"),
        body(
            "该单位另有{{ 未计入项目|个数 }}个项目因申报有错误未列入年度计划，不计入得分：{{ 未计入项目|顿号 }}。"
        ),
        when("endif"),
    ]


def _parts() -> list[str]:
    fields = (
        ("部分", _CELL),
        ("权重|百分比", _CELL),
        ("得分|两位小数", _CELL),
        ("加权得分|两位小数", _CELL),
        ("依据", _TEXT),
    )
    return [
        heading("二、各部分得分"),
        body("{{ 权重说明|成句 }}"),
        _table(
            (34, 18, 20, 20, 64), ("考核部分", "权重", "得分", "加权得分", "依据"), "for 项 in 各部分", fields
        ),
    ]


def _reports() -> list[str]:
    fields = (("报表", _CELL), ("应报日期", _CELL), ("收到时间", _CELL), ("结果", _CELL))
    return [
        heading("三、报表报送情况"),
        when("if 报送记录"),
        body("全年按时报送{{ 按时次数 }}次，迟报{{ 迟报次数 }}次，缺报{{ 缺报次数 }}次。"),
        _table((40, 38, 50, 28), ("报表", "应报日期", "收到时间", "结果"), "for 次 in 报送记录", fields),
        when("else"),
        body("本年度没有应由该单位报送的报表登记。"),
        when("endif"),
    ]


def _deductions() -> list[str]:
    fields = (("事由", _TEXT), ("分值|两位小数", _CELL))
    return [
        heading("四、扣分情况"),
        when("if 扣分"),
        _table((126, 30), ("扣分事由", "分值"), "for 项 in 扣分", fields, "扣分合计|两位小数"),
        when("else"),
        body("无扣分。"),
        when("endif"),
    ]


def _missed() -> list[str]:
    fields = (
        ("序号", _CELL), ("项目名称", _TEXT), ("未完成事项", _TEXT), ("计划", _CELL), ("实际", _CELL), ("差额", _CELL),
    )  # fmt: skip
    titles = ("序号", "项目名称", "未完成事项", "计划", "实际", "差额")
    return [
        heading("五、未完成计划任务的项目"),
        when("if 未完成项目"),
        body("下列项目未完成计划任务，共{{ 未完成项目|个数 }}项次，由责任单位另行作出情况说明。"),
        _table((12, 46, 32, 22, 22, 22), titles, "for 项 in 未完成项目", fields),
        when("else"),
        body("所承担项目的计划任务均已完成。"),
        when("endif"),
    ]


def _evidence() -> str:
    small, text = house.SMALL_CELL, house.SMALL_TEXT
    table = Table(millimetres(9, 40, 17, 19, 19, 14, 34, 26, 33, 14), padding=30, row_height=340)
    fields = (
        ("序号", small), ("项目名称", text), ("批次", small), ("当年计划投资", small), ("本年累计完成投资", small),
        ("完成率|百分比", small), ("开竣工", text), ("手续", text), ("形象进度", text), ("观摩评分|两位小数", small),
    )  # fmt: skip
    titles = ("序号", "项目名称", "四个一批", "当年计划投资", "本年累计完成投资", "完成率", "开竣工", "手续", "形象进度",
              "观摩评分")  # fmt: skip
    return table.build(
        table.head(titles, house.SMALL_HEAD),
        table.when("for 项目 in 项目证据"),
        table.row([Cell("{{ 项目." + field + " }}", style) for field, style in fields]),
        table.when("endfor"),
    )


def build() -> bytes:
    """The template 考核档案.docx."""
    front = [
        title("{{ 责任单位 }}{{ 年度 }}年重点项目工作考核档案"),
        *_result(), *_parts(), *_reports(), *_deductions(), *_missed(),
        body("以上得分的逐项目依据见附件。责任单位对考核结果有异议的，可向{{ 办公室 }}书面提出复核。", keep_next=True),
        annex_notes(("{{ 责任单位 }}{{ 年度 }}年逐项目考核依据表",)),
        signature("{{ 办公室 }}", "{{ 成文日期 }}"),
        paragraph(house.PLACEHOLDER),
    ]  # fmt: skip
    annex = (
        annex_head("附件", "{{ 责任单位 }}{{ 年度 }}年逐项目考核依据表", unit="单位：万元、分"),
        when("if 项目证据"),
        _evidence(),
        when("else"),
        body("该单位本年度没有列入考核的项目。"),
        when("endif"),
    )
    return docx((Section("portrait", tuple(front)), Section("landscape", annex)))
