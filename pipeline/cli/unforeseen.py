"""What no command foresaw: a disk that refuses, or a fault of the program itself, in a sentence."""

import contextlib
import os
import sys
import tempfile
import traceback

from pipeline.files.disk_trouble import reason


def of_the_disk(problem: OSError) -> str:
    """What the system refused, and with which file."""
    names = "”→“".join(_shown(name) for name in (problem.filename, problem.filename2) if name is not None)
    if names:
        return f"“{names}”不能读写：{reason(problem)}。请排除后再运行一次"
    if _came_from_output(problem):
        return f"结果显示不出来或存不进所指的文件：{reason(problem)}。请换一个地方再运行一次"
    return f"读写文件时出错：{reason(problem)}。请排除后再运行一次"


def of_the_program(problem: BaseException) -> str:
    """That the program is at fault, and where it is told to whom can mend it."""
    what = "内容套得太多层，读不完" if isinstance(problem, RecursionError) else "程序出错"
    what = "内存不够" if isinstance(problem, MemoryError) else what
    return f"{what}，没有做完。{_report(problem)}"


def give_up_output() -> None:
    """Write no more to an output that fails, so that the end of the program doesn't try again."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _came_from_output(problem: OSError) -> bool:
    """Whether it was click's ``echo`` or the last flush, which no file's name tells."""
    frames = traceback.extract_tb(problem.__traceback__)
    return bool(frames) and (frames[-1].name == "echo" or "sys.stdout.flush()" in (frames[-1].line or ""))


def _report(problem: BaseException) -> str:
    """Outside the workspace, for nothing of ours may lie there that nobody asked for."""
    try:
        handle, path = tempfile.mkstemp(prefix="gongwen-出错记录-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write("".join(traceback.format_exception(problem)))
    except OSError:
        return f"出错的地方：{_last_place(problem)}；请把这句话交给维护本系统的人员"
    return f"出错记录在{path}，请交给维护本系统的人员"


def _last_place(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}第{frames[-1].lineno}行" if frames else "不明"
    return f"{type(problem).__name__}，{place}"


def _shown(name: object) -> str:
    return os.fsdecode(name) if isinstance(name, bytes) else str(name)
