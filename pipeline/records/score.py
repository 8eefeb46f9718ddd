"""On-site scores of July (B-9, K-20(3))."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.records.names import name_key
from pipeline.records.source import Source


@dataclass(frozen=True)
class OnSiteScore:
    """Every judge's score of one project, 0–100; unreadable scores are left out and reported."""

    source: Source
    project_name: str
    lead_unit: str
    scores: tuple[Decimal, ...]
    joint_units: tuple[str, ...] = ()  # where the cell names several units: all, the leading one first

    @property
    def key(self) -> str:
        return name_key(self.project_name)
