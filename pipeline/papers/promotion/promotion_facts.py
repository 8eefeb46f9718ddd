"""What a promotion plan says, by the names of its template."""

from typing import Annotated, TypedDict

from pipeline.papers.office_facts import OfficeFacts
from pipeline.papers.phrases import Amount
from pipeline.records.money import Figure


class LeaderFacts(TypedDict):
    姓名: str
    职务: str
    分管行业: str


class TeamFacts(TypedDict):
    部门: Annotated[str, "规划、国土、环保、发改、经信"]
    姓名: str


class PermitFacts(TypedDict):
    序号: int
    手续名称: str
    办理部门: str
    办理状态: str
    计划办结时间: str
    经办人: str


class ProblemFacts(TypedDict):
    序号: int
    问题内容: str
    问题类型: str
    处理层级: str
    解决方式: str
    解决步骤: str
    解决时限: str
    责任人: str


class WorkFacts(TypedDict):
    月份: Annotated[str, "如“3月”"]
    工作内容: str
    完成时限: str
    当月计划投资: Annotated[Amount, "万元"]
    责任人: str


class Facts(OfficeFacts):
    项目名称: str
    所属行业: str
    包联类型: Annotated[str, "重大实施或重大前期"]
    批次: Annotated[str, "四个一批类别"]
    业主单位: str
    具体选址: str
    责任地区: str
    建设任务: str
    主要建设内容和规模: str
    建设年限: str
    总投资: Annotated[Amount, "金额"]
    已累计完成投资: Annotated[Amount, "金额，上年底止"]
    当年计划投资: Annotated[Amount, "金额"]
    剩余投资: Annotated[Amount, "金额，总投资减已累计减当年计划"]
    进度目标: Annotated[str, "当年形象进度；前期储备项目为工作进度"]
    资金来源: str
    项目进展: str
    推进事项: Annotated[str, "需领导推动的事项"]
    责任单位: str
    分管领导: Annotated[str, "责任单位分管领导"]
    责任科室: str
    责任人: str
    联络员: str
    协办单位: str
    包联领导: list[LeaderFacts]
    手续团队: list[TeamFacts]
    手续数: Annotated[int, "需要办理的手续个数"]
    已办结手续数: int
    手续: list[PermitFacts]
    问题数: Annotated[int, "尚未解决的问题个数"]
    问题: list[ProblemFacts]
    清单投资合计: Annotated[Figure, "金额，工作清单各月计划投资之和"]
    工作清单: list[WorkFacts]
