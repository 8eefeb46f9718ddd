"""Which column a ledger must fill, when, and by which provision: one line each, in article order."""

from dataclasses import dataclass

from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.regulation import key_projects, sponsorship
from pipeline.regulation.provision import Provision

EVERY_PROJECT = "每个项目"
UNLESS_PRELIMINARY = "前期储备以外的项目"
PRELIMINARY = "前期储备项目"
GOVERNMENT_FUNDED = "政府投资项目"
REDUCED = "有核减的项目"
EVERY_SPONSORED = "每个包联项目"
UNLESS_EARLY_SPONSORED = "重大前期以外的包联项目"
EVERY_NODE = "每个工作节点"
EVERY_PROBLEM = "每个问题"
EVERY_PERMIT = "每项手续"
EVERY_RESERVE = "每个储备项目"
EVERY_UNIT = "每个责任单位"
EVERY_LEADER = "每位领导"
EVERY_RECEIPT = "每次报送"


@dataclass(frozen=True)
class Requirement:
    """A field that must be filled in a ledger; ``when`` is one of the texts above."""

    ledger: str  # slug
    field: Field
    when: str
    provision: Provision[object]


REQUIREMENTS: tuple[Requirement, ...] = (
    # 包联办法
    Requirement("sponsorship", fields.SPONSOR_STAGE, EVERY_SPONSORED, sponsorship.STAGE),
    Requirement("sponsorship", fields.PROJECT_NAME, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.SECTOR, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.BUILD_TASK, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.TOTAL_INVESTMENT, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.YEAR_PLAN, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.OWNER, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.AREA, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.SITUATION, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    # Before its start is settled (重大前期) nobody can ask for a project's years, as for 前期储备 below.
    Requirement("sponsorship", fields.BUILD_SPAN, UNLESS_EARLY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.LEADER_MATTER, EVERY_SPONSORED, sponsorship.LIST_FIELDS),
    Requirement("sponsorship", fields.LEADERS, EVERY_SPONSORED, sponsorship.SPONSOR),
    Requirement("sponsorship", fields.LEAD_UNIT, EVERY_SPONSORED, sponsorship.LEAD_UNIT),
    Requirement("team", fields.TEAM_PLANNING, EVERY_SPONSORED, sponsorship.TEAM),
    Requirement("team", fields.TEAM_LAND, EVERY_SPONSORED, sponsorship.TEAM),
    Requirement("team", fields.TEAM_ENVIRONMENT, EVERY_SPONSORED, sponsorship.TEAM),
    Requirement("team", fields.TEAM_REFORM, EVERY_SPONSORED, sponsorship.TEAM),
    Requirement("team", fields.TEAM_INDUSTRY, EVERY_SPONSORED, sponsorship.TEAM),
    Requirement("procedure", fields.PERMIT, EVERY_PERMIT, sponsorship.PERMITS),
    Requirement("procedure", fields.PERMIT_STATE, EVERY_PERMIT, sponsorship.PERMITS),
    Requirement("problem", fields.PROBLEM, EVERY_PROBLEM, sponsorship.PROBLEM_PLAN),
    Requirement("problem", fields.MEASURE, EVERY_PROBLEM, sponsorship.PROBLEM_PLAN),
    Requirement("problem", fields.STEPS, EVERY_PROBLEM, sponsorship.PROBLEM_PLAN),
    Requirement("problem", fields.DEADLINE, EVERY_PROBLEM, sponsorship.PROBLEM_PLAN),
    Requirement("problem", fields.PERSON, EVERY_PROBLEM, sponsorship.PROBLEM_PLAN),
    Requirement("node", fields.NODE_WORK, EVERY_NODE, sponsorship.NODE_PLAN),
    Requirement("node", fields.NODE_DUE, EVERY_NODE, sponsorship.NODE_PLAN),
    Requirement("node", fields.PERSON, EVERY_NODE, sponsorship.NODE_PLAN),
    Requirement("problem", fields.PROBLEM_KIND, EVERY_PROBLEM, sponsorship.PROBLEM_STATE),
    Requirement("problem", fields.LEVEL, EVERY_PROBLEM, sponsorship.PROBLEM_STATE),
    Requirement("problem", fields.PROBLEM_STATE, EVERY_PROBLEM, sponsorship.PROBLEM_STATE),
    # 重点办法
    Requirement("declaration", fields.SECTOR, EVERY_PROJECT, key_projects.SECTOR),
    Requirement("declaration", fields.CLASS, EVERY_PROJECT, key_projects.CLASS),
    Requirement("declaration", fields.PAPER_REPORT, EVERY_PROJECT, key_projects.PAPER_REPORT),
    Requirement("declaration", fields.PAPER_STUDY, EVERY_PROJECT, key_projects.PAPER_STUDY),
    Requirement("declaration", fields.PAPER_APPROVAL, EVERY_PROJECT, key_projects.PAPER_APPROVAL),
    Requirement("declaration", fields.PAPER_LICENCE, EVERY_PROJECT, key_projects.PAPER_LICENCE),
    Requirement("declaration", fields.PROJECT_NAME, EVERY_PROJECT, key_projects.FIELDS),
    Requirement("declaration", fields.OWNER, EVERY_PROJECT, key_projects.FIELDS),
    Requirement("declaration", fields.SITE, EVERY_PROJECT, key_projects.FIELDS),
    Requirement("declaration", fields.CONTENT, EVERY_PROJECT, key_projects.FIELDS),
    # A 前期储备 project has no settled start (K-8(1)), so nobody can ask for its years.
    Requirement("declaration", fields.BUILD_SPAN, UNLESS_PRELIMINARY, key_projects.FIELDS),
    Requirement("declaration", fields.TOTAL_INVESTMENT, EVERY_PROJECT, key_projects.FIELDS),
    Requirement("declaration", fields.INVESTED_BEFORE, EVERY_PROJECT, key_projects.FIELDS),
    Requirement("declaration", fields.YEAR_PLAN, EVERY_PROJECT, key_projects.FIELDS),
    Requirement("declaration", fields.FUND_SOURCE, EVERY_PROJECT, key_projects.FIELDS),
    Requirement("declaration", fields.PHYSICAL_GOAL, UNLESS_PRELIMINARY, key_projects.GOAL),
    Requirement("declaration", fields.WORK_GOAL, PRELIMINARY, key_projects.GOAL),
    Requirement("declaration", fields.FUND_SECURED, GOVERNMENT_FUNDED, key_projects.FUND_SECURED),
    Requirement("declaration", fields.LEAD_UNIT, EVERY_PROJECT, key_projects.LEAD_UNIT),
    Requirement("declaration", fields.CO_UNIT, EVERY_PROJECT, key_projects.SPLIT),
    Requirement("declaration", fields.TASK, EVERY_PROJECT, key_projects.SPLIT),
    Requirement("unit", fields.UNIT_LEADER, EVERY_UNIT, key_projects.UNIT_PEOPLE),
    Requirement("unit", fields.SECTION, EVERY_UNIT, key_projects.UNIT_PEOPLE),
    Requirement("unit", fields.PERSON, EVERY_UNIT, key_projects.UNIT_PEOPLE),
    Requirement("progress", fields.MONTH_DONE, UNLESS_PRELIMINARY, key_projects.MONTHLY_FIGURES),
    Requirement("progress", fields.YEAR_DONE, UNLESS_PRELIMINARY, key_projects.MONTHLY_FIGURES),
    Requirement("progress", fields.REDUCTION_REASON, REDUCED, key_projects.REDUCTION_REASON),
    Requirement("progress", fields.PHYSICAL, UNLESS_PRELIMINARY, key_projects.MONTHLY_DOUBTED),
    Requirement("leader", fields.PORTFOLIO, EVERY_LEADER, key_projects.LEADER_DUTIES),
    Requirement("reserve", fields.RESERVE_CLASS, EVERY_RESERVE, key_projects.RESERVE_CLASS),
    Requirement("reserve", fields.RESERVE_STAGE, EVERY_RESERVE, key_projects.RESERVE_PAPER),
    Requirement("reserve", fields.RESERVE_PAPER, EVERY_RESERVE, key_projects.RESERVE_PAPER),
    Requirement("unit", fields.LIAISON, EVERY_UNIT, key_projects.LIAISON),
    Requirement("receipt", fields.REPORT_KIND, EVERY_RECEIPT, key_projects.RECEIPT),
    Requirement("receipt", fields.REPORT_MONTH, EVERY_RECEIPT, key_projects.RECEIPT),
    Requirement("receipt", fields.RECEIVED_AT, EVERY_RECEIPT, key_projects.RECEIPT),
)


def requirements_of(field: Field) -> tuple[Requirement, ...]:
    """Every requirement on a field, in article order; empty where no article asks for it."""
    return tuple(entry for entry in REQUIREMENTS if entry.field == field)
