"""No rule is forgotten, every rule stands in its place, and a sound year is silent."""

import importlib
import pkgutil
from datetime import date

import pytest

import pipeline.checks
from pipeline.checks.registry import RULES
from pipeline.checks.required import CONDITIONS, RULES_BY_PROVISION
from pipeline.checks.rule import Rule
from pipeline.checks.runner import run_rules
from pipeline.regulation import requirements
from pipeline.regulation.requirements import REQUIREMENTS
from tests import build


def rules_in_folder() -> list[Rule]:
    found: list[Rule] = []
    for module in pkgutil.iter_modules(pipeline.checks.__path__):
        if module.name == "registry":
            continue
        for value in vars(importlib.import_module(f"pipeline.checks.{module.name}")).values():
            if isinstance(value, Rule):
                found.append(value)
            elif isinstance(value, tuple):
                found += [entry for entry in value if isinstance(entry, Rule)]
    return found + list(RULES_BY_PROVISION.values())


def test_every_rule_of_the_folder_is_registered_once() -> None:
    in_folder = {rule.slug for rule in rules_in_folder()}
    registered = [rule.slug for rule in RULES]
    assert len(in_folder) > 50
    assert in_folder == set(registered)
    assert len(registered) == len(set(registered))


def test_rules_stand_in_the_order_of_the_articles() -> None:
    places = [(rule.provision.citation.measure_code, rule.provision.citation.article) for rule in RULES]
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
