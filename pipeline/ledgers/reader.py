"""A year's folder to one ``Ledgers`` object."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path

from pipeline.ledgers.cell_text import printable
from pipeline.ledgers.grid import Grid
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.ledgers.readers import SUFFIXES, Read, Readers
from pipeline.ledgers.refusals import UnreadableFile
from pipeline.ledgers.returned import is_findings_list
from pipeline.ledgers.table import SheetReading, Surroundings, read_sheet
from pipeline.ledgers.transport import without_collecting
from pipeline.ledgers.whole_file import refuse_whole
from pipeline.records.finding import Finding, Severity
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.office import Leader, Unit
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress, Receipt
from pipeline.records.project import Declaration
from pipeline.records.reserve import ReserveProject
from pipeline.records.score import OnSiteScore
from pipeline.records.settings import OfficeSettings

_BLANK_FORM = "（空白）"  # in the names of the empty ledgers of a new workspace
_DIRECTORY_FOLDER = "名册"  # read first: it names the units


def _sha256(path: Path) -> str:
    """The file's hash; "" for one that can't be opened, which is a finding of its own."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _finding(
    around: Surroundings,
    code: str,
    message: str,
    action: str,
    sheet: str = "",
    severity: Severity = Severity.ERROR,
    cell: str = "",
) -> Finding:
    return Finding(
        severity, "reading", message, action, file=around.file, sheet=sheet, cell=cell, unit=around.unit_in_name,
        ledger=around.ledger, code=code,
    )  # fmt: skip


def _refused(around: Surroundings, reason: UnreadableFile) -> Finding:
    """A file that is not read. What the program that opens a ledger leaves beside it is no ledger that is missing."""
    cause, _, action = str(reason).partition("，请")
    if reason.code == "lock-file":
        return _finding(around, reason.code, cause, f"请{action}", severity=Severity.WARNING)
    told = cause if cause.endswith("没有读取") else f"{cause}，没有读取"
    return _finding(around, reason.code, told, f"请{action}")


def _read_grids(grids: Sequence[Grid], around: Surroundings) -> tuple[list[SheetReading], list[Finding]]:
    """The visible sheets, and what is to be said of the file. Raises ``UnreadableFile`` for one that is not used."""
    readings: list[SheetReading] = []
    findings: list[Finding] = []
    for grid in grids:
        if is_findings_list(grid):
            continue  # of our own return; what it says is not the unit's
        if not grid.hidden:
            readings.append(read_sheet(grid, around))
        elif any(not cell.blank for row in grid.rows for cell in row):
            findings.append(
                _finding(
                    around, "hidden-sheet", "工作表被隐藏，没有读取", "如需报送请取消隐藏，否则请删除", grid.sheet, Severity.WARNING
                )
            )  # fmt: skip
        findings += [
            _finding(around, each.code, each.message, each.action, grid.sheet, each.severity, each.cell)
            for each in grid.notices
            if not grid.hidden
        ]
    if unmarked := [reading.sheet for reading in readings if reading.unmarked and reading.kind]:
        findings.append(
            _finding(
                around, "form-mark-missing",
                f"{'、'.join(unmarked)}是下发的台账，但“表式版本”一行被删去或改动，已按版式认出，按所填内容判断",
                "本次不用处理；以后请保留这一行", severity=Severity.ADVICE,
            )
        )  # fmt: skip
    refuse_whole(readings, blank_form=_BLANK_FORM in around.file)
    return readings, findings


def _grids_of(path: Path, opened: Iterator[Read]) -> Sequence[Grid]:
    """The grids of the next file. Raises ``UnreadableFile`` with the reason."""
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableFile("not-a-table")
    found = next(opened)
    if found.refusal:
        raise found.refusal
    return found.grids


def read_ledgers(
    root: Path,
    year: int,
    paths: Sequence[Path],
    settings: OfficeSettings,
    advance: Callable[[], None] = lambda: None,
    units: tuple[str, ...] = (),
    readers: Readers | None = None,
) -> Ledgers:
    """Read the files of one year. ``root`` is the workspace; ``advance`` is called after each file.

    ``units`` are the directory's, where it is not among the files; ``readers`` serve several calls.
    """
    files: list[LedgerFile] = []
    findings: list[Finding] = []
    records: list[object] = []
    listed: list[str] = []  # the directory's units
    in_order = sorted(paths, key=lambda path: (_DIRECTORY_FOLDER not in path.parts, path.as_posix()))
    readable = [path for path in in_order if path.suffix.lower() in SUFFIXES]
    with (
        without_collecting(),
        nullcontext(readers) if readers else Readers(settings.limits) as at_work,
        # held by a refusal's traceback, it would else be closed by whichever thread collects garbage, and block it
        closing(at_work.read_all(readable)) as opened,
    ):
        for path in in_order:
            name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            name = printable(name)  # it stands in every finding
            around = Surroundings(name, year, settings, LEDGER_KINDS, units)
            readings: list[SheetReading] = []
            try:
                readings, said = _read_grids(_grids_of(path, opened), around)
                findings += said
            except UnreadableFile as reason:
                findings.append(_refused(around, reason))
            files.append(
                LedgerFile(
                    name,
                    _sha256(path),
                    tuple(kind.slug for reading in readings for kind in reading.kinds),
                    sum(len(reading.records) for reading in readings),
                )
            )
            for reading in readings:
                findings += reading.findings
                records += reading.records
                listed += [record.name for record in reading.records if isinstance(record, Unit)]
            units = tuple(listed) or units
            advance()
    return Ledgers(
        year=year,
        files=tuple(files),
        findings=tuple(findings),
        declarations=tuple(r for r in records if isinstance(r, Declaration)),
        sponsorships=tuple(r for r in records if isinstance(r, Sponsorship)),
        teams=tuple(r for r in records if isinstance(r, ProcedureTeam)),
        nodes=tuple(r for r in records if isinstance(r, WorkNode)),
        progress=tuple(r for r in records if isinstance(r, Progress)),
        problems=tuple(r for r in records if isinstance(r, Problem)),
        procedures=tuple(r for r in records if isinstance(r, Procedure)),
        leaders=tuple(r for r in records if isinstance(r, Leader)),
        units=tuple(r for r in records if isinstance(r, Unit)),
        reserves=tuple(r for r in records if isinstance(r, ReserveProject)),
        scores=tuple(r for r in records if isinstance(r, OnSiteScore)),
        receipts=tuple(r for r in records if isinstance(r, Receipt)),
    )
