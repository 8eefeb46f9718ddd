"""The closed grammars of cells: what an amount, a number, a choice or a name may look like.

Each function takes a cell and returns its value, ``None`` for a cell that states nothing, or raises
``Unreadable`` with a Chinese reason. Nothing is guessed: what the grammar does not name is refused.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, ParamSpec, TypeVar

from pipeline.records.level import spellings, without_level
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.unit_words import (
    SIGN,
    WAN_PER_UNIT,
    YUAN,
    currency_of,
    in_currency,
    is_like_money,
    money_unit,
    wan_per,
    why_unusable,
)

NIL_MARKS = frozenset({"", "-", "—", "——", "－", "/", "／", "\\", "无"})
_NO_TEXT = NIL_MARKS - {"无"}

# Full-width digits and marks, the minus sign U+2212, a space that does not break.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－−　\u00a0（）：￥＄", "0123456789.,--  ():¥$")
# re.ASCII throughout: \d must not take the digits of other scripts, which int() and Decimal() would accept.
_NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
_AMOUNT = re.compile(
    rf"\A(?:(?P<minus>-)\s*+)?(?:(?P<sign>{SIGN})\s*+)?(?P<inner>-)?(?P<number>{_NUMBER})\s*+(?P<unit>[^\d\s(][^\d(]*(?:\(人民币\))?)?",
    re.ASCII | re.IGNORECASE,
)
_ACCOUNTING = re.compile(rf"\(\s*+(?:{SIGN}\s*+)?{_NUMBER}\s*+\)", re.ASCII | re.IGNORECASE)  # (300) is −300
_ABOUT = re.compile("[余多约近几左右上下内逾超]|万万|以")  # no unit, but an estimate
_TOO_MUCH = Decimal(10**15)
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Unreadable(Exception):
    """A cell states something that the grammar refuses; the message is the reason, in Chinese."""


def unless_refused(parse: Callable[_P, _T | None], *stated: _P.args, **named: _P.kwargs) -> _T | None:
    """What a parser of this module makes of a cell; None where it refuses what is there."""
    try:
        return parse(*stated, **named)
    except Unreadable:
        return None


class Amount(NamedTuple):
    """An amount in 万元 and the unit that the cell itself stated, "" for none."""

    wan: Decimal
    stated_unit: str


@lru_cache(maxsize=4096)  # here and below: most rows of a ledger have the same few choices, dates and spans
def plain(text: str) -> str:
    """Full-width digits and marks to half-width; ①, 壹 and their like stay what they are."""
    return text.translate(_HALF_WIDTH).strip()


def checked(cell: Cell) -> None:
    if cell.flaw:
        raise Unreadable(cell.flaw)


def amount(cell: Cell, unit: str, rates: Mapping[str, Decimal]) -> Amount | None:
    """An amount of money; ``unit`` is the column's, the cell's own unit goes first.

    ``rates`` maps a foreign currency to 元, as the office stated it (重点办法第二条: 含外币折合).
    """
    checked(cell)
    if cell.percent_format:
        raise Unreadable("单元格是百分比格式，不是金额")
    if isinstance(cell.value, Decimal):
        return Amount(_sane(cell.value) * _wan_per(unit, rates), "")
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    if not isinstance(cell.value, str) or not (match := _amount_in_text(text)):
        raise Unreadable("不是规范的数字")
    figure = _sane(Decimal(match["number"].replace(",", "")))
    if match["minus"] or match["inner"]:
        figure = -figure
    stated = _stated_unit(match, unit, rates)
    return Amount(figure * _wan_per(stated or unit, rates), stated)


def _amount_in_text(text: str) -> re.Match[str] | None:
    """The parts of an amount; (300) is taken as −300, as accountants write it."""
    if text.startswith("(") and _ACCOUNTING.fullmatch(text):
        text = f"-{text[1:-1].strip()}"
    match = _AMOUNT.fullmatch(text)
    return None if match and match["minus"] and match["inner"] else match


def _wan_per(unit: str, rates: Mapping[str, Decimal]) -> Decimal:
    wan = WAN_PER_UNIT.get(unit) or wan_per(unit, rates)
    if wan is None:
        raise Unreadable(why_unusable(unit, rates))
    return wan


def _stated_unit(match: re.Match[str], column_unit: str, rates: Mapping[str, Decimal]) -> str:
    """The unit that an amount states beside its figure; "" where it is the column's own."""
    written = (match["unit"] or "").strip()
    if not match["sign"]:
        return _unit_after(written, rates) if written else ""
    currency = currency_of(match["sign"])
    if written:
        if unit := in_currency(written, currency):
            return unit
        raise Unreadable("不是规范的数字")
    if column_unit.endswith(currency) and (currency != YUAN or column_unit in WAN_PER_UNIT):
        return ""  # ¥3,000 in a column of 万元 says nothing new
    if wan_per(currency, rates) is None:
        raise Unreadable(why_unusable(currency, rates))
    raise Unreadable(f"只写了“{match['sign']}”，看不出是{currency}还是万{currency}")


def _unit_after(written: str, rates: Mapping[str, Decimal]) -> str:
    """The unit behind a figure, by its plain name."""
    if unit := money_unit(written):
        return unit
    if wan_per(written, rates) is not None:
        return written  # a currency that only the office knows
    if is_like_money(written) and not _ABOUT.search(written):
        raise Unreadable(why_unusable(written, rates))
    raise Unreadable("不是规范的数字")


