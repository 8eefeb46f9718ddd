"""The nouns: money that adds up, days known in part, names, citations, findings."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import GongwenError
from pipeline.ledgers.kinds import catalogue
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation, Measure
from pipeline.records.finding import Finding, mending_order
from pipeline.records.money import Figure, in_yi, percent, round_half_up
from pipeline.records.names import name_key
from pipeline.records.period import Month, PartialDay, Period, Span, chinese_day
from pipeline.records.severity import Severity
from pipeline.records.source import Seen, Source


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.5", 0, "1"), ("1.5", 0, "2"), ("2.5", 0, "3"), ("-0.5", 0, "-1"), ("1.005", 2, "1.01"), ("1.0049", 2, "1.00"),
        ("99.95", 1, "100.0"), ("12345", -2, "12300"),
    ],
)  # fmt: skip
def test_four_out_five_in(value: str, places: int, expected: str) -> None:
    assert round_half_up(Decimal(value), places) == Decimal(expected)


def test_yi_and_percent() -> None:
    assert str(in_yi(Decimal(10050))) == "1.01"
    assert str(in_yi(Decimal(0))) == "0.00"
    assert Figure(Decimal("12345.6")).yi == Decimal("1.23")
    assert percent(Decimal(1), Decimal(3)) == Decimal("33.3")
    assert percent(Decimal(1), Decimal(8), places=0) == 13
    assert percent(Decimal(1), Decimal(0)) is None
    assert percent(Decimal(1), Decimal(-4)) == Decimal("-25.0")  # only nothing can't be compared with


@given(st.decimals(min_value=0, max_value=10**7, places=4))
def test_a_figure_is_rounded_on_its_own(wan: Decimal) -> None:
    assert abs(Figure(wan).yi - wan / 10000) <= Decimal("0.005")


def test_months() -> None:
    month = Month.parse("2027-03")
    assert (str(month), month.chinese) == ("2027-03", "2027年3月")
    assert (month.first_day, month.last_day) == (date(2027, 3, 1), date(2027, 3, 31))
    assert Month(2028, 2).last_day.day == 29
    assert Month(2027, 2).last_day.day == 28
    assert [month.shifted(steps) for steps in (-3, -2, 0, 9, 10)] == [
        Month(2026, 12), Month(2027, 1), month, Month(2027, 12), Month(2028, 1),
    ]  # fmt: skip
    assert Month(2026, 12) < Month(2027, 1)


@pytest.mark.parametrize(
    "text", ["2027-3", "2027-13", "2027-00", "27-03", "2027/03", "2027-03-01", "２０２７-０３x", ""]
)
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Month.parse(text)


@given(st.integers(1950, 2100), st.integers(1, 12), st.integers(-500, 500))
def test_months_shift_back_and_forth(year: int, month: int, steps: int) -> None:
    start = Month(year, month)
    assert start.shifted(steps).shifted(-steps) == start
    assert (start.shifted(steps) > start) == (steps > 0)


@pytest.mark.parametrize(
    ("part", "earliest", "latest", "chinese"),
    [
        (PartialDay(2027), date(2027, 1, 1), date(2027, 12, 31), "2027年"),
        (PartialDay(2028, 2), date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        (PartialDay(2027, 3, 9), date(2027, 3, 9), date(2027, 3, 9), "2027年3月9日"),
    ],
)
def test_days_known_in_part(part: PartialDay, earliest: date, latest: date, chinese: str) -> None:
    assert (part.earliest, part.latest, part.chinese) == (earliest, latest, chinese)


@pytest.mark.parametrize(
    ("start", "finish", "chinese", "short"),
    [
        (PartialDay(2026), PartialDay(2028), "2026—2028年", "2026—2028"),
        (PartialDay(2027), PartialDay(2027), "2027年", "2027"),
        (PartialDay(2026, 3), PartialDay(2028, 10), "2026年3月—2028年10月", "2026.3—2028.10"),
        (PartialDay(2026), PartialDay(2028, 10), "2026年—2028年10月", "2026—2028.10"),
        (PartialDay(2027, 3, 1), PartialDay(2027, 3, 31), "2027年3月1日—2027年3月31日", "2027.3"),
    ],
)
def test_spans(start: PartialDay, finish: PartialDay, chinese: str, short: str) -> None:
    span = Span(start, finish)
    assert (span.chinese, span.short) == (chinese, short)


def test_a_span_that_ends_before_it_starts_is_shown_as_it_was_written() -> None:
    assert Span(PartialDay(2028), PartialDay(2026)).short == "2028—2026"
    assert Span(PartialDay(2027, 5), PartialDay(2027, 3)).short == "2027.5—2027.3"


@pytest.mark.parametrize("text", ["٢٠٢٧", "٢٠٢٧-٠٣", "2027-٠٣", "二〇二七"])
def test_a_period_has_no_digits_of_other_scripts(text: str) -> None:
    with pytest.raises(GongwenError):
        Period.parse(text)


def test_dates_for_people() -> None:
    assert chinese_day(date(2027, 3, 9)) == "2027年3月9日"


def test_names_that_are_the_same_and_those_that_are_not() -> None:
    assert name_key(" Ａ区１号　厂房\n项目（一期） ") == name_key("a区1号厂房项目(一期)")
    assert name_key("甲项目一期") != name_key("甲项目二期")
    assert name_key("甲项目") != name_key("甲工程")
    assert name_key("　") == ""


@pytest.mark.parametrize(
    ("citation", "code", "text"),
    [
        (Citation("B", 5), "B-5", "《包联办法》第五条"), (Citation("K", 10, 1), "K-10(1)", "《重点办法》第十条第（一）项"),
        (Citation("K", 8, 2, 5), "K-8(2)5", "《重点办法》第八条第（二）项第5目"),
        (Citation("K", 19, second=True), "K-19b", "《重点办法》第十九条（后一个）"),
        (Citation("K", 20, 3), "K-20(3)", "《重点办法》第二十条第（三）项"), (Citation("K", 21), "K-21", "《重点办法》第二十一条"),
    ],
)  # fmt: skip
def test_citations(citation: Citation, code: str, text: str) -> None:
    assert (citation.code, str(citation)) == (code, text)


def test_the_two_measures_and_their_order() -> None:
    assert (Citation("B", 1).measure, Citation("K", 1).measure) == (Measure.SPONSORSHIP, Measure.KEY_PROJECTS)
    assert sorted([Citation("K", 10), Citation("K", 8, 2), Citation("K", 8, 1)])[0] == Citation("K", 8, 1)


def test_a_finding_reads_as_one_sentence() -> None:
    finding = Finding(
        Severity.ERROR, "declared-minimum", "总投资为9,999万元", "请核对总投资", "inputs/2027/申报/a.xlsx", "Sheet1", "F4",
        "9999", Citation("K", 2), asks="重点项目总投资不低于1亿元",
    )  # fmt: skip
    assert finding.sentence == (
        "inputs/2027/申报/a.xlsx Sheet1!F4：总投资为9,999万元（表中为“9999”）。"
        "依据《重点办法》第二条，重点项目总投资不低于1亿元。请核对总投资。"
    )
    assert Finding(Severity.ADVICE, "r", "缺表", "请补报").sentence == "缺表。请补报。"
    assert Finding(Severity.ADVICE, "r", "缺表", "请补报", "a.xlsx", "Sheet1").place == "a.xlsx Sheet1"


def test_findings_in_the_order_of_mending() -> None:
    places = [
        ("a.xlsx", "S", "F4"),
        ("a.xlsx", "S", "AA4"),
        ("a.xlsx", "S", "第5行"),
        ("a.xlsx", "S", "B10"),
        ("b.xlsx", "", ""),
    ]
    found = [Finding(Severity.ERROR, "r", "m", "a", file, sheet, cell) for file, sheet, cell in places]
    assert sorted([*found[3:], *found[:3]], key=mending_order) == found
    whole = Finding(Severity.ERROR, "r", "m", "a", "a.xlsx", "S")
    assert mending_order(whole) < mending_order(found[0])


def test_a_source_without_the_column_points_to_the_row() -> None:
    source = Source("a.xlsx", "S", 7, {"total_investment": Seen("F7", "约5", readable=False)})
    assert (source.cell(f.TOTAL_INVESTMENT), source.seen(f.TOTAL_INVESTMENT)) == ("F7", "约5")
    assert not source.readable(f.TOTAL_INVESTMENT)
    assert (source.cell(f.YEAR_PLAN), source.seen(f.YEAR_PLAN)) == ("第7行", "")
    assert source.readable(f.YEAR_PLAN)
    assert [source.has_column(field) for field in (f.TOTAL_INVESTMENT, f.YEAR_PLAN)] == [True, False]


def test_the_catalogue_names_every_field_once() -> None:
    fields = catalogue()
    assert len({field.slug for field in fields}) == len(fields)
    by_label: dict[str, list[str]] = {}
    for field in fields:
        by_label.setdefault(field.label, []).append(field.slug)
    # One label may stand for two fields only where two ledgers ask for it under the same name.
    assert {label: slugs for label, slugs in by_label.items() if len(slugs) > 1} == {}
    for field in fields:
        assert (field.kind is f.Kind.CHOICE) == bool(field.choices), field.slug
        assert (field.kind is f.Kind.AMOUNT) == (field.unit == "万元"), field.slug
        assert field.label not in field.synonyms
        assert len(set(field.synonyms)) == len(field.synonyms), field.slug


@pytest.mark.parametrize(("length", "whole"), [(199, True), (200, True), (201, False), (32_767, False)])
def test_a_finding_repeats_no_giant_text(length: int, whole: bool) -> None:
    text = "长" * length
    told = text if whole else f"{'长' * 60}…（共{length}字）"
    finding = Finding(
        Severity.ERROR, "rule", f"“{text}”与“短”不符", f"请改为“{text}”", seen=text, project=text, projects=(text,)
    )  # fmt: skip
    assert (finding.message, finding.action, finding.seen) == (f"“{told}”与“短”不符", f"请改为“{told}”", told)
    assert (finding.project, finding.projects) == (text, (text,))


def test_a_giant_text_with_quotes_in_it_is_cut_as_well() -> None:
    finding = Finding(Severity.ERROR, "rule", f"“前{'“引”文' * 100}后”不符", "请改正")
    assert finding.message == f"“前{('“引”文' * 100)[:59]}…（共402字）”不符"


@pytest.mark.parametrize("text", ["2027-03", "2027-3", "2027年3月", "202703", "2027.3", "２０２７-０３"])
def test_a_month_in_any_common_spelling(text: str) -> None:
    assert Period.parse(text) == Period(2027, Month(2027, 3))


@pytest.mark.parametrize("text", ["2027-13", "2027-00", "三月", "27-03", "2027-3-1", "20273", "2027-", ""])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(GongwenError, match="请写成2027或2027-03"):
        Period.parse(text)
