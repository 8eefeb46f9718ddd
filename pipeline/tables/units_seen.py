"""Units as they stand in headings, titles and names, of any quantity: for looking at a table, not for reading money.

How an amount's unit is settled for a ledger stands in ``head``; nothing here is used for a figure.
"""

import re
from collections.abc import Iterable

from pipeline.spreadsheets.unit_words import CURRENCY, MEASURES, SCALE, half_width

_ONE = rf"(?:{SCALE}?(?:{CURRENCY}|人民币|{MEASURES})|[%‰])"
_UNIT = rf"{_ONE}(?:/{_ONE})?"
_BRACKETED = re.compile(rf"[(\[【〔](?:金额)?(?:计量)?(?:单位)?[:]?({_UNIT})[)\]】〕]")
_TRAILING = re.compile(rf"[,/]\(?({_UNIT})\)?$")
_LINE = re.compile(rf"(?<![报责任申牵送])单位[:](?:人民币)?({_UNIT})(?=$|[、,;/)])")
_WHOLE = re.compile(_UNIT)


def bracketed_unit(text: str) -> str:
    """The unit that a heading or a row's name states beside its words, the last where there are more; else ""."""
    folded = half_width(text)
    found = _BRACKETED.findall(folded) or _TRAILING.findall(folded)
    return str(found[-1]) if found else ""


def stated_units(text: str) -> tuple[str, ...]:
    """The units of a title or of a line such as 单位：万元, each once."""
    folded = half_width(text)
    return tuple(dict.fromkeys((*_LINE.findall(folded), *_BRACKETED.findall(folded))))


def whole_unit(text: str) -> str:
    """The text itself where it is a unit and nothing else, as in a row of units below the headings."""
    folded = half_width(text)
    return folded if _WHOLE.fullmatch(folded) else ""


def named_units(names: Iterable[str], rows: int) -> tuple[str, ...]:
    """The units in the names of rows, where at least half of ``rows`` rows state one."""
    units = [unit for name in names if len(name) <= 60 and (unit := bracketed_unit(name))]
    return tuple(dict.fromkeys(units)) if units and len(units) * 2 >= rows else ()
