"""Headings as units write them, matched to fields: surely, or not at all.

A heading that is only similar to a known one is a suggestion for the office to confirm (office.toml,
``[列名确认]``); it is never used by itself.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import JUDGE_SCORE, REMARK, SERIAL, Field, Kind
from pipeline.spreadsheets.unit_words import bare_unit, half_width, money_unit, unit_beside
from pipeline.tables.heading_words import (
    ADJUSTED,
    NAME_LEAF,
    NO_AMOUNT,
    OTHER_TIME,
    SPAN_LEAVES,
    SPAN_PARENT,
    SUMMING_LEAVES,
    VERSION,
    is_about_money,
    keeps_meaning,
    money_meaning,
    names_no_field,
    only_groups,
    written_field,
)

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?")
_MONTHS = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?:份)?(?![-—至~～])")
_RANGE = re.compile(r"(?<!\d)(?:1月?|元月)[-—至~～](1[0-2]|[1-9])月(?:份)?")
_QUARTERS = {
    "一季度": 3,
    "二季度": 6,
    "上半年": 6,
    "三季度": 9,
    "四季度": 12,
}  # each with the month that it ends in
# The year and month of a form that nobody filled in: XX年, __月, {月}月.
_OPEN_YEAR, _OPEN_MONTH = (re.compile(rf"(?:\{{[上年月]+\}}|[_×Xx○]{{1,4}})(?={unit})") for unit in "年月")
_PREFIX = re.compile(r"(?:\d{1,2}[.、]|[(]\d{1,2}[)])(?=[一-龥])")
_SUFFIX = re.compile(r"[(](?:必填|选填|全称|下拉选择|盖章|年月|年月日|年\.月|业主|业主单位|法人|建设单位|乡镇|主要)[)]")
_YEAR_END = re.compile(r"N年12月(?:31日|底|末)(?!本年|当年|今年|年度)")
_JUDGE = re.compile(
    rf"{f.JUDGE_PREFIX}[(]?(?:\d{{1,2}}|[A-Z]|[一二三四五六七八九十]{{1,3}}|[甲乙丙丁戊己庚辛壬癸])[)]?号?(?:评分|打分|得分)?"
)
# A column of the procedure team for a department that B-7 does not name; not 主管部门, which is none.
_DEPARTMENT = re.compile(
    r"(?!.{0,10}(?:规划|国土|自然资源|环保|生态环境|发改|发展改革|经信|工信|主管|责任|牵头|办理|审批部门|配合|协办|协同|申报|填报|负责|联系|相关|有关|参与|各))"
    r"(?:[一-龥]{2,8}?(?:部门|局|委)(?:人员|成员|经办人)?"
    r"|(?:住建|城管|水务|水利|林草|林业|交通|应急|安监|消防|人防|文旅|文物|教育|卫健|卫生|农业|农牧|农业农村|商务|市场监管"
    r"|行政审批|审批|气象|地震|公安|财政|民政|电力|供电)(?:人员|成员|经办人)?)"
)
SEVERAL_COLUMNS = (JUDGE_SCORE, f.TEAM_OTHER)  # each column of theirs is one more value

# What a ledger of projects may tell, whichever of its kinds it is: a column that means one of these is known,
# even where the ledger at hand does not use it, and must not be suggested for anything else.
PROJECT_FIELDS: tuple[Field, ...] = (
    f.PROJECT_NAME, f.LEAD_UNIT, f.CLASS, f.SECTOR, f.OWNER, f.SITE, f.CONTENT, f.BUILD_SPAN, f.START_DAY,
    f.FINISH_DAY, f.TOTAL_INVESTMENT, f.INVESTED_BEFORE, f.YEAR_PLAN, f.PHYSICAL_GOAL, f.WORK_GOAL, f.YEAR_GOAL,
    f.FUND_SOURCE, f.FUND_SECURED, f.CO_UNIT, f.PERSON, f.PAPER_APPROVAL, f.BUILD_TASK, f.AREA, f.LEADERS,
    f.SITUATION, f.LEADER_MATTER, f.MONTH_PLAN, f.MONTH_DONE, f.YEAR_DONE, f.SINCE_START, f.PHYSICAL,
    f.PHYSICAL_RATE, f.STARTED_ON, f.FINISHED_ON, f.PERMIT_PROGRESS, f.TROUBLE, f.PROPOSAL, f.REDUCTION,
    f.REDUCTION_REASON, f.SECTION, f.LIAISON,
    f.PHONE,
)  # fmt: skip


_UNIT_LABEL = re.compile(r"[(]?(?:计量)?单位[)]?:?")


@dataclass(frozen=True)
class Heading:
    """One column's heading. ``path`` holds the levels from top to bottom as they stand in the sheet."""

    path: tuple[str, ...]
    units: tuple[str, ...] = ()  # the bracketed units, each once: 万元, 亿元, …
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()  # the last month named: 1-3月 → 3

    @property
    def text(self) -> str:
        return "—".join(self.path)

    @property
    def key(self) -> str:
        """The heading as the office confirms it in office.toml."""
        return "".join(self.path)

    @property
    def unit(self) -> str:
        """The unit next to the figures; "" for none."""
        return self.units[-1] if self.units else ""


