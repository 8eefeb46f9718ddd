"""The law as data: dated values, modalities, requirements, decisions."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.records import field_catalogue as fields
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import RESERVE_PAPERS, RESERVE_STAGES, SECTORS
from pipeline.records.severity import Severity
from pipeline.regulation import key_projects, sponsorship
from pipeline.regulation.decisions import DECISIONS
from pipeline.regulation.provision import IN_FORCE, Dated, Modality, Provision
from pipeline.regulation.requirements import REQUIREMENTS, requirements_of

AMENDED = Provision(
    "example",
    Citation("K", 2),
    Modality.PRINCIPLE,
    "示例",
    (Dated(IN_FORCE, Decimal(10000)), Dated(date(2028, 1, 1), Decimal(20000))),
    (Dated(date(2028, 7, 1), Modality.MUST),),
)


@pytest.mark.parametrize(("day", "value"), [(IN_FORCE, 10000), (date(2027, 12, 31), 10000), (date(2028, 1, 1), 20000)])
def test_an_amendment_holds_from_its_day(day: date, value: int) -> None:
    assert AMENDED.value_on(day) == value


def test_before_the_first_value_there_is_none() -> None:
    with pytest.raises(LookupError):
        AMENDED.value_on(date(2016, 10, 19))


def test_a_modality_may_be_amended() -> None:
    assert AMENDED.modality_on(date(2028, 6, 30)) is Modality.PRINCIPLE
    assert AMENDED.modality_on(date(2028, 7, 1)) is Modality.MUST


def test_severity_follows_modality() -> None:
    assert [modality.severity for modality in Modality] == [
        Severity.ERROR, Severity.ADVICE, Severity.ERROR, Severity.WARNING, Severity.WARNING,
    ]  # fmt: skip


def test_tables_cover_the_catalogue_in_its_order() -> None:
    assert tuple(sponsorship.THRESHOLD.value_on(IN_FORCE)) == SECTORS
    assert tuple(key_projects.RESERVE_PAPER.value_on(IN_FORCE).items()) == tuple(
        zip(RESERVE_STAGES, RESERVE_PAPERS, strict=True)
    )


def test_requirements_of_a_field() -> None:
    assert [(entry.ledger, entry.when) for entry in requirements_of(fields.WORK_GOAL)] == [
        ("declaration", "前期储备项目")
    ]
    assert {entry.provision.citation.code for entry in requirements_of(fields.TOTAL_INVESTMENT)} == {
        "B-5", "K-8(2)5",
    }  # fmt: skip
    assert requirements_of(fields.REMARK) == ()


def test_slugs_are_unique_and_duties_are_sentences_without_stop() -> None:
    provisions = {entry.provision.slug: entry.provision for entry in REQUIREMENTS}
    modules = [
        value
        for module in (key_projects, sponsorship)
        for value in vars(module).values()
        if isinstance(value, Provision)
    ]
    assert len({entry.slug for entry in modules}) == len(modules)
    assert provisions.keys() <= {entry.slug for entry in modules}
    assert not [entry.slug for entry in modules if entry.duty.endswith("。")]


def test_every_contradiction_of_the_text_has_a_cited_decision() -> None:
    assert {entry.slug for entry in DECISIONS} >= {
        "february-30", "two-report-calendars", "two-article-19", "monthly-or-quarterly", "two-offices",
        "scoring-weights",
    }  # fmt: skip
    assert all(entry.citations and entry.decision.endswith("。") for entry in DECISIONS)
    (second,) = [entry.citations[1] for entry in DECISIONS if entry.slug == "two-article-19"]
    assert second.code == "K-19b"
