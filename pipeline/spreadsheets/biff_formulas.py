"""Which cells of an .xls are formulas that were never calculated: xlrd gives only their results.

A program that cannot calculate leaves an empty result, or 0 with the order to calculate on opening. Excel and WPS also
store an empty text where a formula gives one, but leave their own mark in the record's spare bytes.
"""

import struct
from collections.abc import Iterator

_FORMULA, _BOUNDSHEET, _BOF, EOF = 0x0006, 0x0085, 0x0809, 0x000A
_EMPTY_TEXT = b"\x03\0\0\0\0\0\xff\xff"
_ZERO = bytes(8)
_CALCULATE_ON_LOAD = 0x02


def records(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    """Where each record's content begins, its kind and its content."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at + 4, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheet_starts(stream: bytes) -> list[int]:
    starts = []
    for _, kind, data in records(stream, 0):
        if kind == EOF:
            break
        if kind == _BOUNDSHEET and len(data) >= 6 and data[5] == 0:  # a worksheet
            starts.append(struct.unpack_from("<L", data)[0])
    return starts


def _uncalculated(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    depth = 0
    for _, kind, data in records(stream, start):
        depth += (kind == _BOF) - (kind == EOF)
        if depth == 0:
            return
        if kind == _FORMULA and depth == 1 and len(data) >= 20:
            row, column = struct.unpack_from("<HH", data)
            result, flags, spare = data[6:14], data[14], data[16:20]
            unfinished = result == _ZERO and flags & _CALCULATE_ON_LOAD
            if unfinished or (result == _EMPTY_TEXT and spare == bytes(4)):
                yield row, column


def uncalculated_formulas(stream: bytes) -> list[set[tuple[int, int]]]:
    """For each sheet of a BIFF8 stream, the 0-based (row, column) of formulas without a result."""
    return [set(_uncalculated(stream, start)) for start in _sheet_starts(stream)]
