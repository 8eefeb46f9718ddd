"""The word list is that of the code: every identifier stands in the file beside it, every term once."""

import re

import pytest

from tests.docs.kind_tables import REPOSITORY

_ROW = re.compile(r"^\| ([^|]+) \| `(\w+)` \| ([^|]+) \| `(pipeline/[^`|]+)` \|$", re.MULTILINE)
_TEXT = (REPOSITORY / "docs/words.md").read_text("utf-8")
WORDS = _ROW.findall(_TEXT)


def test_every_row_is_looked_at_and_every_term_stands_once() -> None:
    rows = [line for line in _TEXT.splitlines() if line.startswith("|") and "`" in line]
    terms = [term for term, *_ in WORDS]
    assert len(WORDS) == len(rows) > 60
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(("term", "identifier", "meaning", "where"), WORDS, ids=[word[1] for word in WORDS])
def test_an_identifier_stands_where_the_list_says(term: str, identifier: str, meaning: str, where: str) -> None:
    path = REPOSITORY / where
    named = identifier in (path.stem, path.parent.name)
    assert named or re.search(rf"\b{identifier}\b", path.read_text("utf-8")), f"{term}: {meaning}"
