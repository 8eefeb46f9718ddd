"""How the parts of an official paper read: the patterns that roles and rules share."""

import re
from datetime import date

from pipeline.word.placeholder_marks import NO_NAMES, PlaceholderNames, leftover
from pipeline.word.title_words import GENRES

HAN = "一-鿿〇"
NUMERALS = "一二三四五六七八九十百"
_HAN_ONE = f"[{HAN}]"
HAN_ONE = re.compile(_HAN_ONE)
HAN_PAIR = re.compile(f"[{HAN}]{{2}}")
NUMBER_LIKE = re.compile(
    rf"^[{HAN}A-Za-z×□ ]{{0,16}}[〔\[【（(［]\s*+[\dX×□]{{2,4}}\s*+[〕\]】）)］]\s*+第?[\dX×□ ]*+\s*+号"
)
NUMBER_RIGHT = re.compile(rf"^[{HAN}]{{2,10}}〔(?:19|20)\d\d〕[1-9]\d*号$")
SIGNER = re.compile(r"签\s*发\s*人\s*[：:]")
DATE_LIKE = re.compile(
    r"^[\d０-９〇零一二三四五六七八九十X×□ 　]{2,10}年[\d０-９〇零一二三四五六七八九十X×□ 　]{0,4}月[\d０-９〇零一二三四五六七八九十X×□ 　]{0,6}日$"
)
DATE_RIGHT = re.compile(r"^(\d{4})年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日$")
ANY_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
ISSUED = re.compile(r"年\s*[\dX×□]{1,2}\s*月\s*[\dX×□]{1,2}\s*日\s*印\s*发\s*$")
ANNEX_NOTE = re.compile(r"^附\s*件\s*[：:]")
ANNEX_NOTE_LOOSE = re.compile(r"^附\s*件\s*(?:[：:]|\d+\s*[.．、])")
ANNEX_LABEL = re.compile(r"^附\s*+件\s*+[\d一二三四五六七八九十]*+\s*+[：:]?$")
ANNEX_ITEM = re.compile(r"^(\d+)\s*[.．、]\s*(.+)$")
SECRECY = re.compile(r"^(绝密|机密|秘密)")
SECRECY_RIGHT = re.compile(r"^(绝密|机密|秘密)(★(\d+(年|个月|天)|长期))?$")
URGENCY = re.compile(r"^(特提|特急|加急|平急|急件|紧急)$")
REMARK = re.compile(r"^[（(].*[）)]$", re.DOTALL)
ISSUE = re.compile(r"^[（(]?(?:\d{4}年)?\s*+(?:第\s*+)?[\dX×一二三四五六七八九十百]++\s*+期")
BRIEF_WORDS = re.compile(r"(简报|快报|专报|要情|动态|信息|通讯|内参)$")
HEADING_1 = re.compile(rf"^[{NUMERALS}]+、")
HEADING_2 = re.compile(rf"^[（(][{NUMERALS}]+[）)]")
HEADING_3 = re.compile(r"^\d+\s*[.．、](?!\d)")
HEADING_4 = re.compile(r"^[（(]\d+[）)]")

UPWARD_KINDS = ("请示", "报告", "意见")

_UNFILLED = (
    re.compile(r"【\s*(?:待|请|填|此处|插入)[^】]{0,40}】"),
    re.compile(r"×{2,}"),
    re.compile(rf"(?<!X)X{{2,}}+(?={_HAN_ONE}|〔|〕|\d)|(?<={_HAN_ONE}|〔|\d)X{{2,}}+"),
    re.compile(r"□{2,}(?!\d)"),
    re.compile(r"[\[〔［]\s*(?:此处|请|待填|填写|插入)[^\]〕］]{0,30}[\]〕］]"),
    re.compile(rf"\[{_HAN_ONE}{{2,8}}\]"),
    re.compile(r"(?i)lorem ipsum|TODO|FIXME"),
)
_MARKS_OF_PLACEHOLDERS = re.compile(
    r"[{}｛｝﹛﹜❴❵«»【×X□\[〔［《〈<＜%％#＃@＠&＆*＊_$＄TtLlFf]"
)  # a text with none is filled

_DIGITS = {mark: value for value, mark in enumerate("〇一二三四五六七八九")}


def han_number(text: str) -> int | None:
    """The value of a Han numeral below one hundred and ninety-nine, such as 二十三; None if it is none."""
    if text.startswith("百"):
        text = text[1:]
    tens, found, ones = text.partition("十")
    if not found:
        return _DIGITS.get(text)
    first = _DIGITS.get(tens, 1 if not tens else -1)
    last = _DIGITS.get(ones, 0 if not ones else -1)
    return None if first < 0 or last < 0 else first * 10 + last


def day_of(text: str) -> date | None:
    """The first calendar day written in arabic figures; None if there is none or it doesn't exist."""
    match = ANY_DATE.search(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def unfilled(text: str, names: PlaceholderNames = NO_NAMES) -> str:
    """The first placeholder left in a text, such as ×× or [此处输入标题]; ``""`` if there is none.

    ``names`` are those of the templates: by them 【期号】 is told from 【小结】.
    """
    if not _MARKS_OF_PLACEHOLDERS.search(text):
        return ""
    marked = leftover(text, names.has)
    return marked or next((match[0] for pattern in _UNFILLED if (match := pattern.search(text))), "")


def squeezed(text: str) -> str:
    """The text without any space."""
    return re.sub(r"[\s　]+", "", text)


def kind_of_title(title: str) -> str:
    """The 文种 at a title's end; ``""`` if none. A bracketed note such as （试行） does not count."""
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", squeezed(title).rstrip("。，；：、！？.,;:!?"))
    return next((kind for kind in GENRES if bare.endswith(kind)), "")
