"""A year's records are found by their ledger, and say themselves what they are about."""

from typing import get_type_hints

import pytest

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import KIND_OF, LEDGER_KINDS
from pipeline.records.office import Unit
from pipeline.records.pairing import Sponsorship
from pipeline.records.problem import Problem
from pipeline.records.progress import Progress, Receipt
from pipeline.records.project import Declaration
from pipeline.records.record import Record
from tests import build


@pytest.mark.parametrize("kind", LEDGER_KINDS, ids=lambda kind: kind.slug)
def test_a_kinds_reader_makes_the_records_of_that_kind(kind: LedgerKind) -> None:
    assert get_type_hints(kind.read)["return"] is kind.record
    assert KIND_OF[kind.slug] is kind


def test_records_are_found_by_their_ledger_in_their_order() -> None:
    first, second, problem = build.progress(1), build.progress(2), build.problem()
    year = build.ledgers(second, problem, first)
    assert year.of(Progress) == year.progress == year.rows("progress") == (second, first)
    assert year.of(Problem) == (problem,)
    assert (year.of(Declaration), year.rows("no-such-ledger")) == ((), ())


def test_the_rows_of_one_ledger_are_replaced_and_all_others_stay() -> None:
    first, second, problem = build.progress(1), build.progress(2), build.problem()
    year = build.ledgers(first, problem).with_rows(Progress, (second,))
    assert (year.progress, year.problems) == ((second,), (problem,))


@pytest.mark.parametrize(
    ("record", "subject", "project", "units", "own"),
    [
        (build.declaration(), build.PROJECT, build.PROJECT, (build.UNIT,), build.UNIT),
        (
            build.sponsorship(lead_units=("甲局", "乙局")),
            build.PROJECT,
            build.PROJECT,
            ("甲局", "乙局"),
            None,
        ),
        (build.problem(), build.PROJECT, build.PROJECT, (), None),
        (build.unit(), build.UNIT, "", (build.UNIT,), build.UNIT),
        (build.leader(name="某某"), "某某", "", (), ""),
        (build.receipt("月报", 3, None), "", "", (build.UNIT,), build.UNIT),
    ],
    ids=lambda value: value.ledger if isinstance(value, Record) else "",
)
def test_what_a_record_is_about_and_whose_it_is(
    record: Record, subject: str, project: str, units: tuple[str, ...], own: str | None
) -> None:
    assert (record.subject, record.project, record.units, record.own_unit) == (subject, project, units, own)


def test_a_record_under_other_names_of_its_units() -> None:
    led = build.declaration().with_units(("甲局", "乙局"))
    assert (led.lead_unit, led.joint_units, led.units) == ("甲局", ("甲局", "乙局"), ("甲局", "乙局"))
    assert led.with_units(("丙局",)) == build.declaration(lead_unit="丙局")
    listed: tuple[Sponsorship | Unit | Receipt, ...] = (
        build.sponsorship(),
        build.unit(),
        build.receipt("月报", 3, None),
    )
    assert [row.with_units(("丙局",)).units for row in listed] == [("丙局",)] * 3
