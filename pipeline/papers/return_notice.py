"""退件通知: one page that goes with a unit's workbooks when they are given back for mending."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, TypedDict

from pipeline.papers.office_facts import OFFICE, OfficeFacts, office_facts
from pipeline.papers.paper_kind import Blueprint, PaperKind
from pipeline.records.finding import Finding, mending_order
from pipeline.records.period import chinese_day
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.records.text_width import shown_width
from pipeline.word import house_style as house
from pipeline.word.heads import title
from pipeline.word.ooxml import Column, Section, body, docx, listing, paragraph, when
from pipeline.word.signatures import signature

MOST_SHOWN = 3
# Widths in Chinese characters that keep the notice on one page, at most three lines in each of the table's cells
_FILE, _SHEET, _PROBLEM, _ACTION = 16, 7, 46, 26
_WHOLE_FILE = 40  # of a name that is written once, or where the table has fewer rows; the page has room for that
_DITTO = "同上"
_OPENING = 35  # characters of the first paragraph's three lines for its period, its counts and the kinds of ledgers
_KINDS_KEPT = 2  # where not all find room there
_CUT = "……"
_CLAUSE_ENDS = "，；。："
_BEGUN = re.compile(r"(?<![0-9A-Za-z.,%-])[0-9A-Za-z.,%-]++[万亿]?$")  # a word or a figure at the end of what is kept,
_GOES_ON = re.compile(r"[0-9A-Za-z.,%万亿元]")  # and that it is not the whole of it
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}


class MainProblem(TypedDict):
    序号: int
    位置: Annotated[str, "台账、工作表和单元格"]
    问题: str
    怎样修改: str


class Facts(OfficeFacts):
    责任单位: str
    期间: Annotated[str, "如“2027年”或“2027年3月”"]
    台账数: Annotated[int, "退回的台账份数"]
    问题数: Annotated[int, "这些台账中的问题条数"]
    错误数: Annotated[int, "其中必须改正的"]
    提醒数: Annotated[int, "其中需要核对的"]
    建议数: Annotated[int, "其中供参考的"]
    分类: Annotated[str, "按台账种类的条数，如“项目月报3条、问题台账1条”；写不下的只列最多的两种"]
    主要问题: list[MainProblem]
    其余条数: Annotated[int, "主要问题以外的条数"]
    未标色数: Annotated[int, "不能在原文件中标色的台账份数"]
    另有条数: Annotated[int, "由办公室掌握的台账中涉及本单位的条数"]
    报回时限: Annotated[str, "如“2027年4月2日”；没有定时限则为空"]


def template() -> bytes:
    """The template 退件通知.docx."""
    blocks = [
        title("关于退回修改{{ 期间 }}台账的通知"),
        paragraph(house.ADDRESSEE, "{{ 责任单位 }}："),
        body(
            "你单位{{ 期间 }}台账有{{ 台账数 }}份需要修改，现予退回。共有错误{{ 错误数 }}条、提醒{{ 提醒数 }}条、"
            "建议{{ 建议数 }}条{% if 分类 %}（{{ 分类 }}）{% endif %}。{% if 主要问题 %}请首先改正下列各条。{% endif %}"
        ),
        when("if 主要问题"),
        listing(
            "项 in 主要问题",
            Column("序号", 10), Column("位置", 42, house.TABLE_TEXT), Column("问题", 66, house.TABLE_TEXT),
            Column("怎样修改", 38, house.TABLE_TEXT),
            padding=40, row_height=320,
        ),
        when("endif"),
        body(
            "{% if 其余条数 %}其余{{ 其余条数 }}条和{% endif %}各条的依据见台账第一张表“问题清单”，有问题的单元格已标色并加批注"
            "{% if 未标色数 %}（{{ 未标色数 }}份不能标色，清单另附）{% endif %}。"
            "{% if 另有条数 %}另有{{ 另有条数 }}条见“其他事项问题清单”。{% endif %}"
            "请在退回的文件中直接改正，{% if 报回时限 %}于{{ 报回时限 }}前{% else %}尽快{% endif %}报回。",
            keep_next=True,
        ),
        signature("{{ 办公室 }}", "{{ 成文日期 }}", sealed=False),
    ]  # fmt: skip
    return docx((Section("portrait", tuple(blocks)),))


@dataclass(frozen=True)
class Occasion:
    """What a return is about, whatever the unit."""

    period: str  # 2027年 or 2027年3月
    year: int
    day: date  # 成文日期
    due: date | None  # until when the unit reports back; None: not set


def weightiest(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first, of these what touches a whole file or sheet, then in the order of mending."""
    return sorted(findings, key=lambda each: (_WEIGHT[each.severity], bool(each.cell), mending_order(each)))


