"""The field catalogue: each Chinese term, its English identifier, and how units write it.

A synonym is a heading exactly as it is matched: without spaces, unit brackets and colons, a year written
``N年`` (``2027年计划投资`` → ``N年计划投资``), a month ``M月``. The article that asks for a field, and when it is
required, stands in ``pipeline.regulation``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property

from pipeline.records.level import OFFICE, at_each_level
from pipeline.records.limits import LINE_CHARACTERS, LONG_TEXT_CHARACTERS, VALUE_CHARACTERS


class Kind(Enum):
    """What a cell of the field holds; the value is shown to users."""

    TEXT = "文字"
    AMOUNT = "金额"
    PERCENT = "百分比"
    SCORE = "分数"
    DAY = "日期"
    SPAN = "起止时间"
    CHOICE = "选项"
    YES_NO = "是否"
    PEOPLE = "人名"


# In the label of a text that fits on a line; other texts may tell a story.
_ON_A_LINE = ("序号", "名称", "单位", "业主", "选址", "地区", "部门", "职务", "行业", "科室", "电话")


@dataclass(frozen=True, eq=False)
class Field:
    """A column of a ledger. ``label`` is the truth; it is also the placeholder in templates.

    Fields are singletons and compare by identity. What several ledgers or the law ask for stands on this page; a
    ledger may define in its own module what no other has. Raises ``ValueError`` for a slug that another has.
    """

    slug: str
    label: str
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    unit: str = ""  # 万元, %, 分
    choices: tuple[str, ...] = ()  # wordings: the level's word may belong in one
    example: str | Decimal | date | datetime | None = None  # everybody and everything in it is invented
    wording: str = ""  # how forms head it, where the level's word belongs in it

    def __post_init__(self) -> None:
        if _BY_SLUG.setdefault(self.slug, self) is not self:
            raise ValueError(self.slug)

    @property
    def heading(self) -> str:
        """How forms head the column, as a wording."""
        return self.wording or self.label

    @cached_property
    def longest(self) -> int:
        """How many characters a cell of the field may hold."""
        if self.kind not in (Kind.TEXT, Kind.PEOPLE):
            return VALUE_CHARACTERS
        on_a_line = self.kind is Kind.PEOPLE or any(word in self.label for word in _ON_A_LINE)
        return LINE_CHARACTERS if on_a_line else LONG_TEXT_CHARACTERS


_BY_SLUG: dict[str, Field] = {}  # in the order of their definition

CLASSES = ("促进开工", "加快建设", "竣工投产", "前期储备")  # 四个一批, K-8(1), in the article's order
SECTORS = ("工业", "能源", "基础设施", "商贸流通", "农牧林水", "社会事业")  # B-3
TEAM_DEPARTMENTS = (
    "规划",
    "国土",
    "环保",
    "发改",
    "经信",
)  # B-7 names these; others concerned have columns of their own
PROPOSED = "拟包联"  # of a project on the sponsored list: the group has not settled it yet, B-5
NOT_CONCERNED = "不涉及"  # of a department: nothing of the project is for it to approve
PROBLEM_KINDS = ("规划", "土地", "环保", "资金", "征拆", "手续", "配套", "其他")  # B-10 names the first four
HANDLING_LEVELS = ("工作小组", OFFICE, "领导小组")  # B-10
RESERVE_CLASSES = ("工业", "服务业", "基础设施", "社会事业")  # K-12(1)
RESERVE_STAGES = ("概念策划", "初包装", "精包装")  # K-12(2)
RESERVE_PAPERS = ("项目策划书", "项目建议书", "可研报告")  # K-12(2), one for each stage
PERMIT_STATES = ("不需办理", "未启动", "办理中", "已办结")
PROBLEM_STATES = ("未解决", "推进中", "已解决")
HALF_MONTHLY = ("上半月报", "下半月报")  # B-11
REPORT_KINDS = (*HALF_MONTHLY, "月报")  # K-10(1)

# One field a line: a table to be read down.
# fmt: off

# Every ledger
SERIAL = Field("serial", "序号", synonyms=("编号", "排序", "No", "NO."))
REMARK = Field("remark", "备注", synonyms=("说明", "备 注", "其他说明"))
PROJECT_NAME = Field("project_name", "项目名称", synonyms=("项目全称", "工程名称", "项目名", "建设项目名称", "名称", "重点项目名称", "包联项目名称"), example="某产业园一期项目")
LEAD_UNIT = Field("lead_unit", "责任单位", synonyms=("牵头单位", "申报单位", "责任部门", "牵头责任单位", "填报单位", "项目责任单位", "包联责任单位", "报送单位", "单位"), example="示例单位")

# Declaration 申报 (K-8) and sponsored-project list 包联 (B-5)
OWNER = Field("owner", "项目业主", synonyms=("业主单位", "建设单位", "项目业主单位", "实施单位", "项目单位", "项目法人", "投资主体", "项目投资主体", "项目主体"), example="某实业公司")
SITE = Field("site", "具体选址", synonyms=("项目具体选址", "建设地点", "建设地址", "选址", "项目选址", "建设位置", "项目地点"), example="某园区东区")
CONTENT = Field("content", "主要建设内容和规模", synonyms=("主要建设内容及规模", "建设内容及规模", "建设规模及内容", "建设内容和规模", "建设内容与规模", "建设规模及主要建设内容", "主要建设内容", "建设内容", "建设规模"), example="建设厂房2万平方米")
CLASS = Field("four_class", "四个一批", Kind.CHOICE, ("项目类别", "四个一批类别", "四个一批分类", "四个一批范畴", "类别", "批次"), choices=CLASSES, example="加快建设")
SECTOR = Field("sector", "所属行业", Kind.CHOICE, ("行业", "行业类别", "项目行业", "产业类别", "行业分类"), choices=SECTORS, example="工业")
BUILD_SPAN = Field("build_span", "建设年限", Kind.SPAN, ("建设起止年限", "建设起止时间", "建设起止年份", "起止年限", "建设周期", "项目工期", "开竣工时间", "开工竣工时间", "建设工期"), example="2026.3-2028.10")
START_DAY = Field("start_day", "计划开工时间", Kind.DAY, ("开工时间", "计划开工年月", "开工年月", "拟开工时间", "建设开始时间", "计划开工年", "开工/计划开工时间"))
FINISH_DAY = Field("finish_day", "计划竣工时间", Kind.DAY, ("竣工时间", "计划竣工年月", "竣工年月", "拟竣工时间", "建成投产年月", "建设结束时间", "计划完工年", "预计完成时间", "计划完工时间"))
TOTAL_INVESTMENT = Field("total_investment", "总投资", Kind.AMOUNT, ("计划总投资", "总投资额", "项目总投资", "投资总额", "估算总投资", "概算总投资", "总投资估算"), unit="万元", example=Decimal(50000))
INVESTED_BEFORE = Field("invested_before", "已累计完成投资", Kind.AMOUNT, ("至N年底累计完成投资", "截至N年底累计完成投资", "截至N年底完成投资", "N年底累计完成投资", "截至上年底累计完成投资", "至上年底累计完成投资", "到上年底累计完成投资", "自开工至上年底完成投资", "自开工至上年底累计完成投资", "开工以来至上年底累计完成投资", "截至N年底已完成投资", "预计至N年底累计完成投资", "预计至上年底累计完成投资", "以前年度累计完成投资", "累计已完成投资"), unit="万元", example=Decimal(12000))
YEAR_PLAN = Field("year_plan", "当年计划投资", Kind.AMOUNT, ("当年投资", "年度计划投资", "N年计划投资", "N年度计划投资", "本年计划投资", "今年计划投资", "年计划投资", "本年度计划投资", "当年投资计划", "当年计划投资额", "年度投资计划", "本年度投资计划", "N年投资计划", "本年计划投资数", "年度计划投资金额"), unit="万元", example=Decimal(20000))
PHYSICAL_GOAL = Field("physical_goal", "当年计划形象进度", synonyms=("当年计划达到形象进度", "年度形象进度目标", "年计划形象进度", "N年形象进度目标", "N年计划形象进度", "形象进度目标", "年度工程形象进度", "N年计划达到形象进度", "年度目标形象进度"), example="主体封顶")
WORK_GOAL = Field("work_goal", "当年工作进度", synonyms=("工作进度", "前期工作进度", "前期工作目标", "N年工作进度", "当年计划工作进度", "前期工作计划"), example="（前期储备项目填）")
YEAR_GOAL = Field("year_goal", "当年进度目标", synonyms=("当年计划达到形象进度或工作进度", "当年计划形象进度(前期项目填工作进度)", "当年形象进度(工作进度)", "形象进度或工作进度", "当年计划形象进度/工作进度", "年度目标任务", "年度工作目标", "当年工作目标", "N年目标任务", "N年形象进度(工作进度)"))
FUND_SOURCE = Field("fund_source", "资金来源", synonyms=("资金筹措", "建设资金来源", "资金来源及构成", "资金渠道"), example="企业自筹")
FUND_SECURED = Field("fund_secured", "资金落实情况", synonyms=("资金到位情况说明", "资金到位情况", "政府投资资金落实情况", "财政资金落实情况"), example="（政府投资项目填）")
CO_UNIT = Field("co_unit", "协办单位", synonyms=("配合单位", "协办部门", "协同单位", "配合部门", "协作单位"), example="某配合单位")
TASK = Field("task", "具体任务", synonyms=("责任任务", "工作任务", "任务分解"), example="保障建设条件")
LINKED_LEADERS = Field("linked_leaders", "联系领导", Kind.PEOPLE, at_each_level("联系{层级}领导", "{层级}级联系领导"), example="王某某")
PERSON = Field("person", "责任人", Kind.PEOPLE, ("项目责任人", "具体责任人", "联系责任人", "责任人员", "单位责任人"), example="张某")
PAPER_REPORT = Field("paper_report", "申报报告", Kind.YES_NO, ("列入年度重点项目的报告", "申请报告", "列入计划报告"), example="有")
PAPER_STUDY = Field("paper_study", "项目建议书或可研", Kind.YES_NO, ("项目建议书或可行性研究报告", "项目建议书/可研", "可研报告或项目建议书", "项目建议书或可研报告"), example="有")
PAPER_APPROVAL = Field("paper_approval", "批准文件", Kind.YES_NO, ("主管部门批准文件", "项目批准文件", "审批文件", "批复文件"), example="有")
PAPER_LICENCE = Field("paper_licence", "法人执照或筹建文件", Kind.YES_NO, ("营业执照或筹建文件", "项目法人营业执照或筹建办文件", "法人营业执照", "营业执照或筹建办组建文件"), example="有")
BUILD_TASK = Field("build_task", "建设任务", synonyms=("主要建设任务", "年度建设任务"), example="完成主体工程")
AREA = Field("area", "责任地区", synonyms=("所在地区", "属地", "所属区域", "区域", "项目所在地", "所属辖区"), example="某街道")
LEADERS = Field("leaders", "包联领导", Kind.PEOPLE, (*at_each_level("包联{层级}领导", "{层级}级包抓领导", "{层级}领导", "{层级}级领导"), "挂钩领导", "联系领导", "包抓领导"), example="王某某")
SITUATION = Field("situation", "项目进展", synonyms=("项目进展情况", "目前进展", "进展情况", "当前进展", "当前进展情况"), example="正在基础施工")
LEADER_MATTER = Field("leader_matter", "需领导推动的事项", synonyms=(*at_each_level("需{层级}领导推动的事项", "需{层级}领导协调事项", "需要{层级}领导推动的事项", "需{层级}领导协调解决的事项"), "需协调解决问题"), example="无", wording="需{层级}领导推动的事项")
SPONSOR_STAGE = Field("sponsor_stage", "包联类型", Kind.CHOICE, ("重大项目类型", "项目阶段"), choices=("重大实施", "重大前期"), example="重大实施")
SPONSOR_STATE = Field("sponsor_state", "状态", Kind.CHOICE, ("包联状态", "确定状态"), choices=(PROPOSED, "已确定"), example=PROPOSED)

# Work nodes 工作节点 (B-8: 工作清单)
NODE_DUE = Field("node_due", "完成时限", Kind.DAY, ("时限", "节点时间", "完成时间", "计划完成时间", "截止时间", "月份"), example=date(2027, 6, 30))
NODE_WORK = Field("node_work", "工作内容", synonyms=("节点任务", "工作节点", "节点内容", "推进节点"), example="完成基础施工")
NODE_INVESTMENT = Field("node_investment", "当月计划投资", Kind.AMOUNT, ("计划投资", "节点计划投资"), unit="万元", example=Decimal(1500))

# Monthly report 月报 (K-10(1), K-16)
MONTH_PLAN = Field("month_plan", "本月计划投资", Kind.AMOUNT, ("M月计划投资", "当月投资计划"), unit="万元", example=Decimal(1500))
MONTH_DONE = Field("month_done", "本月完成投资", Kind.AMOUNT, ("M月完成投资", "N年M月完成投资", "当月完成投资", "M月实际完成投资", "当月已完成投资", "本月实际完成投资", "本月投资完成额"), unit="万元", example=Decimal(1600))
YEAR_DONE = Field("year_done", "本年累计完成投资", Kind.AMOUNT, ("年度累计完成投资", "今年累计完成投资", "1-M月完成投资", "N年1-M月完成投资", "N年1-M月累计完成投资", "1-M月累计完成投资", "当年累计完成投资", "年初至今累计完成投资", "当年已完成投资", "本年完成投资", "自年初累计完成投资"), unit="万元", example=Decimal(4800))
SINCE_START = Field("since_start", "开工以来累计完成投资", Kind.AMOUNT, ("自开工累计完成投资", "自开工以来累计完成投资", "开工至本月底累计完成投资", "项目累计投资", "开工累计完成投资"), unit="万元", example=Decimal(16800))
PHYSICAL = Field("physical", "形象进度", synonyms=("本月形象进度", "本月完成形象进度", "M月形象进度", "工程形象进度", "目前形象进度", "目前为止项目形象进度", "形象进度完成情况"), example="基础完成")
PHYSICAL_RATE = Field("physical_rate", "形象进度完成率", Kind.PERCENT, ("年度形象进度完成率", "形象进度完成比例", "形象进度百分比"), unit="%", example=Decimal(35))
STARTED_ON = Field("started_on", "实际开工时间", Kind.DAY, ("实际开工日期", "开复工时间", "实际开(复)工时间"), example=date(2026, 3, 18))
FINISHED_ON = Field("finished_on", "实际竣工时间", Kind.DAY, ("实际竣工日期", "实际完工时间", "竣工投产时间"))
PERMIT_PROGRESS = Field("permit_progress", "手续办理情况", synonyms=("前期手续办理情况", "手续办理进展"), example="施工许可办理中")
TROUBLE = Field("trouble", "存在问题及推动措施", synonyms=("存在问题", "存在的问题", "存在问题及措施", "存在问题和推动措施", "存在的主要问题"), example="无")
PROPOSAL = Field("proposal", "对策建议", synonyms=("意见建议", "工作建议", "下步建议", "下一步建议"), example="无")
REDUCTION = Field("reduction", "核减额", Kind.AMOUNT, ("核减投资", "核减投资额", "核减金额", "核减数", "核减数额", "本月核减额", "本月核减投资", "本月核减", "M月核减额", "核减"), unit="万元")
REDUCTION_REASON = Field("reduction_reason", "核减原因", synonyms=("核减理由", "核减说明", "核减情况说明"), example="（有核减额的填）")

# Problem ledger 问题 (B-10, K-14)
PROBLEM = Field("problem", "问题内容", synonyms=("问题", "具体问题", "存在问题", "问题描述", "主要问题"), example="临时用地未批")
PROBLEM_KIND = Field("problem_kind", "问题类型", Kind.CHOICE, ("问题类别", "类型"), choices=PROBLEM_KINDS, example="土地")
LEVEL = Field("level", "处理层级", Kind.CHOICE, ("当前处理层级", "协调层级", "办理层级", "解决层级"), choices=HANDLING_LEVELS, example="工作小组")
MEASURE = Field("measure", "解决方式", synonyms=("解决措施", "推动措施", "解决办法", "措施"), example="专题协调")
STEPS = Field("steps", "解决步骤", synonyms=("步骤", "工作步骤", "推进步骤"), example="先报批，后供地")
DEADLINE = Field("deadline", "解决时限", Kind.DAY, ("时限", "办结时限", "完成时限", "解决期限"), example=date(2027, 9, 30))
RAISED_ON = Field("raised_on", "提出时间", Kind.DAY, ("提出日期", "反映时间", "上报时间"), example=date(2027, 2, 1))
SOLVED_ON = Field("solved_on", "解决时间", Kind.DAY, ("办结时间", "实际解决时间", "销号时间"))
PROBLEM_STATE = Field("problem_state", "问题状态", Kind.CHOICE, ("状态", "解决情况", "办理状态"), choices=PROBLEM_STATES, example="推进中")

# Procedures 手续 (B-7, K-6(5), K-20(3))
PERMIT = Field("permit", "手续名称", synonyms=("审批事项", "手续事项", "办理事项", "前期手续"), example="施工许可")
PERMIT_OFFICE = Field("permit_office", "办理部门", synonyms=("审批部门", "主管部门", "负责部门"), example="某审批单位")
PERMIT_STATE = Field("permit_state", "办理状态", Kind.CHOICE, ("办理情况", "办理进度", "手续状态", "状态"), choices=PERMIT_STATES, example="办理中")
PERMIT_DUE = Field("permit_due", "计划办结时间", Kind.DAY, ("计划办结日期", "办结时限", "计划完成时间", "拟办结时间"), example=date(2027, 8, 31))
PERMIT_DONE = Field("permit_done", "实际办结时间", Kind.DAY, ("办结时间", "办结日期", "实际办结日期"))
PERMIT_PERSON = Field("permit_person", "经办人", Kind.PEOPLE, ("办理人", "手续经办人", "责任人"), example="吴某")

# Directory 名册 (B-4, B-7, K-9, K-11(2), K-16)
LEADER_NAME = Field("leader_name", "领导姓名", Kind.PEOPLE, ("姓名", *at_each_level("{层级}领导姓名")), example="王某某")
LEADER_POST = Field("leader_post", "职务", synonyms=("领导职务", "现任职务"), example="政协副主席")
PORTFOLIO = Field("portfolio", "分管行业", synonyms=("分管工作", "工作分工", "分管领域", "分工"), example="工业、能源")
UNIT_NAME = Field("unit_name", "单位名称", synonyms=("责任单位", "单位", "部门名称"), example="某单位")
UNIT_LEADER = Field("unit_leader", "分管领导", Kind.PEOPLE, ("单位分管领导", "工作分管领导", "项目分管领导"), example="郑某")
SECTION = Field("section", "责任科室", synonyms=("科室", "承办科室", "负责科室"), example="项目科")
LIAISON = Field("liaison", "联络员", Kind.PEOPLE, ("项目联络员", "联系人", "固定联络员"), example="冯某")
PHONE = Field("phone", "联系电话", synonyms=("电话", "办公电话", "联系方式"), example="0000-0000000")
TEAM_PLANNING = Field("team_planning", "规划部门人员", Kind.PEOPLE, ("规划", "规划部门"), example="赵某")
TEAM_LAND = Field("team_land", "国土部门人员", Kind.PEOPLE, ("国土", "国土部门", "自然资源"), example="钱某")
TEAM_ENVIRONMENT = Field("team_environment", "环保部门人员", Kind.PEOPLE, ("环保", "环保部门", "生态环境"), example="孙某")
TEAM_REFORM = Field("team_reform", "发改部门人员", Kind.PEOPLE, ("发改", "发改部门"), example="李某")
TEAM_INDUSTRY = Field("team_industry", "经信部门人员", Kind.PEOPLE, ("经信", "经信部门", "工信"), example="周某")
TEAM_OTHER = Field("team_other", "其他部门人员", Kind.PEOPLE, ("其他审批部门人员", "其他部门", "其他审批部门"), example="住建：吴某")

# Reserve pool 储备库 (K-12)
RESERVE_CLASS = Field("reserve_class", "储备类别", Kind.CHOICE, ("项目类别", "类别"), choices=RESERVE_CLASSES, example="工业")
RESERVE_STAGE = Field("reserve_stage", "储备阶段", Kind.CHOICE, ("包装阶段", "策划阶段", "阶段"), choices=RESERVE_STAGES, example="初包装")
RESERVE_PAPER = Field("reserve_paper", "附报材料", synonyms=("附件材料", "附材料", "所附材料"), example="项目建议书")
RESERVE_EXIT = Field("reserve_exit", "出库去向", synonyms=("出库情况", "退出情况", "转化情况"))
DECIDED = Field("decided", "是否决定实施", Kind.YES_NO, ("决定实施", "是否已决定实施"), example="否")

# On-site scores 观摩评分 (B-9, K-20(3)): one column for each judge
JUDGE_SCORE = Field("judge_score", "评委评分", Kind.SCORE, ("得分", "评分"), unit="分", example=Decimal(90))
JUDGE_PREFIX = "评委"

# Receipts 报送登记 (B-11, K-10(1), K-20(1))
REPORT_KIND = Field("report_kind", "报表类型", Kind.CHOICE, ("报表", "报送类型", "材料类型"), choices=REPORT_KINDS, example="月报")
REPORT_MONTH = Field("report_month", "所属月份", Kind.DAY, ("报表月份", "期次", "所属期"), example=date(2027, 3, 1))
RECEIVED_AT = Field("received_at", "收到时间", Kind.DAY, ("收件时间", "报送时间", "接收时间"), example=datetime(2027, 3, 27, 10, 0))  # noqa: DTZ001 - the office's wall time
# fmt: on


def fields_defined() -> tuple[Field, ...]:
    """The fields of this page and of the ledgers' modules that were imported (``ledgers.kinds.catalogue``: of all)."""
    return tuple(_BY_SLUG.values())


def field_named(slug: str) -> Field:
    """The field of a slug. Raises ``KeyError``."""
    return _BY_SLUG[slug]
