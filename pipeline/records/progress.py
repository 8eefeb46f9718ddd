"""What a unit reported of a project for a month (K-10(1), K-16), and when reports came in (K-20(1))."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
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
    total_investment: Decimal | None = None  # as some units repeat them in every report
    year_plan: Decimal | None = None
    reduction: Decimal | None = None  # 核减额: taken off this year's and the project's sums in this month
    reduction_reason: str | None = None
    joint_units: tuple[str, ...] = ()  # where the cell names several units: all, the leading one first

    @property
    def key(self) -> str:
        return name_key(self.project_name)

    @property
    def taken_off(self) -> Decimal:
        """核减额 as far as it counts, 万元; 0 where the month reports none."""
        return max(self.reduction or Decimal(0), Decimal(0))

    @property
    def amounts(self) -> Mapping[Field, Decimal]:
        """What the row states as invested, planned or to be invested, by field; 核减额 is none of these."""
        stated = {
            fields.MONTH_PLAN: self.month_plan,
            fields.MONTH_DONE: self.month_done,
            fields.YEAR_DONE: self.year_done,
            fields.SINCE_START: self.since_start,
            fields.TOTAL_INVESTMENT: self.total_investment,
            fields.YEAR_PLAN: self.year_plan,
        }
        return {field: amount for field, amount in stated.items() if amount is not None}


@dataclass(frozen=True)
class Receipt:
    """A report's arrival, from the office's 报送登记簿 or from our 收件登记簿: B-11 and K-10(1), the basis of K-20(1)."""

    source: Source
    unit: str
    report_kind: str | None  # one of REPORT_KINDS
    month: Month | None
    received_at: datetime | None
    line: int = 0  # of the 收件登记簿; 0: noted by hand in the 报送登记簿
