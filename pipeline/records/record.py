"""What the rows of all ledgers have in common; a ledger's own class adds what it states beside it."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.source import Source


@dataclass(frozen=True)
class Record:
    """One row of a ledger; ``ledger`` is the slug of the kind of ledger that a class's rows stand in."""

    ledger: ClassVar[str]
    source: Source

    @property
    def subject(self) -> str:
        """The name of what the row is about; "" where it is about a report."""
        return ""

    @property
    def key(self) -> str:
        """What the row is about, however its name is spelt."""
        return name_key(self.subject)

    @property
    def project(self) -> str:
        """项目名称; "" of a row that is about no project."""
        return ""

    @property
    def of_month(self) -> Month | None:
        """The month of a periodic ledger's row."""
        return None

    @property
    def units(self) -> tuple[str, ...]:
        """The units that the row names, the leading one first; none where its ledger names none."""
        return ()

    def with_units(self, units: tuple[str, ...]) -> Self:
        """The same row under other names of its units, of which there is at least one."""
        return self

    @property
    def own_unit(self) -> str | None:
        """The unit that must mend the row, "" for none; None: the one that leads its project."""
        return next(iter(self.units), "")


@dataclass(frozen=True)
class ProjectRecord(Record):
    """A row about one project."""

    project_name: str

    @property
    def subject(self) -> str:
        return self.project_name

    @property
    def project(self) -> str:
        return self.project_name

    @property
    def own_unit(self) -> str | None:
        return None


@dataclass(frozen=True)
class LedRecord(ProjectRecord):
    """A row about one project that names the responsible unit, and all units where its cell names several."""

    lead_unit: str
    joint_units: tuple[str, ...] = field(default=(), kw_only=True)  # the leading one first

    @property
    def units(self) -> tuple[str, ...]:
        return self.joint_units or (self.lead_unit,)

    def with_units(self, units: tuple[str, ...]) -> Self:
        return replace(self, lead_unit=units[0], joint_units=units if len(units) > 1 else ())

    @property
    def own_unit(self) -> str | None:
        return self.lead_unit
