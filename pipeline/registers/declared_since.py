"""Which projects a unit's later declaration brought in or left out, as the archived originals show (K-7(3))."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.files.given_file import why_no_file
from pipeline.records.citation import Citation
from pipeline.records.finding import Finding
from pipeline.records.grouping import grouped
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.project import Declaration, DeclaredChange
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.renames import renamed
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.registers.received_archive import ARCHIVE
from pipeline.tables.file_reading import Memory
from pipeline.tables.reader import read_ledgers
from pipeline.workspace.folders import Workspace

_Declared = Mapping[str, Declaration]  # of one receipt, by project key


def with_changes(
    ledgers: Ledgers,
    lines: Sequence[RegisterLine],
    workspace: Workspace,
    settings: OfficeSettings,
    memory: Memory,
) -> Ledgers:
    """The year with what changed between two declarations of a unit; a single one tells nothing."""
    taken_in = (line for line in lines if line.accepted and not line.repeats and line.period == str(ledgers.year))
    declaring = (line for line in taken_in if "declaration" in line.ledgers)
    told = [each for each in grouped(declaring, lambda line: name_key(line.unit)).values() if len(each) > 1]
    paths = [workspace.root / line.archived for each in told for line in each]
    if not paths:
        return ledgers
    if lost := [sentence for path in paths if (sentence := why_no_file(path))]:
        return ledgers.with_findings([_not_compared([each.replace(f"{workspace.root}/", "") for each in lost])])
    units = tuple(unit.name for unit in ledgers.units)
    read = read_ledgers(workspace.root, ledgers.year, paths, settings, units=units, memory=memory)
    declared: dict[str, dict[str, Declaration]] = {}
    for row in renamed(read, settings.renames).declarations:
        declared.setdefault(row.source.file, {})[row.key] = row
    now = {row.key for row in ledgers.declarations}
    changes: list[DeclaredChange] = []
    for each in told:
        readable = [line for line in each if line.archived in declared]
        changes += _changes(readable, [declared[line.archived] for line in readable], now)
    return replace(ledgers, changes=tuple(changes))


def _not_compared(lost: Sequence[str]) -> Finding:
    return Finding(
        Severity.WARNING,
        "declared-since",
        f"收件存档不全，没有核对各单位前后两次申报的变化：{lost[0]}" + (f"等{len(lost)}份" if lost[1:] else ""),
        "请找回存档文件，或恢复读取权限",
        file=ARCHIVE,
        citation=Citation("K", 7, 3),
        ledger="receipt",
    )


def _changes(lines: Sequence[RegisterLine], declared: Sequence[_Declared], now: set[str]) -> list[DeclaredChange]:
    """Of one unit's receipts, in their order, each with what it declares."""
    found: list[DeclaredChange] = []
    known = set(declared[0]) if declared else set[str]()
    for line, each in zip(lines[1:], declared[1:], strict=True):
        found += [_change(row, line, dropped=False) for key, row in each.items() if key not in known]
        known |= each.keys()
    for key in sorted(known - now):
        line, row = [(line, each[key]) for line, each in zip(lines, declared, strict=True) if key in each][-1]
        found.append(_change(row, line, dropped=True))
    return found


def _change(row: Declaration, line: RegisterLine, *, dropped: bool) -> DeclaredChange:
    return DeclaredChange(row.source, row.project_name, row.lead_unit, line.number, line.received_at.date(), dropped)
