"""What a year's documents rest on: its ledgers, as far as they are sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.facts.soundness import Soundness
from pipeline.facts.year_index import YearIndex
from pipeline.records.grouping import grouped
from pipeline.records.names import name_key
from pipeline.records.pairing import Sponsorship
from pipeline.records.project import Declaration


@dataclass(frozen=True, eq=False)
class Basis(YearIndex):
    """One year's ledgers with what may be relied on in them."""

    soundness: Soundness

    @cached_property
    def listed(self) -> tuple[Declaration, ...]:
        """The year's key projects: declared and without declaration errors, in the ledgers' order."""
        return tuple(row for row in self.declared.values() if not self.soundness.declaration_errors(row.key))

    @cached_property
    def listed_by_unit(self) -> Mapping[str, tuple[Declaration, ...]]:
        """Listed projects by the key of their responsible unit, units in order of appearance."""
        return grouped(self.listed, lambda row: name_key(row.lead_unit))

    @cached_property
    def sound_sponsorships(self) -> Mapping[str, Sponsorship]:
        """Settled sponsored projects whose list entry has no error."""
        entries = self.sponsored.items()
        return {key: row for key, row in entries if not self.soundness.errors("sponsorship", key)}
