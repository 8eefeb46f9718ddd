"""The same project across ledgers: declared at all, once, with the same amounts and unit (K-10(2))."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import partial

from pipeline.checks.renaming import proposals
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import listed, place, wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.grouping import grouped
from pipeline.records.names import name_key
from pipeline.records.problem import Problem, Procedure
from pipeline.records.record import Record
from pipeline.regulation import key_projects, sponsorship

_UNKNOWN = "“{}”不在申报台账和包联清单中"
_RENAMED = "请核实是否由“{}”更名；确系更名的，按该项目的提醒登记一次即可"
_DECLARE = "名称有误的，请改正；漏报的，请补报该项目的申报台账"


def _undeclared(ledger: str, case: Case) -> Iterator[Remark]:
    if not case.declared:
        return  # without a single declaration nothing can be compared
    known = case.declared.keys() | case.sponsorships.keys() | case.dropped
    renamed = {each.row.key: each.old for each in proposals(case)}
    nearest: dict[str, str | None] = {}
    for row in case.ledgers.rows(ledger):
        name = row.project
        key = name_key(name)
        if key in known:
            continue
        if key in renamed:
            yield about_row(case, row, fields.PROJECT_NAME, _UNKNOWN.format(name), _RENAMED.format(renamed[key]))
            continue
        if key not in nearest:
            nearest[key] = case.nearest_declared(name)
        yield _not_declared(case, row, nearest[key])


def _not_declared(case: Case, row: Record, near: str | None) -> Remark:
    action = f"请改正项目名称，是否为{_whose(case, row, near)}“{near}”" if near else _DECLARE
    return about_row(case, row, fields.PROJECT_NAME, _UNKNOWN.format(row.project), action)


def _whose(case: Case, row: Record, near: str) -> str:
    """The unit that declared the near name, where it is not the row's own: two units may report one project."""
    theirs, own = case.declared[name_key(near)].lead_unit, case.unit_to_mend(row)
    return f"{theirs}申报的" if own and theirs and name_key(theirs) != name_key(own) else ""


