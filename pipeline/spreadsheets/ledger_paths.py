"""Which folders are years', which files of a year's folder are ledgers; apart from reading them, to count them."""

import os
import re
from pathlib import Path

from pipeline.files.folder_walk import Obstacle, Remark, Walk, walk

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
_IGNORED = (".toml", ".md")


def year_folders(inputs: Path) -> list[str]:
    """Plan years that have a folder in ``inputs``, readable or not. Raises OSError."""
    return sorted(name for name in os.listdir(inputs) if re.fullmatch(r"20\d{2}", name))


def ledger_paths(folder: Path) -> list[Path]:
    """Every file below a year's folder, in an order that no file system decides."""
    return list(walk_ledgers(folder).files)


def walk_ledgers(folder: Path) -> Walk:
    """A year's folder with what stands in the way of its ledgers; what is hidden belongs to the system."""
    whole = walk(folder)
    files = tuple(path for path in whole.files if path.suffix.lower() not in _IGNORED and not _hidden(path, folder))
    below = (path for path in whole.folders if path != folder)
    named = [_named_like_a_ledger(path, files) for path in below if path.suffix.lower() in SUFFIXES]
    remarks = tuple(each for each in (*whole.remarks, *named) if not _hidden(each.path, folder))
    return Walk(files, whole.folders, remarks)


def _hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)


def _named_like_a_ledger(folder: Path, files: tuple[Path, ...]) -> Remark:
    if any(folder in path.parents for path in files):
        message = "是文件夹，名称却像台账，其中的文件已照常读取"
        return Remark(folder, Obstacle.AGAIN, message, f"请去掉文件夹名称中的{folder.suffix}")
    message = "是文件夹，不是台账文件，其中没有台账"
    return Remark(folder, Obstacle.NO_FILE, message, "请移走；该是台账的，请放入台账文件")
