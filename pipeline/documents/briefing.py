"""The monthly briefing to the leaders of 区委, 区人大, 区政府 and 区政协 (B-12)."""

from pipeline.checks.basis import Basis
from pipeline.documents.briefing_parts import (
    against_last_month,
    against_month_plan,
    annex,
    chart,
    milestones,
    month_done_of,
    names_of,
    next_nodes,
    permit_figures,
    problem_figures,
    progress_of,
    reductions,
    unit_figures,
)
from pipeline.documents.names import COMMON, Context, Names
from pipeline.documents.wording import common
from pipeline.records.field_catalogue import CLASSES, FINISHED_ON, SECTORS, STARTED_ON
from pipeline.records.money import Figure
from pipeline.records.period import Month
from pipeline.summaries import (
    State,
    class_of,
    rate_of,
    rates_by,
    remainder_note,
    sector_of,
    standing_of,
    time_elapsed,
    total_of,
)

_PROGRESS: Names = {
    "项目数": "",
    "当年计划投资": "金额",
    "本年累计完成投资": "金额",
    "完成率": "百分比",
    "进度比较": "如“超时间进度3.2个百分点”",
}

NAMES: Names = {
    **COMMON,
    "简报名称": "",
    "期号": "",
    "总期号": "",
    "月份": "1至12",
    "报": "报送对象，无则为空",
    "送": "抄送对象，无则为空",
    "共印": "份数，未设为0",
    "项目总数": "",
    "总投资": "金额",
    "当年计划投资": "金额",
    "本月完成投资": "金额",
    "本年累计完成投资": "金额",
    "完成率": "占年度计划的百分比",
    "时间进度": "百分比，月份÷12",
    "进度比较": "如“低于时间进度2.1个百分点”",
    "已报项目数": "",
    "未报项目": ["项目名称"],
    "待核项目": ["项目名称"],
    "上月比较": "与上月相比的一句话，一月份为空",
    "当月计划比较": "与当月计划相比的一句话，各单位未报当月计划时为空",
    "包联": _PROGRESS,
    "各批": [{"批次": "", **_PROGRESS}],
    "各行业": [{"所属行业": "", **_PROGRESS}],
    "各单位": [{"名次": "并列同名次", "责任单位": "", **_PROGRESS}],
    "领先单位": [{"责任单位": "", "完成率": "百分比"}],
    "领先末位并列": "名次有并列时为真",
    "未排名单位": ["有项目未报或待核、不参加排名的责任单位"],
    "落后单位": [{"责任单位": "", "完成率": "百分比"}],
    "全部持平": "各单位完成率完全相同时为真",
    "计划开工数": "当年应开工项目个数",
    "累计开工数": "其中已开工个数",
    "本月开工": ["项目名称"],
    "开工待核": ["当月月报的实际开工时间看不懂的项目名称"],
    "逾期未开工": [{"项目名称": "", "责任单位": "", "计划时间": ""}],
    "计划竣工数": "",
    "累计竣工数": "",
    "本月竣工": ["项目名称"],
    "竣工待核": ["当月月报的实际竣工时间看不懂的项目名称"],
    "逾期未竣工": [{"项目名称": "", "责任单位": "", "计划时间": ""}],
    "手续待核项目": ["手续台账有错误、没有计入的项目名称"],
    "手续总数": "需要办理的手续件数",
    "手续办结数": "",
    "到期手续数": "应于本月底前办结的件数",
    "到期办结数": "其中已办结的件数",
    "手续办结率": "按件计算的百分比",
    "手续全部办结项目数": "",
    "手续项目数": "有手续需要办理的项目个数",
    "逾期手续": [{"项目名称": "", "手续名称": "", "办理部门": "", "计划办结时间": ""}],
    "未解决问题数": "",
    "本月解决问题数": "",
    "问题分类型": [{"问题类型": "", "件数": ""}],
    "问题分层级": [{"处理层级": "", "件数": ""}],
    "需领导协调": [
        {
            "序号": "",
            "项目名称": "",
            "责任单位": "",
            "包联领导": "",
            "问题内容": "",
            "问题类型": "",
            "处理层级": "",
            "解决方式": "",
            "解决时限": "",
        }
    ],
    "下月": "下月月份，如4；十二月为1",
    "下月节点": [{"序号": "", "项目名称": "", "工作内容": "", "完成时限": "", "责任单位": "", "责任人": ""}],
    "完成率图": "图：各单位完成率与时间进度",
    "尾差说明": "",
    "核减": [{"项目名称": "", "核减额": "万元", "核减原因": ""}],
    "项目表": [
        {
            "节号": "",
            "批次": "",
            **_PROGRESS,
            "本月完成投资": "金额",
            "项目": [
                {
                    "序号": "",
                    "项目名称": "",
                    "责任单位": "",
                    "包联领导": "",
                    "总投资": "万元",
                    "当年计划投资": "万元",
                    "本月完成投资": "万元",
                    "本年累计完成投资": "万元",
                    "完成率": "百分比",
                    "形象进度": "",
                    "存在问题": "",
                }
            ],
        }
    ],
}


