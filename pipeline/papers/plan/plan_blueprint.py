"""计划.docx: the 通知 that issues the year's plan, with its three annexes (K-7(1), K-8, K-9)."""

from pipeline.word import house_style as house
from pipeline.word.annexes import annex_head, annex_notes
from pipeline.word.heads import NOTICES, document_number, red_head, title
from pipeline.word.imprint import imprint
from pipeline.word.ooxml import (
    Cell,
    Column,
    Section,
    Table,
    body,
    docx,
    heading,
    lead_in,
    listing,
    paragraph,
    subheading,
    when,
)
from pipeline.word.signatures import joint_signature

_ANNEXES = (
    "{{ 年度 }}年重点项目计划表",
    "{{ 年度 }}年重点项目分责任单位汇总表",
    "{{ 年度 }}年重点项目责任分解表",
)
_SUMS = "总投资{{{{ {0}.总投资|亿元 }}}}，当年计划投资{{{{ {0}.当年计划投资|亿元 }}}}"


def _opening() -> list[str]:
    return [
        red_head(("{{ 区委 }}", "{{ 区政府 }}"), notices=NOTICES),
        document_number("{{ 发文字号 }}"),
        title("{{ 区委 }}　{{ 区政府 }}关于下达{{ 年度 }}年全{{ 层级 }}经济社会发展重点项目计划的通知"),
        when("if 主送机关"),
        paragraph(house.ADDRESSEE, "{{ 主送机关 }}："),
        when("endif"),
        body(
            "为充分发挥重点项目扩投资、促转型、增后劲、惠民生的支撑作用，确保全年经济社会发展目标顺利实现，"
            "在各责任单位申报、{{ 层级 }}重点办初审和征求上级发展改革部门意见的基础上，经{{ 层级 }}委、{{ 层级 }}政府审定，"
            "现将{{ 年度 }}年全{{ 层级 }}经济社会发展重点项目计划下达给你们，并就有关事项通知如下，请认真抓好落实。"
        ),
    ]


def _goals() -> list[str]:
    each = "{%% for %s in %s %%}{%% if %s.项目数 %%}"
    return [
        heading("一、年度目标任务"),
        body(
            lead_in("（一）总体安排。"),
            "{{ 年度 }}年全{{ 层级 }}共安排重点项目{{ 项目总数 }}项，总投资{{ 总投资|亿元 }}，截至上年底已累计完成投资"
            "{{ 已累计完成投资|亿元 }}，当年计划投资{{ 当年计划投资|亿元 }}。{% if 新建.项目数 %}其中，新建项目"
            "{{ 新建.项目数 }}项，" + _SUMS.format("新建") + "{% if 续建.项目数 %}；{% else %}。{% endif %}{% endif %}"
            "{% if 续建.项目数 %}{% if not 新建.项目数 %}其中，{% endif %}续建项目{{ 续建.项目数 }}项，"
            + _SUMS.format("续建") + "。{% endif %}{% if 前期.项目数 %}另有前期项目{{ 前期.项目数 }}项，" + _SUMS.format("前期")
            + "。{% endif %}{% if 包联项目数 %}列入计划的项目中，由{{ 层级 }}领导包联推进的重大项目"
            "{{ 包联项目数 }}项。{% endif %}",
        ),
        body(
            lead_in("（二）“四个一批”安排。"),
            "全部项目按“四个一批”分类推进：" + each % ("批", "各批", "批") + "{{ 批.批次 }}项目{{ 批.项目数 }}项，"
            + _SUMS.format("批") + "{% else %}{{ 批.批次 }}项目本年度未安排{% endif %}"
            "{% if loop.last %}。{% else %}；{% endif %}{% endfor %}",
        ),
        body(
            lead_in("（三）行业安排。"),
            "按所属行业划分：" + "{% for 行业 in 各行业 %}{{ 行业.所属行业 }}项目{{ 行业.项目数 }}项，"
            + _SUMS.format("行业") + "{% if loop.last %}。{% else %}；{% endif %}{% endfor %}",
        ),
        body(
            lead_in("（四）责任单位安排。"),
            "全部项目已分解落实到{{ 责任单位数 }}个责任单位，各单位项目数和投资额见附件2，"
            "每个项目的责任人、协办单位和具体任务见附件3。",
        ),
        body("注：{{ 尾差说明|成句 }}"),
    ]  # fmt: skip


