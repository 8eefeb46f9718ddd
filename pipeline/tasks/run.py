"""From a year that was read to its documents: compose, then issue."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import __version__
from pipeline.errors import GongwenError, TemplateError
from pipeline.outputs.file_names import place_key, safe_name
from pipeline.outputs.manifest import Origin, Seen, digest
from pipeline.outputs.room import require_room
from pipeline.outputs.store import Saved, Store
from pipeline.papers.paper_kind import Draft, DraftedKind, HeldBack, PaperKind, Reason, Request
from pipeline.papers.paper_kinds import ALL_KINDS, KINDS
from pipeline.program import program_digest
from pipeline.records.period import Period
from pipeline.records.settings import STRICT_PAGE
from pipeline.registers.unseen import said
from pipeline.tasks.batches import WORTH_IT, Order, local_processes, produce_all
from pipeline.tasks.year import YearRead, require_known
from pipeline.tasks.year_ledgers import Advance, nothing
from pipeline.word.issuing import Paper
from pipeline.word.template import Template
from pipeline.word.template_check import TemplateProblem, check_template, sentences
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """What became of one document; exactly one of ``saved`` and ``reasons`` says something."""

    kind: DraftedKind
    title: str
    saved: tuple[Saved, ...] = ()
    reasons: tuple[Reason, ...] = ()  # why it is withheld
    notes: tuple[Reason, ...] = ()
    not_yet: str = ""  # why its time has not come, where it is withheld for that


def check_templates(workspace: Workspace) -> list[TemplateProblem]:
    """Every misspelt or forbidden placeholder in the templates of all kinds."""
    return _read_templates(workspace, ALL_KINDS)[1]


def checked_templates(workspace: Workspace, kinds: Iterable[PaperKind]) -> dict[str, Template]:
    """The kinds' templates, checked before anything is rendered. Raises ``TemplateError``."""
    templates, problems = _read_templates(workspace, kinds)
    if problems:
        raise TemplateError(sentences(problems))
    return templates


def _read_templates(
    workspace: Workspace, kinds: Iterable[PaperKind]
) -> tuple[dict[str, Template], list[TemplateProblem]]:
    """The templates that can be used, and what is wrong with the others."""
    templates, problems = {}, []
    for kind in kinds:
        for name, names in kind.templates.items():
            template, found = check_template(workspace.template(name), name, names)
            problems += found
            if template:
                templates[name] = template
    return templates, problems


def requested(year: YearRead, period: Period, unit: str = "", project: str = "") -> Request:
    """What a command asks for; an unknown unit or project is a ``GongwenError`` with the nearest name."""
    basis = year.basis
    projects = {row.project_name for row in basis.declared.values()}
    projects |= {row.project_name for row in basis.sponsorships.values()}
    units = set(basis.declaring_units.values()) | {row.name for row in basis.ledgers.units}
    if not basis.ledgers.unseen:  # else it may stand where nobody can look
        require_known("责任单位", unit, units)
        require_known("项目", project, projects)
    reported = sorted({row.month for row in basis.ledgers.progress})
    return Request((period.month,) if period.month else tuple(reported), unit, project)


def kinds_for(period: Period, only: DraftedKind | None = None) -> list[DraftedKind]:
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
    kinds: tuple[DraftedKind, ...]
    whole: bool
    pieces: tuple[tuple[DraftedKind, Draft | HeldBack], ...]
    sources: Mapping[str, Mapping[str, str]]  # by kind: the ledgers that it rests on, with their SHA-256
    strict: bool = False  # the stricter page of GB/T 33476.2
    seen: Mapping[str, Seen] = field(default_factory=dict)  # every ledger of the year, used or not
    unsure: frozenset[str] = frozenset()  # kinds (slugs) of which an error may hide what they would ask for
    partial: bool = False  # a part of the year can't be seen: nothing is issued, and nothing is out of date

    @property
    def documents(self) -> int:
        return sum(isinstance(piece, Draft) for _, piece in self.pieces)


