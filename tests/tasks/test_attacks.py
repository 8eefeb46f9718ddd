"""Every attack of the table has its right verdict, within the time and the memory that a command may take."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.attacks.cases import CASES
from tests.attacks.room import Case, open_room
from tests.attacks.rough_ends import NotMountedError
from tests.faults.small_workspace import LONG
from tests.office_present import require_office

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measures as Linux does")
_SHORT = [each for each in CASES if not each.long][::3]  # of each kind some; the whole table under GONGWEN_LONG


def test_the_names_are_different() -> None:
    assert len({each.name for each in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES if LONG else _SHORT, ids=lambda case: case.name)
def test_the_verdict_is_right(case: Case, tmp_path: Path) -> None:
    if case.needs == "office":
        require_office()
    if case.needs == "mount" and (os.geteuid() or not shutil.which("mount")):
        pytest.skip("only root may mount a file system")
    room = open_room(tmp_path)
    try:
        case.judge(room)
    except NotMountedError:
        pytest.skip("no file system may be mounted here")
