"""Records come back from plain data as they were; anything else is refused, and no module takes data for a program."""

import ast
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.ledgers.kinds import catalogue
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import Field
from pipeline.records.finding import Finding
from pipeline.records.office import Leader
from pipeline.records.period import Month, PartialDay, Span
from pipeline.records.plain_data import as_plain, from_plain
from pipeline.records.score import OnSiteScore
from pipeline.records.severity import Severity
from pipeline.records.source import CellPlace, SeenCells, Source

SOURCE = Source("甲.xlsx", "一月", 3, SeenCells({"serial": CellPlace(0, "A")}, 3, "1", frozenset()))
texts = st.text(st.characters(codec="utf-8"), max_size=20)
days = st.builds(PartialDay, st.integers(1900, 2200), st.none() | st.integers(1, 12), st.none() | st.integers(1, 28))
finite = st.decimals(allow_nan=False, allow_infinity=False)
findings = st.builds(
    Finding,
    st.sampled_from(Severity),
    texts,
    texts,
    texts,
    seen=texts,
    citation=st.none() | st.builds(Citation, st.sampled_from("BK"), st.integers(1, 30)),
    field=st.none() | st.sampled_from(catalogue()),
    month=st.none() | st.builds(Month, st.integers(2017, 2099), st.integers(1, 12)),
    projects=st.lists(texts, max_size=3).map(tuple),
)
scores = st.builds(OnSiteScore, st.just(SOURCE), texts, texts, st.lists(finite, max_size=4).map(tuple))
KINDS = (
    (Finding, findings), (OnSiteScore, scores), (Span, st.builds(Span, days, days)), (bool | None, st.none() | st.booleans()),
    (date, st.dates()), (datetime, st.datetimes().map(lambda each: each.replace(fold=0))), (Decimal, finite), (tuple[bool | None, int], st.tuples(st.none() | st.booleans(), st.integers())),
)  # fmt: skip


def passed_on(said: object) -> object:
    return json.loads(json.dumps(said))


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=lambda each: getattr(each, "__name__", ""))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_values_come_back_as_they_were(kind: object, values: st.SearchStrategy[object], data: st.DataObject) -> None:
    written = data.draw(st.lists(values, max_size=5))
    found = from_plain(kind, passed_on(as_plain(kind, written)))
    assert found == written
    assert list(map(repr, found)) == list(map(repr, written))  # True is not 1, 1.0 not 1.00


def test_cells_come_back_too_and_are_shared() -> None:
    cells = {"serial": CellPlace(0, "A"), "remark": CellPlace(1, "B", 7)}
    rows = [
        Leader(
            Source(
                "甲.xlsx",
                "一",
                row,
                SeenCells(cells, row, SeenCells.joined(("1", "二")), frozenset(("remark",))),
            ),
            "样例甲",
            None,
            (),
        )
        for row in (3, 4)
    ]
    found = from_plain(Leader, passed_on(as_plain(Leader, rows)))
    assert [dict(each.source.cells) for each in found] == [dict(each.source.cells) for each in rows]
    assert found[0].source.cells.places is found[1].source.cells.places


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (str, "甲"), (str, [1]), (int, [True]), (int, ["1"]), (bool, [1]), (Decimal, [1]), (Decimal, ["NaN"]),
        (Decimal, ["Infinity"]), (Decimal, ["一"]), (date, ["2027-02-30"]), (Severity, ["FATAL"]), (Field, ["__class__"]),
        (Month, [[2027], [13]]), (Month, [[2027], [1, 2]]), (Month, [[2027]]), (Month, [[2027], [1], [1]]), (Month, {}),
        (str | None, ["01", ["甲", "乙"]]), (str | None, ["01", []]), (str | None, [1, ["甲"]]),
        (tuple[int, ...], [[2], [1]]), (tuple[int, ...], [[1], [1, 2]]), (tuple[int, ...], [[-1], []]),
        (tuple[int, ...], [[10**30], [1]]), (int, None), (object, ["甲"]), (type, ["str"]),
    ],
)  # fmt: skip
def test_anything_else_is_refused(kind: object, said: object) -> None:
    with pytest.raises(ValueError, match=r"^no "):
        from_plain(kind, said)


def test_no_module_reads_data_that_is_a_program() -> None:
    """Of a file that somebody may have written, only data is made."""
    forbidden = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "copyreg"}
    for path in Path(pipeline.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                named = {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                named = {(node.module or "").partition(".")[0]}
            else:
                continue
            assert not named & forbidden, path
