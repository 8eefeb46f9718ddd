"""Runs one command and writes down what it took; a process of its own, so that the peak is the command's alone.

A program's peak of memory begins with that of the process that started it: pytest would hide what the command takes.
Called with a JSON object: ``command``, ``report`` (a path), ``seconds``, ``bytes`` and ``powers``.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from types import FrameType

_DROP_POWER = 24  # of prctl
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2  # by which root reads what nobody may read


def _become(command: list[str], most: int, powers: bool) -> None:
    """The command, in a group of its own."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not powers and os.geteuid() == 0:
        for power in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(_DROP_POWER, power, 0, 0, 0)
    os.execvp(command[0], command)


def main(text: str) -> None:
    said = json.loads(text)
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            _become(said["command"], said["bytes"], said["powers"])
        finally:
            os._exit(127)
    late = []

    def end(_: int, __: FrameType | None) -> None:
        late.append(True)
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(said["seconds"])
    _, status, used = os.wait4(child, 0)
    found = {
        "code": os.waitstatus_to_exitcode(status),
        "late": bool(late),
        "seconds": time.monotonic() - started,
        "worked": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }
    Path(said["report"]).write_text(json.dumps(found), "ascii")


main(sys.argv[1])
