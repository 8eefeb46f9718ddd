"""What is to be said of a table, its columns or its rows, before it is known of which file."""

from dataclasses import dataclass

from pipeline.ledgers.row import Column
from pipeline.records.citation import Citation
from pipeline.records.severity import Severity


@dataclass(frozen=True)
class TableRemark:
    """``cell`` is where it is seen, ``seen`` what stands there; ``project`` the one whose figures it touches."""

    severity: Severity
    message: str
    action: str
    cell: str
    seen: str = ""
    column: Column | None = None
    project: str = ""
    code: str = ""
    citation: Citation | None = None
