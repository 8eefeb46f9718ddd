"""When two project names may be one: look-alike characters, words that say nothing, a stroke too many.

Nothing here makes two names one; that is a person's to confirm. Names that differ only by a number, a phase or a
direction (一期, 二期) are two projects, however alike they look.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.records.names import name_key

# Each group is written for its first character by mistake, by an input method or by copying from a PDF.
_GROUPS = (
    "0oοо〇○", "1lіι", "aаα", "cсϲ", "eе", "pрρ", "xхχ", "yуγ", "kкκ", "mм", "hн", "bв", "tтτ", "vν",
    "日曰", "己已巳", "未末", "土士", "戊戌戍", "人入", "千干于", "王玉", "天夭", "旦且", "目曰", "庄压", "予矛",
    "民⺠", "门⻔", "车⻋", "马⻢", "见⻅", "长⻓", "风⻛", "食⻝", "鱼⻥", "鸟⻦", "龙⻰", "页⻚", "齿⻮",
)  # fmt: skip
_LOOK_ALIKE = {ord(each): group[0] for group in reversed(_GROUPS) for each in group[1:]}
_NOTHING_SAYING = ("建设", "工程", "项目")
_TELLING = frozenset("0123456789一二三四五六七八九十百甲乙丙丁东西南北上下左右前后内外中新旧老大小高低主副abcdef")
_HAN = "一二三四五六七八九十"
# a run is looked at once, from its first character on
_PHASE = re.compile(rf"((?<![{_HAN}])[{_HAN}]++|(?<!\d)\d++)期|([东西南北中]|(?<![a-z{_HAN}\d])[a-z{_HAN}\d]++标?)段")


@lru_cache(maxsize=65536)
def outline(name: str) -> str:
    """The name without what the eye doesn't see: width, case, marks, white space, look-alike characters."""
    folded = name_key(name).translate(_LOOK_ALIKE)
    return "".join(each for each in folded if unicodedata.category(each)[0] in "LN")


@lru_cache(maxsize=65536)
def gist(name: str) -> str:
    """The outline without the words that every other name has too; the outline where nothing would be left."""
    whole = outline(name)
    end = len(whole)
    while whole.endswith(_NOTHING_SAYING, 0, end):
        end -= len(_NOTHING_SAYING[0])  # each has two characters
    return whole[:end] or whole


def same_but_for_form(one: str, other: str) -> bool:
    """Whether two names differ only in look-alike characters, marks or words that say nothing."""
    return gist(one) == gist(other)


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """From 0 to 1; 0 for names that only a number, a phase or a direction tells apart."""
    if same_but_for_form(one, other):
        return 1.0
    first, second = gist(one), gist(other)
    if _PHASE.findall(first) != _PHASE.findall(second):
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if set(_differing(first, second, matcher)) <= _TELLING:
        return 0.0
    return matcher.ratio()


def _differing(first: str, second: str, matcher: SequenceMatcher[str]) -> Iterator[str]:
    for tag, begin, end, other_begin, other_end in matcher.get_opcodes():
        if tag != "equal":
            yield from first[begin:end] + second[other_begin:other_end]


def is_slip_of_the_pen(one: str, other: str) -> bool:
    """Whether the eye sees one name, or one single character is another."""
    first, second = outline(one), outline(other)
    return first == second or (
        len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1
    )
