"""Year-end assessment: a dossier of each unit, statements owed, the ranking report (B-13, K-20, K-21)."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.facts.basis import Basis
from pipeline.papers.assessment import dossier, ranking_report, statement
from pipeline.papers.office_facts import OFFICE
from pipeline.papers.paper_kind import Blueprint, Draft, DraftedKind, HeldBack, Reason, Request
from pipeline.records.citation import Citation
from pipeline.records.period import Month
from pipeline.scoring.ranking import Ranking, assess


def drafts(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    """Every unit's papers, then the report on all; what is withheld waits for December's reports until they come."""
    december = Month(basis.year, 12)
    ranking = assess(basis, december)
    is_due = any(row.month == december for row in basis.ledgers.progress)
    for piece in _papers(basis, ranking, request):
        yield piece if isinstance(piece, Draft) or is_due else replace(piece, not_yet="还没有读到12月的月报")


def _papers(basis: Basis, ranking: Ranking, request: Request) -> Iterator[Draft | HeldBack]:
    yield from _of_units(basis, ranking, request)
    if request.unit:
        return
    title = f"{basis.year}年度重点项目考核情况报告"
    if not ranking.ranked:
        yield HeldBack(title, (Reason("没有可以排名的责任单位"),))
    else:
        notes = tuple(Reason("暂不排名", each.unit, (), each.reasons, each.findings) for each in ranking.withheld)
        yield Draft(title, "考核报告.docx", ranking_report.facts_of(basis, ranking), notes)


def _of_units(basis: Basis, ranking: Ranking, request: Request) -> Iterator[Draft | HeldBack]:
    for held in ranking.withheld:
        if request.asks([held.unit]):
            reasons = (Reason(sentences=held.reasons, findings=held.findings),)
            yield HeldBack(f"{held.unit}考核档案", reasons, goes_with=(_statement_title(held.unit),))
    for ranked in ranking.ranked:
        unit = ranked.score.unit
        if not request.asks([unit]):
            continue
        yield Draft(f"{unit}考核档案", "考核档案.docx", dossier.facts_of(basis, ranking, ranked))
        if ranked in ranking.owing:
            yield Draft(_statement_title(unit), "情况说明.docx", statement.facts_of(basis, ranking, ranked))


def _statement_title(unit: str) -> str:
    return f"{unit}未完成计划任务情况说明"


KIND = DraftedKind(
    slug="assessment",
    name="年终考核",
    period="年度",
    articles=(Citation("B", 13), Citation("K", 20, 3), Citation("K", 21)),
    ledgers=("declaration", "progress", "procedure", "score", "receipt", "problem", "unit"),
    blueprints=(
        Blueprint("考核档案.docx", dossier.Facts, dossier.template, (OFFICE,)),
        Blueprint("情况说明.docx", statement.Facts, statement.template, ("责任单位",)),
        Blueprint("考核报告.docx", ranking_report.Facts, ranking_report.template, (OFFICE,)),
    ),
    drafts=drafts,
    folder="考核",
    by_unit=True,
)
