"""The words and values by which a row shows what it is: head, title, total, note or data."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from pipeline.spreadsheets.grid import Cell, own_cells
from pipeline.spreadsheets.unit_words import half_width

LONGEST_HEADING = 80
_MONTHS_AT_LEAST = 4  # fewer numbers in a row may be figures
_NUMBER = re.compile(r"[-+−]?(?:¥|￥)?\d[\d,]*(?:\.\d+)?[%‰]?")
_DATE = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?: .*)?")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?)?")
_TIME = re.compile(r"(?:(?:19|20)\d{2}年?)?(?:\d{1,2}(?:[-—~]\d{1,2})?月份?|[一二三四1-4]季度)?")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])")
_TOTAL = re.compile(
    r".{0,8}?(?:小计|合计|总计|总合计|共计|汇总)(?:[(:].*)?|(?:总计|合计|共计|共)?(?<!\d)\d++(?:个|项)(?:项目)?|累计|总和|计|[Σ∑]|total|sum",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填报说明|填报人|填表人|制表人?|审核人?|审签人?|经办人|联系人|联系电话|单位负责人|负责人|"
    r"主要领导|分管领导|填报日期|报送日期|数据来源|资料来源|来源)(?:[(][^()]*[)])?(?P<told>[:].*|\d*[.、:].*)?"
)
_STAMP = re.compile(
    r"(?:填报|申报|报送|责任|牵头|编制|主管|制表|填表|计量|金额)?(?:单位|部门|人|日期|时间|年度|负责人)(?:\(盖章\)|盖章)?:.*"
)
_FIRST_WORDS = re.compile(
    r"序号|编号|排序|排名|No\.?|NO\.?|指标|指标名称|地区|地区名称|项目|名称|年份|月份|时间|日期|科目|单位|单位名称|行业|行业类型|.{1,6}(?:名称|编号|编码|代码)"
)
_ATTRIBUTES = ("单位", "计量单位", "频度", "频率", "地区", "口径", "来源", "指标代码", "代码")
_UNIT_ROWS = ("单位", "计量单位")
_LETTERS, _LINE_WORDS = tuple("甲乙丙丁戊己庚辛"), (("栏次",), ("行次",))
_NUMBERED_AT_LEAST = 4  # columns


def texts_of(cells: Iterable[Cell]) -> list[str]:
    """The texts of a row, each merged range once, half-width and without white space."""
    return [half_width(cell.text or cell.flaw) for cell in own_cells(cells)]


def is_day(cell: Cell) -> bool:
    return isinstance(cell.value, date) or bool(_DATE.fullmatch(half_width(cell.text)))


def is_time(text: str) -> bool:
    """Whether a text names a year, a quarter or a month and nothing else."""
    return bool(_TIME.fullmatch(half_width(text)))


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, a date or a formula's failed result: what no heading is."""
    if cell.flaw or isinstance(cell.value, Decimal | bool):
        return True
    return is_day(cell) or bool(_NUMBER.fullmatch(half_width(cell.text)))


def can_head(cell: Cell) -> bool:
    return not cell.flaw and 0 < len(cell.text) <= LONGEST_HEADING


def names_times(cells: Sequence[Cell]) -> bool:
    """Whether the numbers are years or months such as 202703, each once, or months from 1 on: no figures, but columns."""
    texts = [half_width(cell.text) for cell in cells]
    if len(texts) >= _MONTHS_AT_LEAST and texts == [str(month) for month in range(1, len(texts) + 1)]:
        return True
    each_once = len(set(texts)) == len(texts) > 1
    return each_once and any(all(map(time.fullmatch, texts)) for time in (_YEAR, _YEAR_AND_MONTH))


def may_head(own: Sequence[Cell]) -> bool:
    """Whether a row's own cells may be headings: several words, or years and months as numbers; no stamp."""
    if len(own) < 2 or is_stamp(texts_of(own)):
        return False
    numbers = [cell for cell in own if is_number(cell)]
    return all(can_head(cell) for cell in own if not is_number(cell)) and (not numbers or names_times(numbers))


def is_stamp(texts: Sequence[str]) -> bool:
    """Whether a row is of the kind 填报单位：…  单位：万元, or a fact such as 负责人： beside its answer."""
    facts = texts[:1] and texts[0].endswith(":") and not all(text.endswith(":") for text in texts)
    return len(texts) < 5 and (bool(facts) or any(map(_STAMP.fullmatch, texts)))


def first_word_of_head(text: str) -> bool:
    return bool(_FIRST_WORDS.fullmatch(half_width(text)))


def names_total(text: str) -> bool:
    """Whether a text, half-width and without white space, is the label of a total: 合计, 全区汇总, 共12个项目."""
    return bool(_TOTAL.fullmatch(text))


def is_total(texts: Sequence[str]) -> bool:
    return any(map(names_total, texts[:2]))


def is_note(text: str, *, bare: bool = False) -> bool:
    """Whether a row's first text opens a note: 注：…, 填表人：…; one that may be ``bare`` needs nothing behind the word."""
    match = _NOTE.fullmatch(text)
    return bool(match and (bare or match["told"]))


def attribute_row(texts: Sequence[str]) -> str:
    """``单位`` for a row that states each column's unit, another attribute's name for its like, "" for a row of data."""
    if len(texts) < 2 or texts[0] not in _ATTRIBUTES or any(map(_NUMBER.fullmatch, texts)):
        return ""
    return "单位" if texts[0] in _UNIT_ROWS else texts[0]


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row below the head only numbers the columns, one after another: 甲, 乙, 1, 2, 3."""
    figures = [int(bare) for text in texts if (bare := text.strip("()")).isdecimal() and len(bare) < 3]
    words = tuple(texts[: len(texts) - len(figures)])
    if len(texts) < _NUMBERED_AT_LEAST or not figures or words not in (*_LINE_WORDS, _LETTERS[: len(words)]):
        return False
    return figures == list(range(figures[0], figures[0] + len(figures)))


def counts_rows(heading: str) -> bool:
    """Whether a column numbers or codes its rows, so that its numbers have no unit."""
    return bool(re.search(r"序号|编号|编码|代码|排名|排序|电话|手机|年份|年度$|日期|时间", heading))
