"""A key project as its unit declared it for a year (K-8)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from pipeline.records.names import name_key
from pipeline.records.period import Span
from pipeline.records.record import LedRecord
from pipeline.records.source import Source


@dataclass(frozen=True)
class Declaration(LedRecord):
    """One row of a declaration ledger; amounts in 万元, ``None`` where the ledger gives no usable value."""

    ledger: ClassVar[str] = "declaration"
    owner: str | None
    site: str | None
    content: str | None
    four_class: str | None  # one of CLASSES
    sector: str | None  # one of SECTORS
    span: Span | None
    total_investment: Decimal | None
    invested_before: Decimal | None  # up to the end of the year before
    year_plan: Decimal | None
    physical_goal: str | None
    work_goal: str | None  # 前期 projects
    fund_source: str | None
    fund_secured: str | None
    co_unit: str | None
    task: str | None
    person: str | None
    papers: tuple[bool | None, bool | None, bool | None, bool | None]  # K-8(2)1–4, in order
    linked_leaders: tuple[str, ...] = ()  # 联系领导, K-11(2); a sponsored project has its 包联领导

    def is_continuing(self, year: int) -> bool:
        """续建: construction started before the plan year; everything else counts as 新建."""
        return self.span is not None and self.span.start.latest.year < year

    @property
    def goal(self) -> str | None:
        """形象进度, or 工作进度 of a 前期 project (K-8(2)5)."""
        return self.work_goal if self.four_class == "前期储备" else self.physical_goal


@dataclass(frozen=True)
class DeclaredChange:
    """A project that a unit's later declaration brought in, or that it left out, by the register of receipts (K-7(3))."""

    source: Source  # in the archived original
    project_name: str
    lead_unit: str
    line: int  # of the register: the first that declares what was brought in, the last that declared what was left out
    received_on: date
    dropped: bool

    @property
    def key(self) -> str:
        return name_key(self.project_name)
