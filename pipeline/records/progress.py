"""What a unit reported of a project for a month (K-10(1), K-16), and when reports came in (K-20(1))."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self

from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.period import Month, PartialDay
from pipeline.records.record import LedRecord, Record


@dataclass(frozen=True)
class Progress(LedRecord):
    """One project's row in one month's report; amounts in 万元."""

    ledger: ClassVar[str] = "progress"
    month: Month
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

    @property
    def of_month(self) -> Month | None:
        return self.month

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
class Receipt(Record):
    """A report's arrival, from the office's 报送登记簿 or from our 收件登记簿: B-11 and K-10(1), the basis of K-20(1)."""

    ledger: ClassVar[str] = "receipt"
    unit: str
    report_kind: str | None  # one of REPORT_KINDS
    month: Month | None
    received_at: datetime | None
    line: int = 0  # of the 收件登记簿; 0: noted by hand in the 报送登记簿

    @property
    def of_month(self) -> Month | None:
        return self.month

    @property
    def units(self) -> tuple[str, ...]:
        return (self.unit,)

    def with_units(self, units: tuple[str, ...]) -> Self:
        return replace(self, unit=units[0])
