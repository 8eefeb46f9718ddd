"""All attacks, in the order of the way that data take."""

from tests.attacks.ledgers import LEDGERS
from tests.attacks.papers import PAPERS
from tests.attacks.room import Case

CASES: tuple[Case, ...] = (*LEDGERS, *PAPERS)
