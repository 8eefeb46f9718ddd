"""《重大项目包联工作管理办法》 (B), 昆政发〔2016〕26号, as far as ledgers can be held against it."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.records.citation import Citation
from pipeline.regulation.provision import Modality, Provision, since_issue

# 万元, by sector
THRESHOLD: Provision[Mapping[str, Decimal]] = Provision(
    "sponsored-threshold",
    Citation("B", 3),
    Modality.MUST,
    "包联项目单个投资应达到所属行业的标准：工业、能源1亿元，基础设施、商贸流通5000万元，"
    "农牧林水、社会事业3000万元，均含本数",
    since_issue(
        MappingProxyType(
            {
                "工业": Decimal(10000),
                "能源": Decimal(10000),
                "基础设施": Decimal(5000),
                "商贸流通": Decimal(5000),
                "农牧林水": Decimal(3000),
                "社会事业": Decimal(3000),
            }
        )
    ),
)

STAGE: Provision[None] = Provision(
    "sponsored-stage",
    Citation("B", 3),
    Modality.VERIFY,
    "包联项目分为重大实施和重大前期两类",
)

PORTFOLIO: Provision[None] = Provision(
    "portfolio", Citation("B", 4), Modality.PRINCIPLE, "包联项目原则上按{层级}领导的工作分工分配"
)

LIST_FIELDS: Provision[None] = Provision(
    "sponsored-fields", Citation("B", 5), Modality.MUST, "报送包联项目应写明清单所列各项内容"
)

LIST_AMOUNTS: Provision[None] = Provision(
    "sponsored-amounts", Citation("B", 5), Modality.MUST, "报送的总投资、当年投资和开竣工时间应当真实合理"
)
LIST_AMOUNTS_DOUBTED: Provision[None] = Provision(
    "sponsored-amounts-doubted", Citation("B", 5), Modality.VERIFY, "报送的投资数应当真实合理"
)

FROM_KEY_PROJECTS: Provision[None] = Provision(
    "sponsored-from-key-projects",
    Citation("B", 5),
    Modality.PRINCIPLE,
    "包联项目原则上优先从投资亿元以上的重点项目中选取",
)

SETTLED: Provision[None] = Provision(
    "sponsored-settled",
    Citation("B", 5),
    Modality.PRINCIPLE,
    "次年包联项目应由领导小组研究确定",
)

SPONSOR: Provision[None] = Provision(
    "sponsor", Citation("B", 7), Modality.MUST, "每个包联项目应有一名以上{层级}领导负责"
)

LEAD_UNIT: Provision[None] = Provision(
    "sponsored-lead-unit", Citation("B", 7), Modality.MUST, "每个包联项目应有且只有一个责任单位负责推进"
)

TEAM: Provision[None] = Provision(
    "procedure-team",
    Citation("B", 7),
    Modality.MUST,
    "每个包联项目应有手续办理团队，规划、国土、环保、发改、经信等涉及审批事项的部门各出一人",
)

PERMITS: Provision[None] = Provision(
    "permit-state", Citation("B", 7), Modality.VERIFY, "手续办理团队负责各项手续，每项手续的办理情况应当清楚"
)

WORK_LIST: Provision[None] = Provision(
    "work-list", Citation("B", 8), Modality.VERIFY, "每个包联项目应编制推进方案、工作清单和台账"
)

PROBLEM_PLAN: Provision[None] = Provision(
    "problem-plan", Citation("B", 8, 3), Modality.MUST, "每个问题都应写明解决的方式、步骤、时限和负责人"
)

NODE_PLAN: Provision[None] = Provision(
    "node-plan", Citation("B", 8, 3), Modality.MUST, "推进的每个环节都应写明内容、时限和负责人"
)

WORK_LIST_SUM: Provision[None] = Provision(
    "work-list-sum", Citation("B", 8), Modality.VERIFY, "工作清单应与当年投资任务一致，作为考核通报的依据"
)

PROBLEM_STATE: Provision[None] = Provision(
    "problem-state", Citation("B", 10), Modality.VERIFY, "问题应分级协调解决，解决情况应如实登记"
)

# Day of the month by report; a shorter month ends earlier (see decisions.py)
HALF_MONTHLY: Provision[Mapping[str, int]] = Provision(
    "half-monthly-report",
    Citation("B", 11),
    Modality.RECORD,
    "包联项目责任单位应于每月15日前、30日前各报一次书面进展（当日报到为按时）",
    since_issue(MappingProxyType({"上半月报": 15, "下半月报": 30})),
)
