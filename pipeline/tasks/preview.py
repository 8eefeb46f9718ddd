"""What receiving a file would do: what it is, what must be asked, what it takes the place of, what is wrong in it.

Nothing is archived, registered or put in place.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import OutputError
from pipeline.files.bounded_bytes import require_within, sha256_of
from pipeline.files.disk_trouble import reason
from pipeline.records.field_catalogue import HALF_MONTHLY
from pipeline.records.finding import Finding
from pipeline.records.limits import ARCHIVED_BYTES
from pipeline.records.receipt_line import Mended, RecordedFinding, RegisterLine, compare_findings
from pipeline.records.task_progress import SILENT, Step, TaskProgress
from pipeline.registers.received_archive import Archived
from pipeline.registers.register import Register
from pipeline.registers.unseen import require_all_seen
from pipeline.spreadsheets.readers import SUFFIXES, Readers
from pipeline.tasks.desk import WRITTEN, Desk, Identity, Incoming, Question, Told
from pipeline.tasks.parcels import opened
from pipeline.tasks.receive import batches, unheard
from pipeline.tasks.taking import Counter, Plan
from pipeline.workspace import Workspace
from pipeline.workspace.readings import Readings

NO_TIME = datetime(9999, 12, 31)  # noqa: DTZ001 - local, after everything that has come


@dataclass(frozen=True)
class Preview:
    """One report as it would be taken in; a file of several months is several."""

    path: Path
    identity: Identity | None  # None where it would be refused
    refusal: str = ""  # why, without full stop
    questions: tuple[Question, ...] = ()  # whose answers would let it in
    place: str = ""  # of the working copy, in the workspace
    repeats: RegisterLine | None = None  # the very bytes that count already
    replaces: tuple[RegisterLine, ...] = ()
    retired: tuple[str, ...] = ()  # working copies that would leave the reading
    findings: tuple[Finding, ...] = ()  # with the year; their file is the one that was given
    mended: Mended | None = None  # compared with the report that it takes the place of
    remarks: tuple[str, ...] = ()


def preview(
    workspace: Workspace,
    files: Sequence[Path],
    received_at: datetime = NO_TIME,
    told: Told | None = None,
    progress: TaskProgress = SILENT,
    say: Callable[[str], None] = unheard,
    told_of: Mapping[Path, Told] = MappingProxyType({}),
) -> tuple[Preview, ...]:
    """What ``receive`` of the same would do, each file beside the year as it is now.

    Raises what ``receive`` raises, but for what it can't write.
    """
    settings, told = workspace.settings(), told or Told()
    Register.open(workspace).require_whole()
    require_all_seen(workspace)
    suffixes = (*SUFFIXES, *(WRITTEN if told.kind in HALF_MONTHLY else ()))
    incoming: list[Incoming] = []
    memory = Readings.open(workspace, settings)
    try:
        with opened(files, suffixes, settings.limits) as parcel, Readers(settings.limits) as readers:
            for sentence in parcel.left:
                say(sentence)
            desk = Desk(workspace, settings, readers, memory)
            progress.begin(Step.RECEIVING, len(parcel.files))
            for sent in parcel.files:
                progress.check()
                incoming += desk.identify(sent, _where_it_is(sent.path), told_of.get(sent.path, told))
                progress.advance(sent.path.name)
            found: list[Preview] = []
            register = Register.open(workspace)
            for batch in batches(incoming):
                with tempfile.TemporaryDirectory(prefix="gongwen-") as staging:
                    counter = Counter(desk, register, Path(staging), received_at, received_at, progress)
                    planned = counter.planned(batch)
                    found += [_of(counter, plan, findings) for plan, findings in planned]
            return tuple(found)
    finally:
        memory.save()


def _where_it_is(path: Path) -> Archived:
    """In the archive's place. Raises ``OutputError``."""
    try:
        require_within(path, ARCHIVED_BYTES)
        return Archived(path, "", sha256_of(path), path.stat().st_size)
    except OSError as problem:
        raise OutputError(f"“{path}”读不出来：{reason(problem)}") from None


def _of(counter: Counter, plan: Plan, findings: Sequence[Finding]) -> Preview:
    incoming = plan.incoming
    refused = bool(incoming.refusal)
    if plan.repeats is not None:
        findings = counter.findings_of(plan.place, incoming.identity.period)
    earlier = [finding for each in plan.replaced for finding in each.findings]
    own = tuple(map(RecordedFinding.of, findings))
    return Preview(
        path=incoming.path,
        identity=None if refused else incoming.identity,
        refusal=incoming.refusal,
        questions=incoming.questions,
        place=plan.place,
        repeats=plan.repeats,
        replaces=plan.replaced,
        retired=plan.retired,
        findings=tuple(replace(finding, file=incoming.path.name) for finding in findings),
        mended=compare_findings(earlier, own) if plan.replaced else None,
        remarks=incoming.remarks,
    )
