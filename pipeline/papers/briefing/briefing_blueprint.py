"""简报.docx: the monthly briefing for the leaders of the four bodies (B-12)."""

from pipeline.word import house_style as house
from pipeline.word.annexes import annex_head
from pipeline.word.heads import briefing_head, title
from pipeline.word.imprint import imprint
from pipeline.word.ooxml import Cell, Column, Section, Table, body, docx, heading, lead_in, listing, paragraph, when

_GROUP = (
    '{{% if {0}.完成率 == "—" %}}{{{{ {0}.进度比较 }}}}{{% elif {0}.完成率 == "未报" or {0}.完成率 == "待核" %}}'
    "当年计划投资{{{{ {0}.当年计划投资|亿元 }}}}，完成投资{{{{ {0}.完成率 }}}}{{% else %}}当年计划投资{{{{ {0}.当年计划投资|亿元 }}}}，"
    "本年累计完成{{{{ {0}.本年累计完成投资|亿元 }}}}，完成年度计划的{{{{ {0}.完成率|百分比 }}}}"
    "（{{{{ {0}.进度比较 }}}}）{{% endif %}}"
)
_LISTED = "{%% for %s in %s %%}"
_CLOSE = "{% if loop.last %}。{% else %}；{% endif %}{% endfor %}"


def _overall() -> list[str]:
    return [
        heading("一、总体进展"),
        body(
            "{{ 年度 }}年全{{ 层级 }}共安排重点项目{{ 项目总数 }}项，总投资{{ 总投资|亿元 }}，当年计划投资{{ 当年计划投资|亿元 }}。"
            "{% if 已报项目数 %}{{ 月份 }}月份完成投资{{ 本月完成投资|亿元 }}；截至{{ 月份 }}月底，本年累计完成投资{{ 本年累计完成投资|亿元 }}，"
            '{% if 完成率 == "—" %}{% elif 未报项目 or 待核项目 %}已报送且数据无误的{{ 已报项目数 }}个项目完成其年度计划的{{ 完成率|百分比 }}，'
            "{% else %}完成年度计划的{{ 完成率|百分比 }}，{% endif %}"
            "{{ 进度比较 }}{% if 月份 < 12 %}（时间进度为{{ 时间进度|百分比 }}）{% endif %}。"
            "{% elif 项目总数 %}{{ 月份 }}月份各项目的数据未报或待核，完成投资和完成率暂不统计。{% endif %}"
            "各项目进展情况见附件。"
        ),
        when("if 上月比较"),
        body("{{ 上月比较|成句 }}"),
        when("endif"),
        when("if 当月计划比较"),
        body("{{ 当月计划比较|成句 }}"),
        when("endif"),
        when("if 包联.项目数"),
        body(
            lead_in("包联项目。"),
            "由{{ 层级 }}领导包联的重大项目{{ 包联.项目数 }}项，" + _GROUP.format("包联") + "。",
        ),
        when("endif"),
        when("if 未报项目"),
        body(
            lead_in("未报情况。"),
            "{{ 未报项目|顿号 }}{% if 未报项目|个数 > 1 %}等{{ 未报项目|个数 }}个项目{% endif %}未按要求报送，"
            "完成投资和完成率均未计入。",
        ),
        when("endif"),
        when("if 待核项目"),
        body(
            lead_in("待核情况。"),
            "{{ 待核项目|顿号 }}{% if 待核项目|个数 > 1 %}等{{ 待核项目|个数 }}个项目{% endif %}的上报数据有误或前后不一致，"
            "须由责任单位核实，核实前完成投资和完成率均不计入。",
        ),
        when("endif"),
    ]  # fmt: skip


