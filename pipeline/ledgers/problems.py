"""问题台账 and 手续台账 (B-7, B-8(3), B-10, K-6(5), K-14)."""

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.problem import Problem, Procedure


def read_problem(row: Row) -> Problem:
    return Problem(
        project_name=row.text(f.PROJECT_NAME) or "",
        problem=row.text(f.PROBLEM),
        kind=row.choice(f.PROBLEM_KIND),
        level=row.choice(f.LEVEL),
        measure=row.text(f.MEASURE),
        steps=row.text(f.STEPS),
        deadline=row.day(f.DEADLINE),
        person=row.person(f.PERSON),
        raised_on=row.day(f.RAISED_ON),
        solved_on=row.day(f.SOLVED_ON),
        state=row.choice(f.PROBLEM_STATE),
        source=row.source(),
    )


def read_procedure(row: Row) -> Procedure:
    return Procedure(
        project_name=row.text(f.PROJECT_NAME) or "",
        permit=row.text(f.PERMIT),
        office=row.text(f.PERMIT_OFFICE),
        state=row.choice(f.PERMIT_STATE),
        due=row.day(f.PERMIT_DUE),
        done=row.day(f.PERMIT_DONE),
        person=row.person(f.PERMIT_PERSON),
        source=row.source(),
    )


PROBLEM = LedgerKind(
    record=Problem,
    name="问题台账",
    folder="问题",
    who_when="各责任单位，随时更新",
    citations=(Citation("B", 10), Citation("K", 14)),
    fields=(
        f.PROJECT_NAME, f.LEAD_UNIT, f.PROBLEM, f.PROBLEM_KIND, f.LEVEL, f.MEASURE, f.STEPS, f.DEADLINE, f.PERSON,
        f.RAISED_ON, f.SOLVED_ON, f.PROBLEM_STATE,
    ),
    telling=frozenset((f.PROBLEM, f.PROBLEM_KIND, f.LEVEL, f.MEASURE, f.STEPS)),
    subject=f.PROJECT_NAME,
    read=read_problem,
)  # fmt: skip

PROCEDURE = LedgerKind(
    record=Procedure,
    name="手续台账",
    folder="手续",
    who_when="各责任单位，随时更新",
    citations=(Citation("B", 7), Citation("K", 6, 5), Citation("K", 20, 3)),
    fields=(
        f.PROJECT_NAME, f.LEAD_UNIT, f.PERMIT, f.PERMIT_OFFICE, f.PERMIT_STATE, f.PERMIT_DUE, f.PERMIT_DONE,
        f.PERMIT_PERSON,
    ),
    telling=frozenset((f.PERMIT, f.PERMIT_OFFICE, f.PERMIT_STATE)),
    subject=f.PROJECT_NAME,
    read=read_procedure,
)  # fmt: skip
