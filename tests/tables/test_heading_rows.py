"""Whole header rows as other offices write them, matched as a person would: never a wrong field.

``data/heading_rows_expected.json`` was written by eye: for each heading the field's slug, "" for a heading that is
none of ours, or ``slug?`` where a person would ask before taking it for that field.
"""

import json
from collections import Counter
from pathlib import Path

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.field_catalogue import Field
from pipeline.tables.headings import PROJECT_FIELDS, Heading, match_heading, meaning, parse_heading, suggest

ROWS: dict[str, list[list[str]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "heading_rows_expected.json").read_text("utf-8")
)


def _outcomes(row: list[list[str]]) -> list[tuple[str, str, str, str]]:
    """(heading, expected, outcome, what was matched or suggested) for each column of one row."""
    headings = [parse_heading(stated.split(">")) for stated, _ in row]
    own = max(LEDGER_KINDS, key=lambda kind: kind.score(_fields(headings, kind.recognised)))
    fields = own.recognised if own.score(_fields(headings, own.recognised)) else ()
    found = [meaning(heading, fields) for heading in headings]
    unused = tuple(field for field in fields or PROJECT_FIELDS if field not in found)
    outcomes = []
    for (stated, expected), heading, field in zip(row, headings, found, strict=True):
        asked, slug = expected.endswith("?"), expected.removesuffix("?")
        if field:
            outcome, seen = "right" if field.slug == slug else "wrong", field.slug
        elif nearest := suggest(heading, unused):
            near = nearest[0]
            outcome, seen = "suggested" if asked or near.slug == slug else "misleading", near.slug
        else:
            outcome, seen = "left alone" if asked or not slug else "missed", ""
        outcomes.append((stated, expected, outcome, seen))
    return outcomes


def _fields(headings: list[Heading], fields: tuple[Field, ...]) -> frozenset[Field]:
    return frozenset(field for heading in headings if (field := match_heading(heading, fields, {})))


def test_no_heading_is_matched_wrongly_and_none_is_missed() -> None:
    outcomes = [(name, *outcome) for name, row in ROWS.items() for outcome in _outcomes(row)]
    score = Counter(outcome[3] for outcome in outcomes)
    print(" ".join(f"{outcome} {count}" for outcome, count in score.most_common()))
    assert [outcome for outcome in outcomes if outcome[3] not in ("right", "left alone", "suggested")] == []
    assert score["right"] >= 235


def test_the_forms_own_blanks_stand_for_a_year_or_a_month() -> None:
    for stated, slug in (
        ("{年}年度计划投资", "year_plan"),
        ("××年底累计完成投资", "invested_before"),
        ("__月完成投资", "month_done"),
    ):
        field = meaning(parse_heading([stated]))
        assert field is not None
        assert field.slug == slug