def _by_kind() -> list[str]:
    return [
        heading("二、分类进展"),
        body(
            lead_in("（一）按“四个一批”分。"),
            _LISTED % ("批", "各批") + "{{ 批.批次 }}项目{{ 批.项目数 }}项，" + _GROUP.format("批") + _CLOSE,
        ),
        body(
            lead_in("（二）按行业分。"),
            _LISTED % ("行业", "各行业") + "{{ 行业.所属行业 }}项目{{ 行业.项目数 }}项，" + _GROUP.format("行业") + _CLOSE,
        ),
        body(
            lead_in("（三）按责任单位分。"),
            "{% if 全部持平 %}{% if 未排名单位 %}参加排名的{% else %}各{% endif %}责任单位完成率相同，不作先后排列。{% else %}{% if 领先单位 %}完成率居前的是："
            + _LISTED % ("单位", "领先单位") + "{{ 单位.责任单位 }}（{{ 单位.完成率|百分比 }}）"
            "{% if not loop.last %}、{% endif %}{% endfor %}。{% endif %}{% if 落后单位 %}完成率靠后的是："
            + _LISTED % ("单位", "落后单位") + "{{ 单位.责任单位 }}（{{ 单位.完成率|百分比 }}）"
            "{% if not loop.last %}、{% endif %}{% endfor %}。{% endif %}{% if 领先末位并列 %}完成率相同的单位名次并列，"
            "排列不分先后。{% endif %}{% endif %}各单位完成率与时间进度（{{ 时间进度|百分比 }}）的比较见下表和下图。"
            "{% if 未排名单位 %}{{ 未排名单位|顿号 }}有项目未报或待核，不参加排名，未列入图中。{% endif %}",
        ),
        paragraph(house.TABLE_UNIT, "单位：项、万元"),
        _unit_table(),
        paragraph(house.CAPTION, "各责任单位年度计划投资完成率与时间进度（截至{{ 月份 }}月底）"),
        paragraph(house.CHART, "{{ 完成率图 }}"),
        paragraph(
            house.NOTE, "注：竖虚线为时间进度{{ 时间进度|百分比 }}；蓝色为达到或超过时间进度的单位，红色为低于时间进度的单位。"
        ),
    ]  # fmt: skip


def _unit_table() -> str:
    whole = ("项目总数", "当年计划投资", "本年累计完成投资", "完成率|百分比")
    return listing(
        "单位 in 各单位",
        Column("名次", 10), Column("责任单位", 33), Column("项目数", 12),
        Column("当年计划投资", 20, title="当年计划\n投资"),
        Column("本年累计完成投资", 21, title="本年累计\n完成投资"), Column("完成率|百分比", 15),
        Column("进度比较", 45, house.SMALL_CELL, title="与时间\n进度比"),
        padding=40,
        last=[
            Cell("合　计", house.TABLE_HEAD, 2),
            *(Cell(f"{{{{ {name} }}}}", house.TABLE_CELL) for name in whole),
            Cell("{{ 进度比较 }}", house.SMALL_CELL),
        ],
    )  # fmt: skip


def _starts() -> list[str]:
    return [heading("三、开工竣工"), *_milestones("（一）", "开工", "新开工"), *_milestones("（二）", "竣工", "竣工")]


def _milestones(number: str, verb: str, happened: str) -> list[str]:
    """How many starts or finishes the year asks for, those of the month by name, and what is overdue."""
    paragraphs = (
        body(
            lead_in(f"{number}~情况。"),
            "{% if 计划~数 %}全年应~项目{{ 计划~数 }}项，截至{{ 月份 }}月底{% if 累计~数 %}已~{{ 累计~数 }}项"
            "{% elif not 已报项目数 %}的~情况未报或待核{% else %}尚无项目~{% endif %}。{% else %}本年度无应~项目。{% endif %}"
            "{% if 本月~ %}本月#{{ 本月~|个数 }}项：{{ 本月~|顿号 }}。"
            "{% elif 已报项目数 and not ~待核 %}本月无#项目。{% endif %}"
            "{% if ~待核 %}{{ ~待核|顿号 }}上报的实际~时间待核。{% endif %}",
        ),
        when("if 逾期未~"),
        body(
            "应~而尚未~的项目{{ 逾期未~|个数 }}项："
            + _LISTED % ("项目", "逾期未~") + "{{ 项目.项目名称 }}（{{ 项目.责任单位 }}，计划{{ 项目.计划时间 }}~）" + _CLOSE
        ),
        when("endif"),
    )  # fmt: skip
    return [each.replace("~", verb).replace("#", happened) for each in paragraphs]


