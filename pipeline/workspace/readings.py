"""What earlier commands read: a ledger that has not changed since is not read again.

A file's reading rests on its contents, its place, the year, the directory's units, the office's choices and the
program; where one of these differs, the file is read. What is kept here saves time and nothing else: it can be
deleted at any moment, and what is damaged is read anew. Who can write it can state false records as he can in a
ledger, so what serves as evidence (``trace``, ``run --force``) reads for itself.
"""

import copyreg
import io
import os
import pickle
import sys
import zlib
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from pipeline.ledgers.file_reading import FileReading, Memory
from pipeline.outputs.manifest import READINGS, digest
from pipeline.outputs.whole_file import write_whole
from pipeline.program import program_digest
from pipeline.records.field_catalogue import Field, field_named
from pipeline.records.settings import OfficeSettings
from pipeline.workspace.folders import Workspace

_START = b"gongwen readings 1\n"
_HASH = 64  # characters of a SHA-256
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
        if made is field_named or (isinstance(made, type) and made.__module__ == module):
            return made
    raise pickle.UnpicklingError(f"{module}.{name}")


class _Unpickler(pickle.Unpickler):
    """Makes records and their values; no other code is found, whatever the bytes say."""

    def find_class(self, module: str, name: str, /) -> object:
        return _known(module, name)


def _dumped(thing: object) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(thing)
    return buffer.getvalue()


def _loaded(data: bytes) -> object:
    """Raises whatever a damaged pickle can raise."""
    return _Unpickler(io.BytesIO(data)).load()


class _Kept(NamedTuple):
    rests_on: str  # the digest of what else than the units decides
    units: tuple[str, ...]
    packed: bytes


class Readings(Memory):
    """The readings of one workspace."""

    def __init__(self, root: Path, path: Path, settings: OfficeSettings, *, anew: bool) -> None:
        self.root, self.path, self.settings, self.anew = root, path, settings, anew
        self.kept: dict[str, _Kept] = {}  # by place in the workspace
        self.changed = False

    @classmethod
    def open(cls, workspace: Workspace, settings: OfficeSettings, *, anew: bool = False) -> "Readings":
        """``settings`` are those by which is read; with ``anew`` nothing is recalled, and all that is read is kept."""
        readings = cls(workspace.root, workspace.outputs / READINGS, settings, anew=anew)
        readings._load()
        return readings

    def recall(self, place: str, sha256: str, year: int, units: tuple[str, ...]) -> FileReading | None:
        kept = None if self.anew else self.kept.get(place)
        if kept is None or (kept.rests_on, kept.units) != (self._rests_on(sha256, year), units):
            return None
        try:
            found = _loaded(zlib.decompress(kept.packed))
        except Exception:  # noqa: BLE001 - a pickle that another program wrote can raise anything
            return None
        sound = isinstance(found, FileReading) and found.file.sha256 == sha256
        return found if sound else None  # type: ignore[return-value]  # as just seen

    def keep(self, place: str, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        packed = zlib.compress(_dumped(reading), 1)
        self.kept[place] = _Kept(self._rests_on(reading.file.sha256, year), units, packed)
        self.changed = True

    def save(self) -> None:
        """For the next command. Where there is no outputs folder, or none that can be written, it reads again."""
        if not self.changed or not os.path.isdir(self.path.parent):
            return
        # isfile: unlike Path's it raises for no name
        kept = {
            place: tuple(self.kept[place]) for place in sorted(self.kept) if os.path.isfile(self.root / place)
        }
        body = _dumped(kept)
        with suppress(OSError):
            write_whole(self.path, _START + digest(body).encode() + body, lasting=False)
            self.changed = False

    @cached_property
    def _all_rest_on(self) -> str:
        return digest(repr((program_digest(), sys.version, self.settings)).encode())

    def _rests_on(self, sha256: str, year: int) -> str:
        return f"{self._all_rest_on} {year} {sha256}"

    def _load(self) -> None:
        """Keep what the file says, if it is as we write it."""
        try:
            data = self.path.read_bytes()
        except OSError:
            return
        body = data[len(_START) + _HASH :]
        if data[: len(_START) + _HASH] != _START + digest(body).encode():
            return
        try:
            said = {place: _Kept(*each) for place, each in _loaded(body).items()}  # type: ignore[attr-defined]
        except Exception:  # noqa: BLE001 - as above
            return
        if all(map(_is_sound, said.items())):
            self.kept = said


def _is_sound(item: tuple[object, _Kept]) -> bool:
    place, (rests_on, units, packed) = item
    named = isinstance(units, tuple) and all(isinstance(unit, str) for unit in (place, rests_on, *units))
    return named and isinstance(packed, bytes)
