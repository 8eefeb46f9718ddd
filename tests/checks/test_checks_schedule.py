"""Class against years, with years known in part."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.records import field_catalogue as fields
from pipeline.records.period import Span
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.settings import DeclaringSettings, OfficeSettings
from pipeline.records.severity import Severity
from pipeline.records.source import Seen
from tests import build

Years = tuple[int | str, int | str]


@pytest.mark.parametrize(
    ("four_class", "years", "agrees"),
    [
        ("促进开工", (2027, 2029), True),
        ("促进开工", ("2027-01", 2029), True),
        ("促进开工", ("2027-12-31", 2029), True),
        ("促进开工", ("2026-12", 2029), False),
        ("促进开工", ("2028-01-01", 2029), False),
        ("促进开工", (2027, 2027), True),  # starts and finishes within the year
        ("加快建设", (2025, 2028), True),
        ("加快建设", ("2026-12-31", 2028), True),
        ("加快建设", (2025, "2027-12-31"), False),
        ("加快建设", (2025, 2027), False),
        ("加快建设", (2028, 2029), False),
        ("竣工投产", (2025, 2027), True),
        ("竣工投产", (2027, 2027), True),
        ("竣工投产", (2025, "2028-01-01"), False),
        ("竣工投产", (2025, 2026), False),
        ("前期储备", (2028, 2030), True),
        ("前期储备", (2027, 2029), False),
        ("前期储备", (2026, 2028), False),
    ],
)
def test_class_agrees_with_the_years(four_class: str, years: Years, agrees: bool) -> None:
    """K-8(1)."""
    row = build.declaration(four_class=four_class, span=build.years(*years), work_goal="完成可研")
    found = build.found("four-classes", row)
    assert [each.citation and each.citation.code for each in found] == ["K-8(1)"] * (not agrees)


BY_THE_YEAR = OfficeSettings(declaring=DeclaringSettings("当年或以前"))


@pytest.mark.parametrize(
    ("years", "reminded"),
    [
        (("2026-12-31", 2028), False),
        (("2027-01-01", 2028), True),
        ((2027, 2028), True),
        (("2027-12-31", "2028-01-01"), True),
        ((2027, "2027-12-31"), False),  # finishes within the year: its class is wrong, not in doubt
        (("2028-01-01", 2029), False),  # the same
    ],
)
def test_building_on_that_starts_within_the_year_is_reminded_of_its_other_class(years: Years, reminded: bool) -> None:
    """K-8(1): 加快建设 started, or was able to start, before the year."""
    row = build.declaration(span=build.years(*years))
    found = build.found("class-doubted", row)
    assert [(each.severity, each.citation and each.citation.code, each.field) for each in found] == [
        (Severity.WARNING, "K-8(1)", fields.CLASS)
    ] * reminded
    assert all("请改为促进开工" in each.action for each in found)
    assert not reminded or build.found("four-classes", row) == []
    assert build.found("class-doubted", row, settings=BY_THE_YEAR) == []


def test_the_office_may_admit_a_start_within_the_year() -> None:
    """K-8(1), as decisions.py leaves it to the office."""
    row = build.declaration(four_class="竣工投产", span=build.years(2027, 2028))
    (finding,) = build.found("four-classes", row, settings=BY_THE_YEAR)
    assert "应为促进开工、加快建设" in finding.message
    (finding,) = build.found("four-classes", row)
    assert finding.message.endswith("应为促进开工")
    late = build.declaration(span=build.years("2028-01", 2029))
    for settings, meant in ((BY_THE_YEAR, "当年或以前开工"), (OfficeSettings(), "当年以前开工")):
        (finding,) = build.found("four-classes", late, settings=settings)
        assert f"（{meant}、当年不竣工）" in finding.message


def test_the_fitting_class_is_suggested_and_the_class_cell_named() -> None:
    (finding,) = build.found("four-classes", build.declaration(span=build.years(2027, 2027)))
    assert "应为促进开工、竣工投产" in finding.message
    assert finding.field is fields.CLASS


def test_no_class_fits_years_gone_by_and_a_section_row_has_no_class_cell() -> None:
    row = build.declaration(span=build.years(2020, 2022), without=[fields.CLASS, fields.START_DAY])
    (finding,) = build.found("four-classes", row)
    assert "按此年限应为" not in finding.message
    assert finding.field is fields.BUILD_SPAN


@pytest.mark.parametrize("span", [None, build.years(2027, 2028)])
def test_without_class_or_years_nothing_is_said(span: Span | None) -> None:
    assert build.found("four-classes", build.declaration(four_class=None, span=span)) == []
    assert build.found("four-classes", build.declaration(span=None)) == []


@pytest.mark.parametrize(
    ("years", "fault"),
    [
        ((2027, 2026), "早于"),
        (("2027-05", "2027-04"), "早于"),
        (("2027-05", 2027), ""),  # a bare year may end in December
        ((2027, "2027-01"), ""),
        ((1990, 2060), ""),
        ((1989, 2028), "不在"),
        ((2027, 2061), "不在"),
    ],
)
def test_possible_years(years: Years, fault: str) -> None:
    span = build.years(*years)
    result = build.found("declared-span", build.declaration(span=span))
    result += build.found("sponsored-span", build.sponsorship(span=span))
    assert len(result) == (2 if fault else 0)
    assert all(fault in entry.message for entry in result)


def _with_seen(row: Declaration | Progress, field: fields.Field, seen: str) -> Declaration | Progress:
    """The record with what stands in the field's cell."""
    cells = {**row.source.cells, field.slug: Seen("H3", seen)}
    return replace(row, source=replace(row.source, cells=cells))


@pytest.mark.parametrize(
    ("declared", "since_start", "seen", "why"),
    [
        ({"invested_before": Decimal(1)}, None, "3月6日", "申报的已累计完成投资为1万元"),
        ({"invested_before": None}, None, "3 月 6 日", "申报的建设年限为2026—2028年"),
        ({"invested_before": None, "span": build.years(2027, 2028)}, Decimal(3001), "3月", "开工以来累计3,001万元，多于本年累计"),
        ({"invested_before": None, "span": build.years(2027, 2028)}, Decimal(3000), "3月", ""),
        ({"invested_before": Decimal(0), "span": build.years("2027-03", 2028)}, None, "3月6日", ""),
        ({"invested_before": Decimal(1)}, None, "2027年3月6日", ""), ({"invested_before": Decimal(1)}, None, "2027-03-06", ""),
    ],
)  # fmt: skip
def test_a_start_without_its_year_is_asked_about_where_the_project_began_earlier(
    declared: dict[str, object], since_start: Decimal | None, seen: str, why: str
) -> None:
    report = build.progress(3, started_on=build.day("2027-03-06"), since_start=since_start)
    rows = [build.declaration(**declared), _with_seen(report, fields.STARTED_ON, seen)]
    found = build.found("reported-start-year", *rows)
    assert [finding.message for finding in found] == [
        f"“{build.PROJECT}”的实际开工时间没有写年份，已按2027年读取；{why}，像是2027年以前开工"
    ] * bool(why)
    assert all(f"如2026年{''.join(seen.split())}" in finding.action for finding in found)


def test_a_declared_start_without_its_year_is_asked_about_likewise() -> None:
    row = build.declaration(span=build.years("2027-03", 2028), invested_before=Decimal(1))
    (finding,) = build.found("declared-start-year", _with_seen(row, fields.START_DAY, "3月"))
    assert finding.severity is Severity.WARNING
    assert build.found("declared-start-year", _with_seen(row, fields.START_DAY, "2027年3月")) == []
