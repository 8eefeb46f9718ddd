"""One file to its records and findings."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile
from pipeline.records.limits import ROWS_OF_A_YEAR
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.other_names import refused_by_name
from pipeline.spreadsheets.readers import SUFFIXES, Readers
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.returned import is_findings_list
from pipeline.tables.file_reading import FileReading
from pipeline.tables.file_refusals import refuse_whole
from pipeline.tables.table import SheetReading, Surroundings, read_sheet

# What refuses a file and may pass with other work; what else does, such as the time that it takes, is remembered.
_PASSING = frozenset(("cannot-open", "lock-file", "reader-died"))
_BLANK_FORM = "（空白）"  # in the names of the empty ledgers of a new workspace


def _refused(around: Surroundings, reason: UnreadableFile) -> Finding:
    """A file that is not read. What the program that opens a ledger leaves beside it is no ledger that is missing."""
    cause, _, action = str(reason).partition("，请")
    if reason.code == "lock-file":
        return around.finding(Severity.WARNING, reason.code, cause, f"请{action}")
    told = cause if cause.endswith("没有读取") else f"{cause}，没有读取"
    return around.finding(Severity.ERROR, reason.code, told, f"请{action}")


def _read_sheets(grids: Sequence[Grid], around: Surroundings) -> list[SheetReading]:
    """What each sheet gave. A workbook of several months is known by a table of its folder's month beside others."""
    readings = [read_sheet(grid, around) for grid in grids]
    if any(reading.misplaced for reading in readings) and any(reading.named for reading in readings):
        around = replace(around, several_months=True)
        readings = [
            read_sheet(grid, around) if reading.misplaced else reading
            for grid, reading in zip(grids, readings, strict=True)
        ]
    return readings


def _read_grids(grids: Sequence[Grid], around: Surroundings) -> tuple[list[SheetReading], list[Finding]]:
    """The visible sheets, and what is to be said of the file. Raises ``UnreadableFile`` for one that is not used."""
    whole = grids
    grids = [grid for grid in grids if not is_findings_list(grid)]  # of our own return: not the unit's word
    readings = _read_sheets([grid for grid in grids if not grid.hidden], around)
    findings: list[Finding] = []
    for grid in grids:
        if grid.hidden and any(not cell.blank for row in grid.rows for cell in row):
            findings.append(
                around.finding(
                    Severity.WARNING, "hidden-sheet", "工作表被隐藏，没有读取", "如需报送请取消隐藏，否则请删除", grid.sheet
                )
            )  # fmt: skip
        findings += [
            around.finding(each.severity, each.code, each.message, each.action, grid.sheet, each.cell)
            for each in grid.notices
            if not grid.hidden
        ]
    if unmarked := [reading.sheet for reading in readings if reading.unmarked and reading.kind]:
        findings.append(
            around.finding(
                Severity.ADVICE, "form-mark-missing",
                f"{'、'.join(unmarked)}是下发的台账，但“表式版本”一行被删去或改动，已按版式认出，按所填内容判断",
                "本次不用处理；以后请保留这一行",
            )
        )  # fmt: skip
    refuse_whole(readings, whole, blank_form=_BLANK_FORM in around.file)
    return readings, findings


class FileReader:
    """Reads the files that it is told of, in their order; they are opened ahead. Use it in a ``with``."""

    def __init__(self, year: int, settings: OfficeSettings, readers: Readers, paths: Sequence[Path]) -> None:
        self.year, self.settings = year, settings
        self.reads = readers.read_all([path for path in paths if path.suffix.lower() in SUFFIXES])

    def __enter__(self) -> "FileReader":
        return self

    def __exit__(self, *_: object) -> None:
        # held by a refusal's traceback, it would else be closed by whichever thread collects garbage, and block it
        self.reads.close()

    def _grids(self, path: Path) -> Sequence[Grid]:
        """Raises ``UnreadableFile`` with the reason."""
        if path.suffix.lower() not in SUFFIXES:
            raise refused_by_name(path)
        found = next(self.reads)
        if found.refusal:
            raise found.refusal
        return found.grids

    def next(self, path: Path, name: str, sha256: str, units: tuple[str, ...]) -> tuple[FileReading, bool]:
        """What the next file comes to; and whether it would tomorrow."""
        around = self._around(name, units)
        readings: list[SheetReading] = []
        lasting = True
        try:
            readings, findings = _read_grids(self._grids(path), around)
        except UnreadableFile as reason:
            findings, lasting = [_refused(around, reason)], reason.code not in _PASSING
        for reading in readings:
            findings += reading.findings
        records = tuple(record for reading in readings for record in reading.records)
        slugs = tuple(kind.slug for reading in readings for kind in reading.kinds)
        return FileReading(LedgerFile(name, sha256, slugs, len(records)), records, tuple(findings)), lasting

    def without_room(self, name: str, sha256: str, units: tuple[str, ...]) -> FileReading:
        """What a file comes to whose rows are too many, beside those of the year's other files."""
        reason = UnreadableFile("too-many-rows-in-all", limit=ROWS_OF_A_YEAR)
        return FileReading(LedgerFile(name, sha256, (), 0), (), (_refused(self._around(name, units), reason),))

    def _around(self, name: str, units: tuple[str, ...]) -> Surroundings:
        return Surroundings(name, self.year, self.settings, LEDGER_KINDS, (*units, *self.settings.unit_aliases))
