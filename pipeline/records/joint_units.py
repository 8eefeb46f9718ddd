"""A cell that names several units for one project: one leads, the others assist (B-7, K-9(1)).

A record keeps the leading unit as its unit and the cell's units beside it, so that no unit of the joint name exists
anywhere; that the cell names several is a finding.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.pairing import Sponsorship
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration

_Led = TypeVar("_Led", Declaration, Progress)

_UNIT_END = "局委办部院镇乡道处司团心会府队站所区社"  # with one of these a Chinese unit's name ends
# 和 is part of 区发展和改革局: it parts two units only behind the end of one.
_BETWEEN = re.compile(rf"[、，,；;/／|｜+＋&\s]+|(?<=[{_UNIT_END}）)])(?:和|与|及|会同)")
_LEADS = r"牵头|主办|主责|负责"
_ASSISTS = r"配合|协办|协同|协助|参与|参加"
_ROLE = re.compile(
    rf"^(?:(?P<leads>{_LEADS})|{_ASSISTS})(?:单位|部门)?[:：]?|[（(](?:(?P<led>{_LEADS})|{_ASSISTS})(?:单位|部门)?[）)]"
)


def units_named(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The units that a cell names, the leading one first; ``known`` are the directory's names by key.

    A text that can't be taken apart into units is one unit, whatever it is.
    """
    if name_key(text) in known:
        return (text,)
    parts = [(part, _ROLE.search(part)) for part in _BETWEEN.split(text) if part]
    leading = [_ROLE.sub("", part) for part, role in parts if role and (role["leads"] or role["led"])]
    others = [_ROLE.sub("", part) for part, role in parts if not (role and (role["leads"] or role["led"]))]
    named = tuple(dict.fromkeys(name for name in (*leading, *others) if name))
    if named and all(name_key(name) in known or name.endswith(tuple(_UNIT_END)) for name in named):
        if len(named) > 1:
            return named
        return _run_together(name_key(named[0]), known) or named
    return (text,)


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

    def of_one(row: _Led) -> _Led:
        named = units_named(row.lead_unit, known)
        return replace(row, lead_unit=named[0], joint_units=named) if len(named) > 1 else row

    def sponsored(row: Sponsorship) -> Sponsorship:
        named = units_named("、".join(row.lead_units), known)
        return replace(row, lead_units=named) if row.lead_units else row

    return replace(
        ledgers,
        declarations=tuple(map(of_one, ledgers.declarations)),
        progress=tuple(map(of_one, ledgers.progress)),
        sponsorships=tuple(map(sponsored, ledgers.sponsorships)),
    )
