"""What a number format's code says: its sections, and in each the figure, the words around it, the scale."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache

from pipeline.records.limits import FORMAT_CHARACTERS
from pipeline.spreadsheets.refusals import UnreadableFile


class Shown(Enum):
    """How a stored number is shown."""

    NUMBER = "number"
    DATE = "date"
    MONTH = "month"  # a year and a month: the stored day means nothing
    YEAR = "year"
    TIME = "time"


class _Kind(Enum):
    DIGIT = "digit"  # 0 # ?
    MARK = "mark"  # . , % / and the exponent
    WORD = "word"  # shown as it stands
    LETTER = "letter"  # of a date; a word elsewhere
    GENERAL = "general"
    TEXT = "text"  # @


@dataclass(frozen=True)
class Piece:
    """A part of a figure: places for digits and marks, or a literal that stands among them."""

    text: str
    literal: bool = False


@dataclass(frozen=True)
class Section:
    """One of the up to three parts of a code that show numbers."""

    shown: Shown = Shown.NUMBER
    before: str = ""
    figure: tuple[Piece, ...] = ()  # from the first place to the last; empty for words alone
    after: str = ""
    percents: int = 0
    thousands: int = 0  # commas behind the places: each shows a thousandth
    condition: tuple[str, Decimal] | None = None
    shows_time: bool = False  # a date with its hour

    @cached_property
    def pattern(self) -> str:
        """The places and marks without literals: ``#,##0.00``; ``General`` for what shows all digits."""
        return "".join(piece.text for piece in self.figure if not piece.literal)

    @cached_property
    def literal_places(self) -> int:
        """Places behind a point that is only a literal (``0!.0000``): so many powers of ten are shown away."""
        literals = [piece.text for piece in self.figure if piece.literal]
        if literals != ["."] or not set(self.pattern) <= set("0#?,"):
            return 0
        return len(self.figure[-1].text.replace(",", ""))

    @cached_property
    def broken(self) -> bool:
        """Whether literals part the digits (``000-0000``): what is seen is no longer one number."""
        parted = any(piece.literal and (piece.text.strip() or "/" not in self.pattern) for piece in self.figure)
        return (parted or self.pattern.count(".") > 1) and not self.literal_places

    @cached_property
    def bracketed(self) -> bool:
        """Whether the figure stands in brackets, as bookkeepers write what is negative."""
        return len(re.findall("[(（]", self.before)) == len(re.findall("[)）]", self.after)) == 1

    @cached_property
    def minuses(self) -> int:
        """How often the words say that the number is negative."""
        return len(_MINUS.findall(self.before)) + self.bracketed

    @cached_property
    def words(self) -> tuple[str, str]:
        """The words before and behind the figure, without its sign and the mark of the yuan.

        ¥ says that a figure is money, which its column says too; the unit stays the column's.
        """
        before, after = _DECORATION.sub("", _MINUS.sub("", self.before)), _DECORATION.sub("", self.after)
        if self.bracketed:
            before, after = re.sub("[(（]", "", before), re.sub("[)）]", "", after)
        return before, after

    @cached_property
    def continued(self) -> bool:
        """Whether the words continue the figure's digits (``0"00"``, ``0.0"."``), or programs differ in showing them (``@"元"``)."""
        if self.pattern == "@":
            return self.words != ("", "")
        return bool(re.search(r"\d[.,]?$|\.$", self.words[0]) or re.match(r"[.,\d]", self.words[1]))

    @cached_property
    def padded(self) -> bool:
        """Whether zeros are put in front: ``000``."""
        return self.pattern.partition(".")[0].count("0") > 1

    @cached_property
    def repeats(self) -> bool:
        """Whether the figure is the stored number, with nothing said of it."""
        changed = self.broken or self.literal_places or self.percents or self.thousands or self.padded
        return bool(self.shown is Shown.NUMBER and self.figure and not changed) and self.words == ("", "")

    @cached_property
    def shows_nothing(self) -> bool:
        """Blank or a dash, as accounts write 0: ``"-"??``."""
        return not set(self.pattern) & set("0G@") and not _MINUS.sub("", "".join(self.words))


