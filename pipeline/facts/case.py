"""What the rules judge: a year's ledgers on a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.facts.year_index import YearIndex
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month


@dataclass(frozen=True, eq=False)
class Case(YearIndex):
    """One year to be judged on the day ``as_of``."""

    as_of: date
    earlier: Ledgers | None = None  # the year before, where it is known

    @cached_property
    def elapsed(self) -> tuple[Month, ...]:
        """Months of the year that are over on the day."""
        months = (Month(self.year, number) for number in range(1, 13))
        return tuple(month for month in months if month.last_day <= self.as_of)

    @cached_property
    def year_before(self) -> "Case | None":
        """The year before, indexed alike, as it stood at its end."""
        return Case(self.earlier, self.settings, date(self.year - 1, 12, 31)) if self.earlier else None
