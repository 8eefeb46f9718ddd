"""储备库台账 (K-12)."""

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.reserve import ReserveProject


def read_reserve(row: Row) -> ReserveProject:
    return ReserveProject(
        project_name=row.text(f.PROJECT_NAME) or "",
        lead_unit=row.text(f.LEAD_UNIT) or row.facts.unit,
        reserve_class=row.choice(f.RESERVE_CLASS),
        stage=row.choice(f.RESERVE_STAGE),
        paper=row.text(f.RESERVE_PAPER),
        decided=row.yes_no(f.DECIDED),
        exit=row.text(f.RESERVE_EXIT),
        source=row.source(),
    )


RESERVE = LedgerKind(
    record=ReserveProject,
    name="储备库台账",
    folder="储备库",
    who_when="各对口职能部门，随时更新",
    citations=(Citation("K", 12, 1), Citation("K", 12, 2), Citation("K", 12, 3)),
    fields=(
        f.PROJECT_NAME, f.LEAD_UNIT, f.RESERVE_CLASS, f.RESERVE_STAGE, f.RESERVE_PAPER, f.DECIDED, f.RESERVE_EXIT,
    ),
    telling=frozenset((f.RESERVE_STAGE, f.RESERVE_PAPER, f.RESERVE_EXIT, f.DECIDED)),
    subject=f.PROJECT_NAME,
    read=read_reserve,
    also_known=(f.TOTAL_INVESTMENT, f.CONTENT),
    once=True,
)  # fmt: skip
