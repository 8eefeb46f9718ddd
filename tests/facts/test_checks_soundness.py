"""Which documents an error touches."""

from dataclasses import replace
from typing import Any

from pipeline.checks.runner import run_rules
from pipeline.facts.soundness import Soundness
from pipeline.records import field_catalogue as fields
from pipeline.records.finding import Finding
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.severity import Severity
from tests import build

KEY, OTHER = name_key(build.PROJECT), name_key("另一项目")


def soundness(*records: object) -> Soundness:
    judged = build.case(*records)
    return Soundness.of(run_rules(judged), judged.ledgers)


def touched(finding: Finding) -> list[str]:
    year = build.ledgers(build.declaration(row=5), build.declaration(row=7, project_name="另一项目"))
    result = Soundness.of([finding], year)
    return [key for key in (KEY, OTHER) if result.declaration_errors(key)]


def reading(cell: str, **more: Any) -> Finding:
    plain = Finding(
        Severity.ERROR,
        "reading",
        "读不出",
        "请改正",
        file="inputs/2027/declaration.xlsx",
        sheet="Sheet1",
        cell=cell,
        ledger="declaration",
    )
    return replace(plain, **more)


def test_an_error_touches_its_project_and_ledger_only() -> None:
    result = soundness(build.declaration(owner=None), build.sponsorship(), build.team(), build.unit())
    assert [entry.field for entry in result.declaration_errors(KEY)] == [fields.OWNER]
    assert result.sponsorship_errors(KEY) == ()
    assert result.declaration_errors(OTHER) == ()


def test_warnings_and_advice_touch_nothing() -> None:
    result = soundness(build.declaration(sector=None, papers=(True, True, False, True)), build.unit())
    assert {entry.severity for entry in result.findings} == {Severity.WARNING, Severity.ADVICE}
    assert result.declaration_errors(KEY) == ()


def test_a_team_without_a_member_holds_up_the_promotion_plan() -> None:
    result = soundness(build.sponsorship(), build.team(persons=((), ("钱",), ("孙",), ("李",), ("周",))))
    assert [entry.ledger for entry in result.sponsorship_errors(KEY)] == ["team"]


def test_a_missing_column_touches_every_project_that_it_concerns() -> None:
    rows = [
        build.declaration(owner=None, without=[fields.OWNER], row=row, project_name=name)
        for row, name in ((3, build.PROJECT), (4, "另一项目"))
    ]
    result = soundness(*rows, build.unit())
    assert len(result.declaration_errors(KEY)) == len(result.declaration_errors(OTHER)) == 1


def test_a_month_is_touched_by_its_own_errors() -> None:
    result = soundness(build.declaration(), build.progress(1), build.progress(2, year_done=None))
    assert result.progress_error(KEY, Month(2027, 1)) is None
    error = result.progress_error(KEY, Month(2027, 2))
    assert error is not None
    assert error.field is fields.YEAR_DONE


def test_reading_errors_touch_what_stands_where_they_point() -> None:
    assert touched(reading("C7", field=fields.OWNER)) == [OTHER]
    assert touched(reading("C7", project=build.PROJECT)) == [KEY]
    assert touched(reading("C3", field=fields.TOTAL_INVESTMENT)) == [KEY, OTHER]  # a heading
    assert touched(reading("A3")) == []  # a row above the first record that was not read
    assert touched(reading("A6")) == []
    assert touched(reading("")) == [KEY, OTHER]
    assert touched(reading("", sheet="另一张表")) == []
    assert touched(reading("", sheet="")) == [KEY, OTHER]


def test_an_unread_day_costs_that_day_and_not_the_figures() -> None:
    year = build.ledgers(build.progress(2, row=5), build.progress(3, row=5))
    unread = replace(reading("I5"), file=build.progress(2).source.file, ledger="progress", month=Month(2027, 2))
    for field in (fields.STARTED_ON, fields.FINISHED_ON):
        result = Soundness.of([replace(unread, field=field)], year)
        assert result.progress_error(KEY, Month(2027, 2)) is None
        other = fields.FINISHED_ON if field is fields.STARTED_ON else fields.STARTED_ON
        assert result.day_error(KEY, Month(2027, 2), field) is not None
        assert result.day_error(KEY, Month(2027, 2), other) is None
        assert result.day_error(KEY, Month(2027, 3), field) is None
    judged = Soundness.of([replace(unread, field=fields.STARTED_ON, rule="monthly-days")], year)
    assert judged.progress_error(KEY, Month(2027, 2)) is not None  # a day that contradicts others does
    amount = Soundness.of([replace(unread, field=fields.YEAR_DONE)], year)
    assert amount.progress_error(KEY, Month(2027, 2)) is not None
    assert amount.day_error(KEY, Month(2027, 2), fields.YEAR_DONE) is None
