"""One walk through folders that swallows nothing: what can't be looked into is named, links are followed within limits."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from pipeline.files.disk_trouble import reason

MOST_LEVELS = 16  # folders within folders; a year's ledgers lie two deep
MOST_ENTRIES = 50_000  # a year has some thousand files; a link may lead to a whole disk


class Obstacle(Enum):
    """What stands in the way of a walk."""

    UNSEEN = auto()  # nobody can tell what lies there
    NO_FILE = auto()  # a pipe, a socket, a device
    AGAIN = auto()  # a folder that was walked through already


@dataclass(frozen=True)
class Remark:
    """Something on the way that is neither a file nor a folder walked through; message and action carry no full stop."""

    path: Path
    obstacle: Obstacle
    message: str
    action: str


@dataclass(frozen=True)
class Walk:
    """Every file below a folder in the order of its name, the folders walked through, and what was in the way."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    remarks: tuple[Remark, ...]

    @property
    def unseen(self) -> tuple[Remark, ...]:
        """Places of which nobody can tell what lies there."""
        return tuple(each for each in self.remarks if each.obstacle is Obstacle.UNSEEN)


_TRY_AGAIN = "请检查权限，是网络盘的请重新连接，然后重试"
_NO_FILES = (
    (stat.S_ISFIFO, "管道（FIFO）"),
    (stat.S_ISSOCK, "套接字（socket）"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
)


@dataclass
class _Walking:
    top: Path
    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    known: dict[tuple[int, int], Path] = field(default_factory=dict)  # folders by device and inode
    entries: int = 0

    def enter(self, folder: Path, level: int) -> list[tuple[Path, bool]]:
        """Look at everything in a folder; the folders in it, each with whether a link leads there."""
        if level > MOST_LEVELS:
            self.unseen(folder, f"文件夹超过{MOST_LEVELS}层，没有再往下读", "请减少层数，或删除绕远的链接")
            return []
        try:
            with os.scandir(folder) as listing:
                found = sorted(listing, key=lambda entry: entry.name)
            self.entries += len(found)
            if self.entries > MOST_ENTRIES:
                self.unseen(folder, f"文件超过{MOST_ENTRIES}个，没有读完", "请移走无关的文件，或删除通到别处的链接")
                return []
            inside = [each for entry in found if (each := self.look(entry))]
        except OSError as problem:
            if folder.is_symlink():
                self.broken(folder, problem)
            else:
                self.unseen(folder, f"文件夹读不出来：{_why(problem)}", _TRY_AGAIN)
            return []
        self.folders.append(folder)
        return inside

    def look(self, entry: "os.DirEntry[str]") -> tuple[Path, bool] | None:
        """Note a file; a folder that has not been seen yet is handed back. Raises OSError."""
        path = Path(entry.path)
        try:
            found = os.stat(path)
        except OSError as problem:
            if entry.is_symlink():
                self.broken(path, problem)
            elif not isinstance(problem, FileNotFoundError):  # else it was deleted this moment
                raise
            return None
        if stat.S_ISREG(found.st_mode):
            self.files.append(path)
        elif stat.S_ISDIR(found.st_mode):
            return path, entry.is_symlink()
        else:
            what = next((name for fits, name in _NO_FILES if fits(found.st_mode)), "特殊文件")
            self.remarks.append(
                Remark(path, Obstacle.NO_FILE, f"不是文件，是{what}，没有读取", "请移走；该是台账的，请放入台账文件")
            )
        return None

    def is_new(self, folder: Path) -> bool:
        """Whether the folder has not been walked through under another name."""
        try:
            found = os.stat(folder)
        except OSError:
            return True  # entering it says why
        place = (found.st_dev, found.st_ino)
        first = self.known.setdefault(place, folder) if found.st_ino else folder
        if first == folder:
            return True
        name = first.name if first == self.top else first.relative_to(self.top).as_posix()
        message = f"与“{name}”是同一个文件夹，没有再读一遍"
        self.remarks.append(Remark(folder, Obstacle.AGAIN, message, "如不需要，请删除这个链接"))
        return False

    def broken(self, link: Path, problem: OSError) -> None:
        if isinstance(problem, FileNotFoundError):
            message = "是一个链接，所指的文件或文件夹不在"
        else:
            message = f"是一个链接，所指的地方读不出来：{_why(problem)}"
        self.unseen(link, message, "请接通所指的网络盘或磁盘后重试；不需要的，请删除这个链接")

    def unseen(self, path: Path, message: str, action: str) -> None:
        self.remarks.append(Remark(path, Obstacle.UNSEEN, message, action))


def walk(top: Path) -> Walk:
    """Walk through a folder; where there is none, that is a remark.

    What lies in the folder itself comes before what links lead to, so that a folder has its own name.
    """
    walking = _Walking(top)
    waiting, links = [(top, 0)], list[tuple[Path, int]]()
    for folder, level in _in_turn(waiting, links):
        if walking.is_new(folder):
            for path, is_link in walking.enter(folder, level):
                (links if is_link else waiting).append((path, level + 1))
    files = sorted(walking.files, key=lambda path: path.as_posix())
    return Walk(tuple(files), tuple(walking.folders), tuple(walking.remarks))


def _in_turn(waiting: list[tuple[Path, int]], links: list[tuple[Path, int]]) -> Iterator[tuple[Path, int]]:
    """All that waits, also what is added meanwhile; links last."""
    while waiting or links:
        yield (waiting or links).pop(0)


def _why(problem: OSError) -> str:
    return "没有权限" if isinstance(problem, PermissionError) else reason(problem)