def briefing_context(basis: Basis, month: Month) -> Context:
    """Everything the briefing of ``month`` says. A project without a sound report is named, not counted."""
    settings, projects = basis.settings, basis.listed
    standings = [standing_of(basis, project, month) for project in projects]
    before = (
        [standing_of(basis, project, month.shifted(-1)) for project in projects] if month.month > 1 else []
    )
    classes = rates_by(standings, class_of, CLASSES, month)
    sectors = rates_by(standings, sector_of, SECTORS, month)
    units = rates_by(standings, basis.unit_of, (), month)
    whole = classes.whole
    starts, finishes = milestones(basis, month, "开工"), milestones(basis, month, "竣工")
    remainders = (*classes.remainders, *sectors.remainders)
    known = [each.project for each in standings if each.state is State.REPORTED]
    unread = {
        asked: [project for project in projects if basis.soundness.day_error(project.key, month, asked)]
        for asked in (STARTED_ON, FINISHED_ON)
    }
    return {
        **common(basis, month.last_day),
        "简报名称": settings.briefing.name,
        "期号": month.month,
        "总期号": settings.briefing.total_offset + month.month,
        "月份": month.month,
        "报": settings.briefing.reported_to,
        "送": settings.briefing.sent_to,
        "共印": settings.briefing.copies,
        "项目总数": len(projects),
        "总投资": Figure.of(total_of(projects)),
        **{name: value for name, value in progress_of(whole).items() if name != "项目数"},
        "本月完成投资": month_done_of(whole),
        "时间进度": time_elapsed(month),
        "已报项目数": len(known),
        "未报项目": names_of(each.project for each in standings if each.state is State.MISSING),
        "待核项目": names_of(each.project for each in standings if each.state is State.UNVERIFIED),
        "上月比较": against_last_month(month, standings, before),
        "当月计划比较": against_month_plan(standings),
        "包联": progress_of(
            rate_of("包联", [s for s in standings if s.project.key in basis.sound_sponsorships], month)
        ),
        "各批": [{"批次": group.name, **progress_of(group)} for group in classes.groups],
        "各行业": [{"所属行业": group.name, **progress_of(group)} for group in sectors.groups],
        **unit_figures(units, settings.briefing.last_units),
        "计划开工数": len(starts.items),
        "累计开工数": starts.done,
        "本月开工": starts.in_month(month),
        "开工待核": names_of(unread[STARTED_ON]),
        "逾期未开工": starts.overdue([project for project in known if project not in unread[STARTED_ON]]),
        "计划竣工数": len(finishes.items),
        "累计竣工数": finishes.done,
        "本月竣工": finishes.in_month(month),
        "竣工待核": names_of(unread[FINISHED_ON]),
        "逾期未竣工": finishes.overdue([project for project in known if project not in unread[FINISHED_ON]]),
        **permit_figures(basis, month),
        **problem_figures(basis, month),
        "下月": month.shifted(1).month,
        "下月节点": next_nodes(basis, month),
        "完成率图": chart(units, month),
        "尾差说明": remainder_note(remainders, ("当年计划投资", "本年累计完成投资")),
        "核减": reductions(month, standings),
        "项目表": annex(basis, classes),
    }
