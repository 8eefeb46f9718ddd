"""A real workspace of some thirty promotion plans, quick to issue, and what stands in its outputs."""

import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.papers.paper_kind import Draft
from pipeline.papers.paper_kinds import KINDS
from pipeline.tasks.run import Job
from tests.bench.promotion_plans import promotion_drafts

REPOSITORY = Path(__file__).parents[2]
LONG = bool(os.environ.get("GONGWEN_LONG"))  # the whole number of tries of the acceptance
SPONSORED = "2027/包联/2027年重大项目包联清单（重大实施）.xlsx"


def small_workspace(root: Path) -> Path:
    """The sample year's lists of sponsored projects and its registers: 60 files come of it."""
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    (root / "inputs").mkdir()
    for name in ("office.toml", "节假日.csv"):
        shutil.copy(REPOSITORY / "inputs" / name, root / "inputs" / name)
    for folder in ("包联", "名册"):
        shutil.copytree(REPOSITORY / "inputs/2027" / folder, root / "inputs/2027" / folder)
    return root


def gongwen(workspace: Path, *arguments: str) -> Result:
    """One command in the workspace, in this process."""
    return CliRunner().invoke(main, [*arguments, "-C", str(workspace)])


def promotion_job(count: int, version: str) -> Job:
    """Promotion plans with their 台账 that say ``version`` somewhere."""
    kind = next(kind for kind in KINDS if kind.slug == "promotion")
    drafts = [
        replace(draft, context={**draft.context, "业主单位": f"示例公司{version}"})
        for draft in promotion_drafts(count)
        if isinstance(draft, Draft)
    ]
    return Job(2027, (kind,), True, tuple((kind, draft) for draft in drafts), {kind.slug: {}})


def documents(workspace: Path) -> dict[str, str]:
    """SHA-256 of everything that a person sees in outputs/."""
    outputs = workspace / "outputs"
    return {
        path.relative_to(outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and not path.name.startswith(".gongwen-")
    }


def temporary_files(workspace: Path) -> list[Path]:
    return list(workspace.rglob("*.tmp")) + list(workspace.rglob(".gongwen-journal.json"))


def change_cell(workspace: Path, project: str, column: str, value: str | int) -> None:
    """Write into a project's row of the list of sponsored projects."""
    path = workspace / "inputs" / SPONSORED
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(r for r in sheet.iter_rows() if any(cell.value == project for cell in r))[0].row
    sheet[f"{column}{row}"] = value
    book.save(path)
    book.close()
