"""What the ledgers say of one project at the end of a month, as far as the score needs it (K-20(3))."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.facts.basis import Basis
from pipeline.records import field_catalogue as fields
from pipeline.records.finding import Finding
from pipeline.records.period import Month, PartialDay
from pipeline.records.problem import Procedure
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration

_ON_SITE_MONTH = 7  # B-9, K-20(3): projects are visited in July


@dataclass(frozen=True)
class Milestone:
    """The start (开工), resumption (复工) or finish (竣工) that a project's class asks of the year."""

    verb: str
    planned: PartialDay | None  # None: the declaration states no time
    due: bool  # its date has come
    done: bool
    on: PartialDay | None  # day reported; None where only the investment shows it

    @property
    def months_late(self) -> int:
        """Whole months from the planned time to the day reported; 0 where either is unknown or it was in time."""
        if self.planned is None or self.on is None or self.on.month is None:
            return 0
        last = self.planned.latest
        return max(0, (self.on.year - last.year) * 12 + self.on.month - last.month)

    @property
    def counts(self) -> bool:
        """Scored when its date has come or when it was done ahead of it."""
        return self.due or self.done


@dataclass(frozen=True)
class PermitTally:
    """Permits that count at the month, and those of them that are finished (by permit, not by project)."""

    due: int
    done: int


@dataclass(frozen=True)
class Doubt:
    """Why a project's part of the score can't be stated, and the error that it rests on, where there is one."""

    sentence: str  # Chinese, without full stop
    finding: Finding | None = None


@dataclass(frozen=True)
class ProjectEvidence:
    """Everything that one listed project adds to its unit's score; amounts in 万元."""

    declaration: Declaration
    standing: Progress | None  # the report that the cumulative figures come from
    milestone: Milestone | None  # None: 前期储备
    year_plan: Decimal
    plan_to_date: Fraction  # year's plan × month ÷ 12; the whole plan in December
    permits: PermitTally
    judges: tuple[Decimal, ...]  # on-site scores; empty: not visited
    doubts: tuple[Doubt, ...]

    @property
    def year_done(self) -> Decimal | None:
        return self.standing.year_done if self.standing else None

    @property
    def physical_rate(self) -> Decimal | None:
        """% of the year's physical goal, at most 100."""
        rate = self.standing.physical_rate if self.standing else None
        return None if rate is None else min(rate, Decimal(100))

    @property
    def on_site(self) -> Fraction | None:
        """Mean of the judges' scores."""
        return sum(map(Fraction, self.judges), Fraction(0)) / len(self.judges) if self.judges else None


def evidence_of(basis: Basis, declaration: Declaration, month: Month) -> ProjectEvidence:
    """Gather one listed project's evidence at the end of ``month``."""
    key = declaration.key
    plan = declaration.year_plan or Decimal(0)
    milestone = milestone_of(basis, declaration, month)
    scores = basis.scores.get(key, ()) if month.month >= _ON_SITE_MONTH else ()
    return ProjectEvidence(
        declaration=declaration,
        standing=basis.standing(key, month),
        milestone=milestone,
        year_plan=plan,
        plan_to_date=Fraction(plan) * month.month / 12,
        permits=_tally(basis.procedures.get(key, ()), month),
        judges=tuple(value for row in scores for value in row.scores),
        doubts=tuple(dict.fromkeys(_doubts(basis, declaration, milestone, month))),
    )