@lru_cache(maxsize=16_384)  # a table's names and serial numbers are asked several times each
def fold(text: str) -> str:
    """Half-width, without white space, colons or asterisks (the mark of a required column)."""
    return half_width(text).replace(":", "").replace("*", "")


def parse_heading(path: Iterable[str]) -> Heading:
    """Take unit, year and month out of a heading's levels."""
    return _parsed(tuple(path))


@lru_cache(maxsize=16_384)  # a year's workbooks have the same headings many times over
def _parsed(path: tuple[str, ...]) -> Heading:
    levels: list[str] = []
    units: list[str] = []
    years: list[int] = []
    months: list[int] = []
    for raw in path:
        level = half_width(raw).replace("*", "")
        if levels and (unit := bare_unit(level)):
            units.append(unit)  # in a line of its own below the heading
            continue
        if levels and _UNIT_LABEL.fullmatch(level):
            continue  # what that line holds
        unit, words = unit_beside(level)
        if unit and (levels or words):
            units.append(unit)
            level = words
        level = fold(level)
        if not level:
            continue
        years += [int(match) for match in _YEAR.findall(level)]
        months += [int(match) for match in _MONTHS.findall(_YEAR.sub("", level))]
        months += [month for quarter, month in _QUARTERS.items() if quarter in level]
        levels.append(level)
    return Heading(tuple(levels), tuple(dict.fromkeys(units)), tuple(years), tuple(months))


@lru_cache(maxsize=16_384)
def _pattern(level: str) -> str:
    """``2027年1-3月完成投资`` → ``N年1-M月完成投资``."""
    level = _PREFIX.sub("", _SUFFIX.sub("", level))
    level = _OPEN_MONTH.sub("M", _OPEN_YEAR.sub("N", level))
    level = _YEAR_END.sub("N年底", _YEAR.sub("N年", level))
    if _RANGE.search(level):
        return _RANGE.sub("1-M月", level)
    return _MONTHS.sub("M月", level)


@cache
def _spellings(fields: tuple[Field, ...]) -> dict[str, Field]:
    table: dict[str, Field] = {}
    for field in fields:
        for spelling in (field.label, *field.synonyms):
            table.setdefault(_pattern(fold(spelling)), field)
    return table


def _written(text: str, fields: tuple[Field, ...]) -> Field | None:
    """The field of a heading that is composed of the field's words; None if it means a field not asked for."""
    found = written_field(text)
    return found if found in fields else None


def _money(patterns: tuple[str, ...]) -> Field | None:
    """An amount over a time, whichever of the levels states the time and which the act."""
    told = tuple(level for level in patterns[:-1] if not only_groups(level)) + patterns[-1:]
    for levels in dict.fromkeys((patterns, told)):
        if found := money_meaning("".join(levels)):
            return found
    if len(patterns) < 2:
        return None
    if patterns[-1] in SUMMING_LEAVES:
        return _money(patterns[:-1])
    if found := money_meaning(patterns[-1] + patterns[-2]):
        return found
    leaf = money_meaning(patterns[-1])
    return leaf if leaf and _keeps(patterns, leaf) else None


