"""From a year that was read to its documents: compose, then issue."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.documents.kind import DocumentKind, Draft, HeldBack, Request
from pipeline.documents.kinds import KINDS
from pipeline.errors import GongwenError, TemplateError
from pipeline.outputs.names import safe_name
from pipeline.outputs.store import Saved, Store
from pipeline.records.names import name_key
from pipeline.rendering.issuing import Paper, issue_document
from pipeline.rendering.template import Template
from pipeline.rendering.template_check import TemplateProblem, check_template
from pipeline.rendering.workbook import project_ledger
from pipeline.workspace import Workspace
from pipeline.year import Advance, Period, YearRead, nothing


@dataclass(frozen=True)
class Outcome:
    """What became of one document; exactly one of ``saved`` and ``reason`` says something."""

    kind: DocumentKind
    title: str
    saved: tuple[Saved, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


def check_templates(workspace: Workspace, kinds: Iterable[DocumentKind] = KINDS) -> list[TemplateProblem]:
    """Every misspelt or forbidden placeholder in the templates of these kinds."""
    return [
        problem
        for kind in kinds
        for name, names in kind.templates.items()
        for problem in check_template(workspace.template(name), name, names)
    ]


def _compiled(workspace: Workspace, kinds: Sequence[DocumentKind]) -> dict[str, Template]:
    """The kinds' templates, checked before anything is rendered. Raises ``TemplateError``."""
    problems = check_templates(workspace, kinds)
    if problems:
        raise TemplateError("\n".join(problem.sentence for problem in problems))
    names = [name for kind in kinds for name in kind.templates]
    return {name: Template.compile(workspace.template(name), name) for name in names}


def requested(year: YearRead, period: Period, unit: str = "", project: str = "") -> Request:
    """What a command asks for; an unknown unit or project is a ``GongwenError`` with the nearest name."""
    basis = year.basis
    projects = {row.project_name for row in basis.declared.values()}
    projects |= {row.project_name for row in basis.sponsorships.values()}
    units = set(basis.declaring_units.values()) | {row.name for row in basis.ledgers.units}
    _known("责任单位", unit, units)
    _known("项目", project, projects)
    reported = sorted({row.month for row in basis.ledgers.progress})
    return Request((period.month,) if period.month else tuple(reported), unit, project)


def _known(what: str, name: str, names: Iterable[str]) -> None:
    by_key = {name_key(each): each for each in sorted(names)}
    if name and name_key(name) not in by_key:
        near = difflib.get_close_matches(name_key(name), by_key, n=1, cutoff=0.3)
        hint = f"，是否为“{by_key[near[0]]}”" if near else ""
        raise GongwenError(f"台账中没有{what}“{name}”{hint}")


def kinds_for(period: Period, only: DocumentKind | None = None) -> list[DocumentKind]:
    """The kinds that a period asks for: a month its monthly kinds, a year all."""
    if only:
        if period.month and not only.monthly:
            raise GongwenError(f"{only.name}按年度编制，期间请写成{period.year}")
        return [only]
    return [kind for kind in KINDS if kind.monthly or period.month is None]


@dataclass(frozen=True)
class Job:
    """Everything that is to be issued, composed and not yet rendered.

    ``whole``: all that the year asks for, so that a document of an earlier run which is not among it is out of date.
    """

    year: int
    kinds: tuple[DocumentKind, ...]
    whole: bool
    pieces: tuple[tuple[DocumentKind, Draft | HeldBack], ...]


@dataclass(frozen=True)
class Issued:
    """What a job came to; ``left_over`` are documents of earlier runs that are no longer asked for."""

    outcomes: tuple[Outcome, ...]
    left_over: tuple[Path, ...] = ()


def compose(year: YearRead, kinds: Sequence[DocumentKind], request: Request, *, whole: bool = False) -> Job:
    """All contexts at once, so that the number of documents is known before the first is written."""
    pieces = [(kind, piece) for kind in kinds for piece in kind.drafts(year.basis, request)]
    return Job(year.ledgers.year, tuple(kinds), whole, tuple(_distinct(pieces)))


def _distinct(
    pieces: Iterable[tuple[DocumentKind, Draft | HeldBack]],
) -> Iterator[tuple[DocumentKind, Draft | HeldBack]]:
    """Two drafts never share a file: a later one of the same name gets a number."""
    taken: set[str] = set()
    for kind, piece in pieces:
        if isinstance(piece, Draft):
            stem, number = piece.stem, 1
            while (place := f"{piece.folder}/{safe_name(stem)}".casefold()) in taken:
                number += 1
                stem = f"{piece.stem}（{number}）"
            taken.add(place)
            piece = replace(piece, stem=stem)
        yield kind, piece


def issue(workspace: Workspace, job: Job, advance: Advance = nothing) -> Issued:
    """Render and write every draft. Raises ``TemplateError`` before the first file, ``OutputError`` at a full disk."""
    templates = _compiled(workspace, job.kinds)
    strict = workspace.settings().page == "从严"
    outcomes = []
    with Store.open(workspace.outputs) as store:
        for kind, piece in job.pieces:
            if isinstance(piece, HeldBack):
                outcomes.append(Outcome(kind, piece.title, reason=piece.reason))
            else:
                outcomes.append(
                    _issue_one(store, job.year, kind, piece, templates[piece.template], strict=strict)
                )
            advance()
        left_over = store.left_over(str(job.year)) if job.whole else []
        store.commit()
        final = [
            replace(each, saved=tuple(store.final(saved) for saved in each.saved)) for each in outcomes
        ]
    return Issued(tuple(final), tuple(store.root / key for key in left_over))


def _issue_one(
    store: Store, year: int, kind: DocumentKind, draft: Draft, template: Template, *, strict: bool
) -> Outcome:
    place = f"{year}/{draft.folder}/{safe_name(draft.stem)}"
    document = issue_document(template, draft.context, Paper(strict, draft.preprinted))
    saved = [store.save(f"{place}.docx", document)]
    if draft.ledger_beside:
        saved.append(store.save(f"{place}台账.xlsx", project_ledger(draft.context)))
    return Outcome(kind, draft.title, tuple(saved), notes=draft.notes)
