"""A front without a terminal, in plain functions: what any page would call, and nothing of pipeline/cli."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from pipeline.errors import Cancelled
from pipeline.records.period import Period
from pipeline.records.task_progress import Cancellable, Step
from pipeline.tasks.day import day_of
from pipeline.tasks.desk import Question, Told
from pipeline.tasks.make_year import job_of
from pipeline.tasks.papers_standing import standing
from pipeline.tasks.preview import preview
from pipeline.tasks.receive import receive
from pipeline.tasks.run import Job, issue
from pipeline.tasks.trace import find_document, trace
from pipeline.tasks.year import YearRead, read_year
from pipeline.workspace import Workspace

Answer = Callable[[Question], str]


class Page(Cancellable):
    """What a page would show of a task; it cancels itself after ``most`` items."""

    def __init__(self, most: int | None = None) -> None:
        super().__init__()
        self.most, self.line, self.done = most, "", 0

    def begin(self, step: Step, total: int, year: int | None = None) -> None:
        self.line, self.done = f"{step.label(year)}，共{total}", 0

    def advance(self, name: str = "") -> None:
        self.done += 1
        self.line = f"{self.line.partition('：')[0]}：{name}"
        if self.done == self.most:
            self.cancel()


def take_in(workspace: Workspace, files: Sequence[Path], when: datetime, answer: Answer) -> list[str]:
    """Look at the files, ask what is unclear of each, receive them; a line for each."""
    told = {}
    for seen in preview(workspace, files, when):
        said = {question.asked.value: answer(question) for question in seen.questions}
        told[seen.path] = Told(unit=said.get("unit", ""), period=said.get("period", ""))
    received = receive(workspace, files, when, when, told_of=told)
    return [f"{each.path.name}｜{each.line.unit}｜{each.line.refusal or '收下'}" for each in received]


def read(workspace: Workspace, year: int) -> tuple[YearRead, Job]:
    found = read_year(workspace, Period(year))
    return found, job_of(found, Period(year))


def today(workspace: Workspace, day: date) -> dict[str, int]:
    """The figures that a page would begin with."""
    asked = day_of(workspace, day)
    return {"逾期未收": len(asked.missing), "迟报": len(asked.late), "快到期": len(asked.soon)}


def make(workspace: Workspace, job: Job, page: Page) -> str:
    """Make what is to be made; what the page shows in the end."""
    try:
        issue(workspace, job, page)
    except Cancelled as stopped:
        return str(stopped)
    return f"编好{page.done}份"


def stands(workspace: Workspace, job: Job) -> dict[str, str]:
    return {each.title: each.state.value for each in standing(workspace, job)}


def nth(workspace: Workspace, document: Path, number: int, year: YearRead) -> tuple[str, list[str]]:
    """The n-th number of a document, as printed, and the cells that it comes from."""
    found = trace(workspace, find_document(workspace, document), year).nth(number)
    cells = found.figure.addends if found.figure is not None else ()
    return found.number + found.unit, [f"{each.source.file} {each.cell}" for each in cells]
