"""The reserve pool (K-12)."""

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records.record import LedRecord


@dataclass(frozen=True)
class ReserveProject(LedRecord):
    """One row of the reserve pool's ledger."""

    ledger: ClassVar[str] = "reserve"
    reserve_class: str | None
    stage: str | None
    paper: str | None
    decided: bool | None  # 经相关程序决定实施
    exit: str | None  # how it left the pool
