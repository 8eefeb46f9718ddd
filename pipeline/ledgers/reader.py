"""A year's folder to one ``Ledgers`` object."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.ledgers.package_guard import UnreadableFile
from pipeline.ledgers.table import SheetReading, Surroundings, read_sheet
from pipeline.ledgers.workbook import SUFFIXES, read_grids
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

_IGNORED = (".toml", ".md", ".txt")
_DIRECTORY_FOLDER = "名册"  # read first: it names the units


def ledger_paths(folder: Path) -> list[Path]:
    """Every file below a year's folder, in an order that no file system decides; lock files left out."""
    paths = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(("~$", ".")))
    return sorted((p for p in paths if p.suffix.lower() not in _IGNORED), key=lambda p: p.as_posix())


def _read_file(path: Path, around: Surroundings) -> tuple[LedgerFile, list[SheetReading], list[Finding]]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    findings: list[Finding] = []
    readings: list[SheetReading] = []

    def refuse(message: str, action: str, sheet: str = "", severity: Severity = Severity.ERROR) -> None:
        findings.append(
            Finding(
                severity,
                "reading",
                message,
                action,
                file=around.file,
                sheet=sheet,
                unit=around.unit_in_name,
                ledger=around.ledger,
            )
        )

    if path.suffix.lower() not in SUFFIXES:
        refuse("不是电子表格，没有读取", "请以xlsx、xls或csv格式报送")
    else:
        try:
            grids = read_grids(path)
        except UnreadableFile as reason:
            cause, _, action = str(reason).partition("，请")
            refuse(f"{cause}，没有读取", f"请{action}")
            grids = []
        for grid in grids:
            if not grid.hidden:
                readings.append(read_sheet(grid, around))
            elif any(not cell.blank for row in grid.rows for cell in row):
                refuse(
                    "工作表被隐藏，没有读取", "如需报送请取消隐藏，否则请删除", grid.sheet, Severity.WARNING
                )
    kinds = tuple(kind.slug for reading in readings for kind in reading.kinds)
    rows = sum(len(reading.records) for reading in readings)
    return LedgerFile(around.file, digest, kinds, rows), readings, findings


def read_ledgers(
    root: Path,
    year: int,
    paths: Sequence[Path],
    settings: OfficeSettings,
    advance: Callable[[], None] = lambda: None,
) -> Ledgers:
    """Read the files of one year. ``root`` is the workspace; ``advance`` is called after each file."""
    files: list[LedgerFile] = []
    findings: list[Finding] = []
    records: list[object] = []
    units: tuple[str, ...] = ()
    in_order = sorted(paths, key=lambda path: (_DIRECTORY_FOLDER not in path.parts, path.as_posix()))
    for path in in_order:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        around = Surroundings(name, year, settings, LEDGER_KINDS, units)
        file, readings, refused = _read_file(path, around)
        files.append(file)
        findings += refused
        for reading in readings:
            findings += reading.findings
            records += reading.records
        units = tuple(record.name for record in records if isinstance(record, Unit))
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