_TASKS = (
    (
        "促进开工",
        "要把开工前的各项准备工作往前赶。各责任单位要会同项目业主逐项倒排规划、用地、环评、立项、施工许可等手续的办结"
        "时间，同步推进征地拆迁和水、电、路等配套条件，资金和施工力量提前到位，确保在当年计划时间内实质性开工，"
        "并在年内形成实物工作量；具备条件的力争提前。",
    ),
    (
        "加快建设",
        "要把全年投资和形象进度目标分解到月、落实到标段。各责任单位要定期深入现场，督促项目业主合理组织施工、保障要素供应、"
        "严格质量安全管理，入冬前抓紧完成受季节影响的工程，确保完成当年计划投资和形象进度，为下年度竣工投产打好基础。",
    ),
    (
        "竣工投产",
        "要围绕投产达效倒排收尾工期。各责任单位要提前介入设备安装调试、配套工程和专项验收，帮助项目业主落实用工、"
        "原料、市场和流动资金等投产条件，确保在年内竣工并投入试生产或投入使用，早日发挥效益。",
    ),
    (
        "前期储备",
        "要以落地开工为目标做深做实前期工作。各责任单位要按照本计划明确的工作进度，抓紧开展项目论证、招商洽谈、选址和要件"
        "编制，及时研究资金筹措方案；条件成熟、经相关程序决定实施的，随时转入促进开工项目管理。",
    ),
)


def _tasks() -> list[str]:
    blocks = [
        heading("二、各类项目的任务和要求"),
        when("for 批 in 各批"),
        subheading("（{{ loop.index|汉字数 }}）{{ 批.批次 }}项目"),
        when("if 批.项目数 == 0"),
        body("本年度未安排此类项目。"),
    ]
    for name, text in _TASKS:
        blocks += [
            when(f'elif 批.批次 == "{name}"'),
            body(
                "共{{ 批.项目数 }}项，当年计划投资{{ 批.当年计划投资|亿元 }}。" + text
                if name != "前期储备"
                else "共{{ 批.项目数 }}项，总投资{{ 批.总投资|亿元 }}。" + text
            ),
        ]
    return [*blocks, when("endif"), when("endfor")]


def _duties() -> list[str]:
    return [
        heading("三、责任分工"),
        body(
            lead_in("（一）责任单位。"),
            "责任单位对项目推进负主体责任，要把所承担的项目列入本单位重要工作，明确一名分管领导、一个责任科室、"
            "具体责任人和固定联络员，对项目实施全过程跟踪服务和监督管理，按月完成计划任务。",
        ),
        body(
            lead_in("（二）协办单位。"),
            "协办单位按照责任分解表主动配合，属于本单位职责范围内的事项要优先受理、限时办结，"
            "不得把协调责任推给项目业主。",
        ),
        body(
            lead_in("（三）包联{{ 层级 }}领导。"),
            "包联{{ 层级 }}领导牵头所包联项目的推进工作，带领专项工作小组制定推进方案，及时协调解决项目推进中的困难和问题，"
            "督促责任单位和手续办理团队履职。",
        ),
        body(
            lead_in("（四）牵头协调机构。"),
            "{{ 层级 }}重大办、{{ 层级 }}重点办负责项目的统筹协调、调度通报和督办考核。发改、规划、国土、环保、经信、财政、审计等部门"
            "依照各自职能做好服务保障和监督管理。",
        ),
    ]


def _requirements() -> list[str]:
    return [
        heading("四、工作要求"),
        body(
            lead_in("（一）按时报送进展。"),
            "各责任单位每月28日前向{{ 层级 }}重点办报送项目推进情况月报；承担包联项目的，另于每月15日前和30日前（2月为月末前）"
            "各报送一次书面进展，内容包括项目进度、手续办理、存在问题及推动措施和对策建议。数据要真实、完整、前后一致，"
            "报送时间登记备查，作为年终考核依据。",
        ),
        body(
            lead_in("（二）分级协调问题。"),
            "项目推进中的规划、土地、环保、资金等问题，由专项工作小组就地协调；不能解决的第一时间报{{ 层级 }}重大办，"
            "仍不能解决的由{{ 层级 }}重大办提出对策，提请领导小组研究。所有问题建立台账，明确措施、时限和责任人，逐项销号。",
        ),
        body(
            lead_in("（三）适时调整计划。"),
            "本计划实行年初确定、年中调整。确需新增、变更或取消的项目，由责任单位于3月至6月提出并说明理由，"
            "经{{ 层级 }}重点办审核汇总后按程序报批；未经批准不得自行变更。",
        ),
        body(
            lead_in("（四）严格考核奖惩。"),
            "{{ 层级 }}重点办按月通报进展，7月组织观摩点评，12月按开工竣工、投资完成、手续、形象进度四个方面综合考核，"
            "结果与责任单位年度目标考核挂钩。对成效突出的单位和个人按规定予以表彰，对未完成计划任务的责成作出情况说明。",
            keep_next=True,
        ),
    ]


