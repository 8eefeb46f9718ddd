"""申报台账: what a unit declares for next year (K-8)."""

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.period import Span
from pipeline.records.project import Declaration


def construction_span(row: Row, *, may_be_open: bool) -> Span | None:
    """建设年限 from one column, or from the two columns of start and finish.

    Where it ``may_be_open``, as before a project's start is settled (K-8(1)), 待定 states nothing.
    """
    stated = row.span(f.BUILD_SPAN, may_be_open=may_be_open)
    start = row.day(f.START_DAY, may_be_open=may_be_open)
    finish = row.day(f.FINISH_DAY, may_be_open=may_be_open)
    return Span(start, finish) if start and finish else stated


def read_declaration(row: Row) -> Declaration:
    four_class = row.choice(f.CLASS)
    combined = row.text(f.YEAR_GOAL)
    is_early = four_class == "前期储备"
    return Declaration(
        project_name=row.text(f.PROJECT_NAME) or "",
        lead_unit=row.text(f.LEAD_UNIT) or row.facts.unit,
        owner=row.text(f.OWNER),
        site=row.text(f.SITE),
        content=row.text(f.CONTENT),
        four_class=four_class,
        sector=row.choice(f.SECTOR),
        span=construction_span(row, may_be_open=is_early),
        total_investment=row.amount(f.TOTAL_INVESTMENT),
        invested_before=row.amount(f.INVESTED_BEFORE),
        year_plan=row.amount(f.YEAR_PLAN),
        physical_goal=row.text(f.PHYSICAL_GOAL) or (None if is_early else combined),
        work_goal=row.text(f.WORK_GOAL) or (combined if is_early else None),
        fund_source=row.text(f.FUND_SOURCE),
        fund_secured=row.text(f.FUND_SECURED),
        co_unit=row.text(f.CO_UNIT),
        task=row.text(f.TASK),
        person=row.person(f.PERSON),
        linked_leaders=row.people(f.LINKED_LEADERS),
        papers=(
            row.yes_no(f.PAPER_REPORT),
            row.yes_no(f.PAPER_STUDY),
            row.yes_no(f.PAPER_APPROVAL),
            row.yes_no(f.PAPER_LICENCE),
        ),
        source=row.source(),
    )


DECLARATION = LedgerKind(
    record=Declaration,
    name="申报台账",
    folder="申报",
    who_when="各责任单位，每年8月起申报次年项目",
    citations=(Citation("K", 7, 1), Citation("K", 8, 1), Citation("K", 8, 2)),
    fields=(
        f.PROJECT_NAME, f.LEAD_UNIT, f.CLASS, f.SECTOR, f.OWNER, f.SITE, f.CONTENT, f.BUILD_SPAN, f.START_DAY,
        f.FINISH_DAY, f.TOTAL_INVESTMENT, f.INVESTED_BEFORE, f.YEAR_PLAN, f.PHYSICAL_GOAL, f.WORK_GOAL, f.YEAR_GOAL,
        f.FUND_SOURCE, f.FUND_SECURED, f.CO_UNIT, f.TASK, f.PERSON, f.LINKED_LEADERS, f.PAPER_REPORT, f.PAPER_STUDY,
        f.PAPER_APPROVAL, f.PAPER_LICENCE,
    ),
    telling=frozenset((f.SITE, f.CONTENT, f.INVESTED_BEFORE, f.FUND_SOURCE, f.PAPER_REPORT, f.YEAR_PLAN, f.OWNER)),
    untelling=frozenset((f.LINKED_LEADERS,)),
    subject=f.PROJECT_NAME,
    read=read_declaration,
    essential=(f.TOTAL_INVESTMENT,),
    once=True,
)  # fmt: skip
