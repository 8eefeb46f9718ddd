"""The words that headings are made of: parents that only group, times and acts of money, what no field is."""

import re

from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Every way to write a ledger's subject has one of these: 名称, 单位, 部门. ㈴ and ㊔ are read as 名.
SUBJECT_SIGNS = re.compile("[名称位门㈴㊔]")

# Below a parent that is made of these words alone a leaf means what it means by itself; any other word (征地, 业主, 上年,
# 其中, 占比, 调整后) may make another thing of it.
_GROUPING = re.compile(
    r"(?:项目|工程|基本|主要|总体|建设|投资|资金|固定资产|进度|进展|完成|实施|推进|推动|开工|竣工|开竣工|起止|时间|日期|节点|年限|期限|工期|周期|"
    r"情况|信息|概况|概述|简介|内容|规模|责任|分工|落实|体系|工作|申报|材料|资料|附件|是否齐全|评委|评分|打分|评审|涉及|各|有关|相关|部门|团队|小组|成员|"
    r"人员|名单|领导|包联|挂钩|其他|其它|金额|总额|额|数据|指标|形象|及|和|与|、|\([^()]*\))+"
)
_GROUPING_TOO = _words("解决计划 问题情况 办理计划 办理进展 解决情况 解决方案")
_ACTS = re.compile(r"(?:项目)?(?:累计|实际|已){0,3}(?:完成投资|投资完成|完成)(?:额|金额|数|情况)?")
_OF_PROCEDURES = re.compile(
    r"(?:项目|涉及|有关|相关|各|手续|审批|报批|办理|团队|小组|成员|人员|部门|单位|名单|情况|进展|\([^()]*\))+"
)

# Parents that say which time or state their leaves are about; a leaf that is about the whole project (总投资,
# 主要建设内容) or about what was done (形象进度 below 年度计划) is another thing below them.
_PLAN_PARENTS = _words("年度计划 N年计划 N年度计划 计划 当年计划 本年计划 年度目标 N年目标")
_PLAN_LEAVES = frozenset((f.YEAR_PLAN, f.PHYSICAL_GOAL, f.WORK_GOAL, f.YEAR_GOAL))
_YEAR_PARENTS = _words("本年 本年度 当年 今年")
_DONE_PARENTS = _words(
    "本月情况 累计情况 完成情况 本月 当月 M月 N年M月 本月进展 本月完成情况 M月完成情况 当前进展 目前进展"
)
_DONE_LEAVES = frozenset(
    (f.MONTH_DONE, f.MONTH_PLAN, f.YEAR_DONE, f.SINCE_START, f.PHYSICAL, f.PHYSICAL_RATE, f.TROUBLE)
)
_YEAR_LEAVES = _PLAN_LEAVES | {f.MONTH_DONE, f.MONTH_PLAN, f.YEAR_DONE}
# 完成投资—总投资 is a sum of what was done; 手续办理—责任单位 is whoever is to get the permits.
_ACT_LEAVES = _DONE_LEAVES | {f.INVESTED_BEFORE}
_PROCEDURE_LEAVES = frozenset(
    (
        f.TEAM_PLANNING, f.TEAM_LAND, f.TEAM_ENVIRONMENT, f.TEAM_REFORM, f.TEAM_INDUSTRY, f.PERMIT_PROGRESS,
        f.PERMIT_OFFICE, f.PERMIT_STATE, f.PERMIT_DUE, f.PERMIT_DONE, f.PERMIT_PERSON,
    )
)  # fmt: skip


def only_groups(parent: str) -> bool:
    """Whether a parent says nothing but what its leaves have in common."""
    return parent in _GROUPING_TOO or bool(_GROUPING.fullmatch(parent))


def keeps_meaning(parent: str, leaf: str, field: Field) -> bool:
    """Whether a leaf that names the field by itself still does so below the parent."""
    if parent in _PLAN_PARENTS:
        return field in _PLAN_LEAVES
    if parent in _YEAR_PARENTS:
        return field in _YEAR_LEAVES
    if parent in _DONE_PARENTS:
        return field in _DONE_LEAVES
    if parent in leaf:
        return True
    if _ACTS.fullmatch(parent) and "情况" not in parent:
        return field in _ACT_LEAVES
    if only_groups(parent):
        return True
    return field in _PROCEDURE_LEAVES and bool(_OF_PROCEDURES.fullmatch(parent))


