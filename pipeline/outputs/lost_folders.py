"""Folders of ledgers that are gone or can't be read: until they are back no document that rests on them is 遗留."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import OutputError
from pipeline.files.disk_trouble import reason
from pipeline.files.given_file import is_missing
from pipeline.outputs.manifest import Manifest
from pipeline.spreadsheets.cell_text import printable
from pipeline.spreadsheets.ledger_paths import walk_ledgers, year_folders


@dataclass(frozen=True)
class LostFolder:
    """One place; ``sentence`` says what is wrong there, without full stop."""

    year: str
    place: str  # within the workspace
    sentence: str


def lost_folders(root: Path, manifest: Manifest) -> tuple[LostFolder, ...]:
    """Of the years that have a folder and of those whose ledgers the record knows; ``root`` is the workspace.

    Raises OutputError where nobody can tell which years there are.
    """
    by_year: dict[str, list[str]] = {year: [] for year in _years(root / "inputs")}
    for name in manifest.seen:
        by_year.setdefault(name.split("/")[1], []).append(name)
    return tuple(each for year, names in sorted(by_year.items()) for each in _of_year(root, year, names))


def _years(inputs: Path) -> list[str]:
    try:
        return [] if is_missing(inputs) else year_folders(inputs)
    except OSError as problem:
        raise OutputError(f"文件夹{inputs}读不出来：{reason(problem)}") from None


def _of_year(root: Path, year: str, names: list[str]) -> Iterator[LostFolder]:
    folder = root / "inputs" / year
    walked = walk_ledgers(folder)
    for each in walked.unseen:
        yield LostFolder(year, _place(each.path, root), f"{each.message}；{each.action}")
    if walked.unseen:
        return  # what lies behind is not gone
    there = {_place(path, root) for path in walked.folders}
    for place in sorted({PurePosixPath(name).parent.as_posix() for name in names} - there):
        yield LostFolder(year, place, "上次编制时有这个文件夹，现在不在；请找回，确已撤销的，请先运行“gongwen run”")


def _place(path: Path, root: Path) -> str:
    return printable(path.relative_to(root).as_posix())
