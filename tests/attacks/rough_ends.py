"""Signals, missing folders, disks without room for names, many at once, other disks, a clock that goes back."""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.attacks.room import Case, Room, Wrong, surroundings
from tests.intake import PROJECTS, UNIT, report, row

_ELSEWHERE = Path("/dev/shm")  # another disk than the temporary folder's, on nearly every Linux


def _signalled(number: signal.Signals, *arguments: str) -> Case:
    """The system ends a command in the middle: a sentence, 128 + the number, and the next command does the work."""

    def act(room: Room) -> None:
        room.has_report()
        sent = report(room.mail, "二月.csv", title=f"{UNIT}2027年2月重点项目月报")
        command = [each.replace("SENT", str(sent)) for each in arguments]
        for seconds in (0.25, 0.45):
            with subprocess.Popen(
                room.command(*command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                env=surroundings(),
            ) as process:  # fmt: skip
                time.sleep(seconds)
                process.send_signal(number)
                _, said = process.communicate(timeout=60)
            if "Traceback" in said:
                raise Wrong(f"traceback: {said[-300:]}")
            if process.returncode == 128 + number and "中止" not in said:
                raise Wrong("ends without a word")
            if process.returncode not in (-number, 128 + number, 0, 1):
                raise Wrong(f"ends with {process.returncode}")
        room.run(*command).ends(0, 1)
        room.run("register", "--verify").ends(0)

    return Case(f"{arguments[0]}: {number.name} in the middle", act)


# --- disks --------------------------------------------------------------------------------------------------


@contextmanager
def _mounted(room: Room, place: Path, options: str) -> Iterator[None]:
    """A small file system in the place of a folder, with what the folder held."""
    place.mkdir(parents=True, exist_ok=True)
    aside = room.folder / "aside"
    shutil.copytree(place, aside, symlinks=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(place)], check=False, capture_output=True)
    if done.returncode:
        raise NotMountedError
    try:
        shutil.copytree(aside, place, dirs_exist_ok=True, symlinks=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


class NotMountedError(Exception):
    """Only root may mount."""


def _without_names(name: str, folder: str, options: str, *commands: str) -> Case:
    """A disk that is full in one of two ways refuses with a sentence, and leaves nothing by half."""

    def act(room: Room) -> None:
        room.has_report()
        sent = report(room.mail, "二月.csv", title=f"{UNIT}2027年2月重点项目月报")
        with _mounted(room, room.root / folder, options):
            for command in commands:
                room.run(command.replace("SENT", str(sent))).ends(1, 2).says("磁盘已满|空间不足|写入")
            room.must_hold(20, 512)
            room.run("register", "--verify").ends(0, 1).says_not("改动|链尾是")

    return Case(f"{', '.join(each.split()[0] for each in commands)}: {name}", act, needs="mount")


def _no_temporary_folder(room: Room) -> None:
    room.has_report()
    sent = report(room.mail, "二月.csv", title=f"{UNIT}2027年2月重点项目月报")
    for command in (
        ("receive", str(sent)),
        ("run",),
        ("return", "2027-03"),
        ("pdf",),
        ("lint", str(room.root / "templates/简报.docx")),
    ):
        room.run(*command, powers=False, TMPDIR="/nowhere", TEMP="/nowhere", TMP="/nowhere").ends(0, 1, 2)


def _temporary_folder_is_full(room: Room) -> None:
    room.has_report()
    sent = report(room.mail, "二月.csv", title=f"{UNIT}2027年2月重点项目月报")
    place = room.folder / "tmp"
    with _mounted(room, place, "size=16k,nr_inodes=3"):
        for command in (("receive", str(sent)), ("run",), ("pdf",)):
            room.run(*command, TMPDIR=str(place)).ends(0, 1, 2)


@contextmanager
def _other_disk(room: Room, *places: str) -> Iterator[None]:
    """Folders of the workspace that lie on another disk, by links."""
    there = Path(shutil.copytree(room.mail, _ELSEWHERE / f"attack-{os.getpid()}-{id(room)}"))
    try:
        for number, place in enumerate(places):
            path = room.root / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                shutil.copytree(path, there / str(number))
                shutil.rmtree(path)
            else:
                (there / str(number)).mkdir()
            path.symlink_to(there / str(number))
        yield
    finally:
        shutil.rmtree(there)


def _on_another_disk(name: str, *places: str) -> Case:
    """Nothing is renamed over the border of two disks, or it is said that it can't be."""

    def act(room: Room) -> None:
        room.has_report()
        sent = report(room.mail, "二月.csv", title=f"{UNIT}2027年2月重点项目月报")
        with _other_disk(room, *places):
            for command in (("receive", str(sent)), ("run",), ("return", "2027-03")):
                room.run(*command).ends(0, 1)
            room.run("register", "--verify").ends(0)
            room.run("verify").ends(0, 1).says_not("来历不明")
            (room.root / "inputs/2027/月报/2027-03/月报.csv").unlink()
            room.run("run").ends(0, 1)
            archived = room.run("archive", "--yes").ends(0, 1, 2).says_not("系统错误")
            if archived.code == 2:
                archived.says("另一个磁盘")
            room.must_hold(8, 512)

    return Case(f"receive, run, return, archive: {name}", act)


# --- many, later, elsewhere ---------------------------------------------------------------------------------


def _twenty_at_once(room: Room) -> None:
    """All wait for one another; twenty lines, one chain, every file byte for byte."""
    sent = [
        report(
            room.mail,
            f"{n}.csv",
            [row(1, PROJECTS[0], str(100 + n))],
            f"{UNIT}{2017 + n // 12}年{n % 12 + 1}月重点项目月报",
        )
        for n in range(20)
    ]
    both = [
        subprocess.Popen(
            room.command("receive", path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=surroundings(),
        )
        for path in sent
    ]  # fmt: skip
    said = [each.communicate(timeout=300)[0] for each in both]
    if any(each.returncode for each in both) or any("Traceback" in each for each in said):
        raise Wrong(next(text for each, text in zip(both, said, strict=True) if each.returncode)[-300:])
    measured = room.run("register", "--verify").ends(0)
    measured.says("20")
    kept = {hashlib.sha256(each.read_bytes()).digest() for each in (room.root / "inputs/收件存档").rglob("*.csv")}
    if kept != {hashlib.sha256(each.read_bytes()).digest() for each in sent}:
        raise Wrong("a file is not in the archive")


def _elsewhere(room: Room) -> None:
    """The outputs, with a journal of a run that died, copied to another workspace: nothing of either is lost."""
    room.has_report()
    room.run("run").ends(0, 1)
    manifest = room.root / "outputs/.gongwen-manifest.json"
    (room.root / "outputs/.gongwen-journal.json").write_bytes(manifest.read_bytes())
    papers = {each: each.read_bytes() for each in (room.root / "outputs").rglob("*.docx")}
    other = next(iter(papers))
    other.write_bytes(other.read_bytes() + b"edited")
    papers[other] += b"edited"
    room.run("run").ends(0, 1)
    if any(path.read_bytes() != data for path, data in papers.items()):
        raise Wrong("an edited paper is overwritten")
    room.run("archive", "--yes").ends(0, 1)
    if not other.exists():
        raise Wrong("an edited paper is gone")


def _back_in_time(room: Room) -> None:
    """Files from tomorrow, and a report that is received before one that stands in the register."""
    for number, when in ((3, "2026-05-04 09:00"), (4, "2026-05-03 09:00")):
        sent = report(room.mail, f"{number}.csv", title=f"{UNIT}2026年{number}月重点项目月报")
        os.utime(sent, (4e9, 4e9))
        room.run("receive", sent, "--at", when).ends(0)
    room.has_report()
    for path in room.root.rglob("*"):
        os.utime(path, (4e9, 4e9))
    room.run("run").ends(0, 1)
    room.run("run").ends(0, 1).says_not("新增|更新")
    room.run("register", "--verify").ends(0)
    room.run("verify").ends(0, 1).says_not("改动")


def _no_more(name: str, script: str, command: str) -> Case:
    """A system that gives the process little of something."""

    def act(room: Room) -> None:
        room.has_report()
        whole = ["/bin/sh", "-c", f'{script}; exec "$@"', "sh", *room.command(command)]
        done = subprocess.run(
            whole, capture_output=True, text=True, timeout=60, check=False,
            env=surroundings(),
        )  # fmt: skip
        if "Traceback" in done.stderr + done.stdout:
            raise Wrong(f"traceback: {(done.stderr + done.stdout)[-300:]}")
        if done.returncode not in (0, 1, 2):
            raise Wrong(f"ends with {done.returncode}")

    return Case(f"{command}: {name}", act)


def _odd_parcel(name: str, make: Callable[[Path], Path], *codes: int) -> Case:
    def act(room: Room) -> None:
        room.run("receive", make(room.mail)).ends(*codes)
        room.run("register", "--verify").ends(0)

    return Case(f"receive: {name}", act)


def _ring(mail: Path) -> Path:
    (mail / "三月").mkdir()
    report(mail / "三月")
    (mail / "三月/回").symlink_to(mail / "三月")
    return mail / "三月"


def _with_pipe(mail: Path) -> Path:
    (mail / "三月").mkdir()
    report(mail / "三月")
    os.mkfifo(mail / "三月/另一份.csv")
    (mail / "三月/又一份.csv").symlink_to("/dev/zero")
    return mail / "三月"


def _pipe(mail: Path) -> Path:
    os.mkfifo(mail / "甲.csv")
    return mail / "甲.csv"


def _endless(mail: Path) -> Path:
    (mail / "甲.csv").symlink_to("/dev/zero")
    return mail / "甲.csv"


def _password_file(mail: Path) -> Path:
    (mail / "甲.csv").symlink_to("/etc/passwd")
    return mail / "甲.csv"


ROUGH_ENDS = (
    *(_signalled(number, *command) for number in (signal.SIGTERM, signal.SIGHUP) for command in (("run",), ("receive", "SENT"), ("return", "2027-03"))),
    _without_names("a disk without room for names (inodes), outputs", "outputs", "size=9m,nr_inodes=2", "run", "forms 2027-03"),
    _without_names("a disk without room for names (inodes), inputs", "inputs", "size=9m,nr_inodes=14", "receive SENT"),
    _without_names("a disk without room, inputs", "inputs", "size=28k", "receive SENT"),
    Case("receive, run, return, pdf, lint: no temporary folder", _no_temporary_folder),
    Case("receive, run, pdf: a full temporary folder", _temporary_folder_is_full, needs="mount"),
    _on_another_disk("outputs on another disk", "outputs"),
    _on_another_disk("the archive of outputs on another disk", "outputs/归档"),
    _on_another_disk("the archive of receipts on another disk", "inputs/收件存档"),
    _on_another_disk("inputs and templates on another disk", "inputs/2027", "templates"),
    Case("receive: twenty at once", _twenty_at_once),
    Case("run: a journal that came with the outputs", _elsewhere),
    Case("receive, run: a clock that went back", _back_in_time),
    _no_more("sixteen open files", "ulimit -n 16", "run"),
    _no_more("no file over 8 KB", "ulimit -f 16", "run"),
    _no_more("200 MB of addresses", "ulimit -v 204800", "run"),
    _no_more("no error stream", "exec 2>&-", "run"),
    _odd_parcel("a folder with a link to itself", _ring, 0),
    _odd_parcel("a folder with a pipe and an endless device", _with_pipe, 0, 1),
    _odd_parcel("a pipe that nobody writes to", _pipe, 2),
    _odd_parcel("a link to a device without end", _endless, 2),
    _odd_parcel("a link to another's file", _password_file, 1, 2),
)  # fmt: skip
