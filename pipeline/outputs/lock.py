"""One run at a time below one outputs folder, by the system's own lock: it ends with the process, even by kill -9."""

import contextlib
import os
import sys
import time
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from pipeline.errors import BusyError, OutputError
from pipeline.files.disk_trouble import reason

NAME = ".gongwen-lock"

if sys.platform == "win32":
    import msvcrt

    def _take(stream: FileIO) -> None:
        stream.seek(1 << 20)  # beyond the text, which others may read
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(stream: FileIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass
class OutputsLock:
    """Held from ``take`` to ``release``; the file itself stays and says nothing by being there."""

    _stream: FileIO | None = None

    @classmethod
    def take(cls, folder: Path) -> "OutputsLock":
        """Raises ``BusyError`` where another process holds it, ``OutputError`` where there can be none."""
        path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stream = path.open("a+b", buffering=0)
        except OSError as problem:
            raise OutputError(f"无法写入{folder}：{reason(problem)}") from None
        try:
            _take(stream)
        except (BlockingIOError, PermissionError):
            holder = _holder(path)
            stream.close()
            raise BusyError(f"另一个gongwen正在写{folder}{holder}，请等它结束后重试") from None
        except OSError as problem:
            stream.close()
            raise OutputError(f"{folder}所在的磁盘不支持文件锁（系统错误{problem.errno}），请换到本机磁盘") from None
        with contextlib.suppress(OSError):  # a full disk: whoever is refused then does not hear by whom
            stream.truncate(0)
            stream.write(str(os.getpid()).encode())
        return cls(stream)

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.truncate(0)
            self._stream.close()
            self._stream = None


def _holder(path: Path) -> str:
    try:
        number = path.read_text("ascii", errors="ignore").strip()
        since = time.strftime("%m-%d %H:%M", time.localtime(path.stat().st_mtime))
    except OSError:
        return ""
    return f"（进程{number}，{since}开始）" if number.isdecimal() else ""
