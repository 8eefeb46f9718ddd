"""The units' names: the directory's, and the full, short and former ones that the office confirmed (单位别名)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.records.ledgers import Ledgers
from pipeline.records.level import Level, is_office
from pipeline.records.names import name_key
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.record import Record
from pipeline.records.renames import final_names


@dataclass(frozen=True)
class UnitNames:
    """Every name by which a unit is known. Without a directory a name that is no alias is taken as it stands."""

    directory: Sequence[str] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)  # other name → the directory's
    office: str = Level.DISTRICT.office

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        listed = {name_key(unit): unit for unit in self.directory}
        others = {key: listed.get(name_key(name), name) for key, name in final_names(self.aliases).items()}
        return others | listed

    @property
    def every(self) -> tuple[str, ...]:
        """The directory's names and the others, each once."""
        return tuple(dict.fromkeys((*self.directory, *self.aliases)))

    def known(self, name: str) -> str:
        """The directory's spelling of a unit's name, the office's own name, or "" for a name that nobody knows."""
        key = name_key(name)
        if is_office(key):
            return self.office
        return self._by_key.get(key, "" if self.directory else name.strip())

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The units that a title or a file's name mentions; a name within a longer one does not count."""
        key = name_key(text)
        found = [name for name in self._by_key if name in key]
        whole = [name for name in found if not any(name != other and name in other for other in found)]
        return tuple(dict.fromkeys(self._by_key[name] for name in whole))


def lines_under_directory_names(lines: Sequence[RegisterLine], aliases: Mapping[str, str]) -> tuple[RegisterLine, ...]:
    """Lines of the register as of today's directory: a unit renamed since has its present name."""
    final = final_names(aliases)
    if not final:
        return tuple(lines)
    return tuple(replace(line, unit=final.get(name_key(line.unit), line.unit)) for line in lines)


def under_directory_names(ledgers: Ledgers, aliases: Mapping[str, str]) -> Ledgers:
    """The year with the directory's name for every other one of a unit; a source still shows what was written."""
    final = final_names(aliases)
    if not final:
        return ledgers

    def name_of(unit: str) -> str:
        return final.get(name_key(unit), unit)

    def of_one(row: Record) -> Record:
        named = tuple(dict.fromkeys(map(name_of, row.units)))
        return row if named == row.units else row.with_units(named)

    findings = tuple(replace(each, unit=name_of(each.unit)) for each in ledgers.findings)
    return replace(ledgers.each(of_one), findings=findings)