def milestone_of(basis: Basis, declaration: Declaration, month: Month) -> Milestone | None:
    """What the project's class asks of the year, and whether it happened by the end of ``month``.

    - 促进开工, and 加快建设 whose stated start is not before the year (in doubt: see decisions.py), is started (开工) by a start day within the year
      and not after the month, in any report up to the month; where none is reported, by investment reported
      this year or since the start.
    - 加快建设 that started before is resumed (复工) by investment this year.
    - 竣工投产 is finished (竣工) by a finish day within the year and not after the month.
    - 前期储备 is not asked for anything (None).

    It is due from the last day of the planned time, without a planned time (as any 复工) at once; in December
    always, as the class itself is a promise for the year. Rows with an error finding are not heard.
    """
    verb = _verb(declaration, month.year)
    if verb is None:
        return None
    planned = _planned(declaration, verb)
    due = month.month == 12 or planned is None or planned.latest <= month.last_day
    rows = [
        row
        for row in basis.reported_until(declaration.key, month)
        if basis.soundness.progress_error(row.key, row.month) is None
    ]
    days = {"开工": [row.started_on for row in rows], "竣工": [row.finished_on for row in rows]}.get(verb, [])
    within = [day for day in days if day and day.year == month.year and day.earliest <= month.last_day]
    on = within[-1] if within else None  # a later report corrects an earlier one
    invested = any((row.year_done or 0) > 0 for row in rows)
    if verb == "开工":
        invested = invested or any((row.since_start or 0) > 0 for row in rows)
    return Milestone(verb, planned, due, on is not None or (verb != "竣工" and invested), on)


def _verb(declaration: Declaration, year: int) -> str | None:
    """What K-8(1) asks of the class in the year."""
    match declaration.four_class:
        case "促进开工":
            return "开工"
        case "加快建设":
            starts_now = declaration.span is not None and not declaration.is_continuing(year)
            return "开工" if starts_now else "复工"
        case "竣工投产":
            return "竣工"
        case _:
            return None


def _planned(declaration: Declaration, verb: str) -> PartialDay | None:
    span = declaration.span
    if span is None or verb == "复工":
        return None
    return span.finish if verb == "竣工" else span.start


def _tally(permits: tuple[Procedure, ...], month: Month) -> PermitTally:
    """All permits but 不需办理: due by the end of the month (undated ones by December), or done ahead."""
    due = done = 0
    for permit in permits:
        if not permit.needed:
            continue
        finished = permit.done_on(month.last_day)
        awaited = permit.due_by(month.last_day) if permit.due else month.month == 12
        due += finished or awaited
        done += finished
    return PermitTally(due, done)


def _doubts(basis: Basis, declaration: Declaration, milestone: Milestone | None, month: Month) -> Iterator[Doubt]:
    """Errors and gaps that touch what the score would say of the project."""
    name, key, soundness = declaration.project_name, declaration.key, basis.soundness
    standing = basis.standing(key, month)
    if standing is None:
        yield Doubt(f"“{name}”未报{month.chinese}进度")
    else:
        error = soundness.progress_error(key, standing.month)
        if error is not None:
            yield _told(name, f"{standing.month.chinese}进度有误", error)
        elif declaration.four_class != "前期储备":
            yield from (Doubt(f"“{name}”{label}") for label in _gaps(standing))
    if milestone and milestone.due and not milestone.done:
        asked = fields.FINISHED_ON if milestone.verb == "竣工" else fields.STARTED_ON
        if any(not row.source.readable(asked) for row in basis.reported_until(key, month)):
            yield Doubt(f"“{name}”的{asked.label}无法识别")
    for ledger, label in (("procedure", "手续台账"), ("score", "观摩评分")):
        for finding in soundness.errors(ledger, key):
            yield _told(name, f"{label}有误", finding)


def _told(name: str, wrong: str, finding: Finding) -> Doubt:
    """A finding as a reason; one that names its project itself needs no introduction."""
    sentence = finding.message if name in finding.message else f"“{name}”{wrong}：{finding.message}"
    return Doubt(sentence, finding)


def _gaps(row: Progress) -> Iterator[str]:
    """Values that the score can't do without.

    No article requires 形象进度完成率, so its absence is no doubt: the part then rests on the projects that
    report one, and says how many do not.
    """
    if row.year_done is None:
        readable = row.source.readable(fields.YEAR_DONE)
        yield f"{fields.YEAR_DONE.label}{'未报' if readable else '无法识别'}"
    if row.physical_rate is None and not row.source.readable(fields.PHYSICAL_RATE):
        yield f"{fields.PHYSICAL_RATE.label}无法识别"
