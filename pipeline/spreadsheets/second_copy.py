"""An .xls as the second reader can take it: what it stumbles over, though the file is sound, is written over in a copy."""

import struct

from pipeline.spreadsheets.biff_formulas import EOF, records
from pipeline.spreadsheets.compound import Compound

_CODE_PAGE, _UTF_16 = 0x0042, 1200
NAMES = ("Workbook", "Book")


def copy_for_second_reader(compound: Compound, stream: bytes, *, unicode: bool) -> bytes:
    """The file in whole sectors, with its stream's name in the usual case and, where ``unicode``, no other code page.

    The texts of BIFF8 are UTF-16 whatever its code page says: JXL says 1252, and the second reader believes it.
    """
    copy = bytearray(compound.data)
    for name in NAMES:
        if compound.stream(name):
            at = compound.place_of_entry(name)
            copy[at : at + 2 * len(name)] = name.encode("utf-16-le")
    if unicode:
        _set_code_page(copy, compound, stream)
    return bytes(copy)


def _set_code_page(copy: bytearray, compound: Compound, stream: bytes) -> None:
    name = next(name for name in NAMES if compound.stream(name))
    for at, kind, content in records(stream, 0):
        if kind == EOF:
            return
        if kind == _CODE_PAGE and len(content) == 2:
            for offset, byte in enumerate(struct.pack("<H", _UTF_16)):  # the two may lie in different sectors
                copy[compound.place_in(name, at + offset)] = byte
