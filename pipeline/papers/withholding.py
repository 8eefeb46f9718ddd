"""What keeps papers of several kinds back."""

from pipeline.facts.basis import Basis
from pipeline.records.finding import Finding
from pipeline.records.severity import Severity


def unread(basis: Basis, ledger: str) -> tuple[Finding, ...]:
    """Files and sheets of a ledger that could not be read at all."""
    return tuple(
        finding
        for finding in basis.soundness.findings
        if finding.severity is Severity.ERROR
        and finding.ledger == ledger
        and not (finding.cell or finding.project)
    )