def _keeps(patterns: tuple[str, ...], field: Field) -> bool:
    """Whether a leaf that names the field by itself does so below all its parents."""
    return all(keeps_meaning(parent, patterns[-1], field) for parent in patterns[:-1])


def _grouped(patterns: tuple[str, ...], fields: tuple[Field, ...]) -> Field | None:
    """A leaf that means something only together with its parent."""
    joined = "".join(patterns)
    if (name := NAME_LEAF.fullmatch(joined)) and (found := _match((name[1],), fields)):
        return found
    if len(patterns) < 2:
        return None
    if SPAN_PARENT.fullmatch(patterns[-2]):
        return next((field for field, leaf in SPAN_LEAVES if leaf.fullmatch(patterns[-1])), None)
    if patterns[-1] in SUMMING_LEAVES:
        found = _match(patterns[:-1], fields)
        return found if found and found.kind is Kind.AMOUNT else None
    return None


@lru_cache(maxsize=16_384)  # not without end: short texts of data are asked too
def _match(path: tuple[str, ...], fields: tuple[Field, ...]) -> Field | None:
    table = _spellings((*fields, SERIAL, REMARK))
    patterns = tuple(_pattern(level) for level in path)
    if JUDGE_SCORE in fields and _JUDGE.fullmatch(patterns[-1]):
        return JUDGE_SCORE
    joined = "".join(patterns)
    if joined in table:
        return table[joined]
    leaf = patterns[-1]
    if money := _money(patterns):
        return money if money in fields else None
    if found := _written(joined, fields):
        return found
    if f.TEAM_OTHER in fields and leaf not in table and _DEPARTMENT.fullmatch(leaf):
        return f.TEAM_OTHER
    found = table.get(leaf) or _written(leaf, fields)
    if found and _keeps(patterns, found):
        return found
    found = _grouped(patterns, fields) or (_written(leaf + patterns[-2], fields) if len(patterns) > 1 else None)
    return found if found in fields else None


def names_judge(heading: Heading) -> bool:
    """Whether the heading is one judge's own column, such as 评委3 or 评委甲."""
    return bool(heading.path and _JUDGE.fullmatch(heading.path[-1]))


def _kind_of_unit(unit: str, otherwise: Kind) -> Kind:
    """A heading that states such a unit is of no other kind of field: 形象进度（%） is no text."""
    return Kind.AMOUNT if money_unit(unit) else Kind.PERCENT if unit == "%" else otherwise


def _same_heading(stated: str, key: str) -> bool:
    """Whether a confirmed heading is the one at hand; what was confirmed in April serves in May."""
    return _pattern(parse_heading((stated,)).key) == _pattern(key)


def match_heading(heading: Heading, fields: tuple[Field, ...], confirmed: Mapping[str, str]) -> Field | None:
    """The field that a heading names within a ledger, or None.

    ``confirmed`` comes from office.toml (heading → field label); what the office confirmed goes first.
    """
    if not heading.path:
        return None
    labels = [label for stated, label in confirmed.items() if _same_heading(stated, heading.key)]
    by_office = next((field for field in fields if field.label in labels), None) if labels else None
    found = by_office or _match(heading.path, fields)
    contradicts = found and len(heading.path) == 1 and _kind_of_unit(heading.unit, found.kind) is not found.kind
    return None if contradicts and not by_office else found


def meaning(
    heading: Heading, fields: tuple[Field, ...] = (), confirmed: Mapping[str, str] | None = None
) -> Field | None:
    """What a heading means: one of the ledger's own ``fields``, or else anything that a ledger may tell."""
    own = match_heading(heading, fields, confirmed or {})
    return own or match_heading(heading, PROJECT_FIELDS, {})


def amount_of_version(heading: Heading, fields: tuple[Field, ...]) -> Field | None:
    """The amount of which a heading states one of several versions: 批复总投资 and 总投资—调整后 are of 总投资."""
    plain = [VERSION.sub("", ADJUSTED.sub("", level)) for level in heading.path]
    levels = tuple(filter(None, plain))
    if not levels or levels == heading.path:
        return None
    found = _match(levels, fields)
    return found if found and found.kind is Kind.AMOUNT else None


