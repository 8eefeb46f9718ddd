"""Reading processes that are copies of the command's own: only where no thread runs, so each test is a new process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.spreadsheets import reader_process
from tests.raw_workbook import cell, table, workbook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="读取进程只在Linux上由本进程分出")
REPOSITORY = Path(reader_process.__file__).parents[2]
START = """
import os, signal, sys, threading, time
from dataclasses import replace
from pathlib import Path
from pipeline.spreadsheets.readers import Readers
from pipeline.spreadsheets.reader_process import _Copy
from pipeline.records.limits import DEFAULT_LIMITS
paths = sorted(Path(sys.argv[1]).glob("*.xlsx"))

def codes(found):
    return [each.refusal.code if each.refusal else "" for each in found]

def are_copies(readers):
    return all(isinstance(child.process, _Copy) for child in readers._children)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(30):
        rows = ("项目名称", "总投资"), (f"项目{number}", cell("B2", str(1000 + number)))
        (tmp_path / f"{number:02}.xlsx").write_bytes(workbook(table(*rows)))
    return tmp_path


def command(code: str, folder: Path) -> list[str]:
    return [sys.executable, "-c", START + code, str(folder)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def said_by(code: str, folder: Path) -> list[str]:
    done = subprocess.run(
        command(code, folder), env=environment(), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_they_read_the_same_and_print_nothing_of_their_parent(folder: Path) -> None:
    code = """
sys.stdout.write("once ")  # still in the buffer when the copies are made
with Readers(processes=2) as readers:
    found = list(readers.read_all(paths))
    assert are_copies(readers) and len(readers.pids) == 2
    pids = readers.pids
assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
print([int(each.grids[0].at(1, 1).value) for each in found] == list(range(1000, 1030)))
"""
    assert said_by(code, folder) == ["once True"]


def test_they_hold_no_file_of_their_parent(folder: Path) -> None:
    """Not its lock, and not the ends of the pipes to each other: else they would outlive it."""
    code = """
lock = open(paths[0], "rb")
with Readers(processes=2) as readers:
    list(readers.read_all(paths))
    for pid in readers.pids:
        print(sorted(os.readlink(each).split(":")[0] for each in Path(f"/proc/{pid}/fd").iterdir()))
"""
    assert said_by(code, folder) == ["['/dev/null', 'pipe', 'pipe']"] * 2


def test_they_end_when_their_parent_is_killed(folder: Path) -> None:
    code = """
readers = Readers(processes=2)
list(readers.read_all(paths))
print(*readers.pids, flush=True)
time.sleep(60)
"""
    with subprocess.Popen(command(code, folder), env=environment(), stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        pids = [int(each) for each in parent.stdout.readline().split()]
        assert len(pids) == 2
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(map(_runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(_runs, pids))


def _runs(pid: int) -> bool:
    """A process that has ended and waits for its adoptive parent to notice does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


def test_one_that_is_killed_costs_one_file(folder: Path) -> None:
    code = """
os.remove(paths[10])
os.mkfifo(paths[10])
with Readers(processes=1) as readers:
    reading = readers.read_all(paths)
    found = [next(reading)]
    copy, = readers.pids
    assert are_copies(readers)
    threading.Timer(1, os.kill, (copy, 9)).start()
    found += reading
print(codes(found) == [""] * 10 + ["reader-died"] + [""] * 19)
"""
    assert said_by(code, folder) == ["True"]


def test_what_they_inherit_does_not_count_as_their_memory(folder: Path, tmp_path: Path) -> None:
    big = tmp_path / "big" / "29.xlsx"
    big.parent.mkdir()
    book = xlsxwriter.Workbook(big, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(20_000):
        sheet.write_row(row, 0, [row * 31 + column + 0.5 for column in range(25)])
    book.close()
    big.replace(folder / "29.xlsx")
    code = """
held = bytearray(600 * 1024 * 1024)
with Readers(replace(DEFAULT_LIMITS, memory_megabytes=60), processes=1) as readers:
    found = codes(readers.read_all(paths))
    assert are_copies(readers)
print(found[:29] == [""] * 29, found[29])
"""
    assert said_by(code, folder) in (["True too-much-memory"], ["True reader-died"])


def test_beside_a_thread_a_reader_is_started_anew(folder: Path) -> None:
    code = """
ended = threading.Event()
thread = threading.Thread(target=ended.wait)
thread.start()
with Readers(processes=1) as readers:
    print(codes(readers.read_all(paths)) == [""] * 30, are_copies(readers))
ended.set()
"""
    assert said_by(code, folder) == ["True False"]


def test_one_file_is_read_by_one_copy(folder: Path) -> None:
    code = """
with Readers(processes=4) as readers:
    for path in paths[:3]:
        readers.read(path)
    print(len(readers.pids), are_copies(readers))
"""
    assert said_by(code, folder) == ["1 True"]


def test_started_with_child_signals_ignored(folder: Path) -> None:
    """Then the system itself has waited for a copy that ended."""
    code = """
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
with Readers(processes=2) as readers:
    print(codes(readers.read_all(paths)) == [""] * 30, are_copies(readers))
    for pid in readers.pids:
        os.kill(pid, 9)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.01)
print("ended")
"""
    assert said_by(code, folder) == ["True True", "ended"]


def test_what_the_command_ignores_its_copies_ignore(folder: Path) -> None:
    """Ctrl-C reaches all processes of a script, also the command that the script put into the background."""
    code = """
signal.signal(signal.SIGINT, signal.SIG_IGN)
with Readers(processes=2) as readers:
    list(readers.read_all(paths))
    assert are_copies(readers) and len(readers.pids) == 2
    for pid in readers.pids:
        os.kill(pid, signal.SIGINT)
    time.sleep(0.2)
    print(codes(readers.read_all(paths)) == [""] * 30)
"""
    assert said_by(code, folder) == ["True"]


def test_without_a_list_of_threads_a_reader_is_started_anew(folder: Path) -> None:
    code = """
from pipeline.spreadsheets import reader_process
reader_process._OWN_THREADS = Path("/nowhere")  # as where /proc is not mounted
with Readers(processes=1) as readers:
    print(codes(readers.read_all(paths)) == [""] * 30, are_copies(readers))
"""
    assert said_by(code, folder) == ["True False"]


def test_a_signal_that_was_held_back_stays_held_back(folder: Path) -> None:
    code = """
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
with Readers(processes=2) as readers:
    list(readers.read_all(paths))
    assert are_copies(readers)
print(signal.pthread_sigmask(signal.SIG_BLOCK, []) == {signal.SIGTERM})
"""
    assert said_by(code, folder) == ["True"]
