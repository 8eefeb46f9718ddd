"""观摩评分表: one column for each judge (B-9, K-20(3))."""

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.score import OnSiteScore


def read_score(row: Row) -> OnSiteScore:
    return OnSiteScore(
        project_name=row.text(f.PROJECT_NAME) or "",
        lead_unit=row.text(f.LEAD_UNIT) or row.facts.unit,
        scores=row.scores(f.JUDGE_SCORE),
        source=row.source(),
    )


ON_SITE = LedgerKind(
    record=OnSiteScore,
    name="观摩评分表",
    folder="观摩",
    who_when="重大办，每年7月",
    citations=(Citation("B", 9), Citation("K", 20, 3)),
    fields=(f.PROJECT_NAME, f.LEAD_UNIT, f.JUDGE_SCORE),
    telling=frozenset((f.JUDGE_SCORE,)),
    subject=f.PROJECT_NAME,
    read=read_score,
    sent_by_units=False,
    held_by_office=True,
)
