"""No rule is forgotten, every rule stands in its place, and a sound year is silent."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from types import FunctionType, ModuleType

import pytest

from pipeline.checks.registry import every_rule, modules
from pipeline.checks.required import CONDITIONS
from pipeline.checks.rule import Remark, Rule
from pipeline.checks.runner import run_rules
from pipeline.regulation import requirements
from pipeline.regulation.requirements import REQUIREMENTS
from tests import build


def _checks(module: ModuleType) -> list[FunctionType]:
    """The functions of a module that yield remarks."""
    functions = [value for value in vars(module).values() if isinstance(value, FunctionType)]
    own = [function for function in functions if function.__module__ == module.__name__]
    return [function for function in own if function.__annotations__.get("return") == Iterator[Remark]]


def _run_by(rule: Rule) -> object:
    return rule.check.func if isinstance(rule.check, partial) else rule.check


def test_every_check_of_the_folder_is_run_by_a_rule_or_by_another_check() -> None:
    run = [_run_by(rule) for rule in every_rule()]
    checks = [check for module in modules() for check in _checks(module)]
    called = {name for check in checks for name in check.__code__.co_names}
    assert len(checks) > 50
    assert [check.__qualname__ for check in checks if check not in run and check.__name__ not in called] == []


def test_no_two_rules_have_one_name() -> None:
    names = [rule.slug for rule in every_rule()]
    assert len(names) > 80
    assert len(names) == len(set(names))


def test_a_requirement_has_its_rule_without_a_line() -> None:
    names = {rule.slug for rule in every_rule()}
    assert {f"required-{entry.provision.slug}" for entry in REQUIREMENTS} <= names


def test_rules_stand_in_the_order_of_the_articles() -> None:
    places = [(rule.provision.citation.measure_code, rule.provision.citation.article) for rule in every_rule()]
    assert places == sorted(places)


def test_every_condition_of_a_requirement_is_understood() -> None:
    unconditional = {value for name, value in vars(requirements).items() if name.startswith("EVERY_")}
    assert {entry.when for entry in REQUIREMENTS} <= unconditional | CONDITIONS.keys()


def test_a_sound_year_has_no_findings() -> None:
    records = [
        build.declaration(), build.sponsorship(), build.team(), build.node(), build.leader(), build.unit(),
        build.problem(), build.procedure(), build.reserve(), build.score(),
    ]  # fmt: skip
    for month in range(1, 7):
        records.append(build.progress(month))
        last = "30" if month != 2 else "28"
        for kind, day in (("上半月报", "15"), ("下半月报", last), ("月报", "28")):
            records.append(build.receipt(kind, month, f"2027-{month:02d}-{day} 23:59"))
    assert run_rules(build.case(*records)) == ()


def test_findings_carry_rule_severity_citation_place_and_duty() -> None:
    row = build.declaration(total_investment=None)
    (finding,) = build.found("required-declared-fields", row, build.unit())
    assert finding.citation is not None
    assert finding.citation.code == "K-8(2)5"
    assert (finding.file, finding.sheet, finding.unit) == (
        "inputs/2027/declaration.xlsx",
        "Sheet1",
        "区工信局",
    )
    assert finding.sentence == (
        f"inputs/2027/declaration.xlsx Sheet1!{finding.cell}：“示例产业园项目”没有填写“总投资”。"
        "依据《重点办法》第八条第（二）项第5目，申报项目的各项内容应填写完整。请补填总投资。"
    )


def test_reading_findings_are_kept_duplicates_removed_and_all_in_order_of_mending() -> None:
    judged = build.case(build.declaration(owner=None, site=None), build.unit())
    once = run_rules(judged)
    again = build.ledgers(*judged.ledgers.declarations, *judged.ledgers.units, findings=once[::-1] + once)
    assert run_rules(type(judged)(again, judged.settings, judged.as_of)) == once
    assert [entry.cell for entry in once if entry.unit == build.UNIT] == ["E3", "F3"]


def test_before_the_measures_there_is_no_threshold() -> None:
    with pytest.raises(LookupError):
        run_rules(build.case(build.declaration(), as_of=date(2016, 10, 19)))