def _permits() -> list[str]:
    return [
        heading("四、手续办理"),
        body(
            "{% if 手续总数 %}全部项目需办理手续{{ 手续总数 }}件，已办结{{ 手续办结数 }}件，办结率{{ 手续办结率|百分比 }}"
            "{% if 到期手续数 %}（其中应于本月底前办结{{ 到期手续数 }}件，已办结{{ 到期办结数 }}件）{% endif %}；"
            "有手续需要办理的{{ 手续项目数 }}个项目中，手续全部办结的{{ 手续全部办结项目数 }}个。"
            "{% if not 逾期手续 %}无逾期未办结手续。{% endif %}{% elif not 手续待核项目 %}本月无需办理的手续。{% endif %}"
            "{% if 手续待核项目 %}手续台账待核、未计入的项目：{{ 手续待核项目|顿号 }}。{% endif %}"
        ),
        when("if 逾期手续"),
        body("超过计划时间尚未办结的手续{{ 逾期手续|个数 }}件，请有关部门抓紧办理："),
        listing(
            "手续 in 逾期手续",
            Column("序号", 10, cell="{{ loop.index }}"), Column("项目名称", 46, house.TABLE_TEXT),
            Column("手续名称", 36, house.TABLE_TEXT), Column("办理部门", 30), Column("计划办结时间", 34),
            padding=40,
        ),
        when("endif"),
    ]  # fmt: skip


def _problems() -> list[str]:
    text = house.SMALL_TEXT
    kinds = "{%% for 项 in %s %%}{{ 项.%s }}{{ 项.件数 }}件{%% if not loop.last %%}、{%% endif %%}{%% endfor %%}"
    return [
        heading("五、需领导协调解决的问题"),
        body(
            "{% if 未解决问题数 %}目前尚未解决的问题{{ 未解决问题数 }}件，{% if 本月解决问题数 %}本月解决"
            "{{ 本月解决问题数 }}件{% else %}本月无问题销号{% endif %}。"
            "{% if 问题分类型 %}按类型分，" + kinds % ("问题分类型", "问题类型") + "。{% endif %}"
            "{% if 问题分层级 %}按处理层级分，" + kinds % ("问题分层级", "处理层级") + "。{% endif %}{% else %}目前无尚未解决的问题"
            "{% if 本月解决问题数 %}，本月解决{{ 本月解决问题数 }}件{% endif %}。{% endif %}"
            "{% if 需领导协调 %}其中需领导协调解决的{{ 需领导协调|个数 }}件，列表如下。{% else %}本月无需领导协调解决的问题。"
            "{% endif %}"
        ),
        when("if 需领导协调"),
        listing(
            "问题 in 需领导协调",
            Column("序号", 8), Column("项目名称", 28, text), Column("责任单位", 19), Column("包联领导", 14),
            Column("问题内容", 32, text), Column("问题类型", 11, title="类型"),
            Column("解决方式", 27, text, "建议解决方式"), Column("解决时限", 17, title="时限"),
            padding=30, small=True,
        ),
        when("endif"),
    ]  # fmt: skip


def _next_month() -> list[str]:
    return [
        heading("六、下月工作节点"),
        when("if 下月节点"),
        body(
            "按包联项目工作清单，{{ 下月 }}月份计划完成的工作节点{{ 下月节点|个数 }}个，请责任单位抓紧推进，请包联领导予以督促。"
        ),
        listing(
            "节点 in 下月节点",
            Column("序号", 10), Column("项目名称", 35, house.TABLE_TEXT), Column("工作内容", 38, house.TABLE_TEXT),
            Column("完成时限", 34), Column("责任单位", 24), Column("责任人", 15),
            padding=40,
        ),
        when("else"),
        body(
            "{% if 月份 == 12 %}下一年度的工作节点随下一年度推进方案安排。{% else %}包联项目工作清单中{{ 下月 }}月份没有到期的节点。{% endif %}"
        ),
        when("endif"),
    ]  # fmt: skip