def _near_money(pattern: str) -> tuple[Field, ...]:
    """The amounts that a heading with 投资 may mean; which time it is about is what the person has to say."""
    if re.search("(?:本年|今年|当年|年度)(?:底|末)|总投资", pattern):
        return ()  # of the project as a whole, or of a time that no ledger asks for
    pattern = re.sub("(?<=[至到止])N年(?=M月)", "", pattern)  # until when, not since when
    month = re.search("(?:本月|当月|(?<!-)M月)(?![底末])", pattern)
    to_date = re.search("年初|1-M月", pattern)
    year = to_date or re.search("(?<!前)年度|年内|本年|今年|当年|N年|本期", pattern)
    if "计划" in pattern:
        return (f.MONTH_PLAN,) if month else (f.YEAR_PLAN,)
    if month and not re.search("累计|累积", pattern):
        return (f.MONTH_DONE,)
    if re.search("(?:N年|上年)(?:底|末)|以前年度", pattern):
        return (f.INVESTED_BEFORE,)
    if to_date or re.search("完成|累计|累积|实际", pattern):
        return (f.YEAR_DONE,) if year else (f.YEAR_DONE, f.SINCE_START)
    return (f.YEAR_PLAN,) if year else ()


def _has_near(heading: Heading, pattern: str) -> bool:
    """Whether a likeness may be looked for: not for a part of a field, nor for what is surely no field or known."""
    is_part = len(heading.path) > 1 and meaning(Heading(heading.path[:-1]))
    of_none = names_no_field(pattern) or OTHER_TIME.search(pattern)
    return bool(pattern and not is_part and not of_none and not meaning(heading))


def _only_kind(heading: Heading, pattern: str) -> Kind | None:
    """The kind of field that a heading's words or unit leave, None where they leave any."""
    if heading.unit == "%":
        return Kind.PERCENT
    if pattern.startswith("是否"):
        return Kind.YES_NO
    return Kind.AMOUNT if "投资" in pattern and not re.search("投资(?:主体|单位|方|人|商)", pattern) else None


@cache
def suggest(heading: Heading, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields that a heading may mean, for a person to confirm one; empty where nothing is near."""
    if version := amount_of_version(heading, fields):
        return (version,)
    pattern = _pattern(heading.key)
    if not _has_near(heading, pattern):
        return ()
    if is_about_money(pattern):
        found = tuple(field for field in _near_money(pattern) if field in fields)
        until = re.search("[至到止].{0,40}月", pattern)  # since when nobody can tell: asked of both, or of neither
        return () if until and found == (f.SINCE_START,) else found
    only = _only_kind(heading, pattern)
    table = _spellings(tuple(field for field in fields if only in (None, field.kind)))
    for near in difflib.get_close_matches(pattern, table, n=3, cutoff=0.5):
        close = difflib.SequenceMatcher(None, near, pattern).ratio() > 0.75
        if close or (near[:2] == pattern[:2] and near[-2:] == pattern[-2:]):
            return (table[near],)
    return ()


def amounts_in_doubt(heading: Heading, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The amounts of ``fields`` that a heading about investment, and near none of them, may stand for."""
    pattern = _pattern(heading.key)
    is_part = len(heading.path) > 1 and meaning(Heading(heading.path[:-1]))
    of_none = NO_AMOUNT.search(pattern) or OTHER_TIME.search(pattern)
    if "投资" not in pattern or is_part or of_none or meaning(heading):
        return ()
    planned = {f.YEAR_PLAN} if "计划" in pattern else set()
    done = {f.INVESTED_BEFORE, f.YEAR_DONE, f.MONTH_DONE} if re.search("完成|累计|实际", pattern) else set()
    done -= {f.MONTH_DONE} if re.search("累计|累积|季度|半年", pattern) else set()
    possible = planned or done or {f.TOTAL_INVESTMENT, f.YEAR_PLAN}
    return tuple(field for field in fields if field in possible)