# --- money: planned or done, over which time --------------------------------------------------------------

_SAME = (
    ("累积", "累计"), ("截止", "截至"), ("元月", "1月"), ("的", ""), ("1-M月", "〇"),
    ("投资完成(?:情况|额|金额|数)?", "完成投资"), ("完成投资情况", "完成投资"), ("完成完成", "完成"), ("投资(?:总额|金额|额|数)", "投资"),
    ("(?:本年度|当年度|今年度|当年|今年)", "本年"), ("N年(?:分年度|逐年|年度)", "N年"), ("N年度", "N年"), ("当月", "本月"), ("(?:上一年度?|去年|上年度)", "上年"),
    ("^年度(?=累计|计划|已|完成|投资|实际)", "本年"), ("^年(?=计划|投资计划)", "本年"),
    ("(?<=月底)年度(?=累计|完成)", "本年"),
)  # fmt: skip
_SAME_WORDS = tuple((re.compile(pattern), word) for pattern, word in _SAME)

_BEFORE = r"(?:预计)?(?:截至|至|到)?(?:N年|上年)(?:底|末)(?:前|止)?"
_MONTH_END = r"(?:截至|至|到)(?:N年)?(?:M月|本月|目前|今)(?:底|末)?"
_SINCE = r"(?:项目)?自?(?:项目)?(?:开工|开始|开建|动工)(?:建设)?(?:以来)?"
_TO_DATE = r"(?:N年|本年)?〇|自?(?:本年)?(?:年初|1月)(?:以来|起)?|本年(?:以来)?|N年(?:以来|(?=累计))"
_MONTH = r"(?:N年)?(?:M月|本月)"
_DONE = (
    r"(?:项目)?(?:(?:已|实际|累计|累计已|已累计|累计实际|实际累计)?完成投资|(?:累计|已累计|实际|累计实际|实际累计)投资)"
)
_PLAN = r"(?:计划|拟|拟完成|计划完成)投资|投资计划"

_MONEY: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (f.INVESTED_BEFORE, re.compile(rf"(?:{_SINCE})?{_BEFORE}(?:{_DONE})")),
    (
        f.SINCE_START,
        re.compile(rf"(?:(?:{_SINCE})(?:{_MONTH_END})?|(?:{_MONTH_END})(?:{_SINCE}))(?:{_DONE})"),
    ),
    (
        f.YEAR_DONE,
        re.compile(rf"(?:(?:{_TO_DATE})(?:{_MONTH_END})?|(?:{_MONTH_END})(?:{_TO_DATE}))(?:{_DONE})"),
    ),
    (f.YEAR_PLAN, re.compile(rf"(?:N年|本年)(?:{_PLAN})")),
    (f.MONTH_DONE, re.compile(rf"{_MONTH}(?:已|实际|实际已)?(?:完成投资)|{_MONTH}实际投资")),
    (f.MONTH_PLAN, re.compile(rf"{_MONTH}(?:{_PLAN})")),
)
# A leaf that sums its group up: 本月完成投资—总投资 is this month's figure, never the project's total.
SUMMING_LEAVES = _words("合计 总计 总投资 总额 投资 金额 投资额 小计 投资合计 总投资额 合计投资")


def money_meaning(pattern: str) -> Field | None:
    """Which amount a heading means, its years written ``N年`` and its months ``M月``; None: none, or not sure."""
    if "投资" not in pattern:
        return None  # each of ``_MONEY`` has it, and what no unit writes (投的资) may pass
    for same, word in _SAME_WORDS:
        pattern = same.sub(word, pattern)
    return next((field for field, spelling in _MONEY if spelling.fullmatch(pattern)), None)


# --- other fields that are written in many ways -----------------------------------------------------------

