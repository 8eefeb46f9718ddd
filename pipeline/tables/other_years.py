"""Years that contradict the ledger's own: above its head, in the sheet's or the file's name, in sections and totals."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.tables.period_words import without_fill_date
from pipeline.tables.row_roles import Line, RowRole

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年度?(?!\s*\d{1,2}\s*月)(?!度?末|底)")
_OF_BEFORE = re.compile("结转|续建|跨年|遗留|以前|上年")
_OF_PROJECTS = re.compile("以后|开工|竣工|完成|储备|谋划|前期|计划|至|[-—~～]")  # what the projects did, or will


def _other(text: str, year: int) -> tuple[int, ...]:
    """The years that a text states without the ledger's own."""
    found = {int(each) for each in _YEAR.findall(without_fill_date(text))}
    return () if year in found else tuple(sorted(found))


def of_whole_table(stated: Iterable[tuple[str, str]], year: int) -> str:
    """What is wrong with the years that the places around a table state; "" for nothing. ``stated``: place and text.

    A place may speak of another year beside the ledger's own; one that speaks of another alone contradicts it, unless
    it says that the projects come from there: 2026年结转项目.
    """
    places: dict[tuple[int, ...], dict[str, None]] = {}
    for place, text in stated:
        if (other := _other(text, year)) and not (_OF_BEFORE.search(text) and other[-1] < year):
            places.setdefault(other, {})[place] = None
    told = "，".join(f"{'、'.join(names)}写的是{_years(other)}" for other, names in places.items())
    return f"{told}，所在年度为{year}年，已按{year}年读取" if told else ""


def of_rows(lines: Sequence[Line], year: int) -> Iterator[tuple[int, str, str]]:
    """Row number, its text and what is wrong: a section or a total of another year. 2028年拟开工项目 is none."""
    for line in lines:
        label = line.texts[0] if line.texts else ""
        if line.role not in (RowRole.SECTION, RowRole.TOTAL):
            continue
        if (other := _other(label, year)) and not _OF_BEFORE.search(label) and not _OF_PROJECTS.search(label):
            yield (
                line.number,
                label,
                f"{line.role.value}写的是{_years(other)}，本表为{year}年，已按{year}年读取",
            )


def _years(years: tuple[int, ...]) -> str:
    return "、".join(map(str, years)) + "年"
