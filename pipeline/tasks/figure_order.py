"""The numbers of a document one by one, in the order of its text, each with the cells that it comes from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records.traced import MARK, TracedDecimal
from pipeline.word.conservation import words

_NUMBER = re.compile(rf"(-?\d+(?:\.\d+)?)(?:{MARK.pattern})?(万元|亿元|%|个百分点)?")


@dataclass(frozen=True)
class PrintedNumber:
    """A number as the document prints it; ``figure`` is None where no cells are known for it, as of a count or a day."""

    number: str
    unit: str
    figure: TracedDecimal | None
    paragraph: str  # that it stands in; a table's cell is one


def paragraphs(document: bytes) -> list[str]:
    """The text of each paragraph of a document's main part, in order; a cell's and a box's paragraphs as they come."""
    return [words(each) for each in document.decode("utf-8", "surrogatepass").split("</w:p>")]


def numbers(document: bytes, spoken: Sequence[TracedDecimal] = ()) -> Iterator[PrintedNumber]:
    """Every number of a main part (its XML). The marks of a document that was filled with traced amounts are numbers of ``spoken``."""
    for text in paragraphs(document):
        for number, mark, unit in _NUMBER.findall(text):
            figure = spoken[int(mark)] if mark and int(mark) < len(spoken) else None
            yield PrintedNumber(number, unit, figure, MARK.sub("", text))
