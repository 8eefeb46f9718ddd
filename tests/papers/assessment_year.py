"""A small year for the assessment's tests: two lines declare and report a project."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from pipeline.facts.basis import Basis
from pipeline.facts.soundness import Soundness
from pipeline.records.field_catalogue import Field
from pipeline.records.finding import Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.office import Unit
from pipeline.records.pairing import Sponsorship
from pipeline.records.period import Month, PartialDay, Span
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress, Receipt
from pipeline.records.project import Declaration
from pipeline.records.record import Record
from pipeline.records.score import OnSiteScore
from pipeline.records.settings import AssessmentSettings, OfficeSettings
from pipeline.records.severity import Severity
from pipeline.records.source import Seen, Source

YEAR = 2027
DECEMBER, JULY = Month(YEAR, 12), Month(YEAR, 7)
SOURCE = Source("inputs/2027/示例.xlsx", "表1", 5)


def day(text: str) -> PartialDay:
    """``2027``, ``2027-03`` or ``2027-03-15``."""
    return PartialDay(*(int(part) for part in text.split("-")))


def unreadable(field: Field) -> Source:
    """A row whose cell of ``field`` could not be read."""
    return replace(SOURCE, cells={field.slug: Seen("C5", "？", readable=False)})


def declared(
    name: str,
    unit: str = "甲局",
    four_class: str = "加快建设",
    plan: str | None = "1000",
    span: tuple[str, str] | None = ("2026", "2028"),
) -> Declaration:
    return Declaration(
        source=SOURCE,
        project_name=name,
        lead_unit=unit,
        owner=None,
        site=None,
        content=None,
        four_class=four_class,
        sector="工业",
        span=Span(day(span[0]), day(span[1])) if span else None,
        total_investment=Decimal(10000),
        invested_before=Decimal(0),
        year_plan=None if plan is None else Decimal(plan),
        physical_goal=None,
        work_goal=None,
        fund_source=None,
        fund_secured=None,
        co_unit=None,
        task=None,
        person=None,
        papers=(True, True, True, True),
    )


def reported(
    name: str,
    done: str | None = "1000",
    month: int = 12,
    rate: str | None = "100",
    started: str | None = None,
    finished: str | None = None,
    since_start: str | None = None,
    trouble: str | None = None,
    physical: str | None = None,
    source: Source = SOURCE,
) -> Progress:
    def amount(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Progress(
        source=source,
        month=Month(YEAR, month),
        project_name=name,
        lead_unit="甲局",
        month_plan=None,
        month_done=None,
        year_done=amount(done),
        since_start=amount(since_start),
        physical=physical,
        physical_rate=amount(rate),
        started_on=day(started) if started else None,
        finished_on=day(finished) if finished else None,
        permit_progress=None,
        trouble=trouble,
        proposal=None,
    )


def permit(name: str, state: str, due: str | None = "2027-06", done: str | None = None) -> Procedure:
    return Procedure(
        SOURCE, name, "施工许可", None, state, day(due) if due else None, day(done) if done else None, None
    )


def problem(
    name: str, text: str | None, raised: str | None = None, solved: str | None = None, state: str = "推进中"
) -> Problem:
    return Problem(
        source=SOURCE,
        project_name=name,
        problem=text,
        kind="土地",
        level="工作小组",
        measure=None,
        steps=None,
        deadline=None,
        person=None,
        raised_on=day(raised) if raised else None,
        solved_on=day(solved) if solved else None,
        state=state,
    )


def sponsored(name: str, *leaders: str) -> Sponsorship:
    return Sponsorship(
        source=SOURCE,
        project_name=name,
        sector=None,
        stage=None,
        build_task=None,
        total_investment=None,
        year_plan=None,
        owner=None,
        area=None,
        leaders=leaders,
        lead_units=(),
        situation=None,
        span=None,
        leader_matter=None,
    )


def visited(name: str, *scores: str) -> OnSiteScore:
    return OnSiteScore(SOURCE, name, "甲局", tuple(map(Decimal, scores)))


def received(unit: str, month: int, at: str) -> Receipt:
    """The monthly report of ``unit``, come in at ``28`` or ``28T09:05`` of its month."""
    moment = datetime.fromisoformat(f"{YEAR}-{month:02d}-{at}")
    return Receipt(SOURCE, unit, "月报", Month(YEAR, month), moment)


def unit_entry(name: str, leader: str | None, liaison: str | None) -> Unit:
    return Unit(SOURCE, name, leader, None, None, liaison, None)


def error(ledger: str, project: str, message: str = "累计数小于上月", month: int | None = None) -> Finding:
    return Finding(
        Severity.ERROR,
        "示例",
        message,
        "请核对",
        project=project,
        ledger=ledger,
        month=Month(YEAR, month) if month else None,
    )


def year(*records: object, findings: Iterable[Finding] = (), assessment: AssessmentSettings | None = None) -> Basis:
    """Sort the records into ledgers."""

    ledgers = Ledgers(YEAR, records=tuple(each for each in records if isinstance(each, Record)))
    settings = OfficeSettings(assessment=assessment or AssessmentSettings())
    return Basis(ledgers, settings, Soundness.of(findings, ledgers))
