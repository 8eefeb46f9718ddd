"""Required fields: every requirement of ``regulation.requirements`` against every record.

A sheet that lacks the column is reported once, with every project that it concerns; an empty cell by itself.
A cell that could not be read has its reading finding already.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from pipeline.checks.rule import Remark, Rule, about_column, about_row
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.field_values import TEAM, value_of
from pipeline.records.pairing import Sponsorship
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.record import Record
from pipeline.records.source import Source
from pipeline.regulation import key_projects, requirements
from pipeline.regulation.provision import Provision
from pipeline.regulation.requirements import REQUIREMENTS, Requirement

_GOALS = (fields.PHYSICAL_GOAL, fields.WORK_GOAL)
_MAY_BE_NONE = (fields.CO_UNIT,)  # a project that no other unit is concerned with says so: 无
_MAY_BE_ZERO = (fields.INVESTED_BEFORE, fields.YEAR_DONE)
_ANSWERS = (
    ("，没有的填0", _MAY_BE_ZERO),
    ("，没有的填“无”", _MAY_BE_NONE),
    (f"，不涉及审批的填“{fields.NOT_CONCERNED}”", TEAM),
)
_DATES = (fields.START_DAY, fields.FINISH_DAY)


def is_government_funded(fund_source: str | None) -> bool:
    """Whether a fund source names public money (K-8(2)5)."""
    text = fund_source or ""
    for denied in key_projects.NOT_GOVERNMENT:
        text = text.replace(denied, "")
    return any(word in text for word in key_projects.GOVERNMENT_FUNDS)


def _class_of(case: Case, record: Record) -> str | None:
    if isinstance(record, Progress):
        declared = case.declared.get(record.key)
        return declared.four_class if declared else None
    return record.four_class if isinstance(record, Declaration) else None


# Without a class nobody knows which goal is owed: the missing class is its own finding.
CONDITIONS: Mapping[str, Callable[[Case, Record], bool]] = {
    requirements.UNLESS_PRELIMINARY: lambda case, record: _class_of(case, record) not in (None, "前期储备"),
    requirements.PRELIMINARY: lambda case, record: _class_of(case, record) == "前期储备",
    requirements.UNLESS_EARLY_SPONSORED: lambda _, record: (
        not isinstance(record, Sponsorship) or record.stage != "重大前期"
    ),
    requirements.REDUCED: lambda _, record: isinstance(record, Progress) and bool(record.reduction),
    requirements.GOVERNMENT_FUNDED: lambda _, record: (
        isinstance(record, Declaration) and is_government_funded(record.fund_source)
    ),
}


def _applies(case: Case, requirement: Requirement, record: Record) -> bool:
    condition = CONDITIONS.get(requirement.when)
    return condition is None or condition(case, record)


def _is_missing(value: object) -> bool:
    return value is None or value is False or value == "" or value == ()


def _columns(source: Source, field: Field) -> tuple[Field, ...]:
    """The sheet's columns that could state the field; empty where it has none."""
    if source.has_column(field):
        return (field,)
    if field is fields.BUILD_SPAN and all(map(source.has_column, _DATES)):
        # Both columns together state the years: the one to fill is the empty one.
        return tuple(sorted(_DATES, key=lambda column: source.seen(column) != ""))
    if field in _GOALS:
        return tuple(column for column in (fields.YEAR_GOAL, *_GOALS) if source.has_column(column))
    return ()


def _remarks(requirements: Sequence[Requirement], case: Case) -> Iterator[Remark]:
    for requirement in requirements:
        yield from _unmet(requirement, case)


def _unmet(requirement: Requirement, case: Case) -> Iterator[Remark]:
    field, without_column = requirement.field, dict[tuple[str, str], list[Record]]()
    for record in case.ledgers.rows(requirement.ledger):
        if not _is_missing(value_of(record, field)):
            continue
        if not _applies(case, requirement, record):
            continue
        if field in _MAY_BE_NONE and record.source.seen(field):
            continue
        columns = _columns(record.source, field)
        if not columns:
            without_column.setdefault((record.source.file, record.source.sheet), []).append(record)
        elif all(map(record.source.readable, columns)):
            yield _empty_cell(case, record, field, columns[0])
    for records in without_column.values():
        yield about_column(
            case,
            records,
            field,
            f"没有认出“{field.label}”一列，涉及{len(records)}行",
            f"请增加“{field.label}”一列并逐行填写；表中已有这一列的，请把列名改为“{field.label}”",
        )


def _empty_cell(case: Case, record: Record, field: Field, column: Field) -> Remark:
    name = record.project
    subject = f"“{name}”" if name else ""
    if field.kind is Kind.YES_NO:
        return about_row(case, record, column, f"{subject}没有附“{field.label}”", f"请补交{field.label}并改填")
    zero = next((answer for answer, of_fields in _ANSWERS if field in of_fields), "")
    if record.source.seen(column):  # 无, — and the like
        if field.kind in (Kind.AMOUNT, Kind.PERCENT, Kind.SCORE):
            return about_row(case, record, column, f"{subject}的“{field.label}”不是数字", f"请填数字{zero}")
        return about_row(case, record, column, f"{subject}的“{field.label}”没有写明内容", f"请补填{field.label}{zero}")
    return about_row(case, record, column, f"{subject}没有填写“{field.label}”", f"请补填{field.label}{zero}")


def _rule(provision: Provision[object]) -> Rule:
    requirements = [entry for entry in REQUIREMENTS if entry.provision is provision]
    (ledger,) = {entry.ledger for entry in requirements}  # a rule belongs to one ledger: split the provision
    return Rule(f"required-{provision.slug}", provision, ledger, partial(_remarks, requirements))


RULES = tuple(map(_rule, {entry.provision.slug: entry.provision for entry in REQUIREMENTS}.values()))
