"""Prints the table of all attacks: case, verdict, seconds, megabytes. Arguments: the beginnings of cases' names."""

import sys
import tempfile
from pathlib import Path

from tests.attacks.cases import CASES
from tests.attacks.room import Case, Wrong, open_room
from tests.attacks.rough_ends import NotMountedError


def _row(case: Case) -> str:
    with tempfile.TemporaryDirectory(prefix="attack-", ignore_cleanup_errors=True) as folder:
        room = open_room(Path(folder))
        try:
            case.judge(room)
            verdict = "right"
        except Wrong as wrong:
            verdict = str(wrong)
        except NotMountedError:
            verdict = "not tried: no file system may be mounted here"
        codes = ",".join(str(each.code) for each in room.done)
        seconds = max((each.seconds for each in room.done), default=0.0)
        megabytes = max((each.megabytes for each in room.done), default=0.0)
    return " | ".join((case.name, f"[{codes}] {' '.join(verdict.split())}", f"{seconds:.1f}", f"{megabytes:.0f}"))


def main() -> None:
    print("case | verdict | seconds | MB")
    wanted = tuple(sys.argv[1:]) or ("",)
    for case in CASES:
        if case.name.startswith(wanted):
            print(_row(case), flush=True)


if __name__ == "__main__":
    main()
