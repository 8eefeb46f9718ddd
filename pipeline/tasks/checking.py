"""Checking years or single files; a file from elsewhere is judged as if it were received now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.files.bounded_bytes import sha256_of
from pipeline.records.finding import Finding
from pipeline.records.grouping import grouped
from pipeline.records.period import Period
from pipeline.records.task_progress import SILENT, TaskProgress
from pipeline.spreadsheets.readers import SUFFIXES
from pipeline.tasks.preview import Preview, preview
from pipeline.tasks.year import YearRead, periods_of, read_year, year_of
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """What was found; ``previews`` are the files from elsewhere that would be taken in."""

    findings: tuple[Finding, ...]
    years: tuple[YearRead, ...]
    previews: tuple[Preview, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether not one row was read, so that no finding means nothing."""
        return not self.previews and not any(file.rows for year in self.years for file in year.ledgers.files)


def check(
    workspace: Workspace,
    period: Period | None = None,
    files: Sequence[Path] = (),
    progress: TaskProgress = SILENT,
) -> Checked:
    """Judge the period, or every year; with ``files`` only these ledgers.

    One from elsewhere that has the bytes of a ledger that is there is that ledger. Any other is judged as receiving
    would judge it, in place of the report that it would replace; where nobody could receive it as it is, beside the
    year. Raises ``GongwenError``.
    """
    twins = {path: _twin(workspace, path) for path in files if year_of(workspace, path) is None}
    new = [path for path, twin in twins.items() if twin is None and path.suffix.lower() in SUFFIXES]
    seen = preview(workspace, new, progress=progress) if new else ()
    taken = tuple(each for each in seen if not each.refusal)
    settled = {each.path for each in taken}
    rest = list(dict.fromkeys(twins.get(path) or path for path in files if path not in settled))
    asked = periods_of(workspace, period, rest) if rest or not files else []
    years = tuple(read_year(workspace, each, rest, progress) for each in asked)
    copies = grouped(
        (path for path, twin in twins.items() if twin is not None),
        lambda path: (twins[path] or path).relative_to(workspace.root).as_posix(),
    )
    names = {ledger: [path.name for path in paths] for ledger, paths in copies.items()}
    every = [finding for year in years for finding in year.findings]
    found = [replace(each, file=name) for each in every for name in names.get(each.file, [each.file])]
    return Checked((*found, *(finding for each in taken for finding in each.findings)), years, taken)


def _twin(workspace: Workspace, path: Path) -> Path | None:
    """The ledger of the latest year that has the very same bytes."""
    size, sha256 = path.stat().st_size, ""
    for year in reversed(workspace.years()):
        for ledger in workspace.ledger_files(year):
            if ledger.stat().st_size == size:
                sha256 = sha256 or sha256_of(path)
                if sha256_of(ledger) == sha256:
                    return ledger
    return None
