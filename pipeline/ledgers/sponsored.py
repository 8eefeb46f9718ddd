"""包联清单, 手续办理团队 and 工作节点: the sponsored projects (B-5, B-7, B-8)."""

from pipeline.ledgers.declarations import construction_span
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode

_TEAM = (f.TEAM_PLANNING, f.TEAM_LAND, f.TEAM_ENVIRONMENT, f.TEAM_REFORM, f.TEAM_INDUSTRY)


def read_sponsorship(row: Row) -> Sponsorship:
    stage = row.choice(f.SPONSOR_STAGE)
    return Sponsorship(
        project_name=row.text(f.PROJECT_NAME) or "",
        sector=row.choice(f.SECTOR),
        stage=stage,
        build_task=row.text(f.BUILD_TASK),
        total_investment=row.amount(f.TOTAL_INVESTMENT),
        year_plan=row.amount(f.YEAR_PLAN),
        owner=row.text(f.OWNER),
        area=row.text(f.AREA),
        leaders=row.people(f.LEADERS),
        lead_units=row.people(f.LEAD_UNIT) or ((row.facts.unit,) if row.facts.unit else ()),
        situation=row.text(f.SITUATION),
        span=construction_span(row, may_be_open=stage == "重大前期"),
        leader_matter=row.text(f.LEADER_MATTER),
        source=row.source(),
    )


def read_team(row: Row) -> ProcedureTeam:
    return ProcedureTeam(
        project_name=row.text(f.PROJECT_NAME) or "",
        persons=tuple(row.people(member) for member in _TEAM),
        source=row.source(),
    )


def read_node(row: Row) -> WorkNode:
    return WorkNode(
        project_name=row.text(f.PROJECT_NAME) or "",
        due=row.day(f.NODE_DUE),
        work=row.text(f.NODE_WORK),
        investment=row.amount(f.NODE_INVESTMENT),
        person=row.person(f.PERSON),
        source=row.source(),
    )


SPONSORSHIP = LedgerKind(
    record=Sponsorship,
    name="包联项目清单",
    folder="包联",
    who_when="各责任单位每月报送，每年11月前报次年",
    citations=(Citation("B", 3), Citation("B", 4), Citation("B", 5)),
    fields=(
        f.PROJECT_NAME, f.SECTOR, f.SPONSOR_STAGE, f.BUILD_TASK, f.TOTAL_INVESTMENT, f.YEAR_PLAN, f.OWNER, f.AREA,
        f.LEADERS, f.LEAD_UNIT, f.SITUATION, f.BUILD_SPAN, f.START_DAY, f.FINISH_DAY, f.LEADER_MATTER,
    ),
    telling=frozenset((f.SPONSOR_STAGE, f.BUILD_TASK, f.AREA, f.LEADERS, f.LEADER_MATTER, f.SITUATION)),
    subject=f.PROJECT_NAME,
    read=read_sponsorship,
    essential=(f.TOTAL_INVESTMENT,),
    once=True,
    held_by_office=True,
)  # fmt: skip

TEAM = LedgerKind(
    record=ProcedureTeam,
    name="手续办理团队",
    folder="包联",
    who_when="包联项目确定后，由涉及审批的部门各出1人",
    citations=(Citation("B", 7),),
    fields=(f.PROJECT_NAME, f.LEAD_UNIT, *_TEAM),
    telling=frozenset(_TEAM),
    subject=f.PROJECT_NAME,
    read=read_team,
    once=True,
    held_by_office=True,
)

NODE = LedgerKind(
    record=WorkNode,
    name="工作节点",
    folder="包联",
    who_when="包联项目确定后，由责任单位按月分解",
    citations=(Citation("B", 8),),
    fields=(f.PROJECT_NAME, f.LEAD_UNIT, f.NODE_DUE, f.NODE_WORK, f.NODE_INVESTMENT, f.PERSON),
    telling=frozenset((f.NODE_DUE, f.NODE_WORK)),
    subject=f.PROJECT_NAME,
    read=read_node,
)