_CONTENT = r"(?:内容|规模|任务)"
_AND = r"(?:及其|以及|及|和|与|、|/|,)"
_WHEN = r"(?:时间|日期|年月日|年月|年份|年限|年度|时限|年)"
_WRITTEN: tuple[tuple[Field, str], ...] = (
    (f.CONTENT, rf"(?:项目|工程)?(?:主要)?(?:建设|工程)(?:内容|规模)(?:{_AND}(?:主要)?(?:建设|工程)?{_CONTENT})?"),
    (f.CONTENT, rf"(?:项目|工程)(?:主要)?(?:内容|规模)(?:{_AND}(?:主要)?(?:建设|工程)?{_CONTENT})?"),
    (f.SITE, r"(?:项目|工程)?(?:具体|建设|实施|所在){1,2}(?:地点|地址|位置|选址)|项目(?:地点|地址|位置|选址)"),
    (f.BUILD_SPAN, rf"(?:项目|工程|计划)?(?:建设)?起止{_WHEN}|(?:项目|工程)?建设(?:年限|期限|工期|周期)"),
    (f.BUILD_SPAN, rf"(?:项目|工程)(?:工期|周期)|(?:计划|项目|拟)?开(?:工)?(?:{_AND})?竣工{_WHEN}"),
    (f.START_DAY, rf"(?:项目)?(?:计划|拟|预计)?(?:开工|动工|开建|建设开始|开始建设){_WHEN}"),
    (f.FINISH_DAY, rf"(?:项目)?(?:计划|拟|预计)?(?:竣工|完工|建成|建成投产|竣工投产|投产|建设结束|建设完成){_WHEN}"),
    (f.STARTED_ON, rf"(?:项目)?实际开工{_WHEN}"),
    (f.FINISHED_ON, rf"(?:项目)?实际(?:竣工|完工|建成|竣工投产){_WHEN}"),
    (f.OWNER, r"(?:项目)?(?:业主|建设|实施)(?:单位|主体)(?:名称)?|项目(?:业主|法人|主体|投资主体)(?:单位)?(?:名称)?"),
    (f.LEAD_UNIT, r"(?:项目|包联|挂钩|牵头|主要){0,2}(?:责任|牵头|申报|填报|报送)(?:单位|部门)(?:单位)?(?:名称)?"),
    (f.PERSON, r"(?:项目|包联|挂钩|牵头){0,2}责任单位责任人|项目联系责任人"),
    (f.LIAISON, r"(?:项目|包联|挂钩){0,2}(?:责任|牵头)单位(?:联系人|联络员|联络人)|(?:项目)?联络[员人]"),
    (f.LEADERS, r"(?:[区县旗市]级?)?(?:包联|挂钩|包抓|联系|挂联|挂点)[区县旗市]?级?领导(?:姓名)?"),
    (f.AREA, r"(?:项目)?(?:所[属在])(?:辖区|区域|地区|乡镇|镇街|街道|区县)|地区|区域|行政区|责任地区"),
    (f.TOTAL_INVESTMENT, r"(?:项目)?(?:计划|估算|概算|规划)?(?:总投资|投资总额)(?:额|金额|规模|估算)?"),
    (f.PHYSICAL, r"(?:项目|工程|M月|N年M月|本月|当月|目前|当前|开工至本月底|截至M月底|截至目前){0,2}形象进度(?:完成)?(?:情况)?"),
    (f.PHYSICAL_GOAL, r"(?:N年|N年度|本年|本年度|当年|今年|年度|年)(?:计划|目标)(?:达到)?(?:工程)?形象进度(?:目标)?"),
    (f.FUND_SOURCE, r"(?:项目|建设|投资)?资金(?:来源|筹措|渠道)(?:情况|方式)?"),
    (f.SITUATION, r"(?:项目|工程|目前|当前|最新){0,2}进展(?:情况)"),
    (f.TROUBLE, r"(?:目前|当前|项目)?存在(?:的)?(?:主要|困难和)?问题"),
    (f.LEADER_MATTER, r"需(?:要)?(?:[区县旗市]级?)?(?:领导)?(?:协调|推动|研究|解决){1,2}(?:的)?(?:问题|事项)"),
)  # fmt: skip
WRITTEN = tuple((field, re.compile(pattern)) for field, pattern in _WRITTEN)
_WRITTEN_ANYHOW = re.compile(rf"\A(?:{'|'.join(pattern for _, pattern in _WRITTEN)})")


def written_field(text: str) -> Field | None:
    """The field of whose words a heading is composed."""
    if not _WRITTEN_ANYHOW.fullmatch(text):
        return None  # nearly always: in one step
    return next(field for field, spelling in WRITTEN if spelling.fullmatch(text))


