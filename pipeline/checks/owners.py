"""Whose workbook a file is: only a unit's own workbook may be given back to it."""

from collections.abc import Mapping

from pipeline.facts.case import Case
from pipeline.ledgers.kinds import KIND_OF
from pipeline.records.names import name_key


def owners(case: Case) -> Mapping[str, str]:
    """The unit of each file that belongs to one, by the file's name in the workspace.

    A unit of the directory that the file's name states, else the one unit that all its rows are about. A list
    that the office keeps, or one of several units, belongs to nobody: it would show one unit the others' rows.
    """
    units_in: dict[str, dict[str, str]] = {}
    for record in case.ledgers.records:
        if unit := case.unit_to_mend(record):
            units_in.setdefault(record.source.file, {}).setdefault(name_key(unit), unit)
    names = {unit.key: unit.name for unit in case.ledgers.units}
    found: dict[str, str] = {}
    for file in case.ledgers.files:
        if file.ledgers and all(KIND_OF[slug].held_by_office for slug in file.ledgers):
            continue
        stated = _stated(file.file, case)
        inside = units_in.get(file.file, {})
        if stated:
            found[file.file] = stated
        elif len(inside) == 1:
            ((key, name),) = inside.items()
            found[file.file] = names.get(key, name)
    return found


def _stated(file: str, case: Case) -> str:
    name = file.rsplit("/", 1)[-1]
    return max((unit.name for unit in case.ledgers.units if unit.name in name), key=len, default="")
