"""Titles broken by sense into balanced lines (7.3.1): a trapezium, a lozenge or a block of even lines.

A break never falls inside an office word, a number with its unit, a name or 《》, unless no other line would fit.
Where the office has written ``|`` the title breaks there and nowhere else.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil

from pipeline.word.cells import cells, reaches
from pipeline.word.title_words import AFTER_GOOD, BEFORE_GOOD, BINDERS, GENRE_ENDS, JOINERS, WORDS

LONGEST = 20.0  # cells of 2号 in the 156 mm of a line
OWN_BREAK = "|"
_SHORT = 0.6
_NEVER, _WORD, _UNKNOWN = 100_000.0, 900.0, 9.0
_MOST_LINES = 10  # a longer text is no title: weighing all its breaks would take minutes
_LINE = 6.0  # one line more than needed must be worth it
_NUMBER = re.compile(
    r"第?[0-9A-Za-z〇][0-9A-Za-z.,%％\-—/〇]*(?:[百千万亿]{0,2}(?:年度|年代|年|月份|月底|月|日|号|期|季度|批|项|个|件|家|户|亩|元|吨|"
    r"公里|千米|米|平方米|公顷|兆瓦|千瓦|万|亿|周年|周|届|次|标段|段|座|栋|条|台|套|公司|路|线|、|版|度))?"
    r"|第[一二三四五六七八九十百]+(?:[届次期季批个号条])?(?:度)?|(?<![一二三四五六七八九十])[一二三四五六七八九十]++[年月季届次期批]度?|（[^（）]{1,8}）"
)
_HEAD_NOUN = re.compile(r"(?:项目|工程)(?=[0-9第的]|$)")
# what a word can begin or end with: most characters of a title need no comparing with whole words
_GOOD_FIRST, _HEAD_FIRST = frozenset(word[0] for word in BEFORE_GOOD), "项工"
_GOOD_LAST, _BINDER_LAST = (frozenset(word[-1] for word in words) for words in (AFTER_GOOD, BINDERS))
_OFFICE_WORD = re.compile(
    "|".join(sorted((word for word in WORDS if len(word) > 1), key=lambda word: (-len(word), word)))
)
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")
_NOT_FIRST = "、，。；：？！）》”’】〕％%的了着等与之"
_NOT_LAST = "（《“‘【〔第在对向将为以从由把被于"
_ORGANS = re.compile(r"^(.(?:(?!关于).)*+)(关于.*)$")


def break_title(text: str, longest: float = LONGEST) -> tuple[str, ...]:
    """The title's lines, none wider than ``longest`` cells where that is possible; joint organs stand apart.

    Only white space at a break is dropped.
    """
    if OWN_BREAK in text or "\n" in text:
        return tuple(line.strip() for line in re.split(r"[|\n]", text) if line.strip())
    text = text.strip()
    joint = _ORGANS.match(text)
    if joint and re.search(r"[\s　]", joint.group(1).strip()) and cells(text) > longest:
        names = re.split(r"[\s　]+", joint.group(1).strip())
        above, matter = list(_organ_lines(names, longest)), joint.group(2)
        if (
            len(above) > 1
            and cells(above[-1]) < cells(above[0]) * _SHORT
            and cells(above[-1] + matter) > longest
        ):
            matter = above.pop() + matter  # a short line between two long ones would make a waist
        return (*above, *_broken(matter, longest, round(cells(above[-1]))))
    return _broken(text, longest)


def _organ_lines(names: Sequence[str], longest: float) -> Iterator[str]:
    line = ""
    for name in names:
        together = f"{line}　{name}" if line else name
        if cells(together) <= longest:
            line = together
            continue
        if line:
            yield line
        line = name
    if cells(line) <= longest:
        yield line
    else:
        yield from _broken(line, longest)


def penalties(text: str, longest: float = LONGEST) -> list[float]:
    """What a break before each character costs; index 0 is unused. From 900 on a break is forbidden."""
    costs = [_UNKNOWN] * len(text)
    for start, end in _words(text):
        for index in range(start + 1, end):
            costs[index] = _WORD
        if start:
            costs[start] = min(costs[start], 3.0)
        if end < len(text):
            costs[end] = min(costs[end], 3.0)
    _weigh(text, costs)
    for pattern, cost in ((_QUOTED, _WORD), (_NUMBER, _NEVER)):
        for found in pattern.finditer(text):
            whole = pattern is _NUMBER or cells(found.group()) <= longest
            for index in range(found.start() + 1, found.end()):
                costs[index] = max(costs[index], cost if whole else 2.0)
    organ = _ORGANS.match(text)
    if organ and cells(organ.group(1)) <= longest:
        for index in range(1, len(organ.group(1))):
            costs[index] = max(costs[index], _WORD)
    if kind := next((kind for kind in GENRE_ENDS if text.endswith(kind)), ""):
        for index in range(len(text) - len(kind), len(text)):
            costs[index] = max(costs[index], _WORD)
    return costs


def _weigh(text: str, costs: list[float]) -> None:
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        if after in _GOOD_FIRST and text.startswith(BEFORE_GOOD, index):
            costs[index] = 0.0
        elif costs[index] < _WORD and before in _GOOD_LAST and text.endswith(AFTER_GOOD, 0, index):
            costs[index] = min(costs[index], 1.0)
        elif costs[index] < _WORD and after in JOINERS:
            costs[index] = min(costs[index], 2.0)
        if before in "、，；：" or before.isspace():
            costs[index] = 0.5
        if before in _BINDER_LAST and text.endswith(BINDERS, 0, index):
            costs[index] = max(costs[index], _WORD)
        if after in _HEAD_FIRST and costs[index] < _WORD and _HEAD_NOUN.match(text, index):
            costs[index] += 20.0  # 产业园项目|2027年, not 产业园|项目2027年
        if before in JOINERS and costs[index] < _WORD:
            costs[index] += 30.0
        if after in _NOT_FIRST or before in _NOT_LAST:
            costs[index] = max(
                costs[index], _WORD if after in "的了着等与之" or before not in "（《“‘【〔" else _NEVER
            )
        if after in "、，。；：？！）》”’】〕％%" or (
            before.isascii() and after.isascii() and not before.isspace()
        ):
            costs[index] = _NEVER


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Office words, the longest first, from left to right."""
    return (found.span() for found in _OFFICE_WORD.finditer(text))


