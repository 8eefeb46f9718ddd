"""A second front does a day's work with the tasks alone: nothing that it needs lies in the terminal's room."""

import ast
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.tasks.desk import Asked, Question
from pipeline.tasks.figure_order import numbers
from pipeline.tasks.papers_standing import PaperState
from pipeline.tasks.trace import MAIN_PART, find_document, trace
from pipeline.workspace import Workspace
from tests import second_front
from tests.faults.small_workspace import small_workspace
from tests.intake import OTHER, UNIT, at, report, row


def test_it_is_short_and_knows_no_terminal() -> None:
    text = Path(second_front.__file__).read_text("utf-8")
    assert len(text.splitlines()) <= 150
    imported = [node.module or "" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    assert not [each for each in imported if each.startswith(("pipeline.cli", "click"))]


def test_it_receives_a_file_with_a_question(workspace: Workspace, mail: Path) -> None:
    other = report(mail, "表.csv", [row(1, "丙水厂项目", unit=OTHER)], title=f"{OTHER}重点项目月报")
    asked: list[Question] = []

    def answer(question: Question) -> str:
        asked.append(question)
        return "2027-03"

    lines = second_front.take_in(workspace, [report(mail), other], at("03-27 09:00"), answer)
    assert [each.asked for each in asked] == [Asked.PERIOD]
    assert lines == [f"月报.csv｜{UNIT}｜收下", f"表.csv｜{OTHER}｜收下"]
    figures = second_front.today(workspace, date(2027, 4, 29))
    assert figures["迟报"] == 0
    assert figures["逾期未收"] == 1
    assert figures["快到期"] > 0


def test_it_makes_cancels_lists_and_traces(tmp_path: Path) -> None:
    workspace = Workspace.open(small_workspace(tmp_path))
    year, job = second_front.read(workspace, 2027)
    before = second_front.stands(workspace, job)
    to_make = [title for title, state in before.items() if state == PaperState.MISSING.value]
    assert len(to_make) >= 2, before
    page = second_front.Page(most=2)
    assert second_front.make(workspace, job, page) == "已取消，已经做好的都完整保留"
    assert page.line == f"编制2027年文书，共{len(to_make)}：{to_make[1]}"
    halfway = second_front.stands(workspace, job)
    assert [title for title, state in halfway.items() if state == PaperState.CURRENT.value] == to_make[:2]
    assert second_front.make(workspace, job, second_front.Page()) == f"编好{len(to_make)}份"
    after = second_front.stands(workspace, job)
    assert {after[title] for title in to_make} == {PaperState.CURRENT.value}

    made = sorted(workspace.outputs.rglob("*.docx"))[:3]
    led = 0
    for path in made:
        with zipfile.ZipFile(path) as package:
            standing = list(numbers(package.read(MAIN_PART)))
        found = trace(workspace, find_document(workspace, path), year).printed
        assert [(each.number, each.unit, each.paragraph) for each in standing] == [
            (each.number, each.unit, each.paragraph) for each in found
        ]
        for number, each in enumerate(found, 1):
            if each.figure is None or each.figure.of or each.unit != "万元":
                continue
            shown, cells = second_front.nth(workspace, path, number, year) if not led else ("", [])
            assert led or (shown == f"{each.number}万元" and cells)
            total = sum((addend.amount * addend.sign for addend in each.figure.addends), Decimal(0))
            assert total == Decimal(each.number)
            led += 1
    assert led
