"""The year's calendar: what is due when, from whom, under which article, and what the register says came."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from pipeline.calendar.deadlines import Owed, owed_reports, report_deadline
from pipeline.records.citation import Citation
from pipeline.records.grouping import first
from pipeline.records.ledgers import Ledgers
from pipeline.records.level import Level
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.working_days import DeadlineSettings
from pipeline.regulation import key_projects, sponsorship
from pipeline.regulation.calendar_terms import NEXT_YEAR, PROPOSALS, TASKS, Task

_REPORTED = (
    (sponsorship.HALF_MONTHLY, "牵头包联项目的单位"),
    (key_projects.MONTHLY, "牵头重点项目的单位"),
)


class Outcome(Enum):
    """What is known on the day of asking; the value is what users see."""

    MISSING = "缺报"
    LATE = "迟报"
    UNKNOWN = "无法判断"  # nothing registers it, or the register can't be read there
    NOT_DUE = "未到期"
    RECEIVED = "已收到"


@dataclass(frozen=True)
class Share:
    """One unit's part of a duty."""

    unit: str
    outcome: Outcome
    received_at: datetime | None = None  # the earliest; None also where only the paper itself is there


@dataclass(frozen=True)
class Duty:
    """Something due on a day; ``shares`` are the units that owe it, where the ledgers tell."""

    key: str  # the same in every run: provision and month
    due: date  # the last day on time
    named: date  # the same before the office's shifting of days off
    opens: date | None  # first day, where the article gives a span
    who: str
    what: str
    citation: Citation
    outcome: Outcome  # the gravest of the shares
    registered: bool  # whether anything tells what came
    shares: tuple[Share, ...] = ()

    def units(self, *outcomes: Outcome) -> tuple[str, ...]:
        """The units whose part came to one of ``outcomes``."""
        return tuple(share.unit for share in self.shares if share.outcome in outcomes)


def calendar_of(
    ledgers: Ledgers,
    today: date,
    office: DeadlineSettings | None = None,
    following: Ledgers | None = None,
    level: Level = Level.DISTRICT,
    lines: Sequence[RegisterLine] = (),
) -> tuple[Duty, ...]:
    """Every dated duty of the ledgers' year, by day and article, as it stands at the end of ``today``.

    Receipts after ``today`` have not yet come. ``following`` is the next plan year, whose declarations begin to
    come in August (K-7(1)); None where it has no ledgers yet. ``lines`` are the register's, with the lists of next
    year's sponsored projects (B-5).
    """
    settings = office or DeadlineSettings()
    came = Came(following, tuple(line for line in lines if line.received_at.date() <= today))
    duties = [*_reports(ledgers, today, settings), *_tasks(ledgers, today, came, level)]
    return tuple(sorted(duties, key=lambda duty: (duty.due, duty.citation, duty.key)))


def _reports(ledgers: Ledgers, today: date, office: DeadlineSettings) -> Iterator[Duty]:
    """The half-monthly and monthly reports (B-11, K-10(1)), each unit's part from the register (K-20(1))."""
    owed: dict[tuple[str, Month], list[Share]] = {}
    registered = bool(ledgers.receipts) and not ledgers.unseen
    for each in owed_reports(ledgers, Month(ledgers.year, 12)):
        share = _share(each, today, office, registered=registered)
        owed.setdefault((each.report_kind, each.month), []).append(share)
    for number in range(1, 13):
        month = Month(ledgers.year, number)
        for provision, who in _REPORTED:
            for order, kind in enumerate(provision.value_on(month.first_day), 1):
                due = report_deadline(kind, month, office)
                shares = tuple(owed.get((kind, month), ()))
                yield Duty(
                    key=f"{provision.slug}-{month}-{order}",
                    due=due,
                    named=report_deadline(kind, month),
                    opens=None,
                    who=who,
                    what=f"报送{month.month}月{kind}",
                    citation=provision.citation,
                    outcome=_gravest(shares, _by_day(due, today)),
                    registered=True,
                    shares=shares,
                )


def _share(owed: Owed, today: date, office: DeadlineSettings, *, registered: bool) -> Share:
    times = tuple(time for time in owed.times if time is None or time.date() <= today)
    delivery = replace(owed, times=times).delivery(office)
    if delivery is not None and delivery.received_at is not None:
        late = delivery.received_at.date() > delivery.deadline
        return Share(owed.unit, Outcome.LATE if late else Outcome.RECEIVED, delivery.received_at)
    if delivery is None or not registered:
        due = report_deadline(owed.report_kind, owed.month, office)
        return Share(owed.unit, Outcome.UNKNOWN if times else _by_day(due, today))
    return Share(owed.unit, Outcome.MISSING if delivery.deadline < today else Outcome.NOT_DUE)


def _by_day(due: date, today: date) -> Outcome:
    """Where nothing registers whether it was done."""
    return Outcome.UNKNOWN if due < today else Outcome.NOT_DUE


def _gravest(shares: Iterable[Share], otherwise: Outcome) -> Outcome:
    """Outcomes stand in order of weight; a duty is received only when every unit's part is."""
    found = {share.outcome for share in shares}
    return next((outcome for outcome in Outcome if outcome in found), otherwise)


@dataclass(frozen=True)
class Came:
    """What tells which units did their part of a task that no report settles."""

    following: Ledgers | None
    lines: tuple[RegisterLine, ...]

    def of(self, task: Task, month: Month) -> Mapping[str, datetime | None] | None:
        """When each unit's part came, by the unit's key; None where nothing tells.

        Of a declaration the paper is there, its time is not known. Before the month of the first list of next
        year's sponsored projects the register says nothing.
        """
        if task is NEXT_YEAR and self.following is not None:
            return {name_key(row.lead_unit): None for row in self.following.declarations}
        sent = [(line, line.proposed_in) for line in self.lines if task is PROPOSALS and line.proposed_in]
        if not any(each.year == month.year and each <= month for _, each in sent if each):
            return None
        times: dict[str, datetime | None] = {}
        for line, each in sorted(sent, key=lambda pair: pair[0].received_at):
            if each == month:
                times.setdefault(name_key(line.unit), line.received_at)
        return times


def _tasks(ledgers: Ledgers, today: date, came: Came, level: Level) -> Iterator[Duty]:
    """Everything else; only the reports' deadlines name a day, so nothing here moves."""
    for task in TASKS:
        term = task.provision.value_on(date(ledgers.year, 1, 1))
        for number in term.months:
            month = Month(ledgers.year, number)
            due = month.first_day if term.open_ended else month.last_day
            shares = _shares(ledgers, came.of(task, month), _by_day(due, today))
            yield Duty(
                key=f"{task.provision.slug}-{month}",
                due=due,
                named=due,
                opens=Month(month.year, term.opens).first_day if term.opens else None,
                who=level.said(task.who),
                what=level.said(task.provision.duty),
                citation=task.provision.citation,
                outcome=_gravest(shares, _by_day(due, today)),
                registered=bool(shares),
                shares=shares,
            )


def _shares(ledgers: Ledgers, came: Mapping[str, datetime | None] | None, otherwise: Outcome) -> tuple[Share, ...]:
    """The directory's units, and whose part came.

    A unit whose part did not may have nothing to declare or propose, so that it never counts as missing.
    """
    if came is None:
        return ()
    units = first(ledgers.units, lambda row: row.key)  # an entry that contradicts another is no second unit
    return tuple(
        Share(unit.name, Outcome.RECEIVED, came[key]) if key in came else Share(unit.name, otherwise)
        for key, unit in units.items()
    )
