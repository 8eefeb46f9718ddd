"""File names made from anything: they stay in their folder, are legal on Windows, and never meet."""

import json
import random
import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from pipeline.outputs.file_names import place_key, safe_name
from pipeline.papers.paper_kind import Draft
from pipeline.papers.paper_kinds import KINDS
from pipeline.tasks.run import distinct

_HOSTILE = Path(__file__).parents[3] / "shared/hostile/files/n01_filenames.json"
_SUFFIXES = ("（新版999）.docx", "台账（新版999）.xlsx", "（新版999）.pdf")
_ALPHABETS = (
    "甲乙丙项目工程新建（一）、—",
    "aAbBﬁKKÅÅéＡａß ſ",
    './\\:*?"<>|~$-_ \t\n\r\0\x7f\x85',
    "".join(map(chr, (0x200B, 0x202E, 0x2066, 0xFEFF, 0xE000, 0xFFFE, 0xD800, 0xDFFF, 0x0301, 0x20BB7, 0x1F468))),
)
_WORDS = ("CON", "nul", "COM1", "LPT¹", "..", "../../etc/x", "项目", "alpha", "（新版）", "（2）")


def _random_texts(count: int) -> list[str]:
    draw = random.Random(30)
    texts = set[str]()
    while len(texts) < count:
        letters = draw.choice(_ALPHABETS) + draw.choice(_ALPHABETS)
        pieces = draw.choices(letters, k=draw.choice((0, 1, 2, 3, 5, 8, 20, 130)))
        pieces[:0] = [draw.choice(_WORDS)] if draw.random() < 0.2 else []
        texts.add("".join(pieces))
    return sorted(texts)


def _assert_fit(name: str) -> None:
    for suffix in _SUFFIXES:
        whole = name + suffix
        assert not re.search(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]', whole)
        assert len(whole.encode("utf-8")) <= 255
        assert PurePosixPath(whole).name == PureWindowsPath(whole).name == whole
        assert not PureWindowsPath(whole).is_reserved()
        assert whole[0] not in ".~-"
        assert unicodedata.is_normalized("NFC", whole)
    assert name.strip(" .") == name
    assert not PureWindowsPath(name).is_reserved()


def _places(texts: list[str]) -> list[str]:
    kind = KINDS[0]
    drafts = [(kind, Draft(text, "推进方案.docx", {})) for text in texts]
    return [safe_name(piece.stem) for _, piece in distinct(drafts) if isinstance(piece, Draft)]


def test_hostile_names() -> None:
    if not _HOSTILE.exists():
        pytest.skip("the collection of hostile files is not here")
    texts = json.loads(_HOSTILE.read_text("utf-8"))
    names = _places(texts)
    for name in names:
        _assert_fit(name)
    assert len({place_key(name) for name in names}) == len(texts)
    print(f"names: {len(texts)} hostile ones, 0 escapes, 0 collisions, 0 illegal")


def test_100000_random_names() -> None:
    texts = _random_texts(100_000)
    names = _places(texts)
    for name in names:
        _assert_fit(name)
    assert len({place_key(name) for name in names}) == len(texts)
    print(f"names: {len(texts):,} random strings, 0 escapes, 0 collisions, 0 illegal")


def test_a_project_is_never_named_like_the_new_version_of_another() -> None:
    assert not safe_name("甲（新版）").endswith("（新版）")
    assert safe_name("甲（新版）").startswith("甲（新版）-")