@dataclass(frozen=True)
class NumberFormat:
    """A format code and its sections, one at least."""

    code: str
    sections: tuple[Section, ...]

    @cached_property
    def plain(self) -> bool:
        """Whether a person sees the very number that is stored, whatever the number."""
        positive, negative, zero = (*self.sections, *[None] * _NUMBER_SECTIONS)[:_NUMBER_SECTIONS]
        return bool(
            not self.conditional
            and (positive and positive.repeats and not positive.minuses)
            and (negative is None or (negative.repeats and negative.minuses == 1))
            and (zero is None or zero.shows_nothing or (zero.repeats and not zero.minuses))
        )

    @cached_property
    def conditional(self) -> bool:
        """Whether conditions, and not the sign alone, choose the section."""
        return any(section.condition for section in self.sections)

    def section_of(self, number: Decimal) -> Section | None:
        """The section that shows the number; None where no section does."""
        if self.conditional:
            return next((each for each in self.sections if _holds(each.condition, number)), None)
        if len(self.sections) == 1 or number > 0:
            return self.sections[0]
        if number < 0:
            return self.sections[1]
        return self.sections[2 if len(self.sections) > 2 else 0]


_NUMBER_SECTIONS = 3
_GENERAL_SECTION = Section(figure=(Piece("General"),))
GENERAL = NumberFormat("General", (_GENERAL_SECTION,))
# ECMA-376 18.8.30; 27-36 and 50-58 are the East Asian dates.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m/d/yy", 31: "yyyy年m月d日",
    32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日",
    54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\*(?P<fill>.)|_.|\[(?P<elapsed>h+|m+|s+)\]|\[\$(?P<currency>[^\[\]-]*+)[^\[\]]*+\]'
    r"|\[(?P<bracket>[^\[\]]*+)\]|(?P<general>G/通用格式|通用格式|General)|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<mark>[Ee][+-]|[.,%/])|(?P<digit>[0#?])|(?P<text>@)|(?P<letter>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*+(-?\d++(?:\.\d+)?)", re.ASCII)
_SCALE = re.compile(r"(?<=[0#?]),+(?=[.%E]|$)")
_MINUS = re.compile("[-－−–﹣]")
_SILENT_FILLS = " \u3000\u00a0*"  # to push a figure aside, or to keep a cheque from being changed
_DECORATION = re.compile(r"[+＋¥￥\s]|CNY|RMB")


def _holds(condition: tuple[str, Decimal] | None, number: Decimal) -> bool:
    if condition is None:
        return True
    sign, bound = condition
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


class _Reading:
    """The tokens of one section."""

    def __init__(self) -> None:
        self.tokens: list[tuple[_Kind, str]] = []
        self.condition: tuple[str, Decimal] | None = None

    def take(self, match: re.Match[str]) -> None:
        kind, text = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
        if kind in ("quoted", "escaped", "currency"):
            self.tokens.append((_Kind.WORD, text))
        elif kind == "fill":
            if text not in _SILENT_FILLS:
                self.tokens.append((_Kind.WORD, 2 * text))  # as often as the column is wide
        elif kind == "bracket":
            if found := _CONDITION.fullmatch(text.strip()):
                self.condition = found[1], Decimal(found[2])
        elif kind in ("elapsed", "noon"):
            self.tokens.append((_Kind.LETTER, text[0].lower() if kind == "elapsed" else "h"))
        elif kind:
            self.tokens.append((_Kind(kind), text))

    def section(self) -> Section:
        shown = _date_kind(self.tokens)
        return self._of_date(shown) if shown is not Shown.NUMBER else self._of_number()

    def _of_date(self, shown: Shown) -> Section:
        """``before`` and ``after`` hold all the words, those among the letters too."""
        places = [at for at, token in enumerate(self.tokens) if _is_date_letter(token)]
        words = ["", ""]
        for at, (kind, text) in enumerate(self.tokens):
            if kind in (_Kind.WORD, _Kind.LETTER) and at not in places:
                words[at > places[0]] += text
        letters = {self.tokens[at][1].lower() for at in places}
        return Section(shown, words[0], after=words[1], condition=self.condition, shows_time=bool(letters & set("hs")))

    def _of_number(self) -> Section:
        figures = (_Kind.DIGIT, _Kind.GENERAL, _Kind.TEXT)
        places = [at for at, (kind, _) in enumerate(self.tokens) if kind in figures]
        if places and places[0] and self.tokens[places[0] - 1] == (_Kind.MARK, "."):
            places.insert(0, places[0] - 1)  # .00
        first, last = (places[0], places[-1]) if places else (len(self.tokens), len(self.tokens))
        marks = "".join(text[0].upper() for kind, text in self.tokens if kind in (_Kind.DIGIT, _Kind.MARK))
        return Section(
            Shown.NUMBER,
            "".join(_seen(self.tokens[:first])),
            _pieces(self.tokens[first : last + 1]),
            "".join(_seen(self.tokens[last + 1 :])),
            marks.count("%"),
            sum(map(len, _SCALE.findall(marks))),
            self.condition,
        )


