"""Titles broken by sense: nothing lost, no forbidden break, lines that balance."""

import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.word.cells import cells
from pipeline.word.titles import LONGEST, break_title, penalties

LONG = "示例区发展和改革委员会关于进一步加强2027年全区经济社会发展重点项目建设用地审批、资金保障和安全生产监督管理工作有关事项的通知"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "示例区人民政府关于审定2027年度重大项目计划的请示",
            ("示例区人民政府关于审定2027年度", "重大项目计划的请示"),
        ),
        (
            "中共示例区委员会　示例区人民政府关于印发《示例区2027年经济社会发展重点项目计划》的通知",
            (
                "中共示例区委员会　示例区人民政府",
                "关于印发《示例区2027年经济社会发展",
                "重点项目计划》的通知",
            ),
        ),
        (
            "示例区重大项目领导小组办公室关于2027年度重点项目工作考核情况的报告",
            ("示例区重大项目领导小组办公室", "关于2027年度重点项目工作考核情况的报告"),
        ),
        ("新能源汽车零部件产业园项目2027年推进方案", ("新能源汽车零部件产业园项目", "2027年推进方案")),
        ("3月份全区重点项目推进情况", ("3月份全区重点项目推进情况",)),
        ("短|由办公室断行", ("短", "由办公室断行")),
        (
            "中共示例自治区示例市示例城区委员会　示例自治区示例市示例城区人民政府关于下达2027年计划的通知",
            (
                "中共示例自治区示例市示例城区委员会",
                "示例自治区示例市示例城区人民政府",
                "关于下达2027年计划的通知",
            ),
        ),
    ],
)
def test_known_titles(title: str, lines: tuple[str, ...]) -> None:
    assert break_title(title) == lines


def test_a_title_of_sixty_characters_keeps_its_lines_alike() -> None:
    lines = break_title(LONG)
    assert len(LONG) >= 60
    assert len(lines) == 4
    assert max(map(cells, lines)) <= LONGEST
    assert min(map(cells, lines)) >= max(map(cells, lines)) / 2
    assert not any(line.startswith(tuple("的、，》和")) for line in lines)


PIECES = st.lists(
    st.sampled_from(
        ["示例区", "关于", "印发", "2027年", "第12批", "重点项目", "计划", "《示例区管理办法》", "、", "和", "经济社会发展", "人民政府",
         "158.30亿元", "（试行）", "落实", "某甲某乙", "工业园", "进一步加强", "安全生产"]
    ),
    min_size=1, max_size=24,
)  # fmt: skip


@settings(deadline=None)
@given(PIECES)
@example(["甲" * 120])
@example(["《" + "乙" * 40 + "》的通知"])
def test_nothing_is_lost_and_nothing_torn(pieces: list[str]) -> None:
    title = "".join(pieces) + "的通知"
    lines = break_title(title)
    assert "".join(lines) == title
    for before, after in itertools.pairwise(lines):
        assert not re.search(r"[0-9第.]$", before) or not re.match(r"[0-9.年批亿]", after)
        assert after[0] not in "、，》）"
        assert before[-1] not in "（《"


@settings(deadline=None)
@given(PIECES)
def test_lines_fit_wherever_breaks_allow_it(pieces: list[str]) -> None:
    title = "".join(pieces) + "的通知"
    costs = penalties(title)
    spans = [0, *(index for index in range(1, len(title)) if costs[index] < 900), len(title)]
    if all(cells(title[start:end]) <= LONGEST / 2 for start, end in itertools.pairwise(spans)):
        assert all(cells(line) <= LONGEST for line in break_title(title))
