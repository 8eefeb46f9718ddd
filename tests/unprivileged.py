"""The command line as a user whom permissions bind: the tests often run as root, whom they don't."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_DROPPED = "--bounding-set=-dac_override,-dac_read_search"


def gongwen_bound(workspace: Path | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; skips the test where root can't be bound."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("没有setpriv，超级用户不受权限限制")
        prefix = [setpriv, _DROPPED]
    where = ["-C", str(workspace)] if workspace else []
    return subprocess.run(
        [*prefix, sys.executable, "-c", "from pipeline.cli import main; main()", *arguments, *where],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
