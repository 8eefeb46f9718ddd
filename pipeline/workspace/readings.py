"""What earlier commands read: a ledger that has not changed since is not read again.

A file's reading rests on its contents, its place, the year, the directory's units, the office's choices and the
program; where one of these differs, the file is read. What is kept here saves time and nothing else: it can be
deleted at any moment.

It lies in a folder that others can write to, and records that somebody put there would be printed as the unit's own
figures. So the file is sealed with a secret that lies in the user's own folder on this computer (``own_key``): what was
changed since, or written by anybody else, is not used and that is said. A colleague on another computer reads for
himself, and what serves as evidence (``trace``, ``run --force``) does not look at the file. Refusals are kept like any
reading, those for the time that a file took as well; ``run --force`` removes them with the file.
"""

import hashlib
import hmac
import json
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.files.bounded_bytes import bytes_within
from pipeline.ledgers.kinds import KIND_OF
from pipeline.outputs.manifest import READINGS, digest
from pipeline.outputs.whole_file import write_whole
from pipeline.program import program_digest
from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile
from pipeline.records.limits import REMEMBERED_BYTES, REMEMBERED_OF_A_FILE
from pipeline.records.plain_data import as_plain, from_plain
from pipeline.records.settings import OfficeSettings
from pipeline.tables.file_reading import FileReading, Memory
from pipeline.workspace.folders import Workspace
from pipeline.workspace.own_key import own_key

_START = b"gongwen readings 2\n"
_SEAL = hashlib.sha256().digest_size
_READABLE, _ONLY_OURS = 0o444, 0o600  # rights
NOT_USED = f"outputs/{READINGS}不是当前用户用本程序在本机保存的原样，没有使用，各台账都重新读取。"

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _packed(reading: FileReading) -> bytes:
    alike = groupby(reading.records, attrgetter("ledger"))
    said = [
        as_plain(LedgerFile, [reading.file]),
        [[ledger, as_plain(KIND_OF[ledger].record, list(records))] for ledger, records in alike],
        as_plain(Finding, reading.findings) if reading.findings else [],
    ]
    # what could not be decoded in a ledger stands in its findings
    return _write(said).encode("utf-8", "surrogatepass")


def _unpacked(data: bytes) -> FileReading:
    """Raises ``ValueError`` for anything that ``_packed`` would not write."""
    try:
        files, alike, findings = json.loads(data.decode("utf-8", "surrogatepass"))
        (file,) = from_plain(LedgerFile, files)
        records = [record for slug, said in alike for record in from_plain(KIND_OF[slug].record, said)]
        return FileReading(file, tuple(records), tuple(from_plain(Finding, findings) if findings else ()))
    except (KeyError, TypeError, RecursionError) as problem:
        raise ValueError from problem


class _Kept(NamedTuple):
    rests_on: str  # the digest of what else than the units decides
    units: tuple[str, ...]
    packed: bytes


class Readings(Memory):
    """The readings of one workspace."""

    def __init__(self, root: Path, path: Path, settings: OfficeSettings) -> None:
        self.root, self.path, self.settings = root, path, settings
        self.kept: dict[str, _Kept] = {}  # by place in the workspace
        self.changed = False

    @classmethod
    def open(cls, workspace: Workspace, settings: OfficeSettings) -> "Readings":
        """``settings`` are those by which is read."""
        readings = cls(workspace.root, workspace.outputs / READINGS, settings)
        if key := own_key():
            readings._load(key)
        return readings

    def recall(self, place: str, sha256: str, year: int, units: tuple[str, ...]) -> FileReading | None:
        kept = self.kept.get(place)
        if kept is None or (kept.rests_on, kept.units) != (self._rests_on(sha256, year), units):
            return None
        inflating = zlib.decompressobj()
        try:
            found = _unpacked(inflating.decompress(kept.packed, REMEMBERED_OF_A_FILE))
        except (ValueError, zlib.error):
            return None
        return found if inflating.eof and found.file.sha256 == sha256 else None

    def keep(self, place: str, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        data = _packed(reading)
        if len(data) <= REMEMBERED_OF_A_FILE:
            self.kept[place] = _Kept(self._rests_on(reading.file.sha256, year), units, zlib.compress(data, 1))
            self.changed = True

    def save(self) -> None:
        """For the next command. Where there is no outputs folder, or none that can be written, it reads again."""
        key = own_key()
        if not self.changed or key is None or not os.path.isdir(self.path.parent):
            return
        body = _bound({place: self.kept[place] for place in self._lasting()})
        with suppress(OSError):
            # readable as the folder is, and written by nobody else
            rights = _ONLY_OURS | os.stat(self.path.parent).st_mode & _READABLE
            sealed = _START + hmac.digest(key, body, "sha256") + body
            write_whole(self.path, sealed, lasting=False, rights=rights)
            self.changed = False

    def _lasting(self) -> Iterator[str]:
        """The places whose files are still there, as many as the file has room for."""
        room = REMEMBERED_BYTES
        for place in sorted(self.kept):
            room -= len(self.kept[place].packed) + len(place)
            if room >= 0 and os.path.isfile(self.root / place):  # os.path: unlike Path's it raises for no name
                yield place

    @cached_property
    def _all_rest_on(self) -> str:
        return digest(repr((program_digest(), sys.version, self.settings)).encode())

    def _rests_on(self, sha256: str, year: int) -> str:
        return f"{self._all_rest_on} {year} {sha256}"

    def _load(self, key: bytes) -> None:
        """Keep what the file says, if it is as we wrote it; of another one nothing is parsed."""
        if not os.path.lexists(self.path):
            return
        try:
            # to open a pipe would wait for its writer
            data = bytes_within(self.path, 2 * REMEMBERED_BYTES) if self.path.is_file() else b""
        except OSError:
            data = b""
        body = data[len(_START) + _SEAL :]
        seal = hmac.digest(key, body, "sha256")
        if hmac.compare_digest(data[: len(_START) + _SEAL], _START + seal):
            self.kept = dict(_unbound(body))
        else:
            _say(NOT_USED)


def forget(workspace: Workspace) -> None:
    """Remember nothing any more: what was refused for the time that it took is read by the next command, too."""
    with suppress(OSError):
        (workspace.outputs / READINGS).unlink()


def _say(sentence: str) -> None:
    """To whoever runs the command: on the error output, unless the program that calls us has another place."""
    import logging  # seldom needed

    logging.getLogger(__name__).warning(sentence)


def _bound(kept: dict[str, _Kept]) -> bytes:
    """A line of JSON that tells of each reading its place, what it rests on and its length; then the readings."""
    units = {each: number for number, each in enumerate(dict.fromkeys(one.units for one in kept.values()))}
    listed: list[Any] = [[place, one.rests_on, units[one.units], len(one.packed)] for place, one in kept.items()]
    line = _write([list(units), listed]).encode("utf-8", "surrogatepass")
    return b"\n".join((line, b"".join(one.packed for one in kept.values())))


def _unbound(body: bytes) -> Iterator[tuple[str, _Kept]]:
    line, _, packed = body.partition(b"\n")
    units, listed = json.loads(line.decode("utf-8", "surrogatepass"))
    start = 0
    for place, rests_on, number, length in listed:
        yield place, _Kept(rests_on, tuple(units[number]), packed[start : start + length])
        start += length
