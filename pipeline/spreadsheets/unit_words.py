"""What units are called: the one list, for unit lines, headings, cells and number formats.

A money unit goes by its plain name, scale and currency: 千元, 万元, 亿元, 万美元. What a text states and is not known
keeps the words it was written with, so that a finding can show them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

YUAN = "元"
_SCALES = {
    "": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11,
}  # fmt: skip
_ALONE = ("千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿")  # say 元 where they stand alone
_CURRENCIES = {
    "元": YUAN, "圆": YUAN,
    "美元": "美元", "美金": "美元", "USD": "美元", "欧元": "欧元", "EUR": "欧元", "港元": "港元", "港币": "港元", "HKD": "港元",
    "日元": "日元", "JPY": "日元", "英镑": "英镑", "GBP": "英镑", "澳元": "澳元", "AUD": "澳元", "加元": "加元", "CAD": "加元",
    "韩元": "韩元", "KRW": "韩元", "新加坡元": "新加坡元", "新元": "新加坡元", "SGD": "新加坡元", "澳门元": "澳门元",
    "澳门币": "澳门元", "新台币": "新台币", "瑞士法郎": "瑞士法郎", "CHF": "瑞士法郎", "卢布": "卢布", "RUB": "卢布",
}  # fmt: skip
_SIGNS = {
    "人民币": YUAN, "RMB": YUAN, "CNY": YUAN, "¥": YUAN, "US$": "美元", "$": "美元", "€": "欧元", "HK$": "港元", "£": "英镑",
}  # fmt: skip
MEASURES = (
    "人次|人|户|家|个月|个|项|套|台|辆|件|次|只|头|公顷|亩|平方米|平方公里|立方米|公里|千米|米"
    "|吨标准煤|吨|公斤|千克|斤|千瓦小时|千瓦时|千瓦|兆瓦|天|分|倍|册|张|处|宗|标准煤"
)

WAN_PER_UNIT = {f"{scale}{YUAN}": Decimal(1).scaleb(power - 4) for scale, power in _SCALES.items()}
UNITS = tuple(WAN_PER_UNIT)


def _any_of(words: Iterator[str] | tuple[str, ...]) -> str:
    """A pattern of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


SCALE = f"(?:{_any_of(tuple(filter(None, _SCALES)))})"
CURRENCY = f"(?:{_any_of(tuple(_CURRENCIES))})"
_SCALE_ALONE = f"(?:{_any_of(_ALONE)})"
_RENMINBI = "(?i:人民币|RMB|CNY|¥)"
# In a half-width text without white space.
MONEY = f"(?:{SCALE}?{CURRENCY}|{_SCALE_ALONE}){_RENMINBI}?"
_MONEY_PARTS = re.compile(
    rf"\A{_RENMINBI}?[:]?[(]?(?P<scale>{SCALE})?(?P<currency>{CURRENCY})?[(]?{_RENMINBI}?[)]?", re.IGNORECASE
)
SIGN = f"(?:{_any_of((*_SIGNS, *(word for word, name in _CURRENCIES.items() if name != YUAN)))})"  # before a figure