def _plan_table() -> str:
    small, text, section = house.SMALL_CELL, house.SMALL_TEXT, house.SMALL_SECTION
    columns = (
        Column("序号", 7), Column("项目名称", 25, text), Column("项目业主", 15, text), Column("具体选址", 14, text),
        Column("主要建设内容和规模", 24, text), Column("建设年限", 13), Column("总投资", 14.5),
        Column("已累计完成投资", 14.5, title="截至上年底累计完成投资"),
        Column("当年计划投资", 14.5, title="{{ 年度 }}年计划投资"),
        Column("进度目标", 17, text, title="当年形象进度或工作进度"), Column("资金来源", 16, text),
        Column("责任单位", 16), Column("协办单位", 12), Column("责任人", 11), Column("包联领导", 11.5),
    )  # fmt: skip
    table = Table.of(columns, padding=23, row_height=300)

    def sums(label: str, name: str, style: house.Style) -> str:
        prefix = f"{name}." if name else ""
        figures = [
            Cell("{{ " + prefix + field + " }}", house.SMALL_CELL)
            for field in ("总投资", "已累计完成投资", "当年计划投资")
        ]
        return table.row([Cell(label, style, 6), *figures, Cell("—", small, 6)])

    return table.build(
        table.head([column.head for column in columns], house.SMALL_HEAD),
        table.when("for 批 in 分批项目"),
        table.when("if 批.项目"),
        sums("{{ 批.节号 }}、{{ 批.批次 }}（{{ 批.项目数 }}项）", "批", section),
        *table.entries("项目 in 批.项目", columns, small),
        table.when("for 行业 in 批.各行业"),
        sums("小计：{{ 批.批次 }}—{{ 行业.所属行业 }}（{{ 行业.项目数 }}项）", "行业", text),
        table.when("endfor"),
        table.when("endif"),
        table.when("endfor"),
        sums("合计（{{ 项目总数 }}项）", "", section),
    )


def _unit_table() -> str:
    totals = ("项目总数", "促进开工.项目数", "加快建设.项目数", "竣工投产.项目数", "前期储备.项目数", "总投资",
              "已累计完成投资", "当年计划投资")  # fmt: skip
    return listing(
        "单位 in 各单位",
        Column("序号", 9), Column("责任单位", 34), Column("项目数", 11), Column("促进开工数", 11, title="促进\n开工"),
        Column("加快建设数", 11, title="加快\n建设"), Column("竣工投产数", 11, title="竣工\n投产"),
        Column("前期储备数", 11, title="前期\n储备"), Column("总投资", 19),
        Column("已累计完成投资", 19, title="累计完成\n投资"), Column("当年计划投资", 19, title="当年计划\n投资"),
        padding=40,
        last=[
            Cell("合　计", house.TABLE_HEAD, 2),
            *(Cell(f"{{{{ {total} }}}}", house.TABLE_CELL) for total in totals),
        ],
    )  # fmt: skip


def _duty_table() -> str:
    text = house.TABLE_TEXT
    columns = (
        Column("序号", 10), Column("项目名称", 38, text), Column("责任人", 17), Column("协办单位", 27, text),
        Column("具体任务", 64, text),
    )  # fmt: skip
    table = Table.of(columns, padding=40)
    unit = (
        "{{ 单位.责任单位 }}（{{ 单位.项目数 }}项）　分管领导：{{ 单位.分管领导 }}　"
        "责任科室：{{ 单位.责任科室 }}　联络员：{{ 单位.联络员 }}"
    )
    return table.build(
        table.head([column.head for column in columns], house.TABLE_HEAD),
        table.when("for 单位 in 责任分解"),
        table.row([Cell(unit, house.TABLE_SECTION, len(columns))]),
        *table.entries("项目 in 单位.项目", columns, house.TABLE_CELL),
        table.when("endfor"),
    )


def template() -> bytes:
    """The template 计划.docx."""
    signed = joint_signature(("{{ 区委 }}", "{{ 区政府 }}"), "{{ 成文日期 }}")
    notice = [
        *_opening(), *_goals(), *_tasks(), *_duties(), *_requirements(), annex_notes(_ANNEXES), signed,
        paragraph(house.PLACEHOLDER),
    ]  # fmt: skip
    unit = "单位：万元"
    return docx(
        (
            Section("portrait", tuple(notice)),
            Section("landscape", (annex_head("附件1", _ANNEXES[0], unit=unit), _plan_table())),
            Section("portrait", (annex_head("附件2", _ANNEXES[1], unit="单位：项、万元"), _unit_table())),
            Section(
                "portrait",
                (
                    annex_head("附件3", _ANNEXES[2]),
                    _duty_table(),
                    imprint(
                        [("抄送", "{{ 抄送机关|去句号 }}。", "抄送机关")],
                        "{% if 印发机关 %}{{ 印发机关 }}{% else %}{{ 办公室 }}{% endif %}",
                        "{{ 印发日期 }}印发",
                    ),
                ),
            ),
        )
    )
