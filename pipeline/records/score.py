"""On-site scores of July (B-9, K-20(3))."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pipeline.records.record import LedRecord


@dataclass(frozen=True)
class OnSiteScore(LedRecord):
    """Every judge's score of one project, 0–100; unreadable scores are left out and reported."""

    ledger: ClassVar[str] = "score"
    scores: tuple[Decimal, ...]
