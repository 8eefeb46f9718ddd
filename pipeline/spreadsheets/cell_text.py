"""The one cleaner at the door: what text may stand in a cell, what is said of it, what refuses it."""

import re
import unicodedata
from dataclasses import dataclass

from pipeline.spreadsheets.grid import Remark
from pipeline.spreadsheets.refusals import CELL_REASONS, CELL_REMARKS

# Everything that ordinary Chinese text is made of; other text is looked at character by character.
_ORDINARY = re.compile(r"[ -~一-龥　-〾！-～·—‘’“”…×°±㎡①-⑳Ⅰ-Ⅻ]*")
# Patterns that few texts need are compiled at their first use, for each reading process starts with this module.
_REFUSED: tuple[tuple[str, str], ...] = (
    ("surrogate", "[\ud800-\udfff]"),
    ("noncharacter", "[\ufdd0-\ufdef\ufffe\uffff" + "".join(chr(p * 0x10000 + e) for p in range(1, 17) for e in (0xFFFE, 0xFFFF)) + "]"),
    ("control-character", "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\x0b\x0c\ufff9-\ufffb]"),
    ("lost-character", "\ufffd"),
    ("private-use", "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"),
    ("bidi", "[\u202a-\u202e\u2066-\u2069\u061c]"),
    ("invisible", "[\u206a-\u206f\U000e0000-\U000e007f\u115f\u1160\u3164\uffa0]"),
)  # fmt: skip
_REMOVED = "[\u200b\u200e\u200f\u2060-\u2064\ufeff\u00ad\u034f\u180b-\u180e]|\u200c"
_JOINER = "\u200d"
_LOOK_ALIKE = "[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\u0400-\u04ffΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]"
# Han characters outside GBK, pictures and variants: 仿宋_GB2312 and its like draw the characters of GBK at most, so
# that 䶮 or 𠮷 prints as a blank or in a strange hand.
_RARE = "[\u3400-\u4dbf\u9fa6-\u9fff\U00020000-\U0002f7ff\U00030000-\U0003ffff\U0001f000-\U0001faff\ufe00-\ufe0f\U000e0100-\U000e01ef\u2600-\u27bf]"
_BREAKS = "(?:(?<![ \u3000])[ \u3000]++)?(?:\r\n?|[\n\t\u0085\u2028\u2029])[ \u3000]*+"
_FORMULA_START = r"[=＝@＠](?=.)|[+＋\-－](?![\d\s.．０-９,，%％\-—－+亿万元]*$)"
# WPS keeps a picture in a cell as a formula; other programs hand its text on.
_PICTURE = r"[=＝@]?\s*(?:_xlfn\.)?DISPIMG\("
PICTURE_SHOWN = "〔图片〕"
BLANKS = " \t\n\r\u3000\u00a0"  # str.strip() would take control characters away unseen
_SHOWN = 6  # code points named in a message


@dataclass(frozen=True, slots=True)
class CleanText:
    """``text`` is safe to print; ``flaw`` and ``flaw_code`` say why it must not be used."""

    text: str
    flaw: str = ""
    flaw_code: str = ""
    remarks: tuple[Remark, ...] = ()


def points(found: str) -> str:
    """``U+0007、U+000C``."""
    unique = list(dict.fromkeys(found))
    named = "、".join(f"U+{ord(character):04X}" for character in unique[:_SHOWN])
    return named + ("等" if len(unique) > _SHOWN else "")


def printable(text: str) -> str:
    """Characters that must not be printed as 〔U+0007〕."""
    if is_ordinary(text):
        return text
    for _, pattern in _REFUSED:
        text = re.sub(pattern, lambda match: f"〔U+{ord(match[0]):04X}〕", text)
    return re.sub(_BREAKS, " ", text)


def _without_stray_joiners(text: str) -> str:
    """ZWJ is kept where it joins pictures, and removed elsewhere."""
    kept = []
    for index, character in enumerate(text):
        after_picture = index > 0 and (
            ord(text[index - 1]) > 0x1F000 or text[index - 1] == "\ufe0f" or "\u2600" <= text[index - 1] <= "\u27bf"
        )
        if character != _JOINER or after_picture:
            kept.append(character)
    return "".join(kept)


# Text that begins with Han, a letter or a digit and ends without a blank: neither stripped nor taken for a formula.
USUAL = (
    r"(?![0-9](?:\.[0-9]+)?[eE]\+)(?![ !-')-/:-@[-`{-~\u3000-〾！-＇＊-～·—‘’“”×°±㎡）])"
    r"[ -~一-龥\u3000-〾！-～·—‘’“”×°±㎡]++(?<![ \u3000·—‘’“”×°±㎡])"
)


def is_ordinary(text: str) -> bool:
    """Whether the text can be used as it stands and nothing is to be said of it."""
    return re.fullmatch(USUAL, text) is not None


def is_picture(text: str) -> bool:
    """Whether a formula, or the text it left behind, stands for a picture in the cell."""
    return "DISPIMG" in text.upper() and re.match(_PICTURE, text.strip(), re.IGNORECASE) is not None


def remark(code: str, **facts: str) -> Remark:
    """A remark of the catalogue with its facts filled in."""
    return Remark(code, CELL_REMARKS[code].format(**facts))


def clean(raw: str) -> CleanText:
    """Text of a cell as it may be used, with what a person should know of it."""
    text = raw.strip(BLANKS)
    if is_picture(text):
        return CleanText(PICTURE_SHOWN, CELL_REASONS["picture"], "picture")
    if _ORDINARY.fullmatch(text):
        return CleanText(text, remarks=_formula_text(text))
    for code, pattern in _REFUSED:
        if found := "".join(re.findall(pattern, text)):
            return CleanText(printable(text), CELL_REASONS[code].format(points=points(found)), code)
    remarks = []
    visible = _without_stray_joiners(re.sub(_REMOVED, "", text))
    if visible != text:
        removed = "".join(re.findall(_REMOVED, text)) or _JOINER
        remarks.append(remark("zero-width", points=points(removed)))
        text = visible.strip(BLANKS)
    if re.search(_BREAKS, text):
        remarks.append(remark("line-break"))
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        text = re.sub("[\u0085\u2028\u2029]", "\n", text)
    if found := "".join(re.findall(_LOOK_ALIKE, text)):
        usual = unicodedata.normalize("NFKC", text)
        code = "look-alike" if usual != text else "foreign-letter"
        remarks.append(remark(code, points=points(found), text=usual))
    if found := "".join(re.findall(_RARE, text)):
        remarks.append(remark("rare-character", points=points(found)))
    return CleanText(text, remarks=(*remarks, *_formula_text(text)))


def _formula_text(text: str) -> tuple[Remark, ...]:
    """Text that a spreadsheet would take for a formula if it were written there unmarked."""
    match = re.match(_FORMULA_START, text)
    return (remark("formula-text", points=f"“{match[0][0]}”"),) if match else ()
