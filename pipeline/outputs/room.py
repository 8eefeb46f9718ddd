"""May the disk be written to, and is there room? Asked before the first document is made."""

import os
import shutil
from pathlib import Path

from pipeline.errors import OutputError

_MEGABYTE = 1_000_000


def require_writable(folder: Path) -> None:
    """Raises ``OutputError`` where nothing can be written; the folder itself may be new."""
    if folder.is_symlink() and not folder.exists():
        raise OutputError(f"{folder}是一个链接，所指的文件夹不在，请接通所指的磁盘后重试")
    if not os.access(_nearest(folder), os.W_OK):
        raise OutputError(f"无法写入{folder}：没有写入权限")


def require_room(folder: Path, estimate: int) -> None:
    """Raises ``OutputError`` where the disk holds less than twice ``estimate`` bytes; the program's folder may be new."""
    free = shutil.disk_usage(_nearest(folder)).free
    if estimate and free < 2 * estimate:
        raise OutputError(
            f"{folder}所在的磁盘只剩{free / _MEGABYTE:.1f}MB，编制约需{estimate / _MEGABYTE:.1f}MB，"
            "应有两倍的空间；请清理磁盘后重试，还没有写任何文件"
        )


def _nearest(folder: Path) -> Path:
    """The folder, or the first above it that is there."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    return place
