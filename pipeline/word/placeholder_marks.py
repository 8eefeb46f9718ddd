"""Marks of placeholders that nothing will fill in: our own when broken, and those of other programs.

No brace and no « » stands in a Chinese official paper. Other brackets do; there only a placeholder's name tells.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.word.vocabulary import Names, every_name

_OPEN, _CLOSE = "{｛﹛❴«", "}｝﹜❵»"
_NONE = f"[^{_OPEN}{_CLOSE}\n]"
_BRACKET, _BRACKET_END, _SIGN = r"【〖《〈〔<＜\[［", r"】〗》〉〕>＞\]］", "%％#＃@＠&＆*＊_$＄"
_WORD = r"[\w.．|｜\u200b-\u200d\ufeff 　]"
_STATEMENT = r"(?:(?:tr|p|tc|r)\s+)?(?:for\s+\w+\s+in\b|(?:if|elif)\s|(?:else|endfor|endif)\b)"
_NEVER_PRINTED = re.compile(
    rf"[$＄#@]?[{_OPEN}][{_OPEN}\s]*{_NONE}{{0,80}}[{_CLOSE}](?:\s*[{_CLOSE}])*"  # { 期号 }, ${期号}, «期号»
    rf"|[$＄#@]?[{_OPEN}][{_OPEN}\s]*{_NONE}{{0,24}}"  # never closed
    rf"|{_WORD}{{0,24}}[%％#]?[{_CLOSE}](?:\s*[{_CLOSE}])*"  # never opened
    rf"|(?<![{_BRACKET}{_SIGN}])[{_BRACKET}{_SIGN}]++\s*+{_STATEMENT}{_NONE}{{0,60}}?(?:[{_BRACKET_END}{_SIGN}]*[{_CLOSE}]+|[{_BRACKET_END}{_SIGN}]+|$)"
)  # the last: <%p if 包联 %>
_NAMED = re.compile(
    rf"(?P<open>[{_BRACKET}]{{1,2}})[ 　]*+(?P<bracketed>{_WORD}{{1,40}}?)[ 　]*+[{_BRACKET_END}]{{1,2}}"
    rf"|(?P<mark>[{_SIGN}]{{1,2}})[ 　]*+(?P<marked>{_WORD}{{1,40}}?)[ 　]*+(?P=mark)"
    r"|[$＄][ 　]?(?P<after>[一-龥]\w*)"
)
_ORDINARY = "《〈〔"


@dataclass(frozen=True)
class PlaceholderNames:
    """What placeholders are called that stand alone, and what may stand after a dot; 报 and 送 tell nothing."""

    alone: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()

    @classmethod
    def of(cls, vocabularies: Iterable[Names]) -> "PlaceholderNames":
        every = list(vocabularies)
        plain = {name for names in every for name, shape in names.items() if isinstance(shape, str)}
        inner = frozenset(name for names in every for name in every_name(names))
        return cls(frozenset(name for name in plain if len(name) > 1), inner)

    def has(self, name: str) -> bool:
        _, dot, last = name.rpartition(".")
        return last in self.inner if dot else name in self.alone


NO_NAMES = PlaceholderNames()


@dataclass(frozen=True)
class NamedMark:
    """A mark of another program around what may be the name of a placeholder."""

    text: str
    inside: str
    is_strange: bool  # no 《》 or 〔〕, which have an office of their own: a misspelt name is recognised too


def never_printed(text: str) -> Iterator[str]:
    """What holds a mark that no official paper has, such as ``{ 期号 }``, each as it stands in the text."""
    for found in _NEVER_PRINTED.finditer(text):
        yield found.group().strip()


def named_marks(text: str) -> Iterator[NamedMark]:
    """Brackets and signs around a word, such as 【期号】, %期号% and $期号; the word need be no name."""
    for found in _NAMED.finditer(text):
        inside = found["bracketed"] or found["marked"] or found["after"]
        strange = not (found["open"] and found["open"][0] in _ORDINARY)
        yield NamedMark(found.group(), inside.strip(" 　"), strange)


def leftover(text: str, is_name: Callable[[str], bool]) -> str:
    """The first placeholder in a finished text; ``""`` if there is none. 《计划》 is a work's title there."""
    named = (
        mark.text for mark in named_marks(text) if mark.is_strange and is_name(mark.inside.partition("|")[0].strip())
    )
    return next(never_printed(text), "") or next(named, "")
