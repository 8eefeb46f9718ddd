"""考核报告.docx: the year-end ranking of the units, with proposed commendations (B-13, K-20, K-21)."""

from pipeline.rendering import house_style as house
from pipeline.rendering.furniture import annex_head, annex_notes, signature, title
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


def _ranking() -> str:
    table = Table(millimetres(14, 43, 16, 22, 24, 20, 20, 20, 14, 16, 16), padding=35, row_height=380)
    cell = house.TABLE_CELL
    fields = ("名次", "责任单位", "项目数", "开复工竣工|两位小数", "固定资产投资|两位小数", "手续办结|两位小数", "形象进度|两位小数", "现场观摩|两位小数", "扣分|两位小数", "总分|两位小数",
              "折算分")  # fmt: skip
    titles = ("名次", "责任单位", "项目数", "开复工竣工", "固定资产投资", "手续办结", "形象进度", "现场观摩", "扣分", "总分",
              "折算分")  # fmt: skip
    return table.build(
        table.head(titles, house.TABLE_HEAD),
        table.when("for 单位 in 排名"),
        table.row([Cell("{{ 单位." + field + " }}", cell) for field in fields]),
        table.when("endfor"),
    )


def _owed() -> str:
    table = Table(millimetres(42, 22, 92), padding=50)
    return table.build(
        table.head(("责任单位", "未完成\n项目数", "项目"), house.TABLE_HEAD),
        table.when("for 单位 in 需作情况说明"),
        table.row(
            [
                Cell("{{ 单位.责任单位 }}", house.TABLE_CELL),
                Cell("{{ 单位.未完成项目数 }}", house.TABLE_CELL),
                Cell("{{ 单位.项目 }}", house.TABLE_TEXT),
            ]
        ),
        table.when("endfor"),
    )


def _results() -> list[str]:
    return [
        heading("一、总体情况"),
        body(
            "{{ 年度 }}年参加考核的责任单位{{ 单位总数 }}个，承担重点项目{{ 项目总数 }}项，当年计划投资{{ 当年计划投资|亿元 }}，"
            "本年累计完成投资{{ 本年累计完成投资|亿元 }}，完成率{{ 完成率|百分比 }}。考核最高分{{ 最高分|两位小数 }}分，"
            "最低分{{ 最低分|两位小数 }}分，平均分{{ 平均分|两位小数 }}分。各单位得分和名次见附件。"
        ),
        when("if 暂不排名"),
        body(
            "{% for 单位 in 暂不排名 %}{{ 单位.责任单位 }}因{{ 单位.原因|去句号 }}暂不排名"
            "{% if loop.last %}。{% else %}；{% endif %}{% endfor %}"
        ),
        when("endif"),
        heading("二、考核办法"),
        body(lead_in("（一）计分。"), "{{ 权重说明|成句 }}"),
        body(lead_in("（二）扣分。"), "{{ 扣分说明|成句 }}"),
        body(lead_in("（三）折算。"), "{{ 折算说明|成句 }}"),
    ]


def _reports() -> list[str]:
    return [
        heading("三、报表报送情况"),
        when("if 迟报缺报"),
        body(
            "有迟报、缺报记录的单位{{ 迟报缺报|个数 }}个：{% for 单位 in 迟报缺报 %}{{ 单位.责任单位 }}"
            "（{% if 单位.迟报次数 %}迟报{{ 单位.迟报次数 }}次{% endif %}"
            "{% if 单位.迟报次数 and 单位.缺报次数 %}、{% endif %}"
            "{% if 单位.缺报次数 %}缺报{{ 单位.缺报次数 }}次{% endif %}）"
            "{% if not loop.last %}、{% endif %}{% endfor %}。其余单位均按时报送。"
        ),
        when("elif 有报送登记"),
        body("各责任单位全年报表均按时报送。"),
        when("else"),
        body("全年没有报表报送登记，迟报、缺报情况无从统计。"),
        when("endif"),
    ]


def _commended() -> list[str]:
    return [
        heading("四、拟表彰单位"),
        body("{{ 表彰说明|成句 }}"),
        when("if 拟表彰"),
        body(
            "据此拟对下列{{ 拟表彰|个数 }}个单位予以表彰：{% for 单位 in 拟表彰 %}{{ 单位.责任单位 }}（{{ 单位.总分|两位小数 }}分，"
            "名次{{ 单位.名次 }}）{% if not loop.last %}、{% endif %}{% endfor %}。"
        ),
        when("else"),
        body("本年度没有达到条件的单位。"),
        when("endif"),
        heading("五、需作情况说明的单位"),
        when("if 需作情况说明"),
        body(
            "下列{{ 需作情况说明|个数 }}个单位有未完成计划任务的项目，须按规定向区委、区政府主要领导说明情况，"
            "情况说明表已按台账填列后发给有关单位。"
        ),
        _owed(),
        when("else"),
        body("各责任单位均完成计划任务，没有需作情况说明的单位。"),
        when("endif"),
    ]


def build() -> bytes:
    """The template 考核报告.docx."""
    report = [
        title("关于{{ 年度 }}年度重点项目工作考核情况的报告"),
        paragraph(house.ADDRESSEE, "区委、区政府："),
        body(
            "根据重大项目包联工作和重点项目管理的有关规定，{{ 办公室 }}对各责任单位{{ 年度 }}年重点项目工作进行了年终考核。"
            "现将考核情况报告如下。"
        ),
        *_results(), *_reports(), *_commended(),
        body("特此报告。", keep_next=True),
        annex_notes(("{{ 年度 }}年度责任单位考核得分和名次表",)),
        signature("{{ 办公室 }}", "{{ 成文日期 }}"),
        paragraph(house.PLACEHOLDER),
    ]  # fmt: skip
    annex = (
        annex_head("附件", "{{ 年度 }}年度责任单位考核得分和名次表", unit="单位：分"),
        when("if 排名"),
        _ranking(),
        when("else"),
        body("没有可以排名的单位。"),
        when("endif"),
    )
    return docx((Section("portrait", tuple(report)), Section("landscape", annex)))
