"""A year's folder to one ``Ledgers`` object."""

from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.files.bounded_bytes import sha256_of
from pipeline.records.joint_units import led_by_one
from pipeline.records.ledgers import Ledgers
from pipeline.records.limits import ROWS_OF_A_YEAR
from pipeline.records.office import Unit
from pipeline.records.settings import OfficeSettings
from pipeline.records.task_progress import SILENT, TaskProgress
from pipeline.records.unit_names import under_directory_names
from pipeline.spreadsheets.cell_text import printable
from pipeline.spreadsheets.collecting import without_collecting
from pipeline.tables.file_reading import FileReading, Memory

if TYPE_CHECKING:
    from pipeline.spreadsheets.readers import Readers
    from pipeline.tables.file_reader import FileReader

_DIRECTORY_FOLDER = "名册"  # read first: it names the units
_FORGETFUL = Memory()


def _sha256(path: Path) -> str:
    """The file's hash; "" for one that can't be opened, which is a finding of its own."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def _state(path: Path) -> tuple[int, ...]:
    """Differs where a file was written or put in another's place meanwhile."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


@dataclass
class _File:
    """One of the files of the year."""

    path: Path
    place: str  # within the workspace; "" for a file from elsewhere, which is not remembered
    state: tuple[int, ...]
    sha256: str

    @classmethod
    def at(cls, path: Path, root: Path) -> "_File":
        place = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        return cls(path, place, _state(path), _sha256(path))

    @property
    def lasts(self) -> bool:
        """Whether it can be known again: it lies in the workspace and could be opened."""
        return bool(self.place and self.sha256)

    @property
    def name(self) -> str:
        """As it stands in findings."""
        return printable(self.place or self.path.name)


class _Year:
    """Reads the files of one year, each once; what is remembered is not opened."""

    def __init__(
        self,
        year: int,
        settings: OfficeSettings,
        memory: Memory,
        units: tuple[str, ...],
        readers: "Readers | None",
    ) -> None:
        self.year, self.settings, self.memory = year, settings, memory
        self.units = units  # the directory's, as far as they are known
        self.listed: list[str] = []
        self.room = ROWS_OF_A_YEAR
        self.readers = readers
        self.opened = ExitStack()

    def __enter__(self) -> "_Year":
        return self

    def __exit__(self, *_: object) -> None:
        self.opened.close()

    def read(self, files: Sequence[_File]) -> Generator[FileReading, None, None]:
        """What each comes to, in their order. One who stops early closes it, in the same thread."""
        known = self.units
        remembered = [self._recalled(file) for file in files]
        ahead = [file.path for file, found in zip(files, remembered, strict=True) if found is None]
        with self._reader(ahead) if ahead else nullcontext() as reader:
            for file, found in zip(files, remembered, strict=True):
                if found is None:
                    assert reader
                    found = self._kept(file, *reader.next(file.path, file.name, file.sha256, self.units))
                elif self.units != known:  # a ledger among these files has added to the directory
                    found = self._recalled(file) or self._alone(file)
                found = self._within(file, found)
                self.listed += [record.name for record in found.records if isinstance(record, Unit)]
                self.units = tuple(self.listed) or self.units
                yield found

    def _reader(self, ahead: Sequence[Path]) -> "FileReader":
        from pipeline.spreadsheets.readers import Readers
        from pipeline.tables.file_reader import FileReader  # much to load, and often not needed

        if self.readers is None:
            self.readers = self.opened.enter_context(Readers(self.settings.limits))
        return FileReader(self.year, self.settings, self.readers, ahead)

    def _alone(self, file: _File) -> FileReading:
        with self._reader([file.path]) as reader:
            return self._kept(file, *reader.next(file.path, file.name, file.sha256, self.units))

    def _within(self, file: _File, found: FileReading) -> FileReading:
        """The same as long as there is room for its rows, else that there is none."""
        if len(found.records) > self.room:
            with self._reader([]) as reader:
                return reader.without_room(file.name, file.sha256, self.units)
        self.room -= len(found.records)
        return found

    def _recalled(self, file: _File) -> FileReading | None:
        if not file.lasts:
            return None
        return self.memory.recall(file.place, file.sha256, self.year, self.units)

    def _kept(self, file: _File, found: FileReading, lasting: bool) -> FileReading:
        if lasting and file.lasts and _state(file.path) == file.state:
            self.memory.keep(file.place, found, self.year, self.units)
        return found


def read_ledgers(
    root: Path,
    year: int,
    paths: Sequence[Path],
    settings: OfficeSettings,
    progress: TaskProgress = SILENT,
    units: tuple[str, ...] = (),
    readers: "Readers | None" = None,
    memory: Memory = _FORGETFUL,
) -> Ledgers:
    """Read the files of one year. ``root`` is the workspace; ``progress`` is told of each file.

    From here on a unit has the directory's name only. ``units`` are the directory's, where it is not among the files; ``readers`` serve several calls; what ``memory``
    holds is not read again.
    """
    files = [_File.at(path, root) for path in sorted(paths, key=lambda path: path.as_posix())]
    directory = [file for file in files if _DIRECTORY_FOLDER in file.path.parts]
    others = [file for file in files if _DIRECTORY_FOLDER not in file.path.parts]
    read: list[FileReading] = []
    with without_collecting(), _Year(year, settings, memory, units, readers) as reading:
        for group in (directory, others):
            with closing(reading.read(group)) as found:
                for each in found:
                    read.append(each)
                    progress.advance(each.file.file)
                    progress.check()
    as_written = Ledgers(
        year=year,
        files=tuple(each.file for each in read),
        findings=tuple(finding for each in read for finding in each.findings),
        records=tuple(record for each in read for record in each.records),
    )
    listed = units or tuple(unit.name for unit in as_written.units)
    named = led_by_one(as_written, (*listed, *settings.unit_aliases) if listed else ())
    return under_directory_names(named, settings.unit_aliases)
