"""The same project from two units, or twice under names that only look different (K-9(1), K-10(2)).

Names that are equal are a duplicate, an error (``identity``). Here a person is asked about names that are only
alike: across units also the investment or the owner must agree, as every town may have its own school.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import combinations

from pipeline.checks.likeness import gist, likeness, same_but_for_form
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import listed, place
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.names import name_key
from pipeline.records.nearest import PROJECT
from pipeline.records.pairing import Sponsorship
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.regulation import key_projects

_TELLING = 20  # an owner or a total that more projects share tells nothing of any two
_RELATED = 0.6  # alike enough where total and year's plan are the same
_Entry = Declaration | Sponsorship | Progress


def _entries(case: Case) -> Iterator[_Entry]:
    """Every project once, by the ledger that says most of it.

    An undeclared name near a declared one is left to ``identity``, which asks for it to be put right.
    """
    known = set[str]()
    ledgers = case.ledgers
    rows: tuple[_Entry, ...] = (*ledgers.declarations, *ledgers.sponsorships, *ledgers.progress)
    for row in rows:
        if row.key and row.key not in known:
            known.add(row.key)
            if isinstance(row, Declaration) or not case.nearest_declared(row.project_name):
                yield row


def _groups(case: Case) -> Iterator[list[_Entry]]:
    """Projects that share a gist, an owner or a total: only these can be one."""
    groups: dict[tuple[str, object], list[_Entry]] = {}
    for row in _entries(case):
        groups.setdefault(("gist", gist(row.project_name)), []).append(row)
        if isinstance(row, Declaration | Sponsorship) and row.owner:
            groups.setdefault(("owner", name_key(row.owner)), []).append(row)
        if row.total_investment:
            groups.setdefault(("total", row.total_investment), []).append(row)
    return (group for group in groups.values() if 1 < len(group) <= _TELLING)


def _may_be_one(case: Case, one: _Entry, other: _Entry) -> bool:
    if same_but_for_form(one.project_name, other.project_name):
        return True
    if name_key(case.unit_to_mend(one)) == name_key(case.unit_to_mend(other)):
        return False  # a unit tells its own projects apart
    total, plan = one.total_investment, one.year_plan
    same_figures = bool(total) and (total, plan) == (other.total_investment, other.year_plan)
    return likeness(one.project_name, other.project_name) >= (_RELATED if same_figures else PROJECT)


@lru_cache(maxsize=1)  # three rules ask for the same year
def _others(case: Case) -> Mapping[_Entry, Sequence[_Entry]]:
    """For each project those that may be the same."""
    found: dict[_Entry, dict[_Entry, None]] = {}
    for group in _groups(case):
        for one, other in combinations(group, 2):
            if _may_be_one(case, one, other):
                found.setdefault(one, {})[other] = None
                found.setdefault(other, {})[one] = None
    return {row: tuple(others) for row, others in found.items()}


def _alike(kind: type[_Entry], case: Case) -> Iterator[Remark]:
    for row, others in _others(case).items():
        if isinstance(row, kind):
            named = listed(
                f"{case.unit_to_mend(other)}的“{other.project_name}”（{place(other.source)}）" for other in others
            )
            units = {name_key(case.unit_to_mend(each)) for each in (row, *others)}
            message = f"{case.unit_to_mend(row)}的“{row.project_name}”与{named}疑为同一项目"
            yield about_row(case, row, fields.PROJECT_NAME, message, _ASK_UNITS if len(units) > 1 else _ASK)


_ASK = "请核对；确为同一项目的只保留一处，不是的请把名称写得可以区分"
_ASK_UNITS = "请核对；确为同一项目的由一个责任单位报送，另一单位列为协办单位，不是的请把名称写得可以区分"
RULES: tuple[Rule, ...] = tuple(
    Rule(f"alike-{ledger}", key_projects.SAME_PROJECT_DOUBTED, ledger, partial(_alike, kind))
    for ledger, kind in (("declaration", Declaration), ("sponsorship", Sponsorship), ("progress", Progress))
)
