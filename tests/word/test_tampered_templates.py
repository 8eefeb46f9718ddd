"""Whatever is planted in a template, no paper carries it: the template is refused in a sentence, or it is left out."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest

from pipeline.errors import TemplateError
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.template import Template
from tests.docx_reading import paragraphs
from tests.example_counts import LONG
from tests.tampered_packages import tampered

COUNT = 6000 if LONG else 400
_CHUNKS = 4
_SENTENCE = re.compile(r"模板“测试\.docx”.*[一-龥].*。", re.DOTALL)


def bytes_of_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part with its name, as any other program unpacks it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            yield name, name.encode() + b"\n" + package.read(name)


def carrying(data: bytes, word: str) -> list[str]:
    """The parts in which the word stands, in whatever case and encoding."""
    needles = [word.lower().encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return [name for name, content in bytes_of_parts(data) if any(each in content.lower() for each in needles)]


@pytest.mark.parametrize("chunk", range(_CHUNKS))
def test_no_planted_word_reaches_a_paper(chunk: int) -> None:
    outcomes: Counter[str] = Counter()
    leaks, silent = [], []
    for number in range(chunk, COUNT, _CHUNKS):
        family, word, data = tampered(number)
        try:
            made = issue_document(Template.compile(data, "测试.docx"), {"标题": "题目"}, Paper())
        except TemplateError as refusal:
            outcomes["拒绝"] += 1
            if not _SENTENCE.fullmatch(str(refusal)):
                silent.append((number, family, str(refusal)))
            continue
        outcomes["去掉"] += 1
        names = [name.lower() for name, _ in bytes_of_parts(made)]
        assert len(names) == len(set(names))
        assert paragraphs(made)[0] == "题目"
        if found := carrying(made, word) or word.encode() in made:
            leaks.append((number, family, found))
    print(f"\n改动过的模板：拒绝{outcomes['拒绝']}个，去掉{outcomes['去掉']}个，带入文书{len(leaks)}个")
    assert leaks == []
    assert silent == []
    assert min(outcomes["拒绝"], outcomes["去掉"]) > COUNT / _CHUNKS / 20  # both ways are tried


def test_the_word_is_really_planted() -> None:
    """Else the test above would hold of nothing; a word written as character references is looked for as such."""
    for number in range(200):
        family, word, data = tampered(number)
        references = "".join(f"&#{ord(letter)};" for letter in word)
        assert carrying(data, word) or carrying(data, references) or word.encode() in data, (number, family)
