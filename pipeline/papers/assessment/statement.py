"""情况说明: what a unit says of its missed plans, filled with what is known (B-13)."""

from datetime import date
from typing import Annotated, TypedDict

from pipeline.facts.basis import Basis
from pipeline.papers.assessment import score_phrases as phrases
from pipeline.papers.office_facts import OfficeFacts, office_facts
from pipeline.papers.phrases import leaders_text
from pipeline.records.period import Month
from pipeline.records.problem import SOLVED, Problem
from pipeline.scoring.evidence import ProjectEvidence
from pipeline.scoring.missed import Missed
from pipeline.scoring.ranking import Ranked, Ranking
from pipeline.word import house_style as house
from pipeline.word.heads import title
from pipeline.word.ooxml import (
    Cell,
    Column,
    Section,
    Table,
    body,
    docx,
    heading,
    lead_in,
    listing,
    millimetres,
    paragraph,
    when,
)


class MissedPlan(TypedDict):
    """One missed plan; amounts and dates stand in the same columns, so both are text."""

    序号: int
    项目名称: str
    未完成事项: str
    计划: str
    实际: str
    差额: str


class ExplainedPlan(MissedPlan):
    包联领导: str
    台账所载问题: Annotated[str, "问题台账和月报中已知的原因，没有则为“台账未载”"]


class Facts(OfficeFacts):
    责任单位: str
    未完成项目数: Annotated[int, "项目个数；一个项目可有几个未完成事项"]
    未完成项目: list[ExplainedPlan]


def _missed() -> str:
    text = house.SMALL_TEXT
    return listing(
        "项 in 未完成项目",
        Column("序号", 10), Column("项目名称", 34, text), Column("包联领导", 18), Column("未完成事项", 26, text),
        Column("计划", 18), Column("实际", 18), Column("差额", 18), Column("单位核对", 14, cell="□属实"),
        padding=35, small=True,
    )  # fmt: skip


def _form() -> str:
    """The part that only the unit can write; each empty field says so."""
    table = Table(millimetres(34, 122), padding=70, row_height=1900)
    rows = (
        ("未完成的主要原因", "（由责任单位逐项填写：客观原因、主观原因分别说明）"),
        ("已采取的措施", "（由责任单位填写）"),
        ("下一步打算和完成时限", "（由责任单位填写：明确完成时间和责任人）"),
    )
    return table.build(
        *(
            table.row([Cell(label, house.TABLE_HEAD), Cell(f"{hint}\n\n\n\n\n", house.TABLE_TEXT)])
            for label, hint in rows
        ),
        table.row(
            [
                Cell("责任单位\n签字盖章", house.TABLE_HEAD),
                Cell(
                    "（由责任单位填写）\n\n主要负责人（签字）：＿＿＿＿＿＿　　经办人（签字）：＿＿＿＿＿＿\n\n"
                    "（单位公章）　　　　　　　　　　　　　　＿＿＿＿年＿＿月＿＿日",
                    house.TABLE_TEXT,
                ),
            ]
        ),
    )


def template() -> bytes:
    """The template 情况说明.docx."""
    blocks = [
        title("{{ 责任单位 }}关于{{ 年度 }}年未完成重点项目计划任务的情况说明"),
        paragraph(house.ADDRESSEE, "{{ 层级 }}委、{{ 层级 }}政府："),
        body(
            "{{ 年度 }}年度考核中，我单位承担的重点项目有{{ 未完成项目数 }}项未完成计划任务。"
            "按照重大项目包联工作考核的要求，现将有关情况说明如下。"
        ),
        heading("一、未完成计划任务的项目"),
        paragraph(house.NOTE, "（本部分由{{ 办公室 }}根据台账填列，责任单位应逐项核对。）"),
        _missed(),
        heading("二、台账所载的有关问题"),
        when("for 项 in 未完成项目"),
        body(
            lead_in("{{ 项.序号 }}. {{ 项.项目名称 }}（{{ 项.未完成事项|去句号 }}）："),
            '{% if 项.台账所载问题 == "台账未载" %}台账未载有关问题，由责任单位说明。{% else %}{{ 项.台账所载问题|成句 }}{% endif %}',
        ),
        when("endfor"),
        heading("三、责任单位说明"),
        paragraph(
            house.NOTE,
            "（以下各栏由责任单位填写，填写后报{{ 办公室 }}，由其汇总报{{ 层级 }}委、{{ 层级 }}政府。）",
        ),
        _form(),
        paragraph(
            house.NOTE,
            "{{ 办公室 }}{{ 成文日期 }}制发。责任单位对本表内容如有不同意见，请在说明中写明并附证明材料。",
        ),
    ]
    return docx((Section("portrait", tuple(blocks)),))


def year_end_facts(basis: Basis, month: Month) -> OfficeFacts:
    """The year-end papers bear the office's assessment day, others the last day of the month assessed."""
    set_day = basis.settings.assessment.issued_on if month == basis.december else None
    return office_facts(basis.settings, basis.year, set_day or month.last_day)


def facts_of(basis: Basis, ranking: Ranking, ranked: Ranked) -> Facts:
    """The statement that a unit of ``ranking.owing`` owes."""
    score = ranked.score
    return {
        **year_end_facts(basis, ranking.month),
        "责任单位": score.unit,
        "未完成项目数": len(score.missed_projects),
        "未完成项目": [
            {
                **missed_plan(number, each),
                "包联领导": leaders_text(basis, each.project.declaration),
                "台账所载问题": _known_problems(basis, each.project, ranking.month),
            }
            for number, each in enumerate(score.missed, 1)
        ],
    }


def missed_plan(number: int, missed: Missed) -> MissedPlan:
    matter, planned, actual, gap = phrases.missed_columns(missed)
    return {
        "序号": number,
        "项目名称": missed.project.declaration.project_name,
        "未完成事项": matter,
        "计划": planned,
        "实际": actual,
        "差额": gap,
    }


def _known_problems(basis: Basis, project: ProjectEvidence, month: Month) -> str:
    """The year's problems with how they stood, and the trouble last reported unless it repeats one of them."""
    end = month.last_day
    known = []
    for each in basis.problems.get(project.declaration.key, ()):
        solved = each.solved_on if each.solved_by(end) else None
        if not each.problem or not each.raised_by(end) or (solved and solved.year < month.year):
            continue
        known.append((each.problem, _standing_of(each, end)))
    told = [f"{problem}（{state}）" for problem, state in known]
    trouble = project.standing.trouble if project.standing else None
    if trouble and trouble != "无" and not any(problem in trouble for problem, _ in known):
        told.append(trouble)
    return "；".join(dict.fromkeys(told)) or phrases.NOT_RECORDED


def _standing_of(problem: Problem, day: date) -> str:
    if problem.open_on(day):
        return "尚未解决"
    return f"{problem.solved_on.chinese}解决" if problem.solved_on else SOLVED