def _seen(tokens: list[tuple[_Kind, str]]) -> Iterator[str]:
    """What is seen of tokens that stand before or behind a figure."""
    for kind, text in tokens:
        if kind is not _Kind.MARK or text not in ",.":
            yield text


def _pieces(tokens: list[tuple[_Kind, str]]) -> tuple[Piece, ...]:
    """Neighbours of one kind joined."""
    joined: list[Piece] = []
    for kind, text in tokens:
        literal = kind in (_Kind.WORD, _Kind.LETTER)
        text = "General" if kind is _Kind.GENERAL else text
        if joined and joined[-1].literal is literal:
            joined[-1] = Piece(joined[-1].text + text, literal)
        elif text:
            joined.append(Piece(text, literal))
    return tuple(joined)


def _is_date_letter(token: tuple[_Kind, str]) -> bool:
    return token[0] is _Kind.LETTER and token[1].lower() in "ymdhseagbn"  # a: the day of the week; g, b, n: eras


def _date_kind(tokens: list[tuple[_Kind, str]]) -> Shown:
    letters = "".join(text.lower() for kind, text in tokens if kind in (_Kind.LETTER, _Kind.DIGIT, _Kind.MARK))
    if not re.search("[ymdhse]", re.sub("e[+-]", "", letters)):
        return Shown.NUMBER
    if any(kind in (_Kind.DIGIT, _Kind.GENERAL) for kind, _ in tokens) and not re.search(r"s\.0", letters):
        return Shown.NUMBER
    if "d" in letters:
        return Shown.DATE
    if "h" in letters or "s" in letters:
        return Shown.DATE if "y" in letters else Shown.TIME
    return Shown.MONTH if "m" in letters else Shown.YEAR


def _sections(code: str) -> tuple[Section, ...]:
    """The sections that show numbers: one of texts at the end (``@``) is none of them."""
    readings = [_Reading()]
    for match in _TOKEN.finditer(code):
        if match["letter"] == ";":
            readings.append(_Reading())
        else:
            readings[-1].take(match)
    if len(readings) > 1 and any(kind is _Kind.TEXT for kind, _ in readings[-1].tokens):
        readings.pop()
    return tuple(reading.section() for reading in readings[:_NUMBER_SECTIONS])


@lru_cache(maxsize=1024)
def classify(code: str) -> NumberFormat:
    """What a format code says, as Excel and WPS write it. Raises ``UnreadableFile`` for one that neither takes."""
    if len(code) > FORMAT_CHARACTERS:
        raise UnreadableFile("format-too-long")
    return NumberFormat(code, _sections(code) if code.strip() else GENERAL.sections)


def built_in(number: int) -> NumberFormat:
    """The format that an id below 164 stands for."""
    return classify(_BUILT_IN[number]) if number in _BUILT_IN else GENERAL
