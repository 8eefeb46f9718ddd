"""How a tag should have been written: without characters nobody sees, with half-width signs, in our own braces."""

import re
import unicodedata
from collections.abc import Collection

from pipeline.word.nearest_name import changes, nearest_name
from pipeline.word.placeholder_marks import NamedMark

_QUOTED = re.compile(r"(\"[^\"]*\"|“[^“”]*”|'[^']*')")  # a text to compare with stands as it is
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_WIDE = re.compile("[！-～。]")
_MARKS = "{}｛｝﹛﹜❴❵«»【】《》〈〉〔〕<>＜＞[]［］%％#＃@＠&＆*＊_$＄ 　\t\n"
_STATEMENT = re.compile(r"(?:(tr|p)\s+)?((?:for|if|elif|else|endfor|endif)\b.*)", re.DOTALL)


def mended(text: str) -> str:
    """A tag's text without invisible characters, its signs and letters half-width; quoted text as it is."""
    pieces = _QUOTED.split(_INVISIBLE.sub("", text))
    return "".join(piece if number % 2 else _narrow(piece) for number, piece in enumerate(pieces))


def _narrow(text: str) -> str:
    return _WIDE.sub(lambda found: "." if found[0] == "。" else unicodedata.normalize("NFKC", found[0]), text)


def slip(tag: str) -> str:
    """What ``mended`` would change in a tag, as a sentence; ``""`` for nothing."""
    if found := _INVISIBLE.search(tag):
        return f"标签“{mended(tag)}”中夹有看不见的字符（U+{ord(found[0]):04X}），请删去后重写"
    for piece in _QUOTED.split(tag)[::2]:
        if found := _WIDE.search(piece):
            return f"标签“{tag}”中的“{found[0]}”是全角字符，应写成半角的“{_narrow(found[0])}”"
    return ""


def right_tag(mark: str, names: Collection[str]) -> str:
    """The tag that a broken or foreign mark probably stands for; ``""`` where no name is near."""
    inside = mended(mark).strip(_MARKS)
    if found := _STATEMENT.fullmatch(inside):
        return f"{{%{found[1] or ''} {found[2]} %}}"
    name, bar, filters = ("".join(part.split()) for part in inside.partition("|"))
    near = _meant(name, names)
    return f"{{{{ {near}{bar}{filters} }}}}" if near else ""


def _meant(name: str, names: Collection[str]) -> str:
    """The name but for one character, the longest that it begins or ends with (an open brace has no end), the nearest."""
    near = nearest_name(name, names)
    if near and changes(name, near) <= 1:
        return near
    held = [each for each in names if len(each) > 1 and (name.startswith(each) or name.endswith(each))]
    return max(held, key=len, default=near)


def names_placeholder(mark: NamedMark, names: Collection[str]) -> bool:
    """Whether what stands between another program's marks is a placeholder's name, or nearly one."""
    name = "".join(mended(mark.inside).partition("|")[0].split())
    if name in names:
        return len(name) > 1 or mark.is_strange
    if mark.text[0] in "$＄" and any(len(each) > 1 and name.startswith(each) for each in names):
        return True  # $期号期
    return mark.is_strange and len(name) > 2 and any(len(each) > 2 and changes(name, each) == 1 for each in names)