@dataclass(frozen=True)
class Issued:
    """What a job came to; ``left_over`` are documents of earlier runs that are no longer asked for."""

    outcomes: tuple[Outcome, ...]
    left_over: tuple[Path, ...] = ()


def compose(year: YearRead, kinds: Sequence[DraftedKind], request: Request, *, whole: bool = False) -> Job:
    """All contexts at once, so that the number of documents is known before the first is written."""
    if unseen := year.ledgers.unseen:
        why = (Reason(sentences=(said(unseen, "没有编制"),)),)
        held = tuple((kind, HeldBack(kind.name, why)) for kind in kinds)
        return Job(year.ledgers.year, tuple(kinds), False, held, {}, partial=True)
    pieces = [(kind, piece) for kind in kinds for piece in kind.drafts(year.basis, request)]
    sources = {
        kind.slug: {file.file: file.sha256 for file in year.ledgers.files if set(file.ledgers) & set(kind.ledgers)}
        for kind in kinds
    }
    strict = year.basis.settings.page == STRICT_PAGE
    seen = {file.file: Seen(file.sha256, file.ledgers) for file in year.ledgers.files}
    unplaced = year.basis.soundness.unplaced
    unsure = frozenset(kind.slug for kind in kinds if unplaced.intersection(kind.ledgers))
    return Job(year.ledgers.year, tuple(kinds), whole, tuple(distinct(pieces)), sources, strict, seen, unsure)


def distinct(
    pieces: Iterable[tuple[DraftedKind, Draft | HeldBack]],
) -> Iterator[tuple[DraftedKind, Draft | HeldBack]]:
    """Two drafts never share a file: a later one of the same name gets a number."""
    taken: set[str] = set()
    for kind, piece in pieces:
        if isinstance(piece, Draft):
            while (place := place_key(_place(kind, piece))) in taken:
                piece = replace(piece, number=piece.number + 1)
            taken.add(place)
        yield kind, piece


def _place(kind: DraftedKind, draft: Draft) -> str:
    """Below outputs/ and the year, without suffix."""
    return f"{kind.folder}/{safe_name(draft.stem)}"


@dataclass(frozen=True)
class _Wanted:
    """One document with its place and origin."""

    kind: DraftedKind
    draft: Draft
    place: str  # below outputs/, without suffix
    origin: Origin
    order: Order
    estimate: int  # bytes, rather too many: text packs well

    @property
    def files(self) -> tuple[str, ...]:
        return (f"{self.place}.docx", *([f"{self.place}台账.xlsx"] if self.draft.ledger_beside else []))


def issue(
    workspace: Workspace,
    job: Job,
    advance: Advance = nothing,
    *,
    force: bool = False,
    processes: int = 1,
    executor: Executor | None = None,
) -> Issued:
    """Render and write every draft that is not up to date; ``force``: every draft.

    Many are spread over ``processes``, or over the ``executor`` of a cluster. Raises ``TemplateError`` before the
    first file, ``BusyError`` while another run writes there, ``OutputError`` at a full disk.
    """
    wanted = _all_wanted(workspace, job)
    with Store.open(workspace.outputs) as store:
        saved = {} if force else _up_to_date(store, wanted, advance)
        rest = [each for each in wanted if each.place not in saved]
        orders = [each.order for each in rest]
        require_room(workspace.outputs, sum(each.estimate for each in rest))
        many = processes if len(orders) >= WORTH_IT and executor is None else 1
        with local_processes(many) as pool:
            for each, made in zip(rest, produce_all(orders, executor or pool), strict=True):
                parts = [made.document, *([made.ledger] if made.ledger is not None else [])]
                saved[each.place] = tuple(
                    store.save(name, data, each.origin) for name, data in zip(each.files, parts, strict=True)
                )
                advance()
        left_over = store.left_over(str(job.year), _held_back(job)) if job.whole else []
        if not job.partial:
            store.saw(f"inputs/{job.year}/", job.seen)
    final = {place: tuple(map(store.final, files)) for place, files in saved.items()}
    ready = iter(wanted)
    outcomes = [
        Outcome(kind, piece.title, reasons=piece.reasons, not_yet=piece.not_yet) if isinstance(piece, HeldBack)
        else _made(next(ready), final)
        for kind, piece in job.pieces
    ]  # fmt: skip
    return Issued(tuple(outcomes), tuple(store.root / key for key in left_over))


