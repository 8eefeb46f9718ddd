"""verify: whether a PDF is of the document that stands beside it."""

import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import Remedy
from pipeline.outputs.manifest import Entry, Manifest, Origin
from pipeline.outputs.pdf import convert
from pipeline.outputs.store import Store
from pipeline.outputs.verify import Fault, verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.word.ooxml import Section, body, docx
from tests.office_present import require_office

_HOUR = 3600 * 10**9


def paper(amount: str) -> bytes:
    return docx([Section("portrait", (body(f"总投资{amount}万元。"),))])


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    require_office()
    path = tmp_path_factory.mktemp("pdf") / "甲.docx"
    path.write_bytes(paper("12345.60"))
    made = convert([path])[0].pdf
    assert made
    return made


@pytest.fixture
def issued(tmp_path: Path, pdf: bytes) -> Path:
    """A document as it was issued, and its PDF an hour later."""
    with Store.open(tmp_path / "outputs") as store:
        store.save("甲.docx", paper("12345.60"))
    path = tmp_path / "outputs" / "甲.docx"
    path.with_suffix(".pdf").write_bytes(pdf)
    _move(path.with_suffix(".pdf"), path, _HOUR)
    return path


def _move(path: Path, beside: Path, after: int) -> None:
    """Give a file the time of another, so much later."""
    os.utime(path, ns=(time := beside.stat().st_mtime_ns + after, time))


def found(document: Path) -> list[tuple[Fault, str]]:
    return [(each.fault, each.sentence) for each in verify(document.parents[1], KINDS).deviations]


def test_the_pdf_of_a_document_as_issued_is_right(issued: Path) -> None:
    assert found(issued) == []


@pytest.mark.parametrize("after", [-2 * _HOUR, 2 * _HOUR])
def test_a_pdf_of_other_words_is_told_whatever_the_times(issued: Path, after: int) -> None:
    issued.write_bytes(paper("54321.06"))
    _move(issued, issued.with_suffix(".pdf"), after)
    assert [fault for fault, _ in found(issued)] == [Fault.CHANGED, Fault.OLD_PDF]
    assert "“54321.06”，不是现在这份文书的；请重转" in found(issued)[1][1]


@pytest.mark.parametrize(("after", "old"), [(-1, False), (0, False), (1, True)])
def test_a_document_edited_after_its_pdf_makes_it_old(issued: Path, after: int, old: bool) -> None:
    """Words taken away stand in the PDF still: there the times tell."""
    issued.write_bytes(docx([Section("portrait", (body("总投资"),))]))
    _move(issued, issued.with_suffix(".pdf"), after)
    assert [fault for fault, _ in found(issued)] == [Fault.CHANGED, *[Fault.OLD_PDF] * old]


def test_a_scan_has_no_words_to_compare(issued: Path) -> None:
    issued.with_suffix(".pdf").write_bytes(b"%PDF-1.4 scanned %%EOF")
    issued.write_bytes(paper("54321.06"))
    _move(issued, issued.with_suffix(".pdf"), -1)
    assert [fault for fault, _ in found(issued)] == [Fault.CHANGED]


def test_a_document_copied_with_a_new_time_keeps_its_pdf(issued: Path) -> None:
    _move(issued, issued.with_suffix(".pdf"), _HOUR)
    assert found(issued) == []


@pytest.mark.parametrize(
    ("key", "origin", "left_over", "ways", "remedy"),
    [
        ("2027/甲.docx", Origin("a"), False, "，或移走后重编", Remedy.MAKE),
        ("2027/甲.docx", Origin("a"), True, "", None),
        ("归档/2027/甲.docx", Origin("a"), False, "", None),
        ("空白台账/2027-03/甲.xlsx", None, False, "，或移走后重编", Remedy.MAKE_OWN_WAY),
    ],
)
def test_how_a_file_comes_again_is_true(
    tmp_path: Path, key: str, origin: Origin | None, left_over: bool, ways: str, remedy: Remedy | None
) -> None:
    entry = Entry("0" * 64, "", origin=origin, left_over=left_over)
    outputs = tmp_path / "outputs"
    (outputs / key).parent.mkdir(parents=True)
    (outputs / key).write_bytes(b"x")
    Manifest({key: entry}).write(outputs)
    (changed,) = (each for each in verify(tmp_path, KINDS).deviations if each.fault is Fault.CHANGED)
    assert changed.sentence.endswith(f"请找回原来的{ways}")
    (outputs / key).unlink()
    (missing,) = (each for each in verify(tmp_path, KINDS).deviations if each.fault is Fault.MISSING)
    assert missing.sentence == f"记录在册，文件不在；请找回{ways.replace('移走后', '')}"
    assert changed.remedy is missing.remedy is remedy


def test_a_source_that_cannot_be_read_now_is_not_called_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a ledger that Excel holds open on Windows."""
    source = tmp_path / "inputs/2027/申报/甲局.xlsx"
    source.parent.mkdir(parents=True)
    source.write_bytes(b"x")
    name = source.relative_to(tmp_path).as_posix()
    with Store.open(tmp_path / "outputs") as store:
        store.save("2027/甲.docx", b"1", Origin("a", sources={name: "0" * 64}))
    plain = Path.open

    def held(path: Path, *how: Any, **more: Any) -> Any:
        if path == source:
            raise PermissionError(13, "held")
        return plain(path, *how, **more)

    monkeypatch.setattr(Path, "open", held)
    (told,) = (each for each in verify(tmp_path, KINDS).deviations if each.path == name)
    assert told.fault is Fault.SOURCE_MISSING
    assert "现在读不出来，不知道有没有变化" in told.sentence
