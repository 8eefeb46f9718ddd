"""Promotion plans for measuring: invented projects, each with its own names, nodes and problems."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.papers.paper_kind import Draft
from tests import build
from tests.papers.paper_year import basis, pieces

TEMPLATE = Path(__file__).parents[2] / "templates" / "推进方案.docx"


@cache
def promotion_drafts(count: int) -> tuple[Draft, ...]:
    """One draft a project, nine nodes, a problem and a permit each."""
    records: list[object] = []
    for number in range(count):
        name = {"project_name": f"示例产业园第{number}号标准厂房建设项目", "row": number + 3}
        records += [
            build.declaration(**name, year_plan=Decimal(20000 + number)), build.sponsorship(**name),
            build.team(**name), build.problem(**name, problem=f"第{number}宗用地未批"),
            build.procedure(**name), build.progress(1, **name),
            *(build.node(**name, due=build.day(f"2027-{month:02d}"), work=f"第{month}月完成第{number}段主体结构施工")
              for month in range(2, 11)),
        ]  # fmt: skip
    return tuple(piece for piece in pieces("promotion", basis(*records)) if isinstance(piece, Draft))
