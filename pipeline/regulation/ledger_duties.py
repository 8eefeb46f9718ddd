"""Which unit owes which ledger, once a year or each month, and by which article: one line each."""

from dataclasses import dataclass
from enum import Enum

from pipeline.records.citation import Citation


class Who(Enum):
    """Whom a duty binds; the value is shown to users."""

    EVERY_UNIT = "各责任单位"
    WITH_PROJECTS = "有重点项目或包联项目的责任单位"
    WITH_KEY_PROJECTS = "有重点项目的责任单位"
    WITH_SPONSORED = "有包联项目的责任单位"


@dataclass(frozen=True)
class LedgerDuty:
    """A ledger that units fill in. ``due`` is said in our own words; ``reports`` name the dated deadlines."""

    ledger: str  # slug
    who: Who
    monthly: bool
    citations: tuple[Citation, ...]
    due: str
    reports: tuple[str, ...] = ()  # of REPORT_KINDS, whose days of the month are in force


LEDGER_DUTIES: tuple[LedgerDuty, ...] = (
    # Once a year
    LedgerDuty(
        "declaration",
        Who.EVERY_UNIT,
        False,
        (Citation("K", 7, 1), Citation("K", 8)),
        "上一年8月起申报，本年1月前审定",
    ),
    LedgerDuty(
        "sponsorship",
        Who.EVERY_UNIT,
        False,
        (Citation("B", 3), Citation("B", 5)),
        "上一年逐月报送次年需要包联的项目，成熟一个报一个",
    ),
    LedgerDuty("team", Who.EVERY_UNIT, False, (Citation("B", 7),), "包联项目确定后报送"),
    LedgerDuty("node", Who.EVERY_UNIT, False, (Citation("B", 8),), "包联项目确定后报送，按月分解"),
    LedgerDuty("unit", Who.EVERY_UNIT, False, (Citation("K", 9, 2), Citation("K", 16)), "每年更新"),
    LedgerDuty("reserve", Who.EVERY_UNIT, False, (Citation("K", 12),), "随时更新"),
    # Each month
    LedgerDuty("progress", Who.WITH_KEY_PROJECTS, True, (Citation("K", 10, 1), Citation("K", 16)), "", ("月报",)),
    LedgerDuty(
        "sponsorship",
        Who.WITH_SPONSORED,
        True,
        (Citation("B", 5), Citation("B", 11)),
        "",
        ("上半月报", "下半月报"),
    ),
    LedgerDuty(
        "problem",
        Who.WITH_PROJECTS,
        True,
        (Citation("B", 8, 3), Citation("B", 10), Citation("K", 14)),
        "随月报更新",
    ),
    LedgerDuty(
        "procedure",
        Who.WITH_PROJECTS,
        True,
        (Citation("B", 7), Citation("K", 6, 5), Citation("K", 20, 3)),
        "随月报更新",
    ),
)
