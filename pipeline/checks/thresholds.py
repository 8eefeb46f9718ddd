"""The investment a key project (K-2) and a sponsored project (B-3) must reach, on unrounded values."""

from collections.abc import Iterator

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.finding import Finding
from pipeline.records.names import name_key
from pipeline.records.severity import Severity
from pipeline.regulation import key_projects, sponsorship


def _key(case: Case) -> Iterator[Remark]:
    least = key_projects.THRESHOLD.value_on(case.as_of)
    granted = {name_key(name) for name in case.settings.exceptions}
    for row in case.ledgers.declarations:
        total = row.total_investment
        if total is not None and total < least and row.key not in granted:
            message = f"“{row.project_name}”的总投资为{wan(total)}，低于{wan(least)}"
            action = "请核对总投资；确需列入的，请说明理由，由办公室在office.toml的[例外列入]中登记"
            yield about_row(case, row, fields.TOTAL_INVESTMENT, message, action)


def unmatched_exceptions(case: Case) -> Iterator[Finding]:
    """What [例外列入] names and no unit has declared: most likely misspelt, so that it grants nothing."""
    for name in case.settings.exceptions if case.ledgers.declarations else ():
        if name_key(name) not in case.declared:
            near = case.nearest_declared(name)
            yield Finding(
                Severity.ADVICE,
                "exception-unmatched",
                f"office.toml的[例外列入]中的“{name}”，不在{case.year}年申报台账中",
                f"是否应为“{near}”，请核对名称" if near else "请核对名称；不再需要的，可删去这一行",
                ledger=KEY.ledger,
            )


def _sponsored(case: Case) -> Iterator[Remark]:
    by_sector = sponsorship.THRESHOLD.value_on(case.as_of)
    for row in case.ledgers.sponsorships:
        total, sector = row.total_investment, case.sector_of(row)
        least = by_sector.get(sector or "")
        if total is not None and least is not None and total < least:
            message = f"“{row.project_name}”属{sector}类，总投资为{wan(total)}，低于{wan(least)}"
            action = "请核对总投资和所属行业；达不到标准的不列入包联"
            yield about_row(case, row, fields.TOTAL_INVESTMENT, message, action)


KEY = Rule("key-threshold", key_projects.THRESHOLD, "declaration", _key)
SPONSORED = Rule("sponsored-threshold", sponsorship.THRESHOLD, "sponsorship", _sponsored)
