"""Class against years, with years known in part."""

import pytest

from pipeline.records import field_catalogue as fields
from pipeline.records.period import Span
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
        ("加快建设", ("2027-03", 2028), True),
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
    row = build.declaration(four_class=four_class, span=build.years(*years), work_goal="完成可研")
    assert (build.found("four-classes", row) == []) is agrees


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
