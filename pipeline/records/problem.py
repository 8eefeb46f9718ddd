"""Problems and permits of a project (B-7, B-8(3), B-10, K-6(5), K-14)."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import ClassVar

from pipeline.records.field_catalogue import HANDLING_LEVELS
from pipeline.records.level import spellings
from pipeline.records.period import PartialDay
from pipeline.records.record import ProjectRecord

SOLVED, DONE, NOT_NEEDED = "已解决", "已办结", "不需办理"  # of PROBLEM_STATES and PERMIT_STATES


@dataclass(frozen=True)
class Problem(ProjectRecord):
    """One row of the problem ledger."""

    ledger: ClassVar[str] = "problem"
    problem: str | None
    kind: str | None  # one of PROBLEM_KINDS
    level: str | None  # one of HANDLING_LEVELS; the office as the unit names it: 区重大办
    measure: str | None  # 方式
    steps: str | None  # 步骤
    deadline: PartialDay | None  # 时限
    person: str | None  # 负责人
    raised_on: PartialDay | None
    solved_on: PartialDay | None
    state: str | None  # one of PROBLEM_STATES

    @property
    def next_level(self) -> str | None:
        """The level, as a wording, that takes over what this one can't solve (B-10); None above the last or no known one."""
        return next((after for one, after in pairwise(HANDLING_LEVELS) if self.level in spellings((one,))), None)

    def raised_by(self, day: date) -> bool:
        """Whether the problem was known by the end of ``day``; one without its date counts as known."""
        return self.raised_on is None or self.raised_on.earliest <= day

    def solved_by(self, day: date) -> bool:
        """Whether the problem was solved by the end of ``day``; one marked 已解决 without its date counts as solved."""
        return self.solved_on.latest <= day if self.solved_on else self.state == SOLVED

    def open_on(self, day: date) -> bool:
        """Whether the problem had been raised by the end of ``day`` and was not yet solved then."""
        return self.raised_by(day) and not self.solved_by(day)

    def overdue_on(self, day: date) -> bool:
        """Whether the problem was open on ``day`` and its deadline had passed: from the day after it (K-14)."""
        return self.deadline is not None and self.deadline.latest < day and self.open_on(day)


@dataclass(frozen=True)
class Procedure(ProjectRecord):
    """One permit of one project."""

    ledger: ClassVar[str] = "procedure"
    permit: str | None
    office: str | None
    state: str | None  # one of PERMIT_STATES
    due: PartialDay | None
    done: PartialDay | None
    person: str | None

    @property
    def needed(self) -> bool:
        """Whether the permit has to be obtained at all."""
        return self.state != NOT_NEEDED

    def done_on(self, day: date) -> bool:
        """Whether the permit was finished by the end of ``day``; one marked 已办结 without its date counts as finished."""
        return self.done.latest <= day if self.done else self.state == DONE

    def due_by(self, day: date) -> bool:
        """Whether the permit was to be finished by the end of ``day``."""
        return self.due is not None and self.due.latest <= day

    def overdue_on(self, day: date) -> bool:
        """Whether the permit is needed, was not finished on ``day``, and its due day had passed: from the day after it (K-15)."""
        late = self.due is not None and self.due.latest < day
        return late and self.needed and not self.done_on(day)
