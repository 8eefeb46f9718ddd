"""A period and its ledgers, read and judged: where every command starts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.checks.runner import run_rules
from pipeline.errors import GongwenError
from pipeline.facts.basis import Basis
from pipeline.facts.case import Case
from pipeline.facts.soundness import Soundness
from pipeline.records.finding import Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.nearest import HINT, perhaps
from pipeline.records.period import Period
from pipeline.records.settings import OfficeSettings
from pipeline.registers.unseen import UNSEEN
from pipeline.tasks.year_ledgers import Advance, ledgers_of, nothing
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class YearRead:
    """A year's ledgers, judged."""

    ledgers: Ledgers
    findings: tuple[Finding, ...]
    basis: Basis
    earlier: Ledgers | None = None  # the year before, where it is there


def require_known(what: str, name: str, names: Iterable[str]) -> None:
    """Raise ``GongwenError`` with the nearest name where ``name`` (of a ``what``) is none of ``names``."""
    known = tuple(names)
    if name and name_key(name) not in map(name_key, known):
        raise GongwenError(f"台账中没有{what}“{name}”{perhaps(name, known, HINT)}")


def periods_of(workspace: Workspace, period: Period | None, files: Sequence[Path] = ()) -> list[Period]:
    """The period asked for, or every year that has ledgers; raises ``GongwenError`` where there is none.

    With ``files`` only the years that they belong to; one from elsewhere is compared with the latest year.
    """
    if period:
        for path in files:
            if _year_of(workspace, path) not in (None, period.year):
                raise GongwenError(f"“{path}”不在{period.year}年度的文件夹中，请核对期间")
        return [period]
    years = workspace.years()
    if not years:
        raise GongwenError(f"{workspace.inputs}中没有年度文件夹（如2027），还没有可读的台账")
    wanted = {_year_of(workspace, path) or years[-1] for path in files}
    return [Period(year) for year in sorted(wanted or years)]


def _year_of(workspace: Workspace, path: Path) -> int | None:
    """The year in whose folder a file stands; None for a file from elsewhere."""
    inside = (year for year in workspace.years() if path.resolve().is_relative_to(workspace.inputs / str(year)))
    return next(inside, None)


def read_year(
    workspace: Workspace,
    period: Period,
    files: Sequence[Path] = (),
    advance: Advance = nothing,
    *,
    anew: bool = False,
) -> YearRead:
    """Read and judge a year; ``files`` restricts the findings to these ledgers, the rest is still compared.

    With ``anew`` every file is read, whatever earlier commands remember, and nothing is remembered of it.
    """
    settings = workspace.settings()
    strays = [path for path in files if _year_of(workspace, path) is None]
    ledgers = ledgers_of(workspace, period.year, settings, strays, advance, anew=anew)
    earlier = _year_before(workspace, period.year, settings, anew=anew) if ledgers.declarations else None
    findings = judged(ledgers, settings, period, earlier)
    basis = Basis(ledgers, settings, Soundness.of(findings, ledgers))
    if files:
        wanted = {_shown_path(workspace, path) for path in files}
        findings = tuple(each for each in findings if each.file in wanted or each.rule == UNSEEN)
    return YearRead(ledgers, findings, basis, earlier)


def _year_before(workspace: Workspace, year: int, settings: OfficeSettings, *, anew: bool) -> Ledgers | None:
    """The ledgers of the year before, of which no figure, only reminders rest.

    None also where a part of them can't be seen.
    """
    found = ledgers_of(workspace, year - 1, settings, anew=anew) if year - 1 in workspace.years() else None
    return None if found is None or found.unseen else found


def judged(
    ledgers: Ledgers, settings: OfficeSettings, period: Period, earlier: Ledgers | None = None
) -> tuple[Finding, ...]:
    """Every finding of the year as it stands at the end of the period, beside the ``earlier`` year where it is known."""
    return run_rules(Case(ledgers, settings, _as_of(ledgers, period), earlier))


def _shown_path(workspace: Workspace, path: Path) -> str:
    whole = path.resolve()
    return whole.relative_to(workspace.root).as_posix() if whole.is_relative_to(workspace.root) else path.name


def _as_of(ledgers: Ledgers, period: Period) -> date:
    """The day of judgement: the end of the month asked for, else of the last month reported."""
    if period.month:
        return period.month.last_day
    months = [row.month for row in ledgers.progress]
    return max(months).last_day if months else date(ledgers.year, 1, 1)
