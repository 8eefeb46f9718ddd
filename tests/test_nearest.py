"""The nearest of many names is that of difflib, whatever the names."""

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.nearest import Nearest

_LETTERS = "东西南新区路厂房一二12项目"
_NAMES = st.text(_LETTERS, min_size=1, max_size=9)


@given(
    st.text(_LETTERS, max_size=9),
    st.lists(_NAMES, unique=True, max_size=12),
    st.sampled_from((0.5, 0.6, 0.75, 0.9)),
)
def test_the_answer_is_that_of_comparing_each_with_each(name: str, names: list[str], cutoff: float) -> None:
    plain = get_close_matches(name, names, n=1, cutoff=cutoff)
    assert Nearest(names, cutoff).to(name) == (plain[0] if plain else None)


def test_asked_again_it_answers_the_same() -> None:
    nearest = Nearest(["东区厂房项目", "西区道路项目"], 0.75)
    assert [nearest.to("东区厂房工程项目") for _ in range(2)] == ["东区厂房项目"] * 2
    assert nearest.to("") is None
