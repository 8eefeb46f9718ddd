"""Every kind of ledger that is read."""

from pipeline.ledgers.declarations import DECLARATION
from pipeline.ledgers.directory import LEADER, UNIT
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.monthly import PROGRESS, RECEIPT
from pipeline.ledgers.on_site import ON_SITE
from pipeline.ledgers.problems import PROBLEM, PROCEDURE
from pipeline.ledgers.reserve_pool import RESERVE
from pipeline.ledgers.sponsored import NODE, SPONSORSHIP, TEAM

LEDGER_KINDS: tuple[LedgerKind, ...] = (
    DECLARATION, SPONSORSHIP, TEAM, NODE, PROGRESS, PROBLEM, PROCEDURE, LEADER, UNIT, RESERVE, ON_SITE, RECEIPT,
)  # fmt: skip
