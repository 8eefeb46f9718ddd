"""The people and units of the district (B-4, B-7, K-9, K-11(2), K-16)."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from pipeline.records.record import Record


@dataclass(frozen=True)
class Leader(Record):
    """A district leader; ``portfolio`` lists the sectors and fields in their charge."""

    ledger: ClassVar[str] = "leader"
    name: str
    post: str | None
    portfolio: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.name


@dataclass(frozen=True)
class Unit(Record):
    """A responsible unit (责任单位) and the people it must name (K-9(2), K-16)."""

    ledger: ClassVar[str] = "unit"
    name: str
    leader: str | None  # 分管领导
    section: str | None  # 责任科室
    person: str | None  # 责任人
    liaison: str | None  # 联络员
    phone: str | None

    @property
    def subject(self) -> str:
        return self.name

    @property
    def units(self) -> tuple[str, ...]:
        return (self.name,)

    def with_units(self, units: tuple[str, ...]) -> Self:
        return replace(self, name=units[0])