def facts_of(
    settings: OfficeSettings,
    occasion: Occasion,
    unit: str,
    findings: Sequence[Finding],
    kinds: Sequence[str],
    unmarked: int,
    elsewhere: int,
) -> Facts:
    """The notice to one unit.

    ``findings`` are those in the workbooks given back, ``kinds`` for each the name of its kind of ledger;
    ``unmarked`` counts the workbooks that couldn't be coloured, ``elsewhere`` the findings in other ledgers.
    """
    counts = Counter(finding.severity for finding in findings)
    files = len({finding.file for finding in findings})
    figures = f"{occasion.period}{files}" + "".join(str(counts[each]) for each in Severity)
    main = weightiest(findings)[:MOST_SHOWN]
    return {
        **office_facts(settings, occasion.year, occasion.day),
        "责任单位": unit,
        "期间": occasion.period,
        "台账数": files,
        "问题数": len(findings),
        "错误数": counts[Severity.ERROR],
        "提醒数": counts[Severity.WARNING],
        "建议数": counts[Severity.ADVICE],
        "分类": _by_kind(kinds, _OPENING - shown_width(figures) / 2),
        "主要问题": [
            {
                "序号": number,
                "位置": place,
                "问题": _in_brief(finding.message, finding.project, _PROBLEM),
                "怎样修改": _in_brief(finding.action, finding.project, _ACTION),
            }
            for number, (finding, place) in enumerate(zip(main, _places(main), strict=True), 1)
        ],
        "其余条数": len(findings) - len(main),
        "未标色数": unmarked,
        "另有条数": elsewhere,
        "报回时限": chinese_day(occasion.due) if occasion.due else "",
    }


def _by_kind(kinds: Sequence[str], room: float) -> str:
    """Each kind of ledger with its count; the first two and the rest where all are wider than ``room``."""
    counts = Counter(kinds).most_common()
    named = [f"{kind}{count}条" for kind, count in counts]
    if len(named) > _KINDS_KEPT and shown_width("、".join(named)) > 2 * room:
        rest = sum(count for _, count in counts[_KINDS_KEPT:])
        named = [*named[:_KINDS_KEPT], f"其他{rest}条"]
    return "、".join(named)


def _places(shown: Sequence[Finding]) -> Iterator[str]:
    """Workbook, sheet and cell of each; the name of a workbook that all share is written once, and whole."""
    names = [PurePosixPath(finding.file).stem for finding in shown]
    shared = len({finding.file for finding in shown}) == 1
    most = _WHOLE_FILE if shared or len(shown) < MOST_SHOWN else _FILE
    for index, (finding, name) in enumerate(zip(shown, names, strict=True)):
        file = _DITTO if shared and index else shortened(name, most)
        yield " ".join(filter(None, (file, shortened(finding.sheet, _SHEET), finding.cell)))


def _in_brief(text: str, project: str, most: int) -> str:
    """A sentence in its cell: without the project's name, which its row holds, where it would not end otherwise."""
    if shown_width(text) > 2 * most and project:
        text = text.removeprefix(f"“{project}”").removeprefix("的")
    return shortened(text, most)


def shortened(text: str, most: int) -> str:
    """One line of at most ``most`` characters' width; two half-width characters count as one.

    It is cut where a clause ends, if that leaves more than half, and never within a figure, its unit or a Latin word.
    """
    line = " ".join(text.split())
    if shown_width(line) <= 2 * most:
        return line
    kept = line
    while shown_width(kept + _CUT) > 2 * most:
        kept = kept[:-1]
    clause = kept[: max(0, *map(kept.rfind, _CLAUSE_ENDS))]
    if shown_width(clause) > most:
        return clause + _CUT
    whole = _BEGUN.sub("", kept) if _GOES_ON.match(line, len(kept)) else kept
    return (whole or kept) + _CUT


BLUEPRINT = Blueprint("退件通知.docx", Facts, template, (OFFICE,), pages=1)
KIND = PaperKind(slug="return", name="退件通知", blueprints=(BLUEPRINT,))
