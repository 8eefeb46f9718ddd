"""Who sponsors, leads and handles a sponsored project (B-4, B-7), and its work list (B-8)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import zip_longest

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import listed, wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import NOT_CONCERNED, PROPOSED
from pipeline.records.field_values import TEAM
from pipeline.records.names import name_key
from pipeline.records.nearest import NAME, PROJECT, perhaps
from pipeline.records.pairing import ProcedureTeam, WorkNode
from pipeline.regulation import key_projects, sponsorship

# Portfolios are free text; a sector is covered by its name or by one of these words.
PORTFOLIO_WORDS: Mapping[str, tuple[str, ...]] = {
    "工业": ("科技", "经信", "工信", "制造", "园区"),
    "能源": ("电力", "煤炭"),
    "基础设施": ("城建", "城市建设", "建设", "交通", "市政", "住建", "规划"),
    "商贸流通": ("商务", "商贸", "服务业", "物流", "招商"),
    "农牧林水": ("农业", "农村", "农牧", "畜牧", "林业", "水利", "水务", "生态"),
    "社会事业": ("教育", "卫生", "健康", "文化", "民政", "旅游", "体育", "社会", "医疗"),
}
_EVERYTHING = ("全面工作", "全盘")


def covers(portfolio: tuple[str, ...], sector: str) -> bool:
    """Whether one of a leader's portfolios covers a sector of B-3."""
    words = (sector, *PORTFOLIO_WORDS.get(sector, ()), *_EVERYTHING)
    return any(word in part for part in portfolio for word in words)


