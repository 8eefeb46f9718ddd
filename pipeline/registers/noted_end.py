"""The end of a chained file, noted in a text file beside it: it tells whether the file is the one last written.

For any register: a file of lines of which each is chained to the one before by its hash. The note is written after the
line is safe, so it may lag behind the file and never runs ahead. A file that does not reach the noted line, or has
another there, was emptied, deleted, exchanged or put back from an older copy.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import WorkspaceError
from pipeline.files.disk_trouble import reason
from pipeline.outputs.whole_file import write_whole

_SHOWN = 16  # characters of a hash
_BEGUN = "0:"  # of a file that has no line yet


@dataclass(frozen=True)
class ChainEnd:
    """The last line at some time; prints as ``12:3f9a…``, to be noted elsewhere."""

    number: int
    hash: str  # whole, or its beginning where a person copied it

    @classmethod
    def parse(cls, text: str) -> "ChainEnd":
        """``12:3f9a6c01`` with at least 8 digits of the hash; raises ValueError otherwise."""
        match = re.fullmatch(r"\s*([1-9]\d{0,8})[:：]([0-9a-f]{8,64})\s*", text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), match[2])

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @property
    def short(self) -> str:
        """As a message repeats it."""
        return f"{self.number}:{self.hash[:_SHOWN]}"


@dataclass(frozen=True)
class NotedEnd:
    """The note beside a chained file. ``name`` is what users call the file."""

    path: Path
    name: str

    def read(self) -> ChainEnd | None:
        """None where no line was noted yet. Raises ``WorkspaceError`` where the note says anything else."""
        try:
            text = self.path.read_text("utf-8")
            return None if text.strip() == _BEGUN else ChainEnd.parse(text)
        except FileNotFoundError:
            return None
        except OSError as problem:
            raise WorkspaceError(f"{self.path}读不出来：{reason(problem)}") from None
        except ValueError:  # undecodable text too
            raise WorkspaceError(
                f"{self.path}的内容不是链尾，被改动过；链尾应写成行号、冒号和一串字母数字，如“12:3f9a6c01…”"
            ) from None

    def begin(self) -> None:
        """Note, before the first line, that there is such a file: one that is gone later was deleted."""
        if not self.path.exists():
            self._write(_BEGUN)

    def note(self, end: ChainEnd) -> None:
        """Note a new end; another writer may have been quicker. Raises ``WorkspaceError``."""
        noted = self.read()
        if noted is None or noted.number < end.number:
            self._write(str(end))

    def put(self, end: ChainEnd) -> None:
        """Note an end in place of whatever stood there."""
        self._write(str(end))

    def trouble(self, noted: ChainEnd | None, hashes: Sequence[str]) -> str:
        """What does not fit between the note and the hashes of the file's lines; "" where they fit.

        ``noted`` was read before the file was: else a line that came between would seem to be gone.
        """
        count = len(hashes)
        if noted is None:
            return f"有{count}行，记链尾的{self.path.name}却不在" if count and not self.path.exists() else ""
        stands = f"{self.path.name}记的是{noted.short}，即第{noted.number}行"
        if noted.number > count:
            held = f"只到第{count}行（{ChainEnd(count, hashes[-1]).short}）" if count else "一行也没有"
            return f"{stands}，现在{self.name}{held}：被清空、删除，或换成了较早的一份"
        found = ChainEnd(noted.number, hashes[noted.number - 1])
        if not found.hash.startswith(noted.hash):
            return f"{stands}，现在{self.name}的这一行是{found.short}：换成了另一份，或被改过"
        return ""

    def _write(self, text: str) -> None:
        try:
            write_whole(self.path, f"{text}\n".encode())
        except OSError as problem:
            raise WorkspaceError(f"已登记，但无法写入{self.path}：{reason(problem)}") from None
