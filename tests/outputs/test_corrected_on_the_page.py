"""The second pass: an imprint that the estimate put elsewhere moves to the last even face of the rendered pages."""

from pathlib import Path

import pytest

from pipeline.outputs.pdf_beside import issue_pdfs
from pipeline.outputs.pdf_bytes import page_count
from pipeline.outputs.store import Store, Written
from pipeline.word.imprint_pass import with_even_last_page
from tests.office_present import require_office
from tests.specimens import joint_notice


@pytest.fixture
def misplaced() -> bytes:
    """A notice of two faces whose imprint was given a sheet of its own, as if its text had three."""
    return with_even_last_page(joint_notice(), 3, 100.0)


def test_a_misplaced_imprint_is_corrected_once_and_stays(tmp_path: Path, misplaced: bytes) -> None:
    require_office()
    assert misplaced != joint_notice()
    with Store.open(tmp_path) as store:
        path = store.save("2027/通知.docx", misplaced).path
    with Store.open(tmp_path) as store:
        (outcome,) = issue_pdfs([path], store)
    assert outcome.corrected
    assert not outcome.warning
    assert path.read_bytes() == joint_notice()
    assert outcome.saved is not None
    assert page_count(outcome.saved.path.read_bytes()) == 2
    with Store.open(tmp_path) as store:
        assert store.save("2027/通知.docx", misplaced).outcome is Written.UNCHANGED
        (again,) = issue_pdfs([path], store)
    assert again.saved is not None
    assert (again.corrected, again.saved.outcome) == (False, Written.UNCHANGED)


def test_a_document_that_a_person_edited_is_only_named(tmp_path: Path, misplaced: bytes) -> None:
    require_office()
    path = tmp_path / "通知.docx"
    path.write_bytes(misplaced)
    with Store.open(tmp_path) as store:
        (outcome,) = issue_pdfs([path], store)
    assert not outcome.corrected
    assert "版记没有落在最后的双数面" in outcome.warning
    assert path.read_bytes() == misplaced
