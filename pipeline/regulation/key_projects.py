"""《重点项目管理办法（修订版）》 (K), 昆政发〔2016〕26号, as far as ledgers can be held against it."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.records.citation import Citation
from pipeline.records.level import at_each_level
from pipeline.records.settings import STARTS_OF_BUILDING_ON
from pipeline.regulation.provision import Modality, Provision, since_issue

# 万元
THRESHOLD: Provision[Decimal] = Provision(
    "key-threshold",
    Citation("K", 2),
    Modality.UNLESS_GRANTED,
    "重点项目总投资原则上在1亿元以上（含本数，外币折合计算）",
    since_issue(Decimal(10000)),
)

SECTOR: Provision[None] = Provision(
    "key-sector", Citation("K", 3), Modality.VERIFY, "重点项目分属各行业，所属行业应当明确"
)

# B-7 names the team that handles permits, K-20(3) scores those that are finished
PERMIT_OVERDUE: Provision[None] = Provision(
    "permit-overdue",
    Citation("K", 6, 5),
    Modality.RECORD,
    "责任单位应协助项目业主按期完善立项及建设手续，办结情况纳入考核",
)
PERMITS_KNOWN: Provision[None] = Provision(
    "permits-known",
    Citation("K", 6, 5),
    Modality.VERIFY,
    "责任单位应协助项目业主完善立项及建设手续，各项手续的办理情况应当清楚",
)

PLAN_CHANGE: Provision[None] = Provision(
    "plan-change", Citation("K", 7, 3), Modality.VERIFY, "列入年度计划的项目新增、变动或取消，应经计划调整"
)

# How the office may read 已于或能于当年前开工 of 加快建设 (see decisions.py)
BEFORE_THE_YEAR, BY_THE_YEAR = STARTS_OF_BUILDING_ON

# 四个一批, each class in our own words; of 加快建设 the office may say which start is meant
CLASS: Provision[Mapping[str, str]] = Provision(
    "four-classes",
    Citation("K", 8, 1),
    Modality.MUST,
    "项目按四个一批分类申报，类别应与开竣工时间一致",
    since_issue(
        MappingProxyType(
            {
                "促进开工": "当年内开工",
                "加快建设": "{开工}开工、当年不竣工",
                "竣工投产": "当年竣工",
                "前期储备": "当年不能确定开工",
            }
        )
    ),
)

CLASS_DOUBTED: Provision[None] = Provision(
    "class-doubted",
    Citation("K", 8, 1),
    Modality.VERIFY,
    "加快建设类项目应在当年以前开工，当年开工的属促进开工",
)

PAPER_REPORT: Provision[None] = Provision(
    "paper-report", Citation("K", 8, 2, 1), Modality.MUST, "申报应附列入年度重点项目的报告"
)
PAPER_STUDY: Provision[None] = Provision(
    "paper-study", Citation("K", 8, 2, 2), Modality.MUST, "申报应附项目建议书或可行性研究报告"
)
PAPER_APPROVAL: Provision[None] = Provision(
    "paper-approval", Citation("K", 8, 2, 3), Modality.PRINCIPLE, "申报原则上应附主管部门批准文件或年度投资计划批复"
)
PAPER_LICENCE: Provision[None] = Provision(
    "paper-licence", Citation("K", 8, 2, 4), Modality.MUST, "申报应附法人营业执照或筹建机构组建文件"
)

FIELDS: Provision[None] = Provision(
    "declared-fields", Citation("K", 8, 2, 5), Modality.MUST, "申报项目的各项内容应填写完整"
)
AMOUNTS: Provision[None] = Provision(
    "declared-amounts",
    Citation("K", 8, 2, 5),
    Modality.MUST,
    "申报的总投资、已累计完成投资、当年计划投资应当真实合理、互相衔接",
)
AMOUNTS_DOUBTED: Provision[None] = Provision(
    "declared-amounts-doubted", Citation("K", 8, 2, 5), Modality.VERIFY, "申报的投资数应当真实合理"
)
CARRIED_ON: Provision[None] = Provision(
    "carried-on", Citation("K", 8, 2, 5), Modality.VERIFY, "申报的已累计完成投资应当真实合理，与上年的申报和月报衔接"
)
FINISHED_BEFORE: Provision[None] = Provision(
    "finished-before", Citation("K", 8, 1), Modality.VERIFY, "项目按四个一批分类申报，类别应与开竣工时间一致"
)
SPAN: Provision[None] = Provision("declared-span", Citation("K", 8, 2, 5), Modality.MUST, "申报的建设年限应当真实合理")
SPAN_DOUBTED: Provision[None] = Provision(
    "declared-span-doubted", Citation("K", 8, 2, 5), Modality.VERIFY, "申报的建设年限应当真实合理"
)
GOAL: Provision[None] = Provision(
    "declared-goal",
    Citation("K", 8, 2, 5),
    Modality.MUST,
    "申报应写明当年进度目标：前期项目写工作进度，其他项目写形象进度",
)
FUND_SECURED: Provision[None] = Provision(
    "fund-secured", Citation("K", 8, 2, 5), Modality.MUST, "政府投资项目应注明资金落实情况"
)

LEAD_UNIT: Provision[None] = Provision(
    "key-lead-unit", Citation("K", 9, 1), Modality.MUST, "每个项目应分解落实到责任单位"
)
SPLIT: Provision[None] = Provision(
    "key-split", Citation("K", 9, 1), Modality.VERIFY, "每个项目应确定相关协办单位和具体任务"
)
UNIT_PEOPLE: Provision[None] = Provision(
    "unit-people", Citation("K", 9, 2), Modality.MUST, "责任单位应明确项目工作的分管领导、责任科室和责任人"
)

# Day of the month
MONTHLY: Provision[Mapping[str, int]] = Provision(
    "monthly-report",
    Citation("K", 10, 1),
    Modality.RECORD,
    "责任单位应于每月28日前报送月报（当日报到为按时），报到时间记录存查，作为年终考核依据",
    since_issue(MappingProxyType({"月报": 28})),
)
MONTHLY_WHOLE: Provision[None] = Provision(
    "monthly-whole", Citation("K", 10, 1), Modality.RECORD, "月报应当全面，责任单位的每个项目逐月都报"
)
MONTHLY_FIGURES: Provision[None] = Provision(
    "monthly-figures", Citation("K", 10, 1), Modality.MUST, "月报数字应当准确，前后月衔接"
)
REDUCTION_REASON: Provision[None] = Provision(
    "reduction-reason", Citation("K", 10, 1), Modality.MUST, "月报数字应当准确，核减以前多报的投资应当说明原因"
)
MONTHLY_DOUBTED: Provision[None] = Provision(
    "monthly-doubted", Citation("K", 10, 1), Modality.VERIFY, "月报应当详实准确"
)

SAME_PROJECT: Provision[None] = Provision(
    "same-project",
    Citation("K", 10, 2),
    Modality.MUST,
    "同一项目在各台账中的名称、投资、责任单位应当一致，且只登记一次",
)
SAME_PROJECT_DOUBTED: Provision[None] = Provision(
    "same-project-doubted", Citation("K", 10, 2), Modality.VERIFY, "同一项目在各台账中的信息应当一致"
)

LINKED_LEADER: Provision[None] = Provision(
    "linked-leader", Citation("K", 11, 2), Modality.PRINCIPLE, "每个重点项目应明确一名具体联系的{层级}领导"
)
LEADER_DUTIES: Provision[None] = Provision(
    "leader-duties", Citation("K", 11, 2), Modality.VERIFY, "重点项目按{层级}领导的工作分工明确联系领导"
)

RESERVE_CLASS: Provision[None] = Provision(
    "reserve-class", Citation("K", 12, 1), Modality.MUST, "储备项目按工业、服务业、基础设施、社会事业划分"
)
# The paper that each stage must carry
RESERVE_PAPER: Provision[Mapping[str, str]] = Provision(
    "reserve-paper",
    Citation("K", 12, 2),
    Modality.MUST,
    "储备项目分阶段附报材料：概念策划附项目策划书，初包装附项目建议书，精包装附可研报告",
    since_issue(MappingProxyType({"概念策划": "项目策划书", "初包装": "项目建议书", "精包装": "可研报告"})),
)
RESERVE_EXIT: Provision[str] = Provision(
    "reserve-exit",
    Citation("K", 12, 3),
    Modality.MUST,
    "储备项目决定实施后应转为促进开工项目并退出储备库",
    since_issue("促进开工"),
)

RESERVE_CANCELLED: Provision[None] = Provision(
    "reserve-cancelled",
    Citation("K", 12, 3),
    Modality.VERIFY,
    "取消储备项目应有原因：不符合国家宏观调控政策，或因市场变化、资金无法落实而难以实施",
)

PROBLEM_OVERDUE: Provision[None] = Provision(
    "problem-overdue", Citation("K", 14), Modality.RECORD, "重大问题应协调解决，协调不成的提请领导小组解决"
)
LIAISON: Provision[None] = Provision("liaison", Citation("K", 16), Modality.MUST, "责任单位应设固定的联络员")
RECEIPT: Provision[None] = Provision(
    "receipt-record", Citation("K", 20, 1), Modality.RECORD, "报表的报到时间应记录存查，作为年终考核依据"
)
SCORE: Provision[None] = Provision(
    "on-site-score", Citation("K", 20, 3), Modality.MUST, "观摩评分采用百分制，每个项目计一次"
)

# A fund source that names one of these makes the project government-funded (K-8(2)5).
GOVERNMENT_FUNDS = (
    "财政", "政府", "专项债", "预算内", "国债", "专项建设基金", "上级资金", "上级补助", "中央资金",
    *at_each_level("{层级}本级"),
)  # fmt: skip
NOT_GOVERNMENT = ("非财政", "非政府", "无财政", "无政府")
