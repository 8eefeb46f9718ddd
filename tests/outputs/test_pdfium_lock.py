"""pdfium serves one thread at a time: no two documents are open at once in a process, whoever opens them."""

import io
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2 as pdfium
import pytest

import pipeline
from pipeline.lint.page_reader import read_pages
from pipeline.outputs.pdf_bytes import page_count
from pipeline.outputs.pdf_words import page_words


def _pdf() -> bytes:
    with pdfium.PdfDocument.new() as document:
        document.new_page(595, 842)
        target = io.BytesIO()
        document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("uses", [(page_count,), (page_words,), (page_count, page_words, read_pages)])
def test_threads_wait_for_each_other(
    uses: tuple[Callable[[bytes], object], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, real, open_now, most = _pdf(), pdfium.PdfDocument, [0], [0]
    counting = threading.Lock()

    class Slow:
        def __init__(self, given: bytes) -> None:
            with counting:
                open_now[0] += 1
                most[0] = max(most[0], open_now[0])
            time.sleep(0.005)
            self._document = real(given)

        def __len__(self) -> int:
            return len(self._document)

        def __getitem__(self, number: int) -> pdfium.PdfPage:
            return self._document[number]

        def close(self) -> None:
            self._document.close()
            with counting:
                open_now[0] -= 1

    monkeypatch.setattr(pdfium, "PdfDocument", Slow)
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda number: uses[number % len(uses)](data), range(12)))
    assert len(results) == 12
    assert (open_now, most) == ([0], [1])


def test_whoever_uses_pdfium_knows_the_lock() -> None:
    users = [
        path
        for path in Path(pipeline.__file__).parent.rglob("*.py")
        if "import pypdfium2 as pdfium" in path.read_text("utf-8")
    ]
    assert len(users) == 5
    assert all("with PDFIUM:" in path.read_text("utf-8") for path in users)
