"""The screen of ``gongwen lint``: what is wrong; what was not checked only where it is asked for."""

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.cli.paper_reports import lint_report
from pipeline.lint.lint_rule import LintReport
from pipeline.records.text_width import shown_width
from tests.docs.kind_tables import REPOSITORY

TEMPLATE = str(REPOSITORY / "templates/计划.docx")


def lint(*args: str) -> str:
    return CliRunner().invoke(main, ["lint", TEMPLATE, *args]).output


def test_rules_that_were_not_checked_are_counted_and_listed_on_demand() -> None:
    assert "条未检查（加--all列出）" in lint()
    assert "没有检查的规则及原因" not in lint()
    assert "没有检查的规则及原因：\n    是模板，内容待填，成文后再查：PAGE-06" in lint("--all")
    assert "加--all列出" not in lint("--all")


def test_what_is_wrong_is_never_folded() -> None:
    assert lint().count("【错误】") == lint("--all").count("【错误】") > 0


def test_where_nothing_was_checked_it_is_said() -> None:
    said = lint_report(LintReport("甲.docx", "—", "—", (), (), ()))
    assert said.endswith("  各条规则均未检查。")
    assert "--all" not in said


@pytest.mark.parametrize("columns", [80, 120])
def test_the_report_fits_the_screen(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(shown_width, lint("--all").splitlines())) <= columns
