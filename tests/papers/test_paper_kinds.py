"""Whoever needs to know the kinds of paper asks for them, and a kind's names are those of its facts."""

from pathlib import Path
from typing import Annotated, TypedDict

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.lint.linting import lint
from pipeline.papers.paper_kind import Blueprint, Request, Series
from pipeline.papers.paper_kinds import ALL_KINDS, KINDS, placeholder_names
from pipeline.records.settings import OfficeSettings
from pipeline.word.vocabulary import every_name, names_of
from tests.docx_reading import small_template, text_of

REPOSITORY = Path(__file__).parents[2]
_BLUEPRINTS = [blueprint for kind in ALL_KINDS for blueprint in kind.blueprints]


class _Head(TypedDict):
    年度: Annotated[int, "四位年份"]


class _Row(TypedDict):
    项目名称: str


class _Facts(_Head):
    包联: _Row
    各单位: list[_Row]
    未报项目: Annotated[list[str], "项目名称"]


def test_names_and_their_meanings_are_read_off_the_facts() -> None:
    names = names_of(_Facts)
    assert names == {
        "年度": "四位年份",
        "包联": {"项目名称": ""},
        "各单位": [{"项目名称": ""}],
        "未报项目": ["项目名称"],
    }
    assert list(every_name(names)) == ["年度", "包联", "项目名称", "各单位", "项目名称", "未报项目"]


def test_slugs_and_templates_are_of_one_kind_each() -> None:
    slugs = [kind.slug for kind in ALL_KINDS]
    files = [file for kind in ALL_KINDS for file in kind.templates]
    assert len(set(slugs)) == len(slugs)
    assert len(set(files)) == len(files)


@pytest.mark.parametrize("blueprint", _BLUEPRINTS, ids=lambda each: each.file)
def test_a_template_names_who_issues_it_and_bears_a_number_only_of_a_series(blueprint: Blueprint) -> None:
    words = text_of(blueprint.build())
    places = [words.rfind(f"{{{{ {name} }}}}") for name in blueprint.issuers]
    assert places
    assert -1 not in places
    assert places == sorted(places), "the host signs first"
    assert ("发文字号" in blueprint.names) == ("{{ 发文字号 }}" in words) == bool(blueprint.series)


def test_a_number_bears_the_code_the_year_and_the_serial() -> None:
    series = Series(lambda settings: settings.committee_code)
    assert series.number(OfficeSettings(committee_code="样党发"), 2027, 12) == "样党发〔2027〕12号"


_UNDIVIDED = [(kind.slug, "--unit") for kind in KINDS if not kind.by_unit]
_UNDIVIDED += [(kind.slug, "--project") for kind in KINDS if not kind.by_project]


@pytest.mark.parametrize(("slug", "option"), _UNDIVIDED)
def test_a_kind_that_does_not_go_by_unit_or_project_takes_none(slug: str, option: str) -> None:
    result = CliRunner().invoke(main, ["make", slug, "2027", option, "甲", "-C", str(REPOSITORY)])
    assert result.exit_code == 2
    assert f"请去掉{option}" in result.output


def test_what_a_request_asks_for() -> None:
    assert Request(()).asks(["甲局"], "一厂")
    assert Request((), unit="甲 局").asks(["乙局", "甲局"], "一厂")
    assert not Request((), unit="甲局").asks(["乙局"], "一厂")
    assert not Request((), project="一厂").asks(["甲局"], "二厂")


def test_lint_knows_a_forgotten_placeholder_by_its_name() -> None:
    def unfilled(**handed: object) -> bool:
        report = lint(small_template("关于【期号】的通知，见【小结】"), "x.docx", None, **handed)  # type: ignore[arg-type]
        return any("【期号】" in finding.found for finding in report.findings)

    assert unfilled(placeholders=placeholder_names())
    assert not unfilled()
