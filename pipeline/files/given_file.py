"""A file that a person named: whether it is there, and if not, what is."""

import os
import stat
from pathlib import Path

from pipeline.files.disk_trouble import reason


def is_missing(path: Path) -> bool:
    """Whether nothing stands there at all; where it can't be looked, or a link leads nowhere, that is not so."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def why_no_file(path: Path) -> str:
    """Why nothing can be read at a path, as a sentence without full stop; "" for a file that is there."""
    if is_missing(path):
        return f"没有文件“{path}”"
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return f"“{path}”是一个链接，所指的文件不在"
    except OSError as problem:
        return f"“{path}”读不出来：{reason(problem)}"
    except ValueError:  # a zero byte
        return "文件名中有不能用的字符"
    if stat.S_ISDIR(found.st_mode):
        return f"“{path}”是文件夹，请写明文件"
    if not stat.S_ISREG(found.st_mode):
        return f"“{path}”不是文件，是管道、套接字或设备，请写明文件"
    return "" if os.access(path, os.R_OK) else f"“{path}”读不出来：没有权限"
