"""What one file came to, and the memory that spares reading it again."""

from dataclasses import dataclass

from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile


@dataclass(frozen=True)
class FileReading:
    """The records and findings of one file."""

    file: LedgerFile
    records: tuple[object, ...]
    findings: tuple[Finding, ...]


class Memory:
    """Remembers nothing. What remembers (``pipeline.workspace.readings``) is told and asked the same.

    ``name`` is the file's as it stands in findings, ``units`` the directory's when the file was read: both decide,
    with the contents and the year, what a file comes to.
    """

    def has(self, name: str, sha256: str, year: int) -> bool:
        """Whether ``recall`` may find it, so that the file need not be opened ahead; where not, it never does."""
        return False

    def recall(self, name: str, sha256: str, year: int, units: tuple[str, ...]) -> FileReading | None:
        """What the very same file came to; None where it must be read."""
        return None

    def keep(self, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        """Remember what a file came to."""
