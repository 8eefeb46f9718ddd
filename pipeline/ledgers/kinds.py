"""Every kind of ledger that is read: nothing else lists them."""

from collections.abc import Mapping

from pipeline.ledgers.declarations import DECLARATION
from pipeline.ledgers.directory import LEADER, UNIT
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.monthly import PROGRESS, RECEIPT
from pipeline.ledgers.on_site import ON_SITE
from pipeline.ledgers.problems import PROBLEM, PROCEDURE
from pipeline.ledgers.reserve_pool import RESERVE
from pipeline.ledgers.sponsored import NODE, SPONSORSHIP, TEAM
from pipeline.records.field_catalogue import Field, fields_defined

LEDGER_KINDS: tuple[LedgerKind, ...] = (
    DECLARATION, SPONSORSHIP, TEAM, NODE, PROGRESS, PROBLEM, PROCEDURE, LEADER, UNIT, RESERVE, ON_SITE, RECEIPT,
)  # fmt: skip
KIND_OF: Mapping[str, LedgerKind] = {kind.slug: kind for kind in LEDGER_KINDS}


def catalogue() -> tuple[Field, ...]:
    """Every field that a ledger may hold."""
    return fields_defined()