def _sane(number: Decimal) -> Decimal:
    """A spreadsheet keeps 15 digits of a number: with more before the point it is no amount that anyone typed."""
    if abs(number) >= _TOO_MUCH:
        raise Unreadable("超过15位，不是合理的金额")
    return number


def states_bare_number(cell: Cell) -> bool:
    """Whether the cell holds an amount that names no unit of its own."""
    if isinstance(cell.value, Decimal):
        return True
    match = _amount_in_text(plain(cell.text))
    return bool(match and not match["unit"])


_PLAIN = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_PERCENT = re.compile(rf"({_PLAIN.pattern})\s*[%％]?", re.ASCII)


def number(cell: Cell) -> Decimal | None:
    """A plain number such as a score."""
    checked(cell)
    if isinstance(cell.value, Decimal):
        return cell.value
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    if not _PLAIN.fullmatch(text):
        raise Unreadable("不是规范的数字")
    return Decimal(text)


def percentage(cell: Cell) -> Decimal | None:
    """A percentage: ``85%`` or ``85`` as text; a number formatted as % arrives as its fraction."""
    checked(cell)
    if isinstance(cell.value, Decimal):
        return cell.value * 100 if cell.percent_format else cell.value
    text = plain(cell.text)
    if text in NIL_MARKS:
        return None
    match = _PERCENT.fullmatch(text)
    if not match:
        raise Unreadable("不是规范的百分比")
    return Decimal(match[1])


_YES = frozenset((
    "有", "是", "√", "✓", "✔", "☑", "■", "已提供", "已附", "附后", "见附件", "已上传", "已报", "已批复", "齐", "齐全", "齐备", "具备", "Y", "y",
))  # fmt: skip
_NO = frozenset((
    "无", "否", "没有", "×", "✗", "✕", "☒", "☐", "□", "X", "x", "缺", "未提供", "未附", "未办", "未批复", "办理中", "正在办理", "待办", "N", "n",
))  # fmt: skip
_PAPER_ITSELF = re.compile(r"\A\S+[〔\[(]\d{4}[〕\])]\d+号", re.ASCII)  # who names a paper's number has it
_AS_COPY = re.compile(r"\((?:原件|复印件|扫描件|电子版)\)$")


def yes_no(cell: Cell) -> bool | None:
    """有/无, 是/否, √/×; an empty cell states nothing."""
    checked(cell)
    return _yes_no_in_text(cell.text)


@lru_cache(maxsize=4096)
def _yes_no_in_text(stated: str) -> bool | None:
    text = _AS_COPY.sub("", plain(stated))
    if not text:
        return None
    if text in _YES or _PAPER_ITSELF.fullmatch(text):
        return True
    if text in _NO:
        return False
    raise Unreadable("请填“有”或“无”")


def choice(cell: Cell, choices: tuple[str, ...]) -> str | None:
    """One of a closed list; the suffixes 类, 项目 and 类项目 are left aside."""
    checked(cell)
    return _choice_in_text(cell.text, choices)


@lru_cache(maxsize=4096)
def _choice_in_text(stated: str, choices: tuple[str, ...]) -> str | None:
    text = "".join(plain(stated).split())
    if text in NIL_MARKS:
        return None
    for suffix in ("", "类项目", "项目", "类", "阶段"):
        if suffix and not text.endswith(suffix):
            continue
        if (stem := text.removesuffix(suffix)) in spellings(choices):
            return stem
    raise Unreadable(f"应为{'、'.join(map(without_level, choices))}之一")


def text(cell: Cell) -> str | None:
    """Text without the line breaks of its cell; marks such as — or / state nothing."""
    checked(cell)
    stated = cell.text
    one_line = stated.isprintable()  # as most are; no line break is printable
    joined = stated.strip() if one_line else "".join(map(str.strip, stated.splitlines()))
    return None if joined in _NO_TEXT else joined


def people(cell: Cell) -> tuple[str, ...]:
    """Names parted by 、，；/ or a line break; ``张　强`` is one name."""
    checked(cell)
    return names_in(cell.text)


_NOBODY_YET = re.compile(
    r"(?:人员|责任人|负责人|领导)?(?:(?:待|另|未|尚未|暂未)(?:确)?定|暂无|暂缺|空缺|待(?:明确|补充?)|未明确)"
)


def names_in(text: str) -> tuple[str, ...]:
    """The names of a text, without the marks for none and what says that nobody is named yet (待定)."""
    names: list[str] = []
    for part in re.split(r"[、，,；;/／\n]+", text):
        words = part.split()
        if len(words) > 1 and all(len(word) > 1 for word in words):
            names.extend(words)
        elif words:
            names.append("".join(words))
    return tuple(name for name in names if name not in NIL_MARKS and not _NOBODY_YET.fullmatch(name))


_BESIDE_NAME = re.compile(r"(?<=[^\s、，,；;/／])\s*[（(]([^（）()]*)[)）]")


def people_and_doubt(cell: Cell) -> tuple[tuple[str, ...], str]:
    """Names without the brackets beside them (赵某甲（1—6月）), and what must be told of that; "" for nothing."""
    checked(cell)
    names, aside = names_in(_BESIDE_NAME.sub("", cell.text)), _BESIDE_NAME.findall(cell.text)
    told = "、".join(f"“{each}”" for each in aside)
    return names, f"括号中的{told}没有使用，读作{'、'.join(names)}" if aside else ""
