"""Provisions and a year → dated deadlines, and which report met its own (B-11, K-10(1), K-20(1))."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.records.field_catalogue import REPORT_KINDS
from pipeline.records.grouping import first
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.progress import Receipt
from pipeline.records.working_days import DeadlineSettings
from pipeline.regulation import key_projects, sponsorship

_AS_NAMED = DeadlineSettings()  # no day moves
ON_TIME, LATE, MISSING = "按时", "迟报", "缺报"
UNCLEAR = "登记不清"  # the register leaves open whether and when a report came


@dataclass(frozen=True)
class Delivery:
    """One report that was due: when, and whether it came."""

    unit: str
    report_kind: str  # one of REPORT_KINDS
    month: Month
    deadline: date
    received_at: datetime | None  # the earliest receipt
    outcome: str  # 按时, 迟报 or 缺报


def report_deadline(report_kind: str, month: Month, office: DeadlineSettings = _AS_NAMED) -> date:
    """The last day that is still on time: 15th, 30th (or February's last), 28th; moved where the office moves it.

    Raises ValueError for a report that neither measure knows.
    """
    days = {
        **sponsorship.HALF_MONTHLY.value_on(month.first_day),
        **key_projects.MONTHLY.value_on(month.first_day),
    }
    if report_kind not in days:
        raise ValueError(report_kind)
    return office.binding(date(month.year, month.month, min(days[report_kind], month.last_day.day)))


@dataclass(frozen=True)
class Owed:
    """A report that a unit owes, and what the register says of it."""

    unit: str
    report_kind: str
    month: Month
    times: tuple[datetime | None, ...]  # every receipt; None for one without a readable time
    unclear: bool  # the register can't tell that it is missing: it began later, or an unreadable line may be its

    def delivery(self, office: DeadlineSettings) -> Delivery | None:
        """None where the register leaves open whether and when it came."""
        known = [time for time in self.times if time is not None]
        if not known and (self.times or self.unclear):
            return None
        received_at = min(known, default=None)
        deadline = report_deadline(self.report_kind, self.month, office)
        outcome = _outcome(received_at, deadline)
        return Delivery(self.unit, self.report_kind, self.month, deadline, received_at, outcome)


def owed_reports(ledgers: Ledgers, until: Month) -> Iterator[Owed]:
    """Every report due from January to ``until``, by unit, month and kind."""
    received = _received(ledgers.receipts)
    sponsoring = {name_key(row.lead_unit) for row in ledgers.sponsored}
    unclear = {name_key(row.unit) for row in ledgers.receipts if row.report_kind is None or row.month is None}
    declaring = {name_key(row.lead_unit) for row in ledgers.declarations}
    begun = _registered_from(ledgers.receipts)
    for key, unit in _reporting_units(ledgers).items():
        for month in _months(ledgers.year, until):
            for kind in _kinds(month, monthly=key in declaring, half_monthly=key in sponsoring):
                unregistered = kind not in begun or month < begun[kind]
                times = tuple(received.get((key, kind, month), ()))
                yield Owed(unit, kind, month, times, unregistered or key in unclear)


def deliveries(ledgers: Ledgers, until: Month, office: DeadlineSettings = _AS_NAMED) -> tuple[Delivery, ...]:
    """Every report due from January to ``until``, by unit, month and kind.

    Empty where no register of receipts was kept: then nothing is known. Reports of which the register leaves
    open whether and when they came are left out, for they are neither on time nor missing.
    """
    if not ledgers.receipts:
        return ()
    judged = (owed.delivery(office) for owed in owed_reports(ledgers, until))
    return tuple(delivery for delivery in judged if delivery)


def outcomes_by_unit(ledgers: Ledgers, until: Month, office: DeadlineSettings = _AS_NAMED) -> dict[str, Counter[str]]:
    """How often each unit that owes reports was 按时, 迟报, 缺报 or 登记不清 from January to ``until``."""
    found: dict[str, Counter[str]] = {}
    for owed in owed_reports(ledgers, until):
        delivery = owed.delivery(office)
        found.setdefault(owed.unit, Counter())[delivery.outcome if delivery else UNCLEAR] += 1
    return found


def _outcome(received_at: datetime | None, deadline: date) -> str:
    if received_at is None:
        return MISSING
    return ON_TIME if received_at.date() <= deadline else LATE


def _received(receipts: tuple[Receipt, ...]) -> dict[tuple[str, str, Month], list[datetime | None]]:
    times: dict[tuple[str, str, Month], list[datetime | None]] = {}
    for row in receipts:
        if row.report_kind is not None and row.month is not None:
            times.setdefault((name_key(row.unit), row.report_kind, row.month), []).append(row.received_at)
    return times


def _registered_from(receipts: tuple[Receipt, ...]) -> dict[str, Month]:
    """From which month on a report that has no receipt did not come, by kind of report.

    The hand-kept register is kept for the whole year and for every kind. Our own begins with the first file that
    is taken in: before that month, and for a kind that nobody sent as a file, it says nothing.
    """
    months = [(row.report_kind, row.month) for row in receipts if row.report_kind and row.month]
    if any(not row.line for row in receipts):
        return dict.fromkeys(REPORT_KINDS, Month(1, 1))
    return {kind: min(month for other, month in months if other == kind) for kind, _ in months}


def _reporting_units(ledgers: Ledgers) -> Mapping[str, str]:
    """Units that lead a declared or a sponsored project, in the ledgers' order, by key."""
    declaring = [row.lead_unit for row in ledgers.declarations]
    sponsoring = [row.lead_unit for row in ledgers.sponsored]
    return first(filter(None, (*declaring, *sponsoring)), name_key)


def _months(year: int, until: Month) -> tuple[Month, ...]:
    return tuple(month for number in range(1, 13) if (month := Month(year, number)) <= until)


def _kinds(month: Month, *, monthly: bool, half_monthly: bool) -> tuple[str, ...]:
    """Half-monthly reports concern sponsored projects (B-11), monthly ones key projects (K-10(1))."""
    half = tuple(sponsorship.HALF_MONTHLY.value_on(month.first_day)) if half_monthly else ()
    whole = tuple(key_projects.MONTHLY.value_on(month.first_day)) if monthly else ()
    return (*half, *whole)
