"""What a unit reported of a project for a month (K-10(1), K-16), and when reports came in (K-20(1))."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pipeline.records.names import name_key
from pipeline.records.period import Month, PartialDay
from pipeline.records.source import Source


@dataclass(frozen=True)
class Progress:
    """One project's row in one month's report; amounts in 万元."""

    source: Source
    month: Month
    project_name: str
    lead_unit: str
    month_plan: Decimal | None
    month_done: Decimal | None
    year_done: Decimal | None  # since 1 January
    since_start: Decimal | None
    physical: str | None
    physical_rate: Decimal | None  # % of the year's physical goal
    started_on: PartialDay | None
    finished_on: PartialDay | None
    permit_progress: str | None
    trouble: str | None
    proposal: str | None

    @property
    def key(self) -> str:
        return name_key(self.project_name)


@dataclass(frozen=True)
class Receipt:
    """One line of the register of reports received: B-11 and K-10(1), the basis of K-20(1)."""

    source: Source
    unit: str
    report_kind: str | None  # one of REPORT_KINDS
    month: Month | None
    received_at: datetime | None