def _made(wanted: _Wanted, final: Mapping[str, tuple[Saved, ...]]) -> Outcome:
    """What became of a document, and what must be known of it."""
    saved, blueprint = final[wanted.place], wanted.kind.blueprint(wanted.draft.template)
    notes = wanted.draft.notes
    if blueprint.pages:
        with suppress(OSError):  # moved away meanwhile, which ``verify`` tells
            notes += blueprint.overlong(saved[0].path.read_bytes())
    return Outcome(wanted.kind, wanted.draft.title, saved, notes=notes)


def _held_back(job: Job) -> Callable[[str, Origin], bool]:
    """Tells of an earlier document (place and origin) whether it is still asked for and only held back by an error.

    Such a document may be valid and issued: it is no left-over.
    """
    stems: dict[str, list[str]] = {}  # by template
    for kind, piece in job.pieces:
        if isinstance(piece, HeldBack):
            for template in kind.templates:
                stems.setdefault(template, []).extend(map(safe_name, (piece.title, *piece.goes_with)))
    unsure = {template for kind in job.kinds if kind.slug in job.unsure for template in kind.templates}

    def is_held(place: str, origin: Origin) -> bool:
        # Its ledger 台账 and a （新版） beside it begin with the document's own name.
        named = Path(place).name.startswith(tuple(stems.get(origin.template, ())))
        return named or origin.template in unsure

    return is_held


def drafts_by_file(workspace: Workspace, job: Job) -> dict[str, tuple[Draft, Origin]]:
    """Each draft of a job with its origin, by every file below outputs/ that it becomes. Raises ``TemplateError``."""
    return {name: (each.draft, each.origin) for each in _all_wanted(workspace, job) for name in each.files}


def _all_wanted(workspace: Workspace, job: Job) -> list[_Wanted]:
    templates = checked_templates(workspace, job.kinds)
    hashes = {name: digest(template.data) for name, template in templates.items()}
    sources = {slug: {**files, **workspace.choices()} for slug, files in job.sources.items()}
    return [
        _wanted(job, kind, piece, templates[piece.template], hashes[piece.template], sources[kind.slug])
        for kind, piece in job.pieces
        if isinstance(piece, Draft)
    ]


def _up_to_date(store: Store, wanted: Sequence[_Wanted], advance: Advance) -> dict[str, tuple[Saved, ...]]:
    """The documents that stand as they would be made."""
    found = {}
    for each in wanted:
        files = [store.up_to_date(name, each.origin) for name in each.files]
        if all(files):
            found[each.place] = tuple(file for file in files if file)
            advance()
    return found


def _wanted(
    job: Job,
    kind: DraftedKind,
    draft: Draft,
    template: Template,
    template_sha256: str,
    sources: Mapping[str, str],
) -> _Wanted:
    paper = Paper(job.strict, draft.preprinted)
    order = Order(template, draft.context, paper, draft.ledger_beside)
    parts = (program_digest(), draft.template, template_sha256, repr(paper), repr(draft.context))
    said = "\0".join(parts).encode("utf-8", "surrogatepass")
    origin = Origin(
        digest(said), draft.template, template_sha256, __version__, tuple(map(str, kind.articles)), sources,
    )  # fmt: skip
    place = f"{job.year}/{_place(kind, draft)}"
    return _Wanted(kind, draft, place, origin, order, len(template.data) + len(said))
