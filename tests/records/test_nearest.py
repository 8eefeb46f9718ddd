"""What need not be compared is left out, and nothing else: the answers are those of comparing each with each."""

from decimal import Decimal
from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.renaming import Dropped, may_be_renamed
from pipeline.records.nearest import NAME, Nearest, nearest, perhaps
from tests import build

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


def test_one_name_among_few_is_told_as_it_is_spelt_there() -> None:
    assert nearest("区住建局 ", ("区住房和城乡建设局", "区 住 建 局"), NAME) == "区 住 建 局"
    assert perhaps("区住建", ("区住建局", "区水务局"), NAME) == "，是否为“区住建局”"
    assert (nearest("西河镇", ("区住建局",), NAME), perhaps("西河镇", (), NAME)) == (None, "")


_FIGURES = st.sampled_from((None, Decimal(0), Decimal(100), Decimal(200), Decimal(300)))
_ROWS = st.fixed_dictionaries(
    {"name": st.text("东西区路厂房一12项目—", min_size=1, max_size=8)}
    | dict.fromkeys(("month_done", "year_done", "since_start", "total"), _FIGURES)
)


@given(st.lists(_ROWS, min_size=1, max_size=8), _ROWS, st.booleans())
def test_every_rename_that_may_be_is_worth_comparing(
    dropped: list[dict[str, object]], told: dict[str, object], declared: bool
) -> None:
    def reported(row: dict[str, object], month: int) -> object:
        return build.progress(
            month, project_name=row["name"], month_done=row["month_done"], year_done=row["year_done"],
            since_start=row["since_start"], total_investment=row["total"],
        )  # fmt: skip

    olds = [
        build.declaration(project_name=row["name"], invested_before=row["year_done"], total_investment=row["total"])
        if declared and index % 2
        else reported(row, 1)
        for index, row in enumerate(dropped)
    ]
    new, case = reported(told, 2), build.case(*olds)
    expected = [old for old in olds if may_be_renamed(case, old, new)]  # type: ignore[arg-type]
    worth = Dropped(olds).worth_comparing(new)  # type: ignore[arg-type]
    assert [old for old in worth if may_be_renamed(case, old, new)] == expected  # type: ignore[arg-type]
