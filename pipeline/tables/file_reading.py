"""What one file came to, and the memory that spares reading it again."""

from dataclasses import dataclass

from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile
from pipeline.records.record import Record


@dataclass(frozen=True)
class FileReading:
    """The records and findings of one file."""

    file: LedgerFile
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]


class Memory:
    """Remembers nothing. What remembers (``pipeline.workspace.readings``) is told and asked the same.

    ``place`` is where the file lies in the workspace, ``units`` are the directory's when it was read: both decide,
    with the contents and the year, what it comes to.
    """

    def recall(self, place: str, sha256: str, year: int, units: tuple[str, ...]) -> FileReading | None:
        """What the very same file came to; None where it must be read."""
        return None

    def keep(self, place: str, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        """Remember what a file came to."""

    def save(self) -> None:
        """For the next command."""
