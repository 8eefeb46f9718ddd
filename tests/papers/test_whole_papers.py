"""A whole paper of each template, as text: ``<kind>.txt`` beside this file holds what a small year comes to.

After a change that is meant: ``GONGWEN_KEEP=1 python -m pytest tests/papers/test_whole_papers.py``, and read the diff.
"""

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from pipeline.facts.basis import Basis
from pipeline.papers.paper_kind import Draft, PaperKind, Request
from pipeline.papers.paper_kinds import ALL_KINDS, KINDS, build_templates
from pipeline.papers.return_notice import Occasion, facts_of
from pipeline.records.citation import Citation
from pipeline.records.period import Month
from pipeline.records.settings import AssessmentSettings, OfficeSettings
from pipeline.word.template import Template
from tests import build
from tests.docx_reading import FALLBACK, W, part
from tests.papers.paper_year import basis, error

_BUILT = build_templates()


def year() -> Basis:
    """A year in which every kind has something to say: one project on its way, one late, one whose report is in doubt."""
    late = {"project_name": "示例道路项目", "lead_unit": "区住建局", "sector": "基础设施"}
    return basis(
        build.declaration(),
        build.declaration(**late, four_class="促进开工", span=build.years("2027-02", 2029), year_plan=None, person=None),
        build.declaration(project_name="示例学校项目", lead_unit="区教育局", sector="社会事业"),
        build.sponsorship(leader_matter="协调用地指标"),
        build.team(),
        build.node(),
        build.node(due=build.day("2027-04-10"), work="进场施工", investment=None),
        build.leader(),
        build.unit(),
        build.procedure(),
        build.procedure(permit="环评批复", due=build.day("2027-03-20")),
        build.problem(),
        build.problem(problem="供电线路未迁改", kind="其他", level="领导小组", deadline=build.day("2027-03-15")),
        *(build.progress(month) for month in (2, 3, 12)),
        *(build.progress(month, project_name="示例学校项目", lead_unit="区教育局") for month in (2, 3, 12)),
        build.progress(3, project_name="示例道路项目", lead_unit="区住建局", year_done=None, month_done=None),
        build.score(),
        build.receipt("月报", 2, "2027-02-28 09:30"),
        build.receipt("月报", 3, "2027-03-29 09:30"),
        findings=[error("progress", "示例学校项目", month=Month(build.YEAR, 3))],
        settings=OfficeSettings(assessment=AssessmentSettings(late_deduction=Decimal(1))),
    )  # fmt: skip


def notice() -> Draft:
    """The one paper that no ledger asks for."""
    findings = [
        error(
            "progress",
            file="inputs/2027/月报/三月.xlsx",
            sheet="3月",
            cell="E7",
            citation=Citation("K", 20, 1),
        )
    ]
    occasion = Occasion("2027年3月", 2027, date(2027, 3, 30), date(2027, 4, 2))
    facts = facts_of(OfficeSettings(), occasion, build.UNIT, findings, ["项目月报"], 0, 1)
    return Draft("退件通知", "退件通知.docx", facts)


def papers(kind: PaperKind) -> dict[str, Draft]:
    """The first paper of each template."""
    drafted = next((each for each in KINDS if each is kind), None)
    found = drafted.drafts(year(), Request((Month(build.YEAR, 3),))) if drafted else [notice()]
    first: dict[str, Draft] = {}
    for piece in found:
        if isinstance(piece, Draft):
            first.setdefault(piece.template, piece)
    return first


def lines(data: bytes) -> Iterator[str]:
    """Each paragraph; a table row by row."""
    for element in etree.fromstring(part(data)).iter(f"{W}p", f"{W}tr"):
        if next(element.iterancestors(f"{W}tr", FALLBACK), None) is None:
            cells = element.findall(f"{W}tc") if element.tag == f"{W}tr" else [element]
            yield " | ".join(map(_own_text, cells))


def _own_text(element: etree._Element) -> str:
    """Without what stands in a text box of it, whose paragraphs come by themselves."""
    texts = element.iter(f"{W}t")
    return "".join(text.text or "" for text in texts if next(text.iterancestors(element.tag)) is element)


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.slug)
def test_what_a_whole_paper_says(kind: PaperKind) -> None:
    drafts = papers(kind)
    assert drafts.keys() == kind.templates.keys(), "the year above has nothing to say for a template of this kind"
    said = ""
    for name, draft in drafts.items():
        made = Template.compile(_BUILT[name], name).render(draft.context)
        said += "\n".join((f"【{draft.title}】", *filter(None, lines(made)), "", ""))
    kept = Path(__file__).with_name(f"{kind.slug}.txt")
    if os.environ.get("GONGWEN_KEEP"):
        kept.write_text(said, "utf-8")
    assert said == kept.read_text("utf-8")
