"""A 汉字 is as wide as two letters, and a text takes as many lines as it needs."""

import pytest

from pipeline.records.text_width import lines_needed, shown_width


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc1", 4), ("项目", 4), ("项目A1", 6), ("“项目”", 8), ("（1）", 5), ("ｶﾞ", 2)],
)
def test_han_and_its_marks_count_two(text: str, width: int) -> None:
    assert shown_width(text) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("项目项目a", 1), ("项目项目项", 1), ("项目项目项a", 2), ("项目\n项目", 2), ("a\n\nb", 3)],
)
def test_lines_of_ten_half_widths(text: str, lines: int) -> None:
    assert lines_needed(text, 10) == lines
