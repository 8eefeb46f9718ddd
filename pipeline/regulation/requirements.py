"""Which columns a ledger must fill, when, and by which provision, in article order."""

from collections.abc import Iterator
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


def _asked(ledger: str, provision: Provision[object], when: str, *columns: Field) -> Iterator[Requirement]:
    """What one provision asks of a ledger under one condition."""
    return (Requirement(ledger, column, when, provision) for column in columns)


REQUIREMENTS: tuple[Requirement, ...] = (
    # 包联办法
    *_asked("sponsorship", sponsorship.STAGE, EVERY_SPONSORED, fields.SPONSOR_STAGE),
    *_asked("sponsorship", sponsorship.LIST_FIELDS, EVERY_SPONSORED, fields.PROJECT_NAME, fields.SECTOR,
            fields.BUILD_TASK, fields.TOTAL_INVESTMENT, fields.YEAR_PLAN, fields.OWNER, fields.AREA,
            fields.SITUATION),
    # Before its start is settled (重大前期) nobody can ask for a project's years, as for 前期储备 below.
    *_asked("sponsorship", sponsorship.LIST_FIELDS, UNLESS_EARLY_SPONSORED, fields.BUILD_SPAN),
    *_asked("sponsorship", sponsorship.LIST_FIELDS, EVERY_SPONSORED, fields.LEADER_MATTER),
    *_asked("sponsorship", sponsorship.SPONSOR, EVERY_SPONSORED, fields.LEADERS),
    *_asked("sponsorship", sponsorship.LEAD_UNIT, EVERY_SPONSORED, fields.LEAD_UNIT),
    *_asked("team", sponsorship.TEAM, EVERY_SPONSORED, fields.TEAM_PLANNING, fields.TEAM_LAND,
            fields.TEAM_ENVIRONMENT, fields.TEAM_REFORM, fields.TEAM_INDUSTRY),
    *_asked("procedure", sponsorship.PERMITS, EVERY_PERMIT, fields.PERMIT, fields.PERMIT_STATE),
    *_asked("problem", sponsorship.PROBLEM_PLAN, EVERY_PROBLEM, fields.PROBLEM, fields.MEASURE, fields.STEPS,
            fields.DEADLINE, fields.PERSON),
    *_asked("node", sponsorship.NODE_PLAN, EVERY_NODE, fields.NODE_WORK, fields.NODE_DUE, fields.PERSON),
    *_asked("problem", sponsorship.PROBLEM_STATE, EVERY_PROBLEM, fields.PROBLEM_KIND, fields.LEVEL,
            fields.PROBLEM_STATE),
    # 重点办法
    *_asked("declaration", key_projects.SECTOR, EVERY_PROJECT, fields.SECTOR),
    *_asked("declaration", key_projects.CLASS, EVERY_PROJECT, fields.CLASS),
    *_asked("declaration", key_projects.PAPER_REPORT, EVERY_PROJECT, fields.PAPER_REPORT),
    *_asked("declaration", key_projects.PAPER_STUDY, EVERY_PROJECT, fields.PAPER_STUDY),
    *_asked("declaration", key_projects.PAPER_APPROVAL, EVERY_PROJECT, fields.PAPER_APPROVAL),
    *_asked("declaration", key_projects.PAPER_LICENCE, EVERY_PROJECT, fields.PAPER_LICENCE),
    *_asked("declaration", key_projects.FIELDS, EVERY_PROJECT, fields.PROJECT_NAME, fields.OWNER, fields.SITE,
            fields.CONTENT),
    # A 前期储备 project has no settled start (K-8(1)), so nobody can ask for its years.
    *_asked("declaration", key_projects.FIELDS, UNLESS_PRELIMINARY, fields.BUILD_SPAN),
    *_asked("declaration", key_projects.FIELDS, EVERY_PROJECT, fields.TOTAL_INVESTMENT, fields.INVESTED_BEFORE,
            fields.YEAR_PLAN, fields.FUND_SOURCE),
    *_asked("declaration", key_projects.GOAL, UNLESS_PRELIMINARY, fields.PHYSICAL_GOAL),
    *_asked("declaration", key_projects.GOAL, PRELIMINARY, fields.WORK_GOAL),
    *_asked("declaration", key_projects.FUND_SECURED, GOVERNMENT_FUNDED, fields.FUND_SECURED),
    *_asked("declaration", key_projects.LEAD_UNIT, EVERY_PROJECT, fields.LEAD_UNIT),
    *_asked("declaration", key_projects.SPLIT, EVERY_PROJECT, fields.CO_UNIT, fields.TASK),
    *_asked("unit", key_projects.UNIT_PEOPLE, EVERY_UNIT, fields.UNIT_LEADER, fields.SECTION, fields.PERSON),
    *_asked("progress", key_projects.MONTHLY_FIGURES, UNLESS_PRELIMINARY, fields.MONTH_DONE, fields.YEAR_DONE),
    *_asked("progress", key_projects.REDUCTION_REASON, REDUCED, fields.REDUCTION_REASON),
    *_asked("progress", key_projects.MONTHLY_DOUBTED, UNLESS_PRELIMINARY, fields.PHYSICAL),
    *_asked("leader", key_projects.LEADER_DUTIES, EVERY_LEADER, fields.PORTFOLIO),
    *_asked("reserve", key_projects.RESERVE_CLASS, EVERY_RESERVE, fields.RESERVE_CLASS),
    *_asked("reserve", key_projects.RESERVE_PAPER, EVERY_RESERVE, fields.RESERVE_STAGE, fields.RESERVE_PAPER),
    *_asked("unit", key_projects.LIAISON, EVERY_UNIT, fields.LIAISON),
    *_asked("receipt", key_projects.RECEIPT, EVERY_RECEIPT, fields.REPORT_KIND, fields.REPORT_MONTH,
            fields.RECEIVED_AT),
)  # fmt: skip


def requirements_of(field: Field) -> tuple[Requirement, ...]:
    """Every requirement on a field, in article order; empty where no article asks for it."""
    return tuple(entry for entry in REQUIREMENTS if entry.field == field)
