"""What a kind of ledger is: its fields, how to tell it, and how a row becomes a record."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipeline.ledgers.row import Row
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import Field
from pipeline.records.record import Record


@dataclass(frozen=True, eq=False)  # each is one of ``LEDGER_KINDS`` and compares by identity
class LedgerKind:
    """One kind of ledger.

    ``telling`` are the fields that few other ledgers have: a sheet is taken for the ledger of which it
    shows most of them. ``untelling`` are those whose heading means something else in another ledger, so that it
    speaks for none. ``subject`` is the field without which a row says nothing.
    """

    record: type[Record]  # of its rows
    name: str  # 申报台账
    folder: str  # where a workspace keeps it, below inputs/<year>/
    who_when: str  # who sends it and when, for the user
    citations: tuple[Citation, ...]
    fields: tuple[Field, ...]
    telling: frozenset[Field]
    subject: Field
    read: Callable[[Row], Record]
    monthly: bool = False
    once: bool = False  # lists a project once; a problem or a permit may well come again on another sheet
    sent_by_units: bool = True
    held_by_office: bool = False  # the office keeps the list, whoever states its rows
    essential: tuple[Field, ...] = ()  # columns without which the table is not taken: every sum rests on them
    untelling: frozenset[Field] = frozenset()
    also_known: tuple[Field, ...] = ()  # columns that units add and that are rightly left aside

    @property
    def slug(self) -> str:
        return self.record.ledger

    @cached_property
    def recognised(self) -> tuple[Field, ...]:
        return (*self.fields, *self.also_known)

    def score(self, matched: frozenset[Field]) -> int:
        """How well a head row fits; 0 where it does not."""
        if self.subject not in matched:
            return 0
        telling = len(self.telling & matched)
        return 0 if telling < min(2, len(self.telling)) else 3 * telling + len(matched - self.untelling)
