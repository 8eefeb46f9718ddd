"""PDFs beside the documents that they show: whole or not at all, never over one that a person signed or stamped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.outputs.pdf import convert
from pipeline.outputs.pdf_bytes import is_untouched
from pipeline.outputs.store import Saved, Written, reason, write_whole


@dataclass(frozen=True)
class PdfOutcome:
    """What became of one document's PDF; exactly one of ``saved`` and ``reason`` says something."""

    document: Path
    saved: Saved | None
    reason: str = ""


def _nothing(done: int) -> None:
    """Stands for a progress bar where none is wanted."""


def issued_documents(outputs: Path) -> list[Path]:
    """Every Word document below a folder of outputs, in a fixed order; lock files of an open Word are none."""
    return sorted(path for path in outputs.rglob("*.docx") if not path.name.startswith((".", "~$")))


def issue_pdfs(documents: Sequence[Path], advance: Callable[[int], None] = _nothing) -> list[PdfOutcome]:
    """Convert each document and put its PDF beside it; one that fails says why and stops no other.

    A PDF of ours is known by its own identity, so it needs no record: one that a person changed stays, and the
    new one stands beside it. Raises ``PdfError`` where LibreOffice can't work at all.
    """
    outcomes = []
    for converted in convert(documents, advance=advance):
        if converted.pdf is None:
            outcomes.append(PdfOutcome(converted.path, None, converted.reason))
            continue
        try:
            outcomes.append(
                PdfOutcome(converted.path, _save(converted.path.with_suffix(".pdf"), converted.pdf))
            )
        except OutputError as problem:
            outcomes.append(PdfOutcome(converted.path, None, str(problem)))
    return outcomes


def _save(target: Path, data: bytes) -> Saved:
    """Over a PDF of ours, else under the next free name. Raises ``OutputError``."""
    try:
        for place in _places(target):
            present = place.read_bytes() if place.exists() else None
            if present is None or is_untouched(present):
                if present != data:
                    write_whole(place, data)
                if place != target:
                    return Saved(place, Written.BESIDE, target)
                unchanged = Written.UNCHANGED if present == data else Written.CHANGED
                return Saved(place, Written.NEW if present is None else unchanged)
    except OSError as problem:
        raise OutputError(f"无法写入{target}：{reason(problem)}") from None
    raise OutputError(f"{target}旁边的新版文件过多，请整理后重试")


def _places(target: Path) -> Iterator[Path]:
    yield target
    for number in range(1, 1000):
        yield target.with_name(f"{target.stem}（新版{'' if number == 1 else number}）.pdf")
