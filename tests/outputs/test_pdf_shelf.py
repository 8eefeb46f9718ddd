"""PDFs that are kept to be looked at: converted once for the same bytes, and never for others."""

import shutil
from pathlib import Path

import pytest

from pipeline.outputs import pdf_shelf
from pipeline.outputs.pdf import Converted
from pipeline.outputs.pdf_shelf import PdfShelf


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names that were converted, call by call; a document that says bad has no PDF."""
    calls: list[list[str]] = []

    def convert(paths: list[Path], **_: object) -> list[Converted]:
        calls.append([path.name for path in paths])
        return [
            Converted(path, None, "打不开")
            if b"bad" in path.read_bytes()
            else Converted(path, b"%PDF" + path.read_bytes())
            for path in paths
        ]

    monkeypatch.setattr(pdf_shelf, "convert", convert)
    return calls


def test_only_what_is_new_is_converted(tmp_path: Path, asked: list[list[str]]) -> None:
    shelf = PdfShelf(tmp_path / "shelf")
    shelf.folder.mkdir()
    one, two = tmp_path / "一.docx", tmp_path / "二.docx"
    one.write_bytes(b"one")
    two.write_bytes(b"two")
    assert shelf.kept(one) is None
    assert [each.pdf for each in shelf.converted([one])] == [b"%PDFone"]
    assert [each.pdf for each in shelf.converted([two, one])] == [b"%PDFtwo", b"%PDFone"]
    assert asked == [["一.docx"], ["二.docx"]]
    copy = Path(shutil.copy(one, tmp_path / "另名.docx"))
    assert shelf.kept(copy) == b"%PDFone"
    one.write_bytes(b"one, edited")
    assert shelf.kept(one) is None
    assert [each.pdf for each in shelf.converted([one])] == [b"%PDFone, edited"]


def test_what_failed_is_tried_again(tmp_path: Path, asked: list[list[str]]) -> None:
    shelf = PdfShelf(tmp_path / "shelf")
    shelf.folder.mkdir()
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"bad")
    for _ in range(2):
        assert [each.reason for each in shelf.converted([bad])] == ["打不开"]
    assert asked == [["坏.docx"]] * 2
    assert not list(shelf.folder.iterdir())
