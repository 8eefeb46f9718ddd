"""All attacks, in the order of the way that data take."""

from tests.attacks.ledgers import LEDGERS
from tests.attacks.names import NAMES
from tests.attacks.papers import PAPERS
from tests.attacks.returned import RETURNED
from tests.attacks.room import Case
from tests.attacks.rough_ends import ROUGH_ENDS
from tests.attacks.templates import TEMPLATES
from tests.attacks.workspaces import WORKSPACES

CASES: tuple[Case, ...] = (*LEDGERS, *NAMES, *RETURNED, *WORKSPACES, *TEMPLATES, *PAPERS, *ROUGH_ENDS)
