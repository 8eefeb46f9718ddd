"""Each key project has a leader by name who is linked with it (K-11(2)); a sponsored one has its 包联领导."""

from collections.abc import Iterator

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.names import name_key
from pipeline.records.nearest import NAME, perhaps
from pipeline.records.project import Declaration
from pipeline.regulation import key_projects


def _linked(case: Case) -> Iterator[Remark]:
    """One remark for all where no project has one yet: the office links them, so it is no unit's to mend."""
    declared = list(case.declared.values())
    without = [row for row in declared if not row.linked_leaders and not _is_answered(case, row)]
    if without and not any(row.linked_leaders for row in declared):
        names = tuple(row.project_name for row in without)
        message = f"还没有写明重点项目的联系领导，涉及{len(names)}个没有包联领导的项目"
        yield Remark(message, "请明确每个项目由哪位领导联系，在申报台账“联系领导”一列填写，如“王某某”", projects=names)
        return
    for row in without:
        field = fields.LINKED_LEADERS if row.source.has_column(fields.LINKED_LEADERS) else None
        message = f"重点项目“{row.project_name}”没有联系领导，也没有包联领导"
        yield about_row(case, row, field, message, "请明确由哪位领导联系，在申报台账“联系领导”一列填写，如“王某某”")


def _is_answered(case: Case, row: Declaration) -> bool:
    """By the sponsored list; a cell that could not be read has its own finding."""
    sponsored = case.sponsored.get(row.key)
    return bool(sponsored and sponsored.leaders) or not row.source.readable(fields.LINKED_LEADERS)


def _known(case: Case) -> Iterator[Remark]:
    for row in case.declared.values() if case.portfolios else ():
        for name in row.linked_leaders:
            if name_key(name) not in case.portfolios:
                message = f"“{row.project_name}”的联系领导“{name}”不在领导名册中"
                near = perhaps(name, (leader.name for leader in case.ledgers.leaders), NAME)
                yield about_row(case, row, fields.LINKED_LEADERS, message, f"请改正姓名或补充名册{near}")


LINKED = Rule("linked-leader", key_projects.LINKED_LEADER, "declaration", _linked)
KNOWN = Rule("known-linked-leader", key_projects.LINKED_LEADER, "declaration", _known)
