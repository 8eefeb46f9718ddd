"""Making the papers of a period: read and judge its year, compose what it asks for, issue."""

from concurrent.futures import Executor

from pipeline.outputs.store import Store
from pipeline.papers.paper_kind import DraftedKind
from pipeline.records.period import Period
from pipeline.records.task_progress import SILENT, TaskProgress
from pipeline.tasks.run import Issued, Job, compose, issue, kinds_for, requested
from pipeline.tasks.year import YearRead, read_year
from pipeline.workspace import Workspace
from pipeline.workspace.readings import forget


def job_of(year: YearRead, period: Period, only: DraftedKind | None = None, unit: str = "", project: str = "") -> Job:
    """What a period asks for of its year: ``only`` one kind, one unit, one project. Raises ``GongwenError``."""
    whole = only is None and period.month is None
    return compose(year, kinds_for(period, only), requested(year, period, unit, project), whole=whole)


def make_year(
    workspace: Workspace,
    period: Period,
    only: DraftedKind | None = None,
    unit: str = "",
    project: str = "",
    progress: TaskProgress = SILENT,
    *,
    force: bool = False,
    processes: int = 1,
    executor: Executor | None = None,
) -> tuple[YearRead, Issued]:
    """Read the year and issue what the period asks for. ``force``: every ledger is read and every paper made anew.

    Raises ``BusyError`` or ``OutputError`` before any work where outputs/ can't be written, ``GongwenError``.
    """
    with Store.open(workspace.outputs):
        pass
    if force:
        forget(workspace)
    year = read_year(workspace, period, progress=progress, anew=force)
    job = job_of(year, period, only, unit, project)
    return year, issue(workspace, job, progress, force=force, processes=processes, executor=executor)
