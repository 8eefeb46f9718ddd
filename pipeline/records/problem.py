"""Problems and permits of a project (B-7, B-8(3), B-10, K-14, K-15)."""

from dataclasses import dataclass

from pipeline.records.names import name_key
from pipeline.records.period import PartialDay
from pipeline.records.source import Source


@dataclass(frozen=True)
class Problem:
    """One row of the problem ledger."""

    source: Source
    project_name: str
    problem: str | None
    kind: str | None  # one of PROBLEM_KINDS
    level: str | None  # one of HANDLING_LEVELS
    measure: str | None  # 方式
    steps: str | None  # 步骤
    deadline: PartialDay | None  # 时限
    person: str | None  # 负责人
    raised_on: PartialDay | None
    solved_on: PartialDay | None
    state: str | None  # one of PROBLEM_STATES

    @property
    def key(self) -> str:
        return name_key(self.project_name)


@dataclass(frozen=True)
class Procedure:
    """One permit of one project."""

    source: Source
    project_name: str
    permit: str | None
    office: str | None
    state: str | None  # one of PERMIT_STATES
    due: PartialDay | None
    done: PartialDay | None
    person: str | None

    @property
    def key(self) -> str:
        return name_key(self.project_name)
