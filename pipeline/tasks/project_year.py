"""One project in one year: all that the ledgers say of it, and what is wrong with it."""

from dataclasses import dataclass

from pipeline.errors import GongwenError
from pipeline.records.finding import Finding
from pipeline.records.names import name_key
from pipeline.records.nearest import HINT, perhaps
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.score import OnSiteScore
from pipeline.tasks.year import YearRead


@dataclass(frozen=True)
class ProjectYear:
    """The rows of one project, () or None where there are none; months oldest first."""

    name: str  # as declared, else as sponsored
    declaration: Declaration | None
    sponsorship: Sponsorship | None
    team: ProcedureTeam | None
    months: tuple[Progress, ...]
    problems: tuple[Problem, ...]
    procedures: tuple[Procedure, ...]
    nodes: tuple[WorkNode, ...]
    scores: tuple[OnSiteScore, ...]
    findings: tuple[Finding, ...]


def project_names(year: YearRead) -> tuple[str, ...]:
    """Every declared or sponsored project, each once, in the ledgers' order."""
    basis = year.basis
    rows: tuple[Declaration | Sponsorship, ...] = (*basis.declared.values(), *basis.sponsorships.values())
    return tuple({row.key: row.project_name for row in reversed(rows)}.values())[::-1]


def project_year(year: YearRead, name: str) -> ProjectYear:
    """What a year says of a project. Raises ``GongwenError`` for a name that is neither declared nor sponsored."""
    key, basis = name_key(name), year.basis
    declaration, sponsorship = basis.declared.get(key), basis.sponsorships.get(key)
    known = declaration or sponsorship
    if known is None:
        raise GongwenError(f"台账中没有项目“{name}”{perhaps(name, project_names(year), HINT)}")
    return ProjectYear(
        name=known.project_name,
        declaration=declaration,
        sponsorship=sponsorship,
        team=basis.teams.get(key),
        months=basis.progress.get(key, ()),
        problems=basis.problems.get(key, ()),
        procedures=basis.procedures.get(key, ()),
        nodes=basis.nodes.get(key, ()),
        scores=basis.scores.get(key, ()),
        findings=tuple(
            each for each in year.findings if key in {name_key(touched) for touched in (each.project, *each.projects)}
        ),
    )
