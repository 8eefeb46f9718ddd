"""The longest and the emptiest papers on the rendered page: nothing lost, nothing against the standard."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.lint.lint_rule import Severity
from pipeline.lint.linting import lint
from pipeline.lint.page_reader import read_pages
from pipeline.outputs.pdf import convert
from pipeline.papers.paper_kind import Draft
from pipeline.records.field_catalogue import CLASSES, SECTORS
from pipeline.word.template import Template
from tests import build
from tests.office_present import require_office
from tests.papers.paper_year import basis, pieces
from tests.rendered_page import pages
from tests.whole_papers import with_estimated_last_page

TEMPLATES = Path(__file__).parents[2] / "templates"
LONG = "示例区高端装备制造产业园区（二期）标准化厂房、配套道路、雨污水管网、供电供热设施和生产生活综合服务中心新建工程及既有老旧厂房改造提升一体化示例建设项目（一标段）"
UNITS = tuple(f"区示例{number}号服务局" for number in range(1, 31))


def many(count: int) -> Iterator[object]:
    """Declared and reported projects; every fortieth bears the 80-character name with a number of its own."""
    for number in range(count):
        name = f"{LONG[:-3]}{number:03d}" if number % 40 == 0 else f"示例产业第{number}号建设项目"
        facts = {"project_name": name, "lead_unit": UNITS[number % len(UNITS)], "row": number + 3}
        plan = Decimal(3000 + 137 * number)
        yield build.declaration(
            **facts, four_class=CLASSES[number % len(CLASSES)], sector=SECTORS[number % len(SECTORS)],
            total_investment=plan * 3 + Decimal(10000), year_plan=plan,
        )  # fmt: skip
        yield build.progress(6, **facts, year_done=plan / 2)


def the_draft(kind: str, year_of: tuple[object, ...], *months: int) -> Draft:
    (draft,) = (piece for piece in pieces(kind, basis(*year_of), *months) if isinstance(piece, Draft))
    return draft


def long_name() -> tuple[object, ...]:
    """Everything that a promotion plan tells, of a project with the long name."""
    name: dict[str, Any] = {"project_name": LONG}
    return (
        build.declaration(**name), build.sponsorship(**name), build.team(**name), build.node(**name),
        build.problem(**name),
    )  # fmt: skip


PAPERS: dict[str, Callable[[], Draft]] = {
    "计划四百个项目": lambda: the_draft("plan", tuple(many(400))),
    "简报四百个项目": lambda: the_draft("briefing", tuple(many(400)), 6),
    "简报无事之月": lambda: the_draft("briefing", (build.declaration(), build.progress(1)), 1),
    "推进方案最长名称": lambda: the_draft("promotion", long_name()),
}


def papers(folder: Path) -> dict[str, Path]:
    """Every paper rendered as the program issues it."""
    paths = {}
    for name, draft_of in PAPERS.items():
        draft = draft_of()
        template = Template.compile((TEMPLATES / draft.template).read_bytes(), draft.template)
        paths[name] = folder / f"{name}.docx"
        paths[name].write_bytes(with_estimated_last_page(template.render(draft.context)))
    return paths


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Each paper as .docx and as PDF."""
    require_office()
    paths = papers(tmp_path_factory.mktemp("longest"))
    pdfs = {each.path: each.pdf for each in convert(list(paths.values()))}
    return {name: (path.read_bytes(), pdfs[path] or b"") for name, path in paths.items()}


@pytest.mark.parametrize("name", PAPERS)
def test_no_fault_on_paper_or_page(rendered: dict[str, tuple[bytes, bytes]], name: str) -> None:
    document, pdf = rendered[name]
    report = lint(document, name, read_pages(pdf))
    assert [each.sentence for each in report.findings if each.severity in (Severity.ERROR, Severity.WARNING)] == []


@pytest.mark.parametrize("name", ["计划四百个项目", "简报四百个项目"])
def test_every_project_is_printed_whole(rendered: dict[str, tuple[bytes, bytes]], name: str) -> None:
    printed = "".join(page.text for page in pages(rendered[name][1]))
    for number in range(400):
        whole = f"{LONG[:-3]}{number:03d}" if number % 40 == 0 else f"示例产业第{number}号建设项目"
        assert "".join(whole.split()) in printed, whole


def test_the_name_is_as_long_as_it_says() -> None:
    assert len(LONG) == 80
