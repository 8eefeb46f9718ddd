"""Headings as units write them, matched to fields: exactly, or not at all.

A heading that is only similar to a known one is a suggestion for the office to confirm (office.toml,
``[列名确认]``); it is never used by itself.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import JUDGE_SCORE, REMARK, SERIAL, Field

_UNIT = re.compile(r"[(\[【〔](?:金额)?(?:单位)?(亿元|万元|元|%|分|个|项)[)\]】〕]|[,/](亿元|万元)$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?")
_MONTHS = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?:份)?(?![-—至~～])")
_RANGE = re.compile(r"(?<!\d)(?:1月?|元月)[-—至~～](1[0-2]|[1-9])月(?:份)?")
# Parents that only group their leaves; below any other parent a leaf such as 总投资 may mean something else.
_NEUTRAL_PARENTS = frozenset(
    (
        "投资情况",
        "资金",
        "部门人员",
        "各部门人员",
        "涉及部门",
        "成员",
        "团队成员",
        "投资",
        "投资额",
        "项目投资",
        "投资完成情况",
        "完成投资情况",
        "资金情况",
        "基本情况",
        "项目基本情况",
        "项目概况",
        "项目情况",
        "建设年限",
        "建设起止年限",
        "建设起止时间",
        "起止时间",
        "起止年限",
        "开竣工时间",
        "时间",
        "时间节点",
        "建设工期",
        "责任落实",
        "责任分工",
        "责任体系",
        "责任",
        "工作责任",
        "进度",
        "进展",
        "进度情况",
        "工程进展",
        "推进情况",
        "申报材料",
        "申报材料是否齐全",
        "材料情况",
        "手续办理团队",
        "手续团队",
        "手续办理团队成员",
        "手续办理团队(各1人)",
        "评委评分",
        "评分",
        "评委打分",
        "开竣工情况",
        "开竣工",
        "其他情况",
        "解决计划",
        "问题情况",
        "推动情况",
        "办理计划",
        "办理进展",
        "人员",
        "包联责任",
        "项目进度",
        "项目进展情况",
        "进展情况",
        "投资及资金",
        "投资和资金",
        "解决情况",
        "解决方案",
    )
)

# Parents that say which time or state their leaves are about; a leaf that is about the whole project (总投资,
# 主要建设内容) or about what was done (形象进度 below 年度计划) is another thing below them.
_PLAN_PARENTS = frozenset(("年度计划", "N年计划", "N年度计划", "计划", "当年计划", "本年计划"))
_PLAN_LEAVES = frozenset((f.YEAR_PLAN, f.PHYSICAL_GOAL, f.WORK_GOAL, f.YEAR_GOAL))
_DONE_PARENTS = frozenset(("本月情况", "累计情况", "完成情况"))
_DONE_LEAVES = frozenset(
    (f.MONTH_DONE, f.MONTH_PLAN, f.YEAR_DONE, f.SINCE_START, f.PHYSICAL, f.PHYSICAL_RATE, f.TROUBLE)
)
_JUDGE = re.compile(
    rf"{f.JUDGE_PREFIX}[(]?(?:\d{{1,2}}|[A-Z]|[一二三四五六七八九十]{{1,3}}|[甲乙丙丁戊己庚辛壬癸])[)]?号?(?:评分|打分|得分)?"
)


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


def fold(text: str) -> str:
    """Half-width, without white space, colons or asterisks (the mark of a required column)."""
    return re.sub(r"[\s:：*＊]+", "", unicodedata.normalize("NFKC", text))


def parse_heading(path: Iterable[str]) -> Heading:
    """Take unit, year and month out of a heading's levels."""
    levels: list[str] = []
    units: list[str] = []
    years: list[int] = []
    months: list[int] = []
    for raw in path:
        level = fold(raw)
        if not level:
            continue
        if match := _UNIT.search(level):
            units.append(match[1] or match[2])
            level = level[: match.start()] + level[match.end() :]
        years += [int(match) for match in _YEAR.findall(level)]
        months += [int(match) for match in _MONTHS.findall(_YEAR.sub("", level))]
        levels.append(level)
    return Heading(tuple(levels), tuple(dict.fromkeys(units)), tuple(years), tuple(months))


def _pattern(level: str) -> str:
    """``2027年1-3月完成投资`` → ``N年1-M月完成投资``."""
    level = _YEAR.sub("N年", level)
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


@cache
def _match(path: tuple[str, ...], fields: tuple[Field, ...]) -> Field | None:
    table = _spellings((*fields, SERIAL, REMARK))
    patterns = [_pattern(level) for level in path]
    if JUDGE_SCORE in fields and _JUDGE.fullmatch(patterns[-1]):
        return JUDGE_SCORE
    joined = "".join(patterns)
    if joined in table:
        return table[joined]
    found = table.get(patterns[-1])
    if found and all(_leaves(parent, patterns[-1], found) for parent in patterns[:-1]):
        return found
    return None


def _leaves(parent: str, leaf: str, field: Field) -> bool:
    """Whether the leaf keeps its meaning below the parent."""
    if parent in _PLAN_PARENTS:
        return field in _PLAN_LEAVES
    if parent in _DONE_PARENTS:
        return field in _DONE_LEAVES
    return parent in _NEUTRAL_PARENTS or leaf.startswith(parent)


def names_judge(heading: Heading) -> bool:
    """Whether the heading is one judge's own column, such as 评委3 or 评委甲."""
    return bool(heading.path and _JUDGE.fullmatch(heading.path[-1]))


def match_heading(heading: Heading, fields: tuple[Field, ...], confirmed: Mapping[str, str]) -> Field | None:
    """The field that a heading names within a ledger, or None.

    ``confirmed`` comes from office.toml (heading → field label); what the office confirmed goes first.
    """
    if not heading.path:
        return None
    labels = [label for stated, label in confirmed.items() if parse_heading((stated,)).key == heading.key]
    by_office = next((field for field in fields if field.label in labels), None)
    return by_office or _match(heading.path, fields)


@cache
def suggest(heading: Heading, fields: tuple[Field, ...]) -> Field | None:
    """The field whose spelling is nearest, for a person to confirm; None where nothing is near."""
    table = _spellings(fields)
    pattern = _pattern(heading.key)
    near = difflib.get_close_matches(pattern, table, n=1, cutoff=0.5)
    return table[near[0]] if near else None
