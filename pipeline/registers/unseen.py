"""What of a year nobody could look at: it is said, and nothing is concluded from what is not there.

A folder that can't be read, a link that leads nowhere, a received report that is gone: any ledger may lie there, for
a workbook is known by its contents and not by its folder. Until it is seen nothing is judged and no paper is made of
the year, so that no unit is said to have reported nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipeline.errors import Remedy, WorkspaceError
from pipeline.facts.succession import counting
from pipeline.files.folder_walk import Obstacle, Remark
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.citation import Citation
from pipeline.records.finding import Finding
from pipeline.records.grouping import grouped
from pipeline.records.ledgers import Ledgers
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.severity import Severity
from pipeline.registers.register import Register
from pipeline.spreadsheets.cell_text import printable
from pipeline.workspace.folders import Workspace

UNSEEN = "unseen"  # rule of the findings
LOST_REPORT = "lost-report"  # code of those on a received report that is gone
_UNTIL_THEN = "；在此之前不判断缺报漏项，不编文书"
_SEVERITIES = {
    Obstacle.UNSEEN: Severity.ERROR,
    Obstacle.NO_FILE: Severity.ERROR,
    Obstacle.AGAIN: Severity.WARNING,
}
_NAMED = 3  # of many missing reports


def with_remarks(ledgers: Ledgers, remarks: Sequence[Remark], root: Path) -> Ledgers:
    """The year with what was in the way of its walk as findings; ``root`` is the workspace."""
    found = [_finding(each, root) for each in remarks]
    unseen = [each for each in remarks if each.obstacle is Obstacle.UNSEEN]
    return ledgers.with_findings(found, (f"{_place(each.path, root)}：{each.message}" for each in unseen))


def with_lost_reports(ledgers: Ledgers, lines: Sequence[RegisterLine]) -> Ledgers:
    """The year with what the register holds for it and no folder does: known by place, or by bytes where it was moved."""
    if ledgers.unseen:
        return ledgers  # where it can't be looked, nothing is lost
    held = {
        printable(line.working): line for line in counting(lines) if line.working.startswith(f"inputs/{ledgers.year}/")
    }
    places = {each.file for each in ledgers.files}
    moved = {each.sha256 for each in ledgers.files if each.file not in held}
    gone = (place for place, line in held.items() if place not in places and line.sha256 not in moved)
    by_folder = grouped(gone, lambda place: place.rpartition("/")[0])
    found = [_lost(folder, [held[place] for place in each]) for folder, each in by_folder.items()]
    return ledgers.with_findings(found, (f"{each.file}：{each.message}" for each in found))


def require_seen(ledgers: Ledgers) -> None:
    """Raise ``WorkspaceError`` where a part of the year can't be seen, so that what is made of it would be wrong."""
    if ledgers.unseen:
        raise WorkspaceError(said(ledgers.unseen, "没有继续；请先检查台账，按所说的处理"), Remedy.CHECK)


def require_all_seen(workspace: Workspace) -> None:
    """Raise ``WorkspaceError`` where a folder of any year can't be looked into: units and reports are known by them."""
    for year in workspace.years():
        if unseen := workspace.ledger_walk(year).unseen:
            told = [f"{_place(each.path, workspace.root)}：{each.message}" for each in unseen]
            raise WorkspaceError(said(told, f"没有收件；{unseen[0].action}"))


def lost_years(workspace: Workspace) -> Iterator[str]:
    """A sentence, without full stop, for each year of which the register holds ledgers and inputs/ no folder."""
    there = set(workspace.years())
    held = Counter(line.working.split("/")[1] for line in Register.open(workspace).sound_lines() if line.working)
    for year in sorted(held):
        if int(year) not in there:
            yield (
                f"inputs/{year}不在，收件登记簿收下的该年度台账{held[year]}份没有检查，也没有用来编文书；"
                "已移到别处保管的，可不处理，否则请找回"
            )


def said(unseen: Sequence[str], outcome: str) -> str:
    """Places that nobody could look at, the first few by name, and what follows."""
    rest = f"等{len(unseen)}处" if len(unseen) > _NAMED else ""
    return f"{'；'.join(unseen[:_NAMED])}{rest}，{outcome}"


def _finding(remark: Remark, root: Path) -> Finding:
    place = _place(remark.path, root)
    return Finding(
        _SEVERITIES[remark.obstacle],
        UNSEEN,
        remark.message,
        remark.action + (_UNTIL_THEN if remark.obstacle is Obstacle.UNSEEN else ""),
        file=place,
        ledger=_ledger(place),
    )


def _lost(folder: str, lines: Sequence[RegisterLine]) -> Finding:
    names = "、".join(f"第{line.number}行{PurePosixPath(line.working).name}" for line in lines[:_NAMED])
    rest = f"等{len(lines)}份" if len(lines) > _NAMED else ""
    return Finding(
        Severity.ERROR,
        UNSEEN,
        f"收件登记簿收下的台账不在文件夹中：{names}{rest}",
        f"请找回；找不回的，把存档的原件再收一次即补放，如{lines[0].archived}{_UNTIL_THEN}",
        file=folder,
        citation=Citation("K", 20, 1),
        ledger=lines[0].ledgers[0] if lines[0].ledgers else "",
        code=LOST_REPORT,
    )


def _place(path: Path, root: Path) -> str:
    return printable(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))


def _ledger(place: str) -> str:
    """Slug of the ledger that belongs there, to know what an error may hide."""
    parts = place.split("/")
    return next((kind.slug for kind in LEDGER_KINDS if kind.folder in parts), "")
