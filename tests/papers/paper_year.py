"""A small year for the tests of documents: records, the findings that a test wants, nothing else."""

from collections.abc import Iterable
from typing import Any

from pipeline.cli.reports import reason_text
from pipeline.facts.basis import Basis
from pipeline.facts.soundness import Soundness
from pipeline.papers.paper_kind import Draft, HeldBack, Reason, Request
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.finding import Finding
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from tests import build


def error(ledger: str, project: str = build.PROJECT, **changes: Any) -> Finding:
    """An error that touches the project's entry in a ledger."""
    return Finding(Severity.ERROR, "示例", "金额有误", "请核对", project=project, ledger=ledger, **changes)


def basis(*records: object, findings: Iterable[Finding] = (), settings: OfficeSettings | None = None) -> Basis:
    """Every declaration is sound unless ``findings`` say otherwise."""
    ledgers = build.ledgers(*records)
    return Basis(ledgers, settings or OfficeSettings(), Soundness.of(findings, ledgers))


def pieces(kind: str, year: Basis, *months: int, unit: str = "", project: str = "") -> list[Draft | HeldBack]:
    """What a kind of document hands over."""
    request = Request(tuple(Month(build.YEAR, month) for month in months), unit, project)
    (drafts,) = (each.drafts for each in KINDS if each.slug == kind)
    return list(drafts(year, request))


def told(*reasons: Reason) -> list[str]:
    """How the command line words them."""
    return [reason_text(reason) for reason in reasons]
