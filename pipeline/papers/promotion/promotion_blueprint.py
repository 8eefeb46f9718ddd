"""推进方案.docx: the promotion plan of one sponsored project, with its work list (B-7, B-8, B-9)."""

from pipeline.word import house_style as house
from pipeline.word.annexes import annex_head, annex_notes
from pipeline.word.heads import title
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
    millimetres,
    paragraph,
    subheading,
    when,
)
from pipeline.word.signatures import signature

_LEADERS = "{% for 人 in 包联领导 %}{{ 人.姓名 }}{% if not loop.last %}、{% endif %}{% endfor %}"


def _facts() -> str:
    table = Table(millimetres(30, 48, 30, 48), padding=70, row_height=400)
    label, text = house.TABLE_HEAD, house.TABLE_TEXT
    pairs = (
        ("所属行业", "{{ 所属行业 }}", "包联类型", "{{ 包联类型 }}"),
        ("四个一批", "{{ 批次 }}", "建设年限", "{{ 建设年限 }}"),
        ("业主单位", "{{ 业主单位 }}", "责任地区", "{{ 责任地区 }}"),
        ("责任单位", "{{ 责任单位 }}", "协办单位", "{{ 协办单位 }}"),
        ("总投资", "{{ 总投资|万元 }}", "截至上年底累计", "{{ 已累计完成投资|万元 }}"),
        ("当年计划投资", "{{ 当年计划投资|万元 }}", "以后年度投资", "{{ 剩余投资|万元 }}"),
    )
    wide = (
        ("主要建设内容和规模", "{{ 主要建设内容和规模 }}"), ("具体选址", "{{ 具体选址 }}"), ("资金来源", "{{ 资金来源 }}"), ("当年进度目标", "{{ 进度目标 }}"),
    )  # fmt: skip
    return table.build(
        *(table.row([Cell(a, label), Cell(b, text), Cell(c, label), Cell(d, text)]) for a, b, c, d in pairs),
        table.when("if 建设任务 != 主要建设内容和规模"),
        table.row([Cell("建设任务", label), Cell("{{ 建设任务 }}", text, 3)]),
        table.when("endif"),
        *(table.row([Cell(a, label), Cell(b, text, 3)]) for a, b in wide),
    )


def _situation() -> list[str]:
    return [
        heading("一、项目概况和当前进展情况"),
        subheading("（一）项目概况"),
        _facts(),
        body(
            lead_in("（二）当前进展。"),
            '{% if 项目进展 == "未报" %}责任单位尚未报送当前进展。{% else %}{{ 项目进展|成句 }}{% endif %}',
        ),
        when("if 手续"),
        body(
            lead_in("（三）手续办理。"),
            "项目需办理手续{{ 手续数 }}件，已办结{{ 已办结手续数 }}件。各项手续按计划办结时间列表如下。",
        ),
        _permits(),
        when("else"),
        body(lead_in("（三）手续办理。"), "台账中没有该项目需要办理的手续。"),
        when("endif"),
    ]


def _permits() -> str:
    return listing(
        "件 in 手续",
        Column("序号", 10), Column("手续名称", 42, house.TABLE_TEXT), Column("办理部门", 36), Column("办理状态", 18),
        Column("计划办结时间", 34), Column("经办人", 16),
        padding=50,
    )  # fmt: skip


def _problems() -> list[str]:
    return [
        heading("二、存在的主要问题和需{{ 层级 }}领导协调推进的事项"),
        subheading("（一）主要问题"),
        when("if 问题"),
        body("目前尚未解决的问题{{ 问题数 }}个，按解决时限先后依次为："),
        when("for 问 in 问题"),
        body("{{ loop.index }}. {{ 问.问题内容|去句号 }}（{{ 问.问题类型 }}类，现由{{ 问.处理层级 }}处理）。"),
        when("endfor"),
        when("else"),
        body("目前没有尚未解决的问题。推进中出现新问题的，由专项工作小组随时列入问题台账。"),
        when("endif"),
        subheading("（二）需{{ 层级 }}领导协调推进的事项"),
        body(
            '{% if 推进事项 != "无" %}{{ 推进事项|成句 }}{% else %}目前没有需{{ 层级 }}领导协调推进的事项。{% endif %}'
        ),
    ]


def _solutions() -> list[str]:
    return [
        heading("三、解决问题的方式、步骤、时限和负责人"),
        when("if 问题"),
        when("for 问 in 问题"),
        subheading("（{{ loop.index|汉字数 }}）{{ 问.问题内容|去句号 }}"),
        body(lead_in("方式："), "{{ 问.解决方式|成句 }}"),
        body(lead_in("步骤："), "{{ 问.解决步骤|成句 }}"),
        body(lead_in("时限："), "{{ 问.解决时限|去句号 }}。"),
        body(lead_in("负责人："), "{{ 问.责任人|去句号 }}。"),
        when("endfor"),
        when("else"),
        body(
            "目前没有待解决的问题。专项工作小组每月召开一次推进协调会，对照工作清单逐项检查；"
            "一旦出现影响进度的问题，即明确解决方式、步骤、时限和负责人，纳入台账管理。"
        ),
        when("endif"),
    ]


