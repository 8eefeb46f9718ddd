"""月报: what a unit reports of its projects each month (K-10(1), K-16); 报送登记: when reports came in (K-20(1))."""

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.period import Month
from pipeline.records.progress import Progress, Receipt
from pipeline.records.severity import Severity


def read_progress(row: Row) -> Progress:
    """Called for sheets whose month is known; the table reader sees to that."""
    assert row.facts.month is not None
    return Progress(
        month=row.facts.month,
        project_name=row.text(f.PROJECT_NAME) or "",
        lead_unit=row.text(f.LEAD_UNIT) or row.facts.unit,
        month_plan=row.amount(f.MONTH_PLAN),
        month_done=row.amount(f.MONTH_DONE),
        year_done=row.amount(f.YEAR_DONE),
        since_start=row.amount(f.SINCE_START),
        physical=row.text(f.PHYSICAL),
        physical_rate=row.percent(f.PHYSICAL_RATE),
        started_on=row.day(f.STARTED_ON),
        finished_on=row.day(f.FINISHED_ON),
        permit_progress=row.text(f.PERMIT_PROGRESS),
        trouble=row.text(f.TROUBLE),
        proposal=row.text(f.PROPOSAL),
        reduction=row.amount(f.REDUCTION),
        reduction_reason=row.text(f.REDUCTION_REASON),
        total_investment=row.amount(f.TOTAL_INVESTMENT, Severity.WARNING),
        year_plan=row.amount(f.YEAR_PLAN, Severity.WARNING),
        source=row.source(),
    )


def read_receipt(row: Row) -> Receipt:
    month = row.day(f.REPORT_MONTH)
    return Receipt(
        unit=row.text(f.LEAD_UNIT) or row.facts.unit,
        report_kind=row.choice(f.REPORT_KIND),
        month=Month(month.year, month.month) if month and month.month else None,
        received_at=row.moment(f.RECEIVED_AT),
        source=row.source(),
    )


PROGRESS = LedgerKind(
    record=Progress,
    name="项目月报",
    folder="月报",
    who_when="各责任单位，每月28日前",
    citations=(Citation("K", 10, 1), Citation("K", 16), Citation("K", 20, 1)),
    fields=(
        f.PROJECT_NAME, f.LEAD_UNIT, f.MONTH_PLAN, f.MONTH_DONE, f.YEAR_DONE, f.SINCE_START, f.PHYSICAL,
        f.PHYSICAL_RATE, f.STARTED_ON, f.FINISHED_ON, f.PERMIT_PROGRESS, f.TROUBLE, f.PROPOSAL,
        f.REDUCTION, f.REDUCTION_REASON,
    ),
    telling=frozenset((f.MONTH_DONE, f.YEAR_DONE, f.SINCE_START, f.PHYSICAL, f.PHYSICAL_RATE, f.STARTED_ON)),
    subject=f.PROJECT_NAME,
    read=read_progress,
    monthly=True,
    also_known=(f.CLASS, f.SECTOR, f.TOTAL_INVESTMENT, f.YEAR_PLAN),
    once=True,
)  # fmt: skip

RECEIPT = LedgerKind(
    record=Receipt,
    name="报送登记簿",
    folder="报送登记",
    who_when="重大办，随收随登",
    citations=(Citation("B", 11), Citation("K", 10, 1), Citation("K", 20, 1)),
    fields=(f.LEAD_UNIT, f.REPORT_KIND, f.REPORT_MONTH, f.RECEIVED_AT),
    telling=frozenset((f.REPORT_KIND, f.RECEIVED_AT)),
    subject=f.LEAD_UNIT,
    read=read_receipt,
    sent_by_units=False,
    held_by_office=True,
)
