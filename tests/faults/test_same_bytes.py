"""The same ledgers give the same bytes: whatever the order of files, time zone, locale, hash seed or processes."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.small_workspace import LONG, REPOSITORY, documents, small_workspace

_PROGRAM = """
import os, random, sys
from pathlib import Path
import pipeline.tasks.batches, pipeline.tasks.run
draw, real = random.Random(sys.argv[3]), os.scandir
class Shuffled:
    def __init__(self, path): self.found = real(path)
    def __enter__(self): return self
    def __exit__(self, *rest): self.found.close()
    def __iter__(self):
        entries = list(self.found)
        draw.shuffle(entries)
        return iter(entries)
if __name__ == "__main__":
    os.scandir = Shuffled
    pipeline.tasks.run.WORTH_IT = 2
    from pipeline.cli import main
    main(["run", "-C", sys.argv[1], "--jobs", sys.argv[2]])
"""


def test_one_set_of_hashes(tmp_path: Path) -> None:
    runs, draw = 20 if LONG else 4, random.Random(26)
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, "utf-8")
    first: dict[str, str] = {}
    for number in range(runs):
        workspace = small_workspace(tmp_path / f"w{number}")
        files = sorted(path for path in (workspace / "inputs").rglob("*") if path.is_file())
        for path in draw.sample(files, len(files)):  # another order of creation, another time
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
            os.utime(path, (draw.randrange(2**31), draw.randrange(2**31)))
        environment = {
            **os.environ,
            "TZ": draw.choice(("Asia/Shanghai", "America/New_York", "UTC", "Pacific/Kiritimati")),
            "LC_ALL": draw.choice(("C", "C.UTF-8", "zh_CN.GBK", "POSIX")),
            "PYTHONHASHSEED": str(draw.randrange(2**32)),
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONUTF8": "1",
        }
        done = subprocess.run(
            [sys.executable, str(program), str(workspace), str(1 + number % 2), str(number)],
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1, done.stdout + done.stderr
        found = documents(workspace)
        assert found
        first = first or found
        assert found == first, f"run {number} differs"
        shutil.rmtree(workspace)
    print(f"same bytes: {runs} runs, {len(first)} documents, one set of hashes")
