"""A cell that names several units for one project: one leads, the others assist (B-7, K-9(1)).

A record keeps the leading unit as its unit and the cell's units beside it, so that no unit of the joint name exists
anywhere; that the cell names several is a finding.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.record import ProjectRecord, Record

_UNIT_END = "局委办室部院镇乡道处司团心会府队站所区社校行厂"  # with one of these a Chinese unit's name ends
# 和 is part of 区发展和改革局: it parts two units only behind the end of one.
_BETWEEN = re.compile(rf"[、，,；;/／|｜+＋&\s]+|(?<=[{_UNIT_END}）)])(?:和|与|及|会同)")
_LEADS = r"牵头|主办|主责|负责|为主"
_ASSISTS = r"配合|协办|协同|协助|参与|参加|为辅"
_AS = r"(?:单位|部门)?"
_ROLE = re.compile(
    rf"^由?(?:(?P<before>{_LEADS})|{_ASSISTS})(?:(?:单位|部门)[:：]?|[:：])|[（(](?:(?P<within>{_LEADS})|{_ASSISTS}){_AS}[）)]"
    rf"|(?:(?P<behind>{_LEADS})|{_ASSISTS}){_AS}$"
)
_AROUND = re.compile(r"^由|等$")


def longest_name(text: str) -> int:
    """How many characters the longest of the names in a cell has."""
    return max(map(len, _BETWEEN.split(text)))


def units_named(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The units that a cell names, the leading one first; ``known`` are the directory's names by key.

    A text that can't be taken apart into units is one unit, whatever it is.
    """
    if name_key(text) in known:
        return (text,)
    parts = sorted(filter(None, _BETWEEN.split(text)), key=lambda part: not _leads(part))
    named = tuple(dict.fromkeys(name for part in parts if (name := _AROUND.sub("", _ROLE.sub("", part)))))
    if named and all(name_key(name) in known or name.endswith(tuple(_UNIT_END)) for name in named):
        if len(named) > 1:
            return named
        return _run_together(name_key(named[0]), known) or named
    return (text,)


def _leads(part: str) -> bool:
    """Whether a part of the cell says that its unit leads."""
    role = _ROLE.search(part)
    return role is not None and any(role.group("before", "within", "behind"))


def _run_together(key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The known units of which a text is made up, as where two lines of a cell were joined; () where it is not."""
    found: list[str] = []
    while key:
        first = max((unit for unit in known if key.startswith(unit)), key=len, default="")
        if not first:
            return ()
        found.append(known[first])
        key = key.removeprefix(first)
    return tuple(found)


def led_by_one(ledgers: Ledgers, units: Iterable[str]) -> Ledgers:
    """The year with one leading unit for each project; ``units`` are the directory's names."""
    known = {name_key(unit): unit for unit in units}

    @cache  # a year's rows name the same thirty units
    def named_in(text: str) -> tuple[str, ...]:
        return units_named(text, known)

    def of_one(row: Record) -> Record:
        if not isinstance(row, ProjectRecord) or not row.units:
            return row
        named = named_in("、".join(row.units))
        return row if named == row.units else row.with_units(named)

    return ledgers.each(of_one)
