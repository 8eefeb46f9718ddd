"""The directory names the people of every unit that leads a project (K-9(2)), and names it once."""

from collections.abc import Iterator

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.grouping import first
from pipeline.records.names import name_key
from pipeline.records.nearest import NAME, nearest
from pipeline.regulation import key_projects


def _listed(case: Case) -> Iterator[Remark]:
    if not case.ledgers.units:
        if case.ledgers.declarations:
            message = "没有收到责任单位名册，各单位的分管领导、责任科室、责任人和联络员都不清楚"
            yield Remark(message, "请按名册格式报送各责任单位人员")
        return
    led = (row for row in case.ledgers.declarations if row.lead_unit)
    for key, row in first(led, lambda row: name_key(row.lead_unit)).items():
        if key not in case.units:
            near = nearest(row.lead_unit, (unit.name for unit in case.units.values()), NAME)
            hint = f"；或改正单位名称（是否为“{near}”）" if near else ""
            # About the unit, not about this project: nothing of the project is withheld for it.
            yield Remark(
                f"责任单位“{row.lead_unit}”不在责任单位名册中",
                f"如是某单位的全称、简称或原名，请在office.toml的[单位别名]中写明；如是新的单位，请在名册中补充{hint}",
                source=row.source,
                field=fields.LEAD_UNIT,
                unit=row.lead_unit,
            )


def _once(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.units:
        if case.units[row.key] is not row:
            message = f"“{row.name}”在责任单位名册中重复登记"
            yield about_row(case, row, fields.UNIT_NAME, message, "请核对后只保留一处")


LISTED = Rule("unit-listed", key_projects.UNIT_PEOPLE, "unit", _listed)
ONCE = Rule("unit-once", key_projects.UNIT_PEOPLE, "unit", _once)
