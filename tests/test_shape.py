"""The shape check itself notices what it is for."""

from decimal import Decimal

import pytest

from pipeline.records.money import Figure
from tests.shape import assert_matches

NAMES = {"甲": "", "乙": {"丙": ""}, "丁": [{"戊": ""}], "己": ["名称"]}


def right() -> dict[str, object]:
    return {
        "甲": Figure.of(Decimal(1)),
        "乙": {"丙": 3},
        "丁": [{"戊": "x"}, {"戊": Decimal(2)}],
        "己": ["y"],
    }


def test_the_described_shape_passes() -> None:
    assert_matches(right(), NAMES)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("甲", None),
        ("甲", 1.5),
        ("甲", ["x"]),
        ("乙", "x"),
        ("乙", {}),
        ("乙", {"丙": 1, "庚": 1}),
        ("丁", {"戊": 1}),
        ("丁", [{"戊": 1}, {"戊": None}]),
        ("丁", [{"戊": 1}, {}]),
        ("己", [None]),
    ],
)
def test_any_other_shape_fails(key: str, value: object) -> None:
    with pytest.raises(AssertionError, match=key):
        assert_matches({**right(), key: value}, NAMES)


def test_a_missing_or_unnamed_key_fails() -> None:
    for wrong in ({**right(), "辛": 1}, {k: v for k, v in right().items() if k != "甲"}):
        with pytest.raises(AssertionError, match="keys differ"):
            assert_matches(wrong, NAMES)
