"""Where an attack is tried: a small workspace of its own, commands that are measured, and what must hold after all."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.intake import office, report

REPOSITORY = Path(__file__).parents[2]
MONTH = "inputs/2027/月报/2027-03"
_LAUNCH = Path(__file__).with_name("launch.py")
_SECONDS = 60  # of the clock, before a command that hangs is ended; what is judged is the processor's
_MOST_BYTES = 8 << 30  # of addresses: so that a fault here takes no other process its memory
_TEMPORARY = re.compile(r"\.gongwen-.*\.tmp|\.gongwen-journal\.json")


class Wrong(AssertionError):
    """The program did something else than is right."""


@dataclass(frozen=True)
class Measured:
    """One command: its exit code (minus a signal's number), all that it said, and what it took."""

    code: int
    said: str
    seconds: float
    worked: float  # seconds of processor time, of all its processes
    megabytes: float  # peak of its largest process
    late: bool = False

    def ends(self, *codes: int) -> "Measured":
        """Raises ``Wrong`` unless the exit code is one of these."""
        if self.code not in codes:
            raise Wrong(f"ends with {self.code}, not {codes}: {self.said[-300:]}")
        return self

    def says(self, pattern: str) -> "Measured":
        """Raises ``Wrong`` unless the words are there."""
        if not re.search(pattern, self.said):
            raise Wrong(f"does not say “{pattern}”: {self.said[-300:]}")
        return self

    def says_not(self, pattern: str) -> "Measured":
        """Raises ``Wrong`` where the words are there."""
        if found := re.search(pattern, self.said):
            raise Wrong(f"says “{found[0][:100]}”: {self.said[-300:]}")
        return self


@dataclass
class Room:
    """A workspace with two units' directory and declarations, a folder for what is sent, and every command so far."""

    folder: Path
    done: list[Measured] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.folder / "office"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def put(self, place: str, data: bytes | str) -> Path:
        """A file of the workspace."""
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def send(self, name: str, data: bytes | str) -> Path:
        """A file that came by mail."""
        path = self.mail / name
        path.write_bytes(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data)
        return path

    def has_report(self) -> Path:
        """A sound report of March as working copy."""
        (self.root / MONTH).mkdir(parents=True, exist_ok=True)
        return report(self.root / MONTH)

    def command(self, name: str, *arguments: str | Path) -> list[str]:
        """As it is started; commands that work on a workspace are told which."""
        words, where = (
            name.split(),
            () if name in ("lint", "lint --pdf", "inspect") else ("-C", str(self.root)),
        )
        if "check" in words[1:]:  # templates check
            return [*program(), *words, *where, *map(str, arguments)]
        return [*program(), words[0], *where, *words[1:], *map(str, arguments)]

    def paper(self, pattern: str) -> Path:
        """A paper below the outputs. Raises ``Wrong`` where there is none."""
        found = next((self.root / "outputs").rglob(pattern), None)
        if found is None:
            raise Wrong(f"there is no {pattern}: {self.done[-1].said[-300:] if self.done else ''}")
        return found

    def run(
        self, name: str, *arguments: str | Path, powers: bool = True, seconds: int = _SECONDS, out: Path | None = None, **variables: str
    ) -> Measured:  # fmt: skip
        """A command, measured. Without ``powers`` root is as anybody; ``variables`` of the environment."""
        told, notes = self.folder / "report.json", out or self.folder / "said.txt"
        told.unlink(missing_ok=True)
        order = {"command": self.command(name, *arguments), "report": str(told), "seconds": seconds, "bytes": _MOST_BYTES, "powers": powers}  # fmt: skip
        environment = {**surroundings(), **variables}
        with notes.open("wb") as stream, (self.folder / "errors.txt").open("wb") as errors:
            subprocess.run(
                [sys.executable, "-I", "-S", str(_LAUNCH), json.dumps(order)],
                stdin=subprocess.DEVNULL, stdout=stream, stderr=errors, env=environment, check=True, cwd=self.root,
            )  # fmt: skip
        words = "" if out else notes.read_text("utf-8", "replace")
        words += (self.folder / "errors.txt").read_text("utf-8", "replace")
        measured = Measured(said=words, **json.loads(told.read_text("ascii")))
        self.done.append(measured)
        return measured

    def must_hold(self, worked: float, megabytes: float) -> None:
        """What holds after every attack. Raises ``Wrong``."""
        for each in self.done:
            if "Traceback" in each.said:
                raise Wrong(f"traceback: {each.said[-300:]}")
            if each.late or each.worked > worked:
                raise Wrong(f"works {each.worked:.1f} s, more than {worked:g}" + (", ended" if each.late else ""))
            if each.megabytes > megabytes:
                raise Wrong(f"takes {each.megabytes:.0f} MB, more than {megabytes:g}")
        left = [each.name for each in self.root.rglob("*") if _TEMPORARY.fullmatch(each.name)]
        if left:
            raise Wrong(f"leaves {left[:3]}")
        for path in (self.root / "outputs").rglob("*.docx"):
            if path.is_file() and not zipfile.is_zipfile(path):
                raise Wrong(f"leaves half of {path.name}")


@cache
def program() -> tuple[str, ...]:
    """The program that is tried."""
    other = os.environ.get("GONGWEN_PROGRAM", "")
    return tuple(shlex.split(other)) or (sys.executable, "-c", "from pipeline.cli import main; main()")


def surroundings() -> dict[str, str]:
    """The environment of the program that is tried; another one finds its own modules."""
    return {**os.environ, "PYTHONPATH": "" if os.environ.get("GONGWEN_PROGRAM") else str(REPOSITORY)}


@cache
def _bare() -> tempfile.TemporaryDirectory[str]:
    """The workspace that every room begins with; it goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="attacks-")
    root = office(Path(folder.name) / "office").root
    declared = root / "inputs/2027/申报/申报表.csv"
    text = declared.read_text("utf-8").replace("当年形象进度目标", "当年计划形象进度")  # as the papers ask for it
    declared.write_text(text, "utf-8")
    if os.environ.get("GONGWEN_PROGRAM"):  # an earlier version has other settings and templates
        other = Path(folder.name) / "other"
        subprocess.run([*program(), "init", str(other)], check=True, capture_output=True)
        shutil.copy(other / "inputs/office.toml", root / "inputs/office.toml")
        shutil.copytree(other / "templates", root / "templates", dirs_exist_ok=True)
        shutil.rmtree(other)
    return folder


def open_room(folder: Path) -> Room:
    """A room in an empty folder."""
    shutil.copytree(_bare().name, folder, dirs_exist_ok=True)
    (folder / "mail").mkdir()
    (folder / "office/outputs").mkdir()
    return Room(folder)


@dataclass(frozen=True)
class Case:
    """One attack: ``act`` builds it, runs the commands and raises ``Wrong`` where the verdict is another."""

    name: str
    act: Callable[[Room], object]
    worked: float = 8.0  # seconds of processor time that a command may take
    megabytes: float = 512.0
    long: bool = False  # only under GONGWEN_LONG: it takes a giant file to see
    needs: str = ""  # "office": LibreOffice; "mount": the right to mount a file system

    def judge(self, room: Room) -> None:
        """Raises ``Wrong``."""
        self.act(room)
        room.must_hold(self.worked, self.megabytes)