def _leaders() -> str:
    return listing(
        "人 in 包联领导",
        Column("姓名", 32, title="包联{{ 层级 }}领导"), Column("职务", 62), Column("分管行业", 62),
        padding=50,
    )  # fmt: skip


def _team() -> str:
    duties = (
        ("规划", "选址、规划条件、用地和工程规划许可的指导与办理"),
        ("国土", "用地预审、土地报批、供地和不动产登记的指导与办理"),
        ("环保", "环境影响评价、排污许可和环保验收的指导与办理"),
        ("发改", "立项、节能审查、招标事项核准和上级资金争取的指导与办理"),
        ("经信", "工业项目备案、技术改造和生产要素保障的指导与办理"),
    )
    choice = "".join(
        "{% " + ("if" if index == 0 else "elif") + f' 人.部门 == "{name}" %}}{duty}'
        for index, (name, duty) in enumerate(duties)
    )
    duty = choice + "{% else %}本部门审批事项的指导与办理{% endif %}"
    return listing(
        "人 in 手续团队",
        Column("部门", 32), Column("姓名", 32, title="人员"), Column("负责事项", 92, house.TABLE_TEXT, cell=duty),
        padding=50,
    )  # fmt: skip


def _people() -> list[str]:
    return [
        heading("四、各级责任人和承担的工作内容"),
        subheading("（一）包联{{ 层级 }}领导：牵头负责"),
        when("if 包联领导"),
        _leaders(),
        when("else"),
        body("包联{{ 层级 }}领导尚未确定，由{{ 层级 }}重大办提请领导小组研究明确。"),
        when("endif"),
        body(
            "牵头组建专项工作小组并审定本方案；每月至少听取一次项目进展汇报，必要时到现场办公；协调解决责任单位和手续办理团队"
            "难以解决的问题，对需提交领导小组研究的事项提出意见；督促各级责任人按工作清单履职。"
        ),
        subheading("（二）责任单位：具体推进"),
        body(
            "责任单位为{{ 责任单位 }}，分管领导{{ 分管领导 }}，责任科室{{ 责任科室 }}，责任人{{ 责任人 }}，联络员{{ 联络员 }}。"
            '{% if 协办单位 != "无" %}协办单位为{{ 协办单位 }}，按分工予以配合。{% endif %}'
        ),
        body(
            "承担项目从前期工作到建设、竣工的全过程跟踪服务，按工作清单组织实施；建立项目台账并及时更新，"
            "每月15日前和30日前（2月为月末前）书面报送进展；召集项目推进协调会，问题先行协调，解决不了的立即报{{ 层级 }}重大办。"
        ),
        subheading("（三）手续办理团队：专班服务"),
        when("if 手续团队"),
        _team(),
        when("else"),
        body("手续办理团队尚未组建，由{{ 层级 }}重大办会同规划、国土、环保、发改、经信等部门明确人员。"),
        when("endif"),
        body(
            "对项目手续实行一次告知、并联办理和全程代办服务，按手续计划办结时间倒排工作，主动衔接上级审批部门；"
            "遇有卡点当周反馈责任单位和{{ 层级 }}重大办，不因部门之间衔接不畅影响项目进度。",
            keep_next=True,
        ),
    ]


def _work_list() -> list[str]:
    return [
        annex_head("附件", "{{ 项目名称 }}{{ 年度 }}年工作清单", unit="单位：万元"),
        when("if 工作清单"),
        listing(
            "项 in 工作清单",
            Column("月份", 14), Column("工作内容", 62, house.TABLE_TEXT), Column("完成时限", 36),
            Column("当月计划投资", 24, title="当月计划\n投资"), Column("责任人", 20),
            padding=40, row_height=460,
            last=[
                Cell("合　计", house.TABLE_HEAD, 3),
                Cell("{{ 清单投资合计 }}", house.TABLE_CELL),
                Cell("—", house.TABLE_CELL),
            ],
        ),
        when("else"),
        body("责任单位尚未报送工作节点，应按本方案的目标补充月度工作清单后报{{ 层级 }}重大办。"),
        when("endif"),
        paragraph(
            house.NOTE,
            "注：本清单与项目台账同步管理，完成一项、销号一项；不能按时完成的，责任单位应在时限到期前说明原因和补救措施。",
        ),
    ]  # fmt: skip


def template() -> bytes:
    """The template 推进方案.docx."""
    plan = [
        title("{{ 项目名称 }}{{ 年度 }}年推进方案"),
        body(
            "为加快推进{{ 项目名称 }}（以下简称项目），落实包联责任，按照{{ 层级 }}委、{{ 层级 }}政府关于重大项目包联工作的部署，"
            "由包联{{ 层级 }}领导" + "{% if 包联领导 %}" + _LEADERS + "{% endif %}" + "牵头，责任单位{{ 责任单位 }}编制本推进方案。"
            "本方案和所附工作清单、台账报{{ 层级 }}重大项目领导小组审定后实施，并作为通报和考核的依据。"
        ),
        *_situation(), *_problems(), *_solutions(), *_people(),
        annex_notes(("{{ 项目名称 }}{{ 年度 }}年工作清单",)),
        signature("{{ 责任单位 }}", "{{ 成文日期 }}"),
        paragraph(house.PLACEHOLDER),
    ]  # fmt: skip
    return docx((Section("portrait", tuple(plan)), Section("portrait", tuple(_work_list()))))
