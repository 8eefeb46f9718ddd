"""What a number format shows of a stored number: that very number, other words about it, or something else."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import lru_cache

from pipeline.spreadsheets.number_formats import NumberFormat, Section, Shown

_MOST_PLACES = 30  # Excel shows no more
_EXACT = Context(prec=600)  # a code has at most 255 characters, each a % at worst
_USUAL_IN_DATES = frozenset("年月日号时分秒点上下午星期周TZ-/.,:：、() \u3000")


class Look(Enum):
    """How what is seen is to be taken."""

    NUMBER = "number"  # the stored number
    PERCENT = "percent"  # the stored fraction as a percentage
    WORDS = "words"  # to be judged as if it were typed
    HIDDEN = "hidden"  # no number is seen
    OTHER = "other"  # another number is seen, or it cannot be told which


@dataclass(frozen=True)
class SeenNumber:
    """``text`` is what a person sees, with every stored digit where the format only rounds."""

    look: Look
    text: str
    rescaled: bool = False  # the digits show another power of ten than is stored; the words say which unit they mean


def number_text(number: Decimal) -> str:
    """Plain digits without an exponent or trailing zeros."""
    return format(number.normalize(), "f") if number else "0"


def seen_number(number: Decimal, shape: NumberFormat) -> SeenNumber:
    """What a person sees of a number whose format shows no date."""
    section = shape.section_of(number)
    if section is None:
        return SeenNumber(Look.HIDDEN, "")
    if not section.figure or (not number and section.shows_nothing):
        return _without_figure(number, section)
    words, effective = "".join(section.words), _effective(number, section)
    if section.broken:
        return _parted(number, section, shape)
    if section.continued or (number and not _shows_sign(number, section, shape)):
        return SeenNumber(Look.OTHER, section.before + _laid_out(number, section) + section.after)
    if words in ("%", "％") and not section.thousands and effective == number * 100 and section.percents:
        return SeenNumber(Look.PERCENT, number_text(number))
    if words:
        before, after = section.words
        sign, rescaled = "-" if effective < 0 else "", bool(section.thousands or section.literal_places)
        return SeenNumber(Look.WORDS, f"{sign}{before}{number_text(abs(effective))}{after}", rescaled)
    if effective != number:
        return SeenNumber(Look.OTHER, _laid_out(number, section))
    return SeenNumber(Look.NUMBER, _laid_out(number, section) if section.padded else number_text(number))


def _without_figure(number: Decimal, section: Section) -> SeenNumber:
    """Words alone may stand for 0 (``无``); of any other number they say nothing."""
    if number:
        return SeenNumber(Look.HIDDEN, section.before.strip())
    if section.shows_nothing:
        return SeenNumber(Look.NUMBER, "0")
    return SeenNumber(Look.WORDS, section.before.strip())


def _shows_sign(number: Decimal, section: Section, shape: NumberFormat) -> bool:
    """Whether a person can tell a negative number from a positive one, and sees which it is."""
    if number > 0:
        return not section.minuses
    if shape.conditional:
        return False  # programs differ in whether they put a minus there
    return section.minuses + _minus_in_front(number, shape) == 1


def _minus_in_front(number: Decimal, shape: NumberFormat) -> bool:
    """Whether the minus is put there unsaid, as where one section shows all numbers."""
    return number < 0 and len(shape.sections) == 1


def _parted(number: Decimal, section: Section, shape: NumberFormat) -> SeenNumber:
    """A figure with literals among its digits is a text; where it looks like a number it is another one."""
    minus = "-" if _minus_in_front(number, shape) else ""
    text = f"{minus}{section.before}{_laid_out(number, section)}{section.after}".strip()
    looks_like_number = not text.strip("0123456789.,") or section.pattern.count(".") > 1
    return SeenNumber(Look.OTHER if looks_like_number else Look.WORDS, text)


def _effective(number: Decimal, section: Section) -> Decimal:
    """The number that the digits show: percents, thousands and a literal point taken in."""
    return number.scaleb(2 * section.percents - 3 * section.thousands - section.literal_places)


def _laid_out(number: Decimal, section: Section) -> str:
    """The figure without its sign, as the places of the format show it: 30000 in ``0!.0000`` is ``3.0000``."""
    shown = number.copy_abs().scaleb(2 * section.percents - 3 * section.thousands)
    pattern = section.pattern
    if not pattern or pattern.strip("0#?.,"):
        return number_text(shown)  # General, exponents, fractions
    decimal_places = pattern.partition(".")[2][:_MOST_PLACES]
    rounded = shown.quantize(Decimal(1).scaleb(-len(decimal_places)), ROUND_HALF_UP, _EXACT)
    whole, _, decimals = format(rounded, "f").partition(".")
    least = len(decimal_places.rstrip("#?"))
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    return _with_literals(whole if whole != "0" else "", decimals, section)


def _with_literals(whole: str, decimals: str, section: Section) -> str:
    """The digits in their places, from the right; the first place takes all that are left over."""
    characters = [(character, piece.literal) for piece in section.figure for character in piece.text]
    point = next((at for at, each in enumerate(characters) if each == (".", False)), len(characters))
    shown = ""
    for character, literal in reversed(characters[:point]):
        if literal:
            shown = character + shown
        elif character in "0#?":
            shown = (whole[-1:] or ("0" if character == "0" else "")) + shown
            whole = whole[:-1]
    shown = whole + shown + ("." if point < len(characters) else "")
    for character, literal in characters[point + 1 :]:
        if literal:
            shown += character
        elif character in "0#?":
            shown, decimals = shown + decimals[:1], decimals[1:]
    return shown


@lru_cache(maxsize=64)
def _only_usual(words: str) -> bool:
    return set(words) <= _USUAL_IN_DATES


def words_about_day(moment: datetime, section: Section) -> str:
    """A date with the words that its format puts to it (``约``, ``底``); empty where it says nothing but the date."""
    if _only_usual(section.before + section.after):
        return ""
    base = {Shown.YEAR: f"{moment:%Y}年", Shown.MONTH: f"{moment.year}年{moment.month}月"}.get(
        section.shown, f"{moment.year}年{moment.month}月{moment.day}日"
    )
    return section.before + base + section.after.lstrip("年月日号时分秒")