@lru_cache(maxsize=16_384)  # a table has the same few words in most of its cells
def half_width(text: str) -> str:
    """Half-width and without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=4096)
def money_unit(text: str) -> str:
    """The plain name of the money unit that a text is; "" where it is none: （亿 元） and 人民币亿元 are 亿元."""
    match = _MONEY_PARTS.fullmatch(half_width(text))
    if not match:
        return ""
    scale, currency = match["scale"] or "", (match["currency"] or "").upper()
    if not currency and scale not in _ALONE:
        return ""
    return scale + _CURRENCIES.get(currency, YUAN)


def currency_of(sign: str) -> str:
    """The currency of a sign or word before a figure: ¥ → 元, US$ → 美元."""
    return _SIGNS.get(sign.upper()) or _CURRENCIES[sign.upper()]


def in_currency(text: str, currency: str) -> str:
    """The unit of a figure whose currency stands before it: 万 after 美元 → 万美元; "" where the two disagree."""
    if (scale := half_width(text)) in _ALONE:
        return scale + currency
    unit = money_unit(text)
    return unit if _parted(unit, {})[1] == currency else ""


def _parted(unit: str, rates: Mapping[str, Decimal]) -> tuple[str, str]:
    """Scale and currency of a unit; a currency may also be one that only the office knows."""
    for scale in sorted(_SCALES, key=len, reverse=True):
        currency = unit.removeprefix(scale) if unit.startswith(scale) else ""
        if currency in _CURRENCIES.values() or currency in rates:
            return scale, currency
    return "", ""


def wan_per(unit: str, rates: Mapping[str, Decimal]) -> Decimal | None:
    """How much 万元 one unit is; None for a currency without a rate and for what is no money unit.

    ``rates`` maps a foreign currency to 元, as the office stated it (K-2: 含外币折合).
    """
    if unit in WAN_PER_UNIT:
        return WAN_PER_UNIT[unit]
    scale, currency = _parted(unit, rates)
    rate = {money_unit(name) or name: rate for name, rate in rates.items()}.get(currency)
    return rate * WAN_PER_UNIT[f"{scale}{YUAN}"] if rate is not None else None


def why_unusable(unit: str, rates: Mapping[str, Decimal]) -> str:
    """Why no amount can be read in a unit, as a clause; "" where it can."""
    if wan_per(unit, rates) is not None:
        return ""
    currency = _parted(unit, rates)[1]
    return f"外币“{currency}”没有登记折算汇率" if currency else f"单位“{unit}”不认识"


# --- unit lines ---------------------------------------------------------------------------------------------

# 单位：万元, never a name as in 填报单位：元山镇; 计量单位 and the like ask for nothing but a unit.
_LABEL = re.compile(
    r"(?P<sure>计量|金额|货币|币种)?(?<![报责任申牵送])(?:(?<![一-龥])(?P<plain>单位)|单位|(?<![一-龥])(?:金额|计量)(?=\s*:))"
    rf"\s*(?:[:;—-]+\s*|为|(?=[(人百千万亿十元]))(?P<ours>{_RENMINBI}[\s:/、,)\]-]*(?=[(\[]?(?:{MONEY}|[A-Za-z'])))?(?P<stated>[^\s。;:]+(?:\s+{MONEY}(?![^\s)、,]))*)"
)
_FOR_UNIT = re.compile(r"以([^\s、,;。以为]{1,6})(?:为单位|计(?!划))")
# 总投资为亿元 beside 单位：万元: of some columns another unit.
_OF_SOME = re.compile(rf"[为是按用以:]\s*({MONEY})(?=计(?!划)|[\s()、,;。]|$)")
_MAY_STATE = re.compile(
    r"单\s*位|金额|计量|以.{1,20}计|[(（\[【〔]|[元圆]\s*$|(?i:人民币|RMB|CNY|[¥￥])"
)  # of a sheet's many texts few need a close look
_BRACKET = re.compile(r"[(\[【〔](?:金额|计量|货币)?([^()\[\]【】〔〕]+)[)\]】〕]")
_BETWEEN = re.compile(r"[\s、,|和及或与()\[\]【】〔〕]+|/(?=%)")
_CURRENCY_ALONE = re.compile(_RENMINBI, re.IGNORECASE)
_OURS = re.compile(rf"{_RENMINBI}[\s:/-]*({MONEY})(?=$|[\s)\]、,。;])")  # RMB：百万 says it without any 单位
_RUNS_ON = re.compile(rf"({_RENMINBI}?{MONEY})(?=填|制表|报送|日期|编制|统计)")
_SPACED = re.compile(r"(?<=[十百千万亿人民币美欧港])\s+(?=[十百千万亿民币美欧港元圆])|(?<=单)\s+(?=位)")
_LIKE_MONEY = re.compile(
    rf"(?:[一-龥]{{0,4}}|[A-Z\d.^]{{0,12}}{SCALE}?)(?:元|圆|円|币|镑|铢|布|法郎|克朗|比索|块|块钱)(?:/.+)?|{SCALE}{{1,3}}",
    re.IGNORECASE,
)
_MONEY_SIGNS = frozenset("$€£¥")
_LETTERS = re.compile("[A-Za-z]{1,10}")  # W, million, or the code of a currency
_MEASURE = re.compile(
    rf"{SCALE}?(?:{MEASURES})|[%‰]|(?i:[KMGT]WH?|WH|[KM]WP|[KM]?VA|KV|[KCM]M|[KCM]?M[23]|KG|HA)|[mtghdL]"
)


def is_like_money(text: str) -> bool:
    """Whether a text looks like a money unit, known or not; a measure of other things does not."""
    stated = half_width(text)
    like = not _MONEY_SIGNS.isdisjoint(stated) or _LIKE_MONEY.fullmatch(stated)
    return bool(like) and not _MEASURE.fullmatch(stated)


def stated_in(text: str) -> tuple[str, ...]:
    """The money units that a line above a head states, each once; one that is not known as it is written.

    单位：万元、亩 states 万元; the units of other measures are left aside.
    """
    if not _MAY_STATE.search(text):
        return ()
    line = _SPACED.sub("", unicodedata.normalize("NFKC", text))
    found = [unit for match in _LABEL.finditer(line) for unit in _listed(match)]
    found += filter(None, map(money_unit, _FOR_UNIT.findall(line)))
    if found:
        found += map(money_unit, _OF_SOME.findall(line))
    for inside in _BRACKET.findall(line):
        parts = _BETWEEN.split(half_width(inside))
        if all(money_unit(part) or _MEASURE.fullmatch(part) for part in parts):
            found += filter(None, map(money_unit, parts))
    found += map(money_unit, _OURS.findall(line))
    if half_width(line) not in _ALONE and (whole := money_unit(line)):
        found.append(whole)
    return tuple(dict.fromkeys(found))


def _listed(label: re.Match[str]) -> Iterator[str]:
    """The money units of what stands behind 单位：; one that is not known only where nothing but a unit can stand."""
    parts = [part for part in _BETWEEN.split(label["stated"]) if part]
    for part in parts:
        if unit := money_unit(part):
            yield unit
        elif beside := _RUNS_ON.match(part) or _OF_SOME.search(part):
            yield money_unit(beside[1])
        elif _is_unknown_unit(part, label) and (len(parts) == 1 or not _CURRENCY_ALONE.fullmatch(part)):
            yield part


def _is_unknown_unit(part: str, label: re.Match[str]) -> bool:
    """Whether the words behind a label are a money unit that we do not know, rather than a name or a measure."""
    if label["sure"] or (label["ours"] and label["stated"].startswith(part)):
        return not _MEASURE.fullmatch(part)
    if not label["plain"] or _MEASURE.fullmatch(part):
        return False
    return is_like_money(part) or _LETTERS.fullmatch(part) is not None


# --- headings -----------------------------------------------------------------------------------------------

# Beside a unit; changes nothing.
_ASIDE = "(?:[,、;](?:含外币(?:折合)?|人民币|含税|取整|保留[一二两12]位小数))?"
_PREFIX = f"(?:金额|计量|货币)?(?:单位)?:?{_RENMINBI}?:?"
_IN_HEADING = re.compile(
    rf"[(\[【〔]{_PREFIX}({MONEY}|%|分|个|项){_ASIDE}[)\]】〕]|[,/:]{_PREFIX}({MONEY})$|(?<=[一-龥])({SCALE}{CURRENCY})$"
)
_BARE = re.compile(rf"\A[(\[【〔]?{_PREFIX}({MONEY}|%)[)\]】〕]?")


def bare_unit(level: str) -> str:
    """The unit that a level of a heading is, in a line of its own below the words; else ""."""
    match = _BARE.fullmatch(level)
    return money_unit(match[1]) or match[1] if match else ""


def unit_beside(level: str) -> tuple[str, str]:
    """The unit that a heading states beside its words, and the heading without it: 总投资（百万元） → 百万元, 总投资."""
    match = _IN_HEADING.search(level)
    if not match:
        return "", level
    unit = match[1] or match[2] or match[3]
    return money_unit(unit) or unit, level[: match.start()] + level[match.end() :]


# --- of any quantity: for looking at a table, never for a figure ----------------------------------------------

_ONE = rf"(?:{SCALE}?(?:{CURRENCY}|人民币|{MEASURES})|[%‰])"
_UNIT = rf"{_ONE}(?:/{_ONE})?"
_BRACKETED = re.compile(rf"[(\[【〔](?:金额)?(?:计量)?(?:单位)?[:]?({_UNIT})[)\]】〕]")
_TRAILING = re.compile(rf"[,/]\(?({_UNIT})\)?$")
_LINE = re.compile(rf"(?<![报责任申牵送])单位[:](?:人民币)?({_UNIT})(?=$|[、,;/)])")
_WHOLE = re.compile(_UNIT)


def bracketed_unit(text: str) -> str:
    """The unit that a heading or a row's name states beside its words, the last where there are more; else ""."""
    folded = half_width(text)
    found = _BRACKETED.findall(folded) or _TRAILING.findall(folded)
    return str(found[-1]) if found else ""


def stated_units(text: str) -> tuple[str, ...]:
    """The units of a title or of a line such as 单位：万元, each once."""
    folded = half_width(text)
    return tuple(dict.fromkeys((*_LINE.findall(folded), *_BRACKETED.findall(folded))))


def whole_unit(text: str) -> str:
    """The text itself where it is a unit and nothing else, as in a row of units below the headings."""
    folded = half_width(text)
    return folded if _WHOLE.fullmatch(folded) else ""


def named_units(names: Iterable[str], rows: int) -> tuple[str, ...]:
    """The units in the names of rows, where at least half of ``rows`` rows state one."""
    units = [unit for name in names if len(name) <= 60 and (unit := bracketed_unit(name))]
    return tuple(dict.fromkeys(units)) if units and len(units) * 2 >= rows else ()
