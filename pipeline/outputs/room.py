"""Is there room on the disk? Asked before the first document is made."""

import shutil
from pathlib import Path

from pipeline.errors import OutputError

_MEGABYTE = 1_000_000


def require_room(folder: Path, estimate: int) -> None:
    """Raises ``OutputError`` where the disk holds less than twice ``estimate`` bytes; the program's folder may be new."""
    place = folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if estimate and free < 2 * estimate:
        raise OutputError(
            f"{folder}所在的磁盘只剩{free / _MEGABYTE:.1f}MB，编制约需{estimate / _MEGABYTE:.1f}MB，"
            "应有两倍的空间；请清理磁盘后重试，还没有写任何文件"
        )
