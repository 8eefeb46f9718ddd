"""The people and units of the district (B-4, B-7, K-9, K-11(2), K-16)."""

from dataclasses import dataclass

from pipeline.records.names import name_key
from pipeline.records.source import Source

OFFICE = "区重大办"  # who keeps the lists that no unit sends


@dataclass(frozen=True)
class Leader:
    """A district leader; ``portfolio`` lists the sectors and fields in their charge."""

    source: Source
    name: str
    post: str | None
    portfolio: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A responsible unit (责任单位) and the people it must name (K-9(2), K-16)."""

    source: Source
    name: str
    leader: str | None  # 分管领导
    section: str | None  # 责任科室
    person: str | None  # 责任人
    liaison: str | None  # 联络员
    phone: str | None

    @property
    def key(self) -> str:
        return name_key(self.name)
