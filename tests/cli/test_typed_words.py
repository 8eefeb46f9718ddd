"""Kinds of paper and periods are taken as a person types them; a near miss is told."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.cli.typed_kind import KindTyped
from pipeline.cli.typed_period import is_period, period_typed
from pipeline.errors import GongwenError
from pipeline.papers.paper_kinds import ALL_KINDS, KINDS
from pipeline.records.period import Month, Period
from pipeline.tasks.start import start_workspace
from pipeline.workspace import Workspace

KIND = KindTyped(KINDS)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    start_workspace(tmp_path, 2027)
    return Workspace.open(tmp_path)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("briefing", "briefing"), ("Briefing", "briefing"), ("简报", "briefing"), (" 简报.docx", "briefing"),
        ("plan", "plan"), ("年度计划", "plan"), ("计划", "plan"), ("推进方案", "promotion"), ("方案", "promotion"),
        ("年终考核", "assessment"), ("考核", "assessment"), ("情况说明", "assessment"), ("ｐｌａｎ", "plan"),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_its_names(typed: str, slug: str) -> None:
    assert KIND.convert(typed, None, None) == slug


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("简抱", "，是否为“简报”"),
        ("breifing", "，是否为“briefing”"),
        ("推进方按", "，是否为“推进方案”"),
        ("通知", ""),
    ],
)
def test_a_near_miss_of_a_kind_is_told_and_all_kinds_are_named(typed: str, hint: str) -> None:
    with pytest.raises(GongwenError) as refused:
        KIND.convert(typed, None, None)
    assert str(refused.value).startswith(f"没有文书“{typed}”{hint}。文书应为年度计划（plan）、")


def test_a_part_that_two_kinds_have_and_a_single_character_stand_for_none() -> None:
    for typed in ("考", "p", ""):
        with pytest.raises(GongwenError):
            KindTyped(ALL_KINDS).convert(typed, None, None)


@pytest.mark.parametrize(
    "typed",
    ["2027-03", "2027-3", "2027年3月", "2027年03月份", "2027年 3月", "２０２７年３月", "二〇二七年三月", "202703",
     "3月", "03月", "三月份", "2027年度3月"],
)  # fmt: skip
def test_a_month_is_taken_however_it_is_written(workspace: Workspace, typed: str) -> None:
    assert period_typed(typed, workspace) == Period(2027, Month(2027, 3))
    assert is_period(typed)


@pytest.mark.parametrize("typed", ["2027", "2027年", "2027年度", "二〇二七年度"])
def test_a_year_is_taken_however_it_is_written(workspace: Workspace, typed: str) -> None:
    assert period_typed(typed, workspace) == Period(2027)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("27年3月", "，是否为“2027年3月”"), ("20273", "，是否为“2027年3月”"), ("2027—3", "，是否为“2027年3月”"),
        ("27-12", "，是否为“2027年12月”"), ("3", "，是否为“3月”"), ("12", "，是否为“12月”"), ("13", ""),
        ("13月", ""), ("0月", ""), ("2027-13", ""), ("327", ""), ("2027年一季度", ""), ("三", "，是否为“3月”"),
    ],
)  # fmt: skip
def test_a_near_miss_of_a_period_is_told(workspace: Workspace, typed: str, hint: str) -> None:
    with pytest.raises(GongwenError) as refused:
        period_typed(typed, workspace)
    assert str(refused.value) == f"看不懂期间“{typed}”{hint}，请写成2027、2027-03、2027年3月或3月"


def test_a_month_without_its_year_is_not_guessed(workspace: Workspace) -> None:
    (workspace.inputs / "2028").mkdir()
    with pytest.raises(GongwenError, match="没有写明哪一年，工作区有2027、2028年的台账，请写成如2028年3月"):
        period_typed("3月", workspace)
    assert period_typed("2027年3月", workspace) == Period(2027, Month(2027, 3))


def test_every_command_takes_them(workspace: Workspace) -> None:
    def said(*args: str) -> str:
        result = CliRunner().invoke(main, [*args, "-C", str(workspace.root)])
        assert "看不懂期间" not in result.output
        return result.output

    assert "简报" in said("make", "简报", "2027年3月")
    assert "没有可列入计划的项目" in said("make", "年度计划", "2027年度")
    assert "简报" in said("run", "--period", "三月")
    assert "合计：错误0条" in said("check", "--period", "3月")
    assert "请用“gongwen check --period 2027年3月”" in said("check", "2027年3月")
    assert "2027年3月" in said("calendar", "--period", "3月", "--today", "2027-03-16")
    assert "登记簿还是空的" in said("register", "--period", "3月")
    assert "没有需要退回的台账" in said("return", "3月", "--date", "2027-03-30")
    assert "逾期手续" in said("fields", "--kind", "简报")
