"""What keeps a paper back: errors in what it would say, ledgers that can't be read."""

from pipeline.checks.basis import Basis
from pipeline.papers.paper_kind import Reason
from pipeline.records.finding import Finding
from pipeline.records.severity import Severity


def because_of(*findings: Finding) -> tuple[Reason, ...]:
    """The findings as one reason; nothing where there are none."""
    return (Reason(findings=findings),) if findings else ()


def unread(basis: Basis, ledger: str) -> tuple[Finding, ...]:
    """Files and sheets of a ledger that could not be read at all."""
    return tuple(
        finding
        for finding in basis.soundness.findings
        if finding.severity is Severity.ERROR
        and finding.ledger == ledger
        and not (finding.cell or finding.project)
    )