def _sponsored_misspelt(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.sponsorships if case.declared else ():
        near = None if row.key in case.declared else case.nearest_declared(row.project_name)
        if near:
            message = f"包联项目“{row.project_name}”没有申报，与申报的“{near}”名称相近"
            yield about_row(case, row, fields.PROJECT_NAME, message, f"如为同一项目，请统一名称为“{near}”")


def _sponsored_not_key(case: Case) -> Iterator[Remark]:
    """A sponsored project below 1亿元 need not be a key project, so this is advice."""
    for row in case.ledgers.sponsorships if case.declared else ():
        if row.key not in case.declared and not case.nearest_declared(row.project_name):
            message = f"包联项目“{row.project_name}”没有申报为重点项目"
            yield about_row(case, row, fields.PROJECT_NAME, message, "请核对是否应补报申报台账")


def _same_figures(case: Case) -> Iterator[Remark]:
    """Reported on the sponsored list: the declaration came with papers and stands until it is changed."""
    for row in case.ledgers.sponsorships:
        declared = case.declared.get(row.key)
        if declared is None or row.key in case.declared_twice:
            continue
        for field, here, there in (
            (fields.TOTAL_INVESTMENT, row.total_investment, declared.total_investment),
            (fields.YEAR_PLAN, row.year_plan, declared.year_plan),
        ):
            if here is not None and there is not None and here != there:
                message = (
                    f"“{row.project_name}”的{field.label}为{wan(here)}，"
                    f"申报台账（{place(declared.source)}）为{wan(there)}"
                )
                yield about_row(case, row, field, message, "请核对后改正其中一处")


def _same_unit_sponsored(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.sponsorships:
        declared = None if row.key in case.declared_twice else case.declared.get(row.key)
        # Several lead units are their own finding.
        if declared is not None and len(row.lead_units) == 1:
            yield from _other_unit(case, row, row.lead_unit, declared.lead_unit)


def _same_unit(ledger: str, case: Case) -> Iterator[Remark]:
    twice = case.declared_twice
    for row in case.ledgers.rows(ledger):
        if row.key in twice:
            continue  # which of the two declarations holds is not known
        declared = case.declared.get(row.key)
        if declared is not None:
            yield from _other_unit(case, row, case.unit_to_mend(row), declared.lead_unit)


def _other_unit(case: Case, row: Record, here: str, there: str) -> Iterator[Remark]:
    if not here or not there or name_key(here) == name_key(there):
        return
    message = f"“{row.project}”的责任单位为“{here}”，申报台账为“{there}”"
    yield about_row(case, row, fields.LEAD_UNIT, message, "请核对责任单位，两处写法应当一致")


_MATTER: Mapping[str, tuple[Callable[[Record], Hashable], Field, str]] = {
    "problem": (
        lambda row: name_key(row.problem or "") if isinstance(row, Problem) else "", fields.PROBLEM, "同一问题"
    ),
    "procedure": (
        lambda row: name_key(row.permit or "") if isinstance(row, Procedure) else "", fields.PERMIT, "同一手续"
    ),
    "progress": (lambda row: row.of_month, fields.PROJECT_NAME, "同一月份"),
}  # fmt: skip


_ONCE = "请核对后只保留一处"
_DECLARED_ONCE = f"{_ONCE}；计划有调整的，用重报的申报台账代替原来的一份，不另加一份"
_ONE_UNIT = "请两家单位商定由哪家负责，只保留一处，另一家列为协办单位"


def _no_matter(_: Record) -> Hashable:
    return None


def _duplicates(ledger: str, case: Case) -> Iterator[Remark]:
    matter, field, label = _MATTER.get(ledger, (_no_matter, fields.PROJECT_NAME, ""))
    named = (row for row in case.ledgers.rows(ledger) if row.key and matter(row) != "")
    for rows in grouped(named, lambda row: (row.key, matter(row))).values():
        for row in rows if len(rows) > 1 else ():
            others = listed(_other_place(case, row, other) for other in rows if other is not row)
            message = f"“{row.project}”{label}重复登记，另见{others}"
            units = {name_key(case.unit_to_mend(each)) for each in rows}
            once = _DECLARED_ONCE if ledger == "declaration" else _ONCE
            yield about_row(case, row, field, message, _ONE_UNIT if len(units) > 1 else once)


def _other_place(case: Case, row: Record, other: Record) -> str:
    """Where the other row stands, and whose it is if it is another unit's."""
    unit, own = case.unit_to_mend(other), case.unit_to_mend(row)
    whose = f"{unit}的" if unit and name_key(unit) != name_key(own) else ""
    return whose + place(other.source)


def _rules(name: str, check: Callable[[str, Case], Iterator[Remark]], *ledgers: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(f"{name}-{ledger}", key_projects.SAME_PROJECT, ledger, partial(check, ledger)) for ledger in ledgers
    )


SPONSORED_NOT_KEY = Rule("sponsored-not-key", sponsorship.FROM_KEY_PROJECTS, "sponsorship", _sponsored_not_key)
ACROSS: tuple[Rule, ...] = (
    *_rules(
        "duplicate", _duplicates,
        "declaration", "sponsorship", "team", "progress", "problem", "procedure", "reserve", "score",
    ),
    *_rules("undeclared", _undeclared, "progress", "problem", "procedure", "score"),
    Rule("misspelt-sponsorship", key_projects.SAME_PROJECT, "sponsorship", _sponsored_misspelt),
    Rule("same-figures-sponsorship", key_projects.SAME_PROJECT, "sponsorship", _same_figures),
    Rule("same-unit-sponsorship", key_projects.SAME_PROJECT, "sponsorship", _same_unit_sponsored),
    *(
        Rule(f"same-unit-{ledger}", key_projects.SAME_PROJECT_DOUBTED, ledger, partial(_same_unit, ledger))
        for ledger in ("progress", "reserve", "score")
    ),
)  # fmt: skip
