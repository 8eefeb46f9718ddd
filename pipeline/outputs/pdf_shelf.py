"""PDFs to look at, kept by the bytes of their documents: what was converted once is not converted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.files.bounded_bytes import sha256_of
from pipeline.outputs.pdf import Converted, convert
from pipeline.outputs.whole_file import write_whole
from pipeline.records.task_progress import SILENT, TaskProgress


@dataclass(frozen=True)
class PdfShelf:
    """A folder of a front's own, beside no document; it may be emptied at any moment."""

    folder: Path

    def kept(self, document: Path) -> bytes | None:
        """The PDF of a document as it is now, where it was converted before. Raises ``OSError`` for the document."""
        place = self._place(document)
        return place.read_bytes() if place.exists() else None

    def converted(
        self, documents: Sequence[Path], progress: TaskProgress = SILENT, office: Path | None = None
    ) -> list[Converted]:
        """Each document's PDF, in their order; only those are converted that are not kept, all by one call.

        Raises what ``convert`` raises, and ``OSError`` for a document that can't be read or a folder that can't be
        written.
        """
        known = {path: pdf for path in documents if (pdf := self.kept(path)) is not None}
        rest = [path for path in documents if path not in known]
        fresh = {each.path: each for each in convert(rest, progress=progress, office=office)} if rest else {}
        for each in fresh.values():
            if each.pdf is not None:
                write_whole(self._place(each.path), each.pdf)
        return [fresh.get(path) or Converted(path, known[path]) for path in documents]

    def _place(self, document: Path) -> Path:
        return self.folder / f"{sha256_of(document)}.pdf"
