"""Compound files (.xls, encrypted .xlsx): their streams, with every count and chain checked against the file's size.

The readers of .xls follow what a header or a table of sectors claims, without an end where a chain bites its tail.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.spreadsheets.refusals import UnreadableFile

_END_OF_CHAIN, _LAST_SECTOR = 0xFFFFFFFE, 0xFFFFFFFA
_ENTRY = struct.Struct("<64sHBB3L36xLQ")
_NO_ENTRY = 0xFFFFFFFF
_SMALL = 4096  # streams below it lie in the mini stream
_MINI = 64
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True)
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int
    place: int  # within the directory


class Compound:
    """One file. Raises ``UnreadableFile`` where a count, chain or size contradicts the file."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 1536:
            raise UnreadableFile("truncated")
        major, order, shift, mini_shift = struct.unpack("<HHHH", data[26:34])
        if order != 0xFFFE or (major, shift) not in ((3, 9), (4, 12)) or mini_shift != 6:
            raise UnreadableFile("compound-header")
        self.size: int = 1 << shift
        self.missing = (
            -len(data) % self.size
        )  # bytes: some programs end in the middle of a sector, or put a byte behind
        self.data: bytes = data + b"\0" * self.missing  # the second reader panics at a missing end
        self.sectors = max(0, (len(self.data) >> shift) - 1)
        listed, tables, self.directory = struct.unpack("<3L", data[40:52])
        self.mini_start, mini_tables, more_start, more = struct.unpack("<4L", data[60:76])
        needed = self.sectors * 4 // self.size + 1
        if max(listed, mini_tables, more) > self.sectors or tables > 2 * needed:
            raise UnreadableFile("compound-header")
        self.table = self._table(tables, more_start, more)
        entries = self._entries()
        if not entries or entries[0].kind != _ROOT:
            raise UnreadableFile("compound-header")
        self.root = entries[0]
        self.top: dict[str, _Entry] = {}  # what lies in no folder of the file; names differ in more than case
        for entry in _siblings(entries, self.root.child):
            if entry.name.casefold() in self.top:
                raise UnreadableFile("duplicate-part")
            self.top[entry.name.casefold()] = entry

    def sector(self, number: int) -> bytes:
        """Raises ``UnreadableFile`` for one beyond the file."""
        if number >= self.sectors:
            raise UnreadableFile("compound-header")
        at = (number + 1) * self.size
        return self.data[at : at + self.size]

    def _table(self, count: int, more_start: int, more: int) -> tuple[int, ...]:
        """The next sector of each sector."""
        places = list(struct.unpack("<109L", self.data[76:512]))
        at = more_start
        for _ in range(more):
            listed = struct.unpack(f"<{self.size // 4}L", self.sector(at))
            places += listed[:-1]
            at = listed[-1]
        used = [place for place in places if place < _LAST_SECTOR][:count]
        if self.missing and self.sectors - 1 in (*used, at):
            raise UnreadableFile("truncated")
        return tuple(number for place in used for number in struct.unpack(f"<{self.size // 4}L", self.sector(place)))

    def chain(self, start: int, table: tuple[int, ...]) -> Iterator[int]:
        """The sectors of a stream. Raises ``UnreadableFile`` for a chain without an end."""
        seen = 0
        while start != _END_OF_CHAIN:
            if start >= len(table) or seen > len(table):
                raise UnreadableFile("compound-header")
            yield start
            start, seen = table[start], seen + 1

    def whole(self, start: int, needed: int | None = None) -> bytes:
        """All bytes of a chain of sectors. Raises ``UnreadableFile`` where the file ends before those that are needed."""
        numbers = list(self.chain(start, self.table))
        content = b"".join(map(self.sector, numbers))
        if self.missing and self.sectors - 1 in numbers:
            there = len(content) - self.missing if numbers[-1] == self.sectors - 1 else 0
            if there < (len(content) if needed is None else needed):
                raise UnreadableFile("truncated")
        return content

    def _entries(self) -> list[_Entry]:
        """The directory."""
        listed = self.whole(self.directory)
        found = []
        for at in range(0, len(listed) - 127, 128):
            raw, length, kind, _, left, right, child, start, size = _ENTRY.unpack_from(listed, at)
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            # version 3 keeps 32 bits of the size; what stands in the upper half is not cleared by all writers
            found.append(_Entry(name, kind, left, right, child, start, size & 0xFFFFFFFF, at))
        return found

    def stream(self, name: str) -> bytes:
        """The content of a stream at the top, in whatever case its name is written; empty where there is none."""
        entry = self.top.get(name.casefold())
        if entry is None or entry.kind != _STREAM or not entry.size:
            return b""
        if entry.size >= _SMALL:
            content = self.whole(entry.start, entry.size)
        else:
            mini = self.whole(self.root.start, self.root.size)
            content = b"".join(mini[at * _MINI : at * _MINI + _MINI] for at in self._mini_chain(entry))
        if len(content) < entry.size:
            raise UnreadableFile("truncated")
        return content[: entry.size]

    def _mini_chain(self, entry: _Entry) -> Iterator[int]:
        listed = self.whole(self.mini_start)
        return self.chain(entry.start, struct.unpack(f"<{len(listed) // 4}L", listed))

    def place_in(self, name: str, at: int) -> int:
        """Where in ``data`` a byte of a stream lies."""
        entry = self.top[name.casefold()]
        if entry.size < _SMALL:
            at = list(self._mini_chain(entry))[at // _MINI] * _MINI + at % _MINI
            entry = self.root
        sector = list(self.chain(entry.start, self.table))[at // self.size]
        return (sector + 1) * self.size + at % self.size

    def place_of_entry(self, name: str) -> int:
        """Where in ``data`` the directory's line of a stream lies."""
        at = self.top[name.casefold()].place
        sector = list(self.chain(self.directory, self.table))[at // self.size]
        return (sector + 1) * self.size + at % self.size


def _siblings(entries: list[_Entry], first: int) -> Iterator[_Entry]:
    """The entries of one storage. Raises ``UnreadableFile`` for a tree that bites its tail."""
    waiting, seen = [first], set()
    while waiting:
        number = waiting.pop()
        if number == _NO_ENTRY:
            continue
        if number >= len(entries) or number in seen:
            raise UnreadableFile("compound-header")
        seen.add(number)
        entry = entries[number]
        waiting += [entry.left, entry.right]
        yield entry
