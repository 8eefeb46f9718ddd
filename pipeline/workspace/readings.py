"""What earlier commands read: a ledger that has not changed since is not read again.

A file's reading rests on its contents, its name, the year, the directory's units, the office's choices and the
program; where one of these differs, the file is read. What is kept here saves time and nothing else: it can be
deleted at any moment, and what is damaged is read anew.
"""

import copyreg
import hashlib
import io
import pickle
import zlib
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path

from pipeline.ledgers.file_reading import FileReading, Memory
from pipeline.outputs.manifest import READINGS
from pipeline.outputs.whole_file import write_whole
from pipeline.program import program_digest
from pipeline.records.field_catalogue import Field, field_named
from pipeline.workspace.folders import Workspace

_START = b"gongwen readings 1\n"
_HASH = 32  # bytes of a SHA-256
_RECORDS = ("pipeline.records.", "pipeline.ledgers.file_reading")
_VALUES = {("decimal", "Decimal"): Decimal, ("datetime", "date"): date, ("datetime", "datetime"): datetime}


class _Pickler(pickle.Pickler):
    """Fields are compared by identity: of a field only the name is written."""

    dispatch_table = copyreg.dispatch_table | {Field: lambda field: (field_named, (field.slug,))}


@cache
def _known(module: str, name: str) -> object:
    """A class of records or values. Raises ``UnpicklingError`` for anything else."""
    if found := _VALUES.get((module, name)):
        return found
    if module.startswith(_RECORDS) and "." not in name:
        made = getattr(import_module(module), name, None)
        of_records = isinstance(made, type) and (is_dataclass(made) or issubclass(made, Enum))
        if made is field_named or of_records:
            return made
    raise pickle.UnpicklingError(f"{module}.{name}")


class _Unpickler(pickle.Unpickler):
    """Makes records and their values, and nothing else whatever the bytes say."""

    def find_class(self, module: str, name: str, /) -> object:
        return _known(module, name)


def _dumped(thing: object) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(thing)
    return buffer.getvalue()


def _loaded(data: bytes) -> object:
    """Raises whatever a damaged pickle can raise."""
    return _Unpickler(io.BytesIO(data)).load()


class Readings(Memory):
    """The readings of one workspace."""

    def __init__(self, root: Path, path: Path, rests_on: str) -> None:
        self.root, self.path, self.rests_on = root, path, rests_on
        # name → what else the reading rests on, the units, and the reading, packed
        self.kept: dict[str, tuple[str, tuple[str, ...], bytes]] = {}
        self.changed = False

    @classmethod
    def open(cls, workspace: Workspace, *, anew: bool = False) -> "Readings":
        """With ``anew`` nothing is remembered from before."""
        choices = sorted(workspace.choices().items())
        rests_on = hashlib.sha256(repr((program_digest(), choices)).encode()).hexdigest()
        readings = cls(workspace.root, workspace.outputs / READINGS, rests_on)
        if not anew:
            readings._load()
        return readings

    def has(self, name: str, sha256: str, year: int) -> bool:
        return name in self.kept and self.kept[name][0] == self._key(sha256, year)

    def recall(self, name: str, sha256: str, year: int, units: tuple[str, ...]) -> FileReading | None:
        if not self.has(name, sha256, year) or self.kept[name][1] != units:
            return None
        try:
            found = _loaded(zlib.decompress(self.kept[name][2]))
        except Exception:  # noqa: BLE001 - a pickle that another program wrote can raise anything
            return None
        return found if isinstance(found, FileReading) else None

    def keep(self, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        packed = zlib.compress(_dumped(reading), 1)
        self.kept[reading.file.file] = self._key(reading.file.sha256, year), units, packed
        self.changed = True

    def save(self) -> None:
        """For the next command. Where there is no outputs folder, or none that can be written, it reads again."""
        if not self.changed or not self.path.parent.is_dir():
            return
        kept = {name: each for name, each in sorted(self.kept.items()) if (self.root / name).is_file()}
        body = _dumped(kept)
        try:
            write_whole(self.path, _START + hashlib.sha256(body).digest() + body, lasting=False)
        except OSError:
            return
        self.changed = False

    def _key(self, sha256: str, year: int) -> str:
        return f"{self.rests_on} {year} {sha256}"

    def _load(self) -> None:
        try:
            data = self.path.read_bytes()
        except OSError:
            return
        start = len(_START)
        stated, body = data[start : start + _HASH], data[start + _HASH :]
        if not data.startswith(_START) or hashlib.sha256(body).digest() != stated:
            return
        try:
            kept = _loaded(body)
        except Exception:  # noqa: BLE001 - as above
            return
        if isinstance(kept, dict):
            self.kept = kept
