"""PDFs beside the documents that they show: whole or not at all, never over one that a person signed or stamped."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError, TemplateError
from pipeline.files.disk_trouble import reason
from pipeline.files.folder_walk import walk
from pipeline.files.given_file import is_missing
from pipeline.outputs.pdf import Converted, convert
from pipeline.outputs.pdf_bytes import is_untouched
from pipeline.outputs.store import Saved, Store, Written
from pipeline.outputs.whole_file import write_whole
from pipeline.word.imprint_pass import has_imprint, with_even_last_page
from pipeline.word.rendered_faces import rendered_faces


@dataclass(frozen=True)
class PdfOutcome:
    """What became of one document's PDF; exactly one of ``saved`` and ``reason`` says something."""

    document: Path
    saved: Saved | None
    reason: str = ""
    corrected: bool = False  # the document's imprint was moved to the last even face of its rendered pages
    warning: str = ""  # a whole sentence


def _nothing(done: int) -> None:
    """Stands for a progress bar where none is wanted."""


def issued_documents(outputs: Path) -> list[Path]:
    """Every Word document below a folder of outputs, in a fixed order; lock files of an open Word are none.

    Raises ``OutputError`` where a part of it can't be read.
    """
    if is_missing(outputs):
        return []
    walked = walk(outputs)
    for each in walked.unseen:
        raise OutputError(f"{each.path}：{each.message}；{each.action}")
    return sorted(p for p in walked.files if p.suffix == ".docx" and not p.name.startswith((".", "~$")))


def document_of(pdf: Path) -> Path | None:
    """The document that a PDF stands beside, its name perhaps with （新版）; None for a stranger's."""
    if pdf.suffix.lower() != ".pdf":
        return None
    stems = (pdf.stem, re.sub(r"（新版\d*）$", "", pdf.stem))
    documents = (pdf.with_name(f"{stem}.docx") for stem in stems)
    return next((path for path in documents if path.is_file()), None)


def issue_pdfs(
    documents: Sequence[Path], store: Store | None = None, advance: Callable[[int], None] = _nothing
) -> list[PdfOutcome]:
    """Convert each document and put its PDF beside it; one that fails says why and stops no other.

    Where the pages show the imprint elsewhere than on the foot of the last even face (7.4.1), a document that
    ``store`` knows as its own untouched work is corrected and converted once more; of any other this is said.
    A PDF of ours is known by its own identity, so it needs no record: one that a person changed stays, and the
    new one stands beside it. Raises ``PdfError`` where LibreOffice can't work at all.
    """
    if store:
        store.mark()
    converted = convert(documents, advance=advance)
    corrected = [
        each.path
        for each in converted
        if store and (settled := _settled(each)) is not None and store.correct(each.path, settled)
    ]
    if corrected:
        again = {each.path: each for each in convert(corrected)}
        converted = [again.get(each.path, each) for each in converted]
    return [_outcome(each, each.path in corrected) for each in converted]


def _outcome(converted: Converted, corrected: bool) -> PdfOutcome:
    if converted.pdf is None:
        return PdfOutcome(converted.path, None, converted.reason, corrected)
    warning = "" if _settled(converted) is None else f"“{converted.path.name}”的版记没有落在最后的双数面，请在WPS中调整"
    try:
        saved = _save(converted.path.with_suffix(".pdf"), converted.pdf)
    except OutputError as problem:
        return PdfOutcome(converted.path, None, str(problem), corrected, warning)
    return PdfOutcome(converted.path, saved, "", corrected, warning)


def _settled(converted: Converted) -> bytes | None:
    """The document with its imprint where the rendered pages ask for it; None where it stands there already."""
    try:
        data = converted.path.read_bytes()
        if converted.pdf is None or not has_imprint(data):
            return None
        faces = rendered_faces(data, converted.pdf)
        settled = with_even_last_page(data, faces.pages, faces.room_mm)
    except (OSError, TemplateError):  # a stranger's file that our own reader need not understand
        return None
    return None if settled == data else settled


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
