"""How each paper of a year stands: up to date, to be made, edited by hand, withheld. Only looked at, never locked."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from pipeline.errors import OutputError
from pipeline.outputs.journal import finished
from pipeline.outputs.manifest import Entry, Manifest, Origin
from pipeline.outputs.standing import NOTHING, look, state_of, untouched
from pipeline.papers.paper_kind import DraftedKind, HeldBack, Reason
from pipeline.tasks.run import Job, Wanted, all_wanted
from pipeline.workspace import Workspace


class PaperState(Enum):
    """How a paper stands; the value is what users see. Of a paper's several files the first of these counts."""

    UNREADABLE = "读不出"
    EDITED = "改过"  # what is made anew will stand beside it
    MISSING = "没有编"
    STALE = "要更新"
    CURRENT = "最新"
    HELD_BACK = "暂缓"


@dataclass(frozen=True)
class PaperStanding:
    """One paper that a job asks for; ``reasons`` say why it is withheld, ``notes`` what must be known of it."""

    kind: DraftedKind
    title: str
    state: PaperState
    files: tuple[str, ...] = ()  # below outputs/, there or not
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    not_yet: str = ""  # why its time has not come, where it is withheld for that


def standing(workspace: Workspace, job: Job) -> tuple[PaperStanding, ...]:
    """Every paper of a job, in its order: what ``issue`` would find. Nothing is written, no lock is taken or waited for.

    While another run writes, what it has put in its place counts already. Raises ``TemplateError``, ``OutputError``
    for a record that can't be read.
    """
    known, root = _known(workspace), workspace.outputs
    ours = {entry.written for entry in known.values() if entry.composed}
    wanted = iter(all_wanted(workspace, job))

    def stands(paper: Wanted) -> PaperStanding:
        states = {_state(f"{root}/{name}", known.get(name), paper.origin, ours) for name in paper.files}
        state = next(each for each in PaperState if each in states)
        return PaperStanding(paper.kind, paper.draft.title, state, paper.files, notes=paper.draft.notes)

    return tuple(
        PaperStanding(kind, piece.title, PaperState.HELD_BACK, reasons=piece.reasons, not_yet=piece.not_yet)
        if isinstance(piece, HeldBack)
        else stands(next(wanted))
        for kind, piece in job.pieces
    )


def _known(workspace: Workspace) -> dict[str, Entry]:
    """What the program wrote, by place below outputs/, also of a run that goes on or died."""
    root = workspace.outputs
    known = dict(Manifest.read(root).entries)
    try:
        known.update({name: entry for name, entry, _ in finished(root)})
    except OSError as problem:
        raise OutputError(f"{problem.filename}读不出来（系统错误{problem.errno}）") from None
    return known


def _state(place: str, entry: Entry | None, origin: Origin, ours: Collection[str]) -> PaperState:
    try:
        if state_of(place) == NOTHING:
            return PaperState.MISSING
        if entry is not None and untouched(place, entry) is not None:
            same = entry.origin is not None and entry.origin.recipe == origin.recipe
            return PaperState.CURRENT if same else PaperState.STALE
        return PaperState.STALE if look(place)[1] in ours else PaperState.EDITED
    except OSError:
        return PaperState.UNREADABLE