@lru_cache(maxsize=4096)
def _broken(text: str, longest: float, above: int = 0) -> tuple[str, ...]:
    """``above`` is the width of the line that already stands over the text, 0 where there is none."""
    reach = reaches(text)
    if reach[-1] <= longest or reach[-1] > _MOST_LINES * longest:
        return (text,)
    costs = penalties(text, longest)
    fewest = max(2, ceil(reach[-1] / longest))
    found = _best(text, costs, fewest, longest, above, reach)
    for lines in range(fewest + 1, fewest + 4):
        if found[0] <= _LINE * lines:  # so many lines can't be cheaper
            break
        if lines > fewest + 1 and _fits(found[1], reach, longest):
            break  # more than one line beyond the fewest only where a line would not fit otherwise
        found = min(found, _best(text, costs, lines, longest, above, reach))
    breaks = found[1]
    edges = [0, *breaks, len(text)]
    return tuple(text[start:end].strip() for start, end in itertools.pairwise(edges))


def _fits(breaks: tuple[int, ...], reach: list[float], longest: float) -> bool:
    edges = [0, *breaks, len(reach) - 1]
    return all(reach[end] - reach[start] <= longest for start, end in itertools.pairwise(edges))


def _best(
    text: str, costs: list[float], lines: int, longest: float, above: int, reach: list[float]
) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to set the text in so many lines: even widths, good breaks, no waist in the middle."""
    target = reach[-1] / lines
    scale = max(target, 1.0)
    good = [index for index in range(1, len(text)) if costs[index] < _WORD]
    edges = [0, *good, len(text)]
    if any(reach[end] - reach[start] > longest for start, end in itertools.pairwise(edges)):
        good = list(range(1, len(text)))  # some word is longer than a line: it must be broken somewhere
    # state: (position, width of the last line in whole cells, has the width begun to fall) → cost and breaks
    states: dict[tuple[int, int, bool], tuple[float, tuple[int, ...]]] = {(0, above, False): (0.0, ())}
    for line in range(lines):
        last = line == lines - 1
        following: dict[tuple[int, int, bool], tuple[float, tuple[int, ...]]] = {}
        for (start, before, falling), (cost, breaks) in states.items():
            for end in [len(text)] if last else good:
                width = reach[end] - reach[start]
                if end <= start or (width > longest and end > start + 1 and not last):
                    continue
                price = cost + (width - target) ** 2 / scale
                if not last:
                    price += costs[end]
                if falling and width > before + 0.5:
                    price += 40.0
                if width < target / 2:
                    price += 20.0
                if width > longest:
                    price += 5_000.0 * (width - longest)
                state = (end, round(width), falling or (bool(before) and width < before - 0.5))
                found = (price, breaks if last else (*breaks, end))
                if state not in following or found < following[state]:
                    following[state] = found
        states = following
    price, breaks = min(states.values()) if states else (_NEVER * 10, ())
    return price + _LINE * lines, breaks
