"""A year's ledgers as a workspace holds them: read or remembered, with the register's arrivals and confirmed names."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.records.ledgers import Ledgers
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.renames import renamed
from pipeline.records.settings import OfficeSettings
from pipeline.records.task_progress import SILENT, Step, TaskProgress
from pipeline.records.unit_names import lines_under_directory_names
from pipeline.registers.declared_since import with_changes
from pipeline.registers.register import Register
from pipeline.registers.registered import with_register
from pipeline.registers.unseen import with_remarks
from pipeline.tables.file_reading import Memory
from pipeline.tables.reader import read_ledgers
from pipeline.workspace.folders import Workspace
from pipeline.workspace.readings import Readings


def ledgers_of(
    workspace: Workspace,
    year: int,
    settings: OfficeSettings,
    strays: Sequence[Path] = (),
    progress: TaskProgress = SILENT,
    *,
    anew: bool = False,
) -> Ledgers:
    """Read a year with its register, without judging; ``strays`` are files from elsewhere that are read with it.

    With ``anew`` nothing is recalled and nothing kept. From here on a project of which the office confirmed a new name has only that one.
    """
    walked = workspace.ledger_walk(year)
    paths = [*walked.files, *strays]
    memory = Memory() if anew else Readings.open(workspace, settings)
    progress.begin(Step.READING, len(paths), year)
    try:
        read = read_ledgers(workspace.root, year, paths, settings, progress, memory=memory)
        read = with_remarks(read, walked.remarks, workspace.root)
        found = with_register(renamed(read, settings.renames), Register.open(workspace), settings.unit_aliases)
        return with_changes(found, lines_of(workspace, settings), workspace, settings, memory)
    finally:
        memory.save()  # also of a reading that was stopped halfway


def lines_of(workspace: Workspace, settings: OfficeSettings) -> Sequence[RegisterLine]:
    """The register's lines, units under their names of the directory; none where the register does not hold."""
    return lines_under_directory_names(Register.open(workspace).sound_lines(), settings.unit_aliases)
