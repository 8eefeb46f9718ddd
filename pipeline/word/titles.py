"""Titles broken by sense into balanced lines (7.3.1): a trapezium, a lozenge or a block of even lines.

A break never falls inside an office word, a number with its unit, a name or 《》, unless no other line would fit.
Where the office has written ``|`` the title breaks there and nowhere else.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil, inf

from pipeline.word.cells import cells, reaches
from pipeline.word.title_words import AFTER_GOOD, BEFORE_GOOD, BINDERS, GENRE_ENDS, JOINERS, WORDS

LONGEST = 20.0  # cells of 2号 in the 156 mm of a line
OWN_BREAK = "|"
_SHORT = 0.6
_MOST_LINES = 10  # a longer text is no title: weighing all its breaks would take minutes

# What a break costs at a place: the lower, the better it reads
_BEFORE_MATTER = 0.0  # 关于
_AFTER_MARK = 0.5
_AFTER_NAME = 1.0  # what a place or a work is called ends here
_AT_JOINER = 2.0
_IN_LONG_QUOTE = 2.0  # a quotation that no line holds must break
_BETWEEN_WORDS = 3.0
_UNKNOWN = 9.0
_OFF_HEAD_NOUN = 20.0  # beside the rest: 产业园项目|2027年, not 产业园|项目2027年
_AFTER_JOINER = 30.0  # beside the rest
_WORD = 900.0  # from here on a break is forbidden where any other is left
_NEVER = 100_000.0

# What a line costs beside the squares of how far it is from the even width
_LINE = 6.0  # one line more than needed must be worth it
_STUB = 20.0  # less than half as wide
_WAIST = 40.0  # wider again below a narrower line
_OVERLONG = 5_000.0  # for each cell
_SAME_WIDTH = 0.5  # cells by which two lines may differ unseen

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
_MARKS = "、，；："
_CLOSING = "、，。；：？！）》”’】〕％%"
_OPENING = "（《“‘【〔"
_PARTICLES = "的了着等与之"  # never first
_PREPOSITIONS = "第在对向将为以从由把被于"  # never last
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
        if len(above) > 1 and cells(above[-1]) < cells(above[0]) * _SHORT and cells(above[-1] + matter) > longest:
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
    for start, end in (word.span() for word in _OFFICE_WORD.finditer(text)):
        _keep_together(costs, start, end, _WORD)
        for edge in (start, end):
            if 0 < edge < len(text):
                costs[edge] = min(costs[edge], _BETWEEN_WORDS)
    for index in range(1, len(text)):
        cost = _poor(text, index, _good(text, index, costs[index]))
        costs[index] = max(cost, _between(text[index - 1], text[index]))
    for quoted in _QUOTED.finditer(text):
        fits = cells(quoted.group()) <= longest
        _keep_together(costs, *quoted.span(), _WORD if fits else _IN_LONG_QUOTE)
    for number in _NUMBER.finditer(text):
        _keep_together(costs, *number.span(), _NEVER)
    organ = _ORGANS.match(text)
    if organ and cells(organ.group(1)) <= longest:
        _keep_together(costs, *organ.span(1), _WORD)
    if kind := next((kind for kind in GENRE_ENDS if text.endswith(kind)), ""):
        _keep_together(costs, len(text) - len(kind) - 1, len(text), _WORD)  # with the character before 的
    return costs


def _keep_together(costs: list[float], start: int, end: int, least: float) -> None:
    """No break inside the span shall cost less."""
    for index in range(start + 1, end):
        costs[index] = max(costs[index], least)


def _good(text: str, index: int, cost: float) -> float:
    """The cost of a break, lowered where it reads well."""
    before, after = text[index - 1], text[index]
    if before in _MARKS or before.isspace():
        return _AFTER_MARK
    if after in _GOOD_FIRST and text.startswith(BEFORE_GOOD, index):
        return _BEFORE_MATTER
    if cost >= _WORD:
        return cost
    if before in _GOOD_LAST and text.endswith(AFTER_GOOD, 0, index):
        return min(cost, _AFTER_NAME)
    return min(cost, _AT_JOINER) if after in JOINERS else cost


def _poor(text: str, index: int, cost: float) -> float:
    """The cost of a break, raised where it parts a word from what it belongs to."""
    before, after = text[index - 1], text[index]
    if before in _BINDER_LAST and text.endswith(BINDERS, 0, index):
        return max(cost, _WORD)
    if cost >= _WORD:
        return cost
    if after in _HEAD_FIRST and _HEAD_NOUN.match(text, index):
        cost += _OFF_HEAD_NOUN
    return cost + _AFTER_JOINER if before in JOINERS else cost


def _between(before: str, after: str) -> float:
    """The least that a break between two characters costs, whatever the words."""
    if after in _CLOSING or (before.isascii() and after.isascii() and not before.isspace()):
        return _NEVER
    if after in _PARTICLES or before in _PREPOSITIONS:
        return _WORD
    return _NEVER if before in _OPENING else 0.0


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


def _fits(breaks: Sequence[int], reach: list[float], longest: float) -> bool:
    edges = [0, *breaks, len(reach) - 1]
    return all(reach[end] - reach[start] <= longest for start, end in itertools.pairwise(edges))


# The lines set so far, as the next one sees them: where they end, the last one's width in whole cells (0 where
# there is none), and whether some line was narrower than the one over it.
_Above = tuple[int, int, bool]


def _best(
    text: str, costs: list[float], lines: int, longest: float, above: int, reach: list[float]
) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to set the text in so many lines: even widths, good breaks, no waist in the middle."""
    even = reach[-1] / lines
    places = [index for index in range(1, len(text)) if costs[index] < _WORD]
    if not _fits(places, reach, longest):
        places = list(range(1, len(text)))  # some word is longer than a line: it must be broken somewhere
    cheapest: dict[_Above, tuple[float, tuple[int, ...]]] = {(0, above, False): (0.0, ())}
    for line in range(lines):
        last = line == lines - 1
        following: dict[_Above, tuple[float, tuple[int, ...]]] = {}
        for (start, before, narrowed), (price, breaks) in cheapest.items():
            for end in [len(text)] if last else places:
                width = reach[end] - reach[start]
                if end <= start or (width > longest and end > start + 1 and not last):
                    continue
                cost = price + (width - even) ** 2 / max(even, 1.0) + (0.0 if last else costs[end])
                cost = _uneven(cost, width, before if narrowed else inf, even, longest)
                state = (end, round(width), narrowed or width < before - _SAME_WIDTH)
                if state not in following or (cost, (*breaks, end)) < following[state]:
                    following[state] = cost, (*breaks, end)
        cheapest = following
    price, breaks = min(cheapest.values(), default=(_NEVER * 10, ()))
    return price + _LINE * lines, breaks[:-1]


def _uneven(cost: float, width: float, widest: float, even: float, longest: float) -> float:
    """The cost with what the line's width adds; ``widest`` is what it may have without making a waist."""
    if width > widest + _SAME_WIDTH:
        cost += _WAIST
    if width < even / 2:
        cost += _STUB
    if width > longest:
        cost += _OVERLONG * (width - longest)
    return cost