# 项目业主单位—业主名称: the name of the parent's unit. 挂钩责任单位—责任人: its person.
NAME_LEAF = re.compile(r"\A(.+(?:单位|部门))(?:业主)?名称")
# Parents of a start and a finish written as two columns of one or two words.
SPAN_PARENT = re.compile(rf"(?:项目|计划|工程)?(?:建设)?(?:起止{_WHEN}|年限|期限|工期|周期|时间)|开竣工{_WHEN}?")
SPAN_LEAVES: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (f.START_DAY, re.compile(rf"(?:计划|拟|建设)?(?:起|起始|开始|开工|始|起点){_WHEN}?")),
    (f.FINISH_DAY, re.compile(rf"(?:计划|拟|建设)?(?:止|终止|结束|竣工|完工|建成|截止|终|终点){_WHEN}?")),
)

_MONEY_TAILS = ("投资", "投资金额", "投资总额", "投资额", "投资数", "投资计划")


def ends_in(text: str, words: tuple[str, ...], bracketed: tuple[str, ...]) -> bool:
    """Whether a text ends in one of the ``words``, or in brackets behind one of those that may be ``bracketed``."""
    return text.endswith(words) or (text.endswith(")") and any(f"{word}(" in text for word in bracketed))


def is_about_money(pattern: str) -> bool:
    """Whether a heading ends in 投资, in whichever way: 计划投资额, 投资（含税）."""
    return ends_in(pattern, _MONEY_TAILS, ("投资",))


# What such words end in or are about is none of the fields; a likeness in letters would only mislead.
_NO_FIELD_TAILS = tuple(
    _words(
        "代码 编码 编号 性质 照片 图片 简称 电话 传真 邮箱 用户 面积 用地 录入时间 开发区 园区 产业链 批复 率 比例 比重 百分比 占比 "
        "产值 税收 效益"
    )
)
# A time that no ledger asks for: no field is near what such a heading is about.
OTHER_TIME = re.compile(
    "(?:去年|上年|上一年)(?!度?[底末])|前年|同期|同比|[本上下每当]周|旬|[本当今昨每]日|[上下次]个?月|上期|后续|以后年度|[一二三四五六]五|"
    r"[近前后]?[一两二三四五\d]+年(?=累计|累积|完成|计划|投资)"
)
_NO_FIELD = re.compile(
    "^占|其中|上旬|中旬|下旬|季度|半年|月度|力争|^实际总投资|^上年|[部省市县]投资$|(?<!全)市(?=(?:[^市]|(?<=全)市)*投资)"
)


def names_no_field(pattern: str) -> bool:
    """Whether a heading is surely about something that no ledger asks for: 项目代码, 用地面积（亩）."""
    return bool(ends_in(pattern, _NO_FIELD_TAILS, _NO_FIELD_TAILS) or _NO_FIELD.search(pattern))


# A heading about investment that stands for none of a project's sums of a year or a month.
NO_AMOUNT = re.compile(
    r"率|比例|比重|百分比|占|其中|主体|单位|方式|强度|备注|说明|上年|力争|旬|[部省市县]投资|调整|变更|亩均|类别|性质|协议|领域|计划文号"
)
_CHANGE = "(?:中期|期中|年中)?(?:调整|变更|修订|修正|修改|核实)"
ADJUSTED = re.compile(
    rf"{_CHANGE}(?:后|为|的)+|{_CHANGE}(?=(?:总|当年|年度|本年|本月|计划|完成)+投资)|[(]{_CHANGE}(?:后|数|值)?[)]"
)
# Words that tell apart several figures of one amount: 批复总投资, 总投资（决算）, 总投资—调整前.
_VERSIONS = (
    "(?:最新|现行|批复|批准|核定|核准|审定|审批|送审|申报|竣工|决算|结算|概算|估算|预算|可研|初设|初步设计|立项|备案|合同|签约|协议|施工图"
    rf"|{_CHANGE}前|^[原现](?=总|当年|年度|本年|$))+(?:的|后|前|版|时|阶段|数|值)*"
)
VERSION = re.compile(rf"[(](?:{_VERSIONS}|[原现])[)]|{_VERSIONS}")
