"""The stricter page of GB/T 33476.2: 22 lines from edge to edge of the type area, every form without a fault."""

from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.lint.lint_rule import Severity
from pipeline.lint.linting import lint
from pipeline.lint.page_reader import read_pages
from pipeline.outputs.pdf import convert
from pipeline.word.imprint_pass import has_imprint, with_even_last_page
from pipeline.word.ooxml import Section, body, docx
from pipeline.word.rendered_faces import rendered_faces
from pipeline.workspace import load_settings
from pipeline.workspace.office_toml_writing import office_toml_text
from tests.office_present import require_office
from tests.rendered_page import dark, pages
from tests.specimens import SPECIMENS
from tests.whole_papers import with_estimated_last_page, with_strict_page

PLAIN = "plain"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Each specimen, and a paper of plain text, on the stricter page: as .docx and as PDF."""
    require_office()
    folder = tmp_path_factory.mktemp("strict")
    plain = docx((Section("portrait", (body("示例文字" * 600),)),))
    built = {name: build() for name, build in SPECIMENS.items()} | {PLAIN: plain}
    paths = {folder / f"{name}.docx": name for name in built}
    for path, name in paths.items():
        path.write_bytes(with_estimated_last_page(with_strict_page(built[name])))
    return {paths[each.path]: (each.path.read_bytes(), each.pdf or b"") for each in convert(list(paths))}


def test_a_full_page_has_22_lines_of_28_characters_from_edge_to_edge(
    strict: dict[str, tuple[bytes, bytes]],
) -> None:
    page = pages(strict[PLAIN][1])[1]
    lines = page.lines(bottom=265)
    assert len(lines) == 22
    assert all(abs(line.left - 28) < 1 and abs(line.right - 184) < 1.3 for line in lines)
    assert all(abs(after.bottom - before.bottom - 29.6 * 25.4 / 72) < 0.3 for before, after in pairwise(lines))
    ink = page.ink(dark, top=30, bottom=265)
    assert ink is not None
    assert abs(ink.bottom - ink.top - 225) <= 1
    assert abs(ink.top - 37) <= 1.3  # the stand-in sits about a millimetre low in its line


@pytest.mark.parametrize("name", SPECIMENS)
def test_no_form_has_a_fault(strict: dict[str, tuple[bytes, bytes]], name: str) -> None:
    document, pdf = strict[name]
    report = lint(document, name, read_pages(pdf))
    assert "33476" in report.profile
    heavy = (Severity.ERROR, Severity.WARNING)
    assert [each.sentence for each in report.findings if each.severity in heavy] == []


@pytest.mark.parametrize("name", SPECIMENS)
def test_the_estimate_agrees_with_the_rendered_page(strict: dict[str, tuple[bytes, bytes]], name: str) -> None:
    document, pdf = strict[name]
    if not has_imprint(document):
        pytest.skip("没有版记")
    faces = rendered_faces(document, pdf)
    assert with_even_last_page(document, faces.pages, faces.room_mm) == document


def test_the_office_chooses_its_page(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(office_toml_text().replace('"版面" = "常用"', '"版面" = "从严"'), "utf-8")
    assert load_settings(path).page == "从严"
