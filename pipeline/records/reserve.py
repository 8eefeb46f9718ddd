"""The reserve pool (K-12)."""

from dataclasses import dataclass

from pipeline.records.names import name_key
from pipeline.records.source import Source


@dataclass(frozen=True)
class ReserveProject:
    """One row of the reserve pool's ledger."""

    source: Source
    project_name: str
    lead_unit: str
    reserve_class: str | None
    stage: str | None
    paper: str | None
    decided: bool | None  # 经相关程序决定实施
    exit: str | None  # how it left the pool
    joint_units: tuple[str, ...] = ()  # where the cell names several units: all, the leading one first

    @property
    def key(self) -> str:
        return name_key(self.project_name)
