"""包联清单, 手续办理团队 and 工作节点: the sponsored projects (B-5, B-7, B-8)."""

import re
from collections.abc import Iterator

from pipeline.ledgers.declarations import construction_span
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.ledgers.values import names_in
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
        state=row.choice(f.SPONSOR_STATE),
        source=row.source(),
    )


# What a unit writes of a department that has nothing to approve.
_NOT_CONCERNED = re.compile(r"(?:[不未]涉及|无需|不需要?|不用)(?:审批|办理|手续|该部门|本部门)*")
_DEPARTMENT_TAIL = re.compile(r"(?:(?<=局)|(?<=委)|部门)?(?:人员|成员|经办人)?$")


def _members(names: tuple[str, ...]) -> tuple[str, ...]:
    """The persons of a department, or that it is not concerned."""
    return tuple(f.NOT_CONCERNED if _NOT_CONCERNED.fullmatch(name) else name for name in names)


def _department(heading: str) -> str:
    """住建 of 部门人员—住建: what stands above in the head names all the departments."""
    return _DEPARTMENT_TAIL.sub("", heading.rpartition("—")[2])


def _others(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Further departments: each by its own column, or 住建：吴某；水务：郑某 in the form's one column."""
    for heading, text in row.texts(f.TEAM_OTHER):
        in_one = heading in (f.TEAM_OTHER.label, *f.TEAM_OTHER.synonyms)
        for part in re.split(r"[；;\n]+", text) if in_one else (text,):
            department, colon, names = part.replace(":", "：").partition("：")
            persons = names_in(names if colon else part)
            if persons:
                stated = department.strip() if colon else "其他" if in_one else _department(heading)
                yield stated, _members(persons)


def read_team(row: Row) -> ProcedureTeam:
    return ProcedureTeam(
        project_name=row.text(f.PROJECT_NAME) or "",
        persons=tuple(_members(row.people(member)) for member in _TEAM),
        others=tuple(_others(row)),
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
    who_when="各责任单位每月报送次年需要包联的项目，成熟一个报一个",
    citations=(Citation("B", 3), Citation("B", 4), Citation("B", 5)),
    fields=(
        f.PROJECT_NAME, f.SECTOR, f.SPONSOR_STAGE, f.SPONSOR_STATE, f.BUILD_TASK, f.TOTAL_INVESTMENT, f.YEAR_PLAN,
        f.OWNER, f.AREA, f.LEADERS, f.LEAD_UNIT, f.SITUATION, f.BUILD_SPAN, f.START_DAY, f.FINISH_DAY, f.LEADER_MATTER,
    ),
    telling=frozenset((f.SPONSOR_STAGE, f.BUILD_TASK, f.AREA, f.LEADERS, f.LEADER_MATTER, f.SITUATION)),
    untelling=frozenset((f.SPONSOR_STATE,)),
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
    who_when="包联项目确定后，由涉及审批事项的部门各出1人，不涉及的填“不涉及”",
    citations=(Citation("B", 7),),
    fields=(f.PROJECT_NAME, f.LEAD_UNIT, *_TEAM, f.TEAM_OTHER),
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
