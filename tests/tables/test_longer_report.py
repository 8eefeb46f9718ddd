"""A quarter's, half a year's or a year's report is never a month's (K-16, K-10(1))."""

import pytest

from pipeline.tables.longer_report import longer_report


@pytest.mark.parametrize(
    ("title", "longer"),
    [
        ("区住建局2027年一季度季报", "季度报告"), ("2027年第一季度重点项目建设情况", "季度报告"),
        ("2027年二季度项目进展情况表", "季度报告"), ("2027年第三季度（7—9月）重点项目工作总结", "季度报告"),
        ("2027年上半年重点项目推进情况报告", "半年报告"), ("2027年半年报", "半年报告"), ("2027年重点项目半年总结", "半年报告"),
        ("2027年度重点项目建设情况", "年度报告"), ("2027年重点项目年报", "年度报告"), ("2027年全年项目建设总结", "年度报告"),
        # of a month
        ("2027年3月重点项目月报", ""), ("2027年一季度重点项目月报", ""), ("2027年3月月报（一季度建设情况）", ""),
        ("2027年度3月重点项目进展情况表", ""), ("2027年度重点项目进展情况表（截至3月底）", ""), ("2027年一季度", ""),
        ("2027年上半年", ""), ("2027年3月重点项目进展情况", ""), ("2027年报表报送登记", ""), ("重点项目年报送情况", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_a_report_calls_itself(title: str, longer: str) -> None:
    """K-16."""
    assert longer_report(title) == longer


def test_a_month_elsewhere_makes_the_year_that_months_year() -> None:
    """K-10(1)."""
    assert longer_report("2027年度重点项目进展情况", beside_a_month=True) == ""
    assert longer_report("2027年第一季度重点项目建设情况", beside_a_month=True) == "季度报告"


@pytest.mark.parametrize("title", ["2027年重点项目年报", "2027年度重点项目工作总结", "2027年全年项目建设总结"])
def test_a_month_elsewhere_makes_no_year_s_report_a_month_s(title: str) -> None:
    """K-16: a column such as 1—12月完成投资 stands in a year's report, too."""
    assert longer_report(title, beside_a_month=True) == "年度报告"
