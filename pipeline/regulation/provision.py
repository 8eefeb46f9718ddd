"""What one provision is: where it stands, how strictly it binds, what it asks, its figures by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from pipeline.records.citation import Citation
from pipeline.records.severity import Severity

IN_FORCE = date(2016, 10, 20)  # both measures were issued on this day and bind from it

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class Modality(Enum):
    """How strictly a provision binds; the value is shown to users."""

    MUST = "必须"
    PRINCIPLE = "原则上"
    UNLESS_GRANTED = "原则上，例外须由办公室写明理由"  # what the article leaves open, the office decides in office.toml
    RECORD = "记录在案"  # a breach is recorded for the year-end assessment, nothing is withheld
    VERIFY = "核实"  # the duty to be accurate, where figures disagree but may both have a reason

    @property
    def severity(self) -> Severity:
        """ERROR withholds what it touches, so only a plain duty, or one without the exception it allows, leads to it."""
        if self in (Modality.MUST, Modality.UNLESS_GRANTED):
            return Severity.ERROR
        return Severity.ADVICE if self is Modality.PRINCIPLE else Severity.WARNING


@dataclass(frozen=True)
class Dated(Generic[_T_co]):
    """A value that holds from a day on."""

    since: date
    value: _T_co


def on_day(history: Sequence[Dated[_T]], day: date) -> _T:
    """The value in force on ``day``; LookupError where none was yet in force."""
    in_force = [entry for entry in history if entry.since <= day]
    if not in_force:
        raise LookupError(f"nothing in force on {day.isoformat()}")
    return max(in_force, key=lambda entry: entry.since).value


@dataclass(frozen=True)
class Provision(Generic[_T_co]):
    """A duty. An amendment appends to ``values`` or ``amended``; what was in force stays readable."""

    slug: str
    citation: Citation
    modality: Modality
    duty: str  # what is asked, in our own words, without a full stop; ``Level.said`` completes it
    values: tuple[Dated[_T_co], ...] = ()
    amended: tuple[Dated[Modality], ...] = ()  # later modalities

    def value_on(self, day: date) -> _T_co:
        """The figure in force on ``day``; LookupError before the first or where there is none."""
        return on_day(self.values, day)

    def modality_on(self, day: date) -> Modality:
        """The modality in force on ``day``."""
        return on_day((Dated(date.min, self.modality), *self.amended), day)


def since_issue(value: _T) -> tuple[Dated[_T], ...]:
    """A history that starts with the value of 2016-10-20."""
    return (Dated(IN_FORCE, value),)