def _project_table() -> str:
    cell, text, section = house.SMALL_CELL, house.SMALL_TEXT, house.SMALL_SECTION
    columns = (
        Column("序号", 8), Column("项目名称", 34, text), Column("责任单位", 21), Column("包联领导", 14),
        Column("总投资", 18), Column("当年计划投资", 18), Column("本月完成投资", 16), Column("本年累计完成投资", 18),
        Column("完成率|百分比", 13), Column("形象进度", 33, text), Column("存在问题", 32, text),
    )  # fmt: skip
    table = Table.of(columns, padding=30, row_height=320)

    def sums(label: Cell, *names: str) -> str:
        return table.row([label, *(Cell(f"{{{{ {name} }}}}", cell, 2 if "进度比较" in name else 1) for name in names)])

    figures = ("当年计划投资", "本月完成投资", "本年累计完成投资", "完成率|百分比", "进度比较")
    return table.build(
        table.head([column.head for column in columns], house.SMALL_HEAD),
        table.when("for 批 in 项目表"),
        table.when("if 批.项目"),
        sums(
            Cell("{{ 批.节号 }}、{{ 批.批次 }}（{{ 批.项目数 }}项）", section, 5),
            *(f"批.{name}" for name in figures),
        ),
        *table.entries("项目 in 批.项目", columns, cell),
        table.when("endif"),
        table.when("endfor"),
        sums(Cell("合计（{{ 项目总数 }}项）", section, 4), "总投资", *figures),
    )


def _definitions() -> list[str]:
    """What the figures mean: the reader of the table needs it, and the imprint's page is not left bare."""
    return [
        heading("数据口径说明"),
        body("1. 数据来源：各责任单位当月报送的项目推进情况月报、问题台账和手续台账，截至{{ 成文日期 }}。"),
        body(
            "2. 完成率：本年累计完成投资占当年计划投资的百分比，未报、待核的项目在分子、分母中均不计；时间进度：已过月份占全年的百分比，当月为{{ 时间进度|百分比 }}。"
        ),
        body("3. “未报”指责任单位当月没有报送，“待核”指上报数据前后不一致、正在核实；两者均不计入合计。"),
        body("4. 金额：{{ 尾差说明|成句 }}附件中以万元计，为各责任单位上报的原数。"),
        when("if 核减"),
        body(
            "5. 核减：本月报表核减以前多报的投资，已从本年累计完成投资中扣除："
            + _LISTED % ("项目", "核减")
            + "{{ 项目.项目名称 }}{{ 项目.核减额 }}万元（{{ 项目.核减原因|去句号 }}）"
            + _CLOSE
        ),
        when("endif"),
    ]


def template() -> bytes:
    """The template 简报.docx."""
    front = [
        briefing_head("{{ 简报名称 }}", "第{{ 期号 }}期（总第{{ 总期号 }}期）", "{{ 办公室 }}", "{{ 成文日期 }}"),
        title("{{ 月份 }}月份全{{ 层级 }}重点项目推进情况"),
        *_overall(), *_by_kind(), *_starts(), *_permits(), *_problems(), *_next_month(),
    ]  # fmt: skip
    foot = imprint(
        [("报", "{{ 报|去句号 }}。", "报"), ("送", "{{ 送|去句号 }}。", "送")],
        "{{ 办公室 }}",
        "{% if 共印 %}共印{{ 共印 }}份{% else %}{{ 成文日期 }}{% endif %}",
    )
    unit = "单位：万元"
    annex = annex_head("附件", "{{ 年度 }}年{{ 月份 }}月重点项目进展情况表", unit=unit)
    return docx(
        (
            Section("portrait", tuple(front)),
            Section("landscape", (annex, _project_table())),
            Section("portrait", (*_definitions(), foot)),
        )
    )