def _portfolio(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.sponsorships:
        sector = case.sector_of(row)
        known = [case.portfolios.get(name_key(name), ()) for name in row.leaders]
        # One fitting leader of several is enough; of an unknown one nothing can be said.
        if sector is None or not known or not all(known) or any(covers(each, sector) for each in known):
            continue
        charge = "；".join(f"{name}分管{listed(parts)}" for name, parts in zip(row.leaders, known, strict=True))
        message = f"“{row.project_name}”属{sector}类，包联领导的分工未见此行业（{charge}）"
        action = "请核对包联领导，属工作需要的可不调整"
        yield about_row(case, row, fields.LEADERS, message, action)


def _known_leader(case: Case) -> Iterator[Remark]:
    if not case.portfolios:
        return
    for row in case.ledgers.sponsorships:
        for name in row.leaders:
            if name_key(name) not in case.portfolios:
                message = f"“{row.project_name}”的包联领导“{name}”不在领导名册中"
                action = f"请改正姓名或补充名册{perhaps(name, (leader.name for leader in case.ledgers.leaders), NAME)}"
                yield about_row(case, row, fields.LEADERS, message, action)


def _proposed(case: Case) -> Iterator[Remark]:
    """One remark for all: the group settles them, so it is no unit's to mend."""
    names = tuple(row.project_name for row in case.sponsorships.values() if row.proposed)
    if names:
        message = f"包联项目清单中有{len(names)}个项目还是拟包联，没有要求手续办理团队、工作清单、半月报和推进方案"
        yield Remark(
            message, "已经研究确定的，请在清单中把“状态”改为“已确定”，以本办公室自己的清单为准", projects=names
        )


def _one_lead_unit(ledger: str, case: Case) -> Iterator[Remark]:
    for row in case.ledgers.rows(ledger):
        if len(units := row.units) > 1:
            message = f"“{row.project}”写了{len(units)}个责任单位：{listed(units)}"
            action = f"请只留一个牵头单位，其他列为协办单位，如责任单位写“{units[0]}”，协办单位写“{listed(units[1:])}”"
            yield about_row(case, row, fields.LEAD_UNIT, message, action)


_IF_PROPOSED = f"；还没有确定包联的，在包联项目清单的“{fields.SPONSOR_STATE.label}”列填“{PROPOSED}”"
_TEAM_ASKED = f"涉及审批事项的部门各填一人，不涉及的填“{NOT_CONCERNED}”"


def _team_exists(case: Case) -> Iterator[Remark]:
    if case.sponsored and not case.teams:
        names = tuple(row.project_name for row in case.sponsored.values())
        message = f"没有收到手续办理团队表，涉及{len(names)}个包联项目"
        yield Remark(message, f"请报送手续办理团队表：{_TEAM_ASKED}{_IF_PROPOSED}", projects=names)
        return
    for row in case.sponsored.values():
        if row.key not in case.teams:
            message = f"包联项目“{row.project_name}”没有手续办理团队"
            yield about_row(case, row, None, message, f"请在手续办理团队表中补报：{_TEAM_ASKED}{_IF_PROPOSED}")


def _one_each(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.teams:
        if row.departments and all(persons == (NOT_CONCERNED,) for _, persons in row.departments):
            message = f"“{row.project_name}”手续办理团队的各部门都填了{NOT_CONCERNED}，没有一人"
            yield about_row(case, row, None, message, "请核对，涉及审批事项的部门各填一人，如规划部门人员填“赵某”")
        for field, (department, persons) in zip_longest(TEAM, row.departments):  # a further one: somewhere in the row
            if len(persons) > 1:
                name = department if department.endswith(("局", "委")) else f"{department}部门"
                message = f"“{row.project_name}”手续办理团队中{name}有{len(persons)}人：{listed(persons)}"
                yield about_row(case, row, field, message, f"请{name}确定一人")


def _work_list(case: Case) -> Iterator[Remark]:
    if case.sponsored and not case.nodes:
        names = tuple(row.project_name for row in case.sponsored.values())
        message = f"没有收到工作节点表，涉及{len(names)}个包联项目"
        yield Remark(message, f"请按项目报送工作清单{_IF_PROPOSED}", projects=names)
        return
    for row in case.sponsored.values():
        if row.key not in case.nodes:
            message = f"包联项目“{row.project_name}”没有工作清单"
            yield about_row(case, row, None, message, f"请在工作节点表中按月填写工作内容、时限和责任人{_IF_PROPOSED}")


def _sponsored_only(kind: type[ProcedureTeam | WorkNode], case: Case) -> Iterator[Remark]:
    names = {row.key: row.project_name for row in case.ledgers.sponsorships}
    for row in case.ledgers.of(kind) if names else ():
        if row.key not in names:
            message = f"“{row.project_name}”不在包联项目清单中"
            action = f"请改正项目名称或补报包联清单{perhaps(row.project_name, names.values(), PROJECT)}"
            yield about_row(case, row, fields.PROJECT_NAME, message, action)


STILL_PROPOSED = Rule("sponsored-settled", sponsorship.SETTLED, "sponsorship", _proposed)
PORTFOLIO = Rule("portfolio", sponsorship.PORTFOLIO, "sponsorship", _portfolio)
KNOWN_LEADER = Rule("known-leader", sponsorship.SPONSOR, "sponsorship", _known_leader)
ONE_LEAD_UNIT = Rule("one-lead-unit", sponsorship.LEAD_UNIT, "sponsorship", partial(_one_lead_unit, "sponsorship"))
ONE_LEAD_UNIT_DECLARED = Rule(
    "one-lead-unit-declared", key_projects.LEAD_UNIT, "declaration", partial(_one_lead_unit, "declaration")
)
ONE_LEAD_UNIT_ELSEWHERE = tuple(
    Rule(f"one-lead-unit-{ledger}", key_projects.SAME_PROJECT_DOUBTED, ledger, partial(_one_lead_unit, ledger))
    for ledger in ("progress", "reserve", "score")
)
TEAM_EXISTS = Rule("team-exists", sponsorship.TEAM, "team", _team_exists)
TEAM_ONE_EACH = Rule("team-one-each", sponsorship.TEAM, "team", _one_each)
TEAM_OF_SPONSORED = Rule("team-of-sponsored", sponsorship.TEAM, "team", partial(_sponsored_only, ProcedureTeam))


def _work_list_sum(case: Case) -> Iterator[Remark]:
    """Where every node states its investment, the year's nodes add up to the year's plan."""
    nodes: dict[str, list[WorkNode]] = {}
    for node in case.ledgers.nodes:
        nodes.setdefault(node.key, []).append(node)
    for row in case.ledgers.sponsorships:
        amounts = [node.investment for node in nodes.get(row.key, ())]
        known = [amount for amount in amounts if amount is not None]
        if row.year_plan is None or not known or len(known) < len(amounts) or sum(known) == row.year_plan:
            continue
        message = (
            f"“{row.project_name}”工作清单各月计划投资合计{wan(sum(known, Decimal(0)))}，"
            f"与当年投资{wan(row.year_plan)}不一致"
        )
        yield about_row(case, row, fields.YEAR_PLAN, message, "请核对工作节点的当月计划投资")


WORK_LIST_SUM = Rule("work-list-sum", sponsorship.WORK_LIST_SUM, "sponsorship", _work_list_sum)
WORK_LIST = Rule("work-list", sponsorship.WORK_LIST, "node", _work_list)
WORK_OF_SPONSORED = Rule("work-of-sponsored", sponsorship.WORK_LIST, "node", partial(_sponsored_only, WorkNode))
