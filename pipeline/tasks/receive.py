"""Taking in files: identify, archive, read once with the year, put in place, register. All under one lock."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pipeline.records.field_catalogue import HALF_MONTHLY
from pipeline.records.task_progress import SILENT, Step, TaskProgress
from pipeline.registers.register import Register
from pipeline.registers.unseen import require_all_seen
from pipeline.spreadsheets.readers import SUFFIXES, Readers
from pipeline.tasks.desk import WRITTEN, Ask, Desk, Identity, Incoming, Told
from pipeline.tasks.parcels import opened
from pipeline.tasks.taking import Counter, Received
from pipeline.workspace import Workspace
from pipeline.workspace.readings import Readings


def unheard(sentence: str) -> None:
    """Stands for somebody to tell where there is nobody."""


def receive(
    workspace: Workspace,
    files: Sequence[Path],
    received_at: datetime,
    recorded_at: datetime,
    told: Told | None = None,
    ask: Ask | None = None,
    progress: TaskProgress = SILENT,
    say: Callable[[str], None] = unheard,
    told_of: Mapping[Path, Told] = MappingProxyType({}),
) -> tuple[Received, ...]:
    """Take in the files, in their order, also those of folders and zip archives; times are local.

    ``told`` is what the clerk says of all of them, ``told_of`` of single ones in its place.

    ``progress`` is told of each file that is looked at and of the year's ledgers, ``say`` what lies in a folder or a
    zip and is no ledger. Every file ends in the archive and in the register, also one that is refused; where ``progress``
    stops it, only those of which a line is written are received. The year is read once, however many files there are. A working copy is whole before its line is: a kill leaves no line, or a line with its
    file. Raises ``GongwenError`` before anything is done for a file that isn't there, and where a folder of
    ledgers can't be read; ``OutputError`` or ``WorkspaceError`` for an archive or a register that can't be written.
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
            desk = Desk(workspace, settings, readers, memory, ask)
            progress.begin(Step.RECEIVING, len(parcel.files))
            for sent in parcel.files:
                progress.check()
                incoming += desk.take_in(sent, received_at.year, told_of.get(sent.path, told))
                progress.advance(sent.path.name)
            with (
                Register.open(workspace).writing() as book,
                tempfile.TemporaryDirectory(prefix="gongwen-") as staging,
            ):
                counter = Counter(desk, book, Path(staging), received_at, recorded_at, progress)
                return tuple(received for batch in batches(incoming) for received in counter.take(batch))
    finally:
        memory.save()


def batches(incoming: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    """A later version of a report is taken in only after the earlier one is."""
    batch: list[Incoming] = []
    for each in incoming:
        if any(_same_report(each.identity, other.identity) for other in batch):
            yield batch
            batch = []
        batch.append(each)
    yield batch


def _same_report(one: Identity, other: Identity) -> bool:
    same = (one.unit, one.period) == (other.unit, other.period)
    return same and bool(set(one.ledgers) & set(other.ledgers))
