"""What a briefing says, by the names of its template; each class is what one function of ``figures`` comes to."""

from typing import Annotated, TypedDict

from pipeline.papers.office_facts import OfClass, OfficeFacts, OfSector
from pipeline.papers.phrases import Amount, Rate
from pipeline.records.money import Figure
from pipeline.word.chart import Chart


class Progress(TypedDict):
    项目数: int
    当年计划投资: Annotated[Figure, "金额"]
    本年累计完成投资: Annotated[Amount, "金额"]
    完成率: Annotated[Rate, "百分比"]
    进度比较: Annotated[str, "如“超时间进度3.2个百分点”"]


class ClassProgress(OfClass, Progress): ...


class SectorProgress(OfSector, Progress): ...


class _OfUnit(TypedDict):
    名次: Annotated[int | str, "并列同名次"]
    责任单位: str


class UnitProgress(_OfUnit, Progress): ...


class UnitRate(TypedDict):
    责任单位: str
    完成率: Annotated[Rate, "百分比"]


class UnitFigures(TypedDict):
    各单位: list[UnitProgress]
    领先单位: list[UnitRate]
    领先末位并列: Annotated[bool, "名次有并列时为真"]
    未排名单位: Annotated[list[str], "有项目未报或待核、不参加排名的责任单位"]
    落后单位: list[UnitRate]
    全部持平: Annotated[bool, "各单位完成率完全相同时为真"]


class Overdue(TypedDict):
    项目名称: str
    责任单位: str
    计划时间: str


class Milestones(TypedDict):
    计划开工数: Annotated[int, "当年应开工项目个数"]
    累计开工数: Annotated[int, "其中已开工个数"]
    本月开工: Annotated[list[str], "项目名称"]
    开工待核: Annotated[list[str], "当月月报的实际开工时间看不懂的项目名称"]
    逾期未开工: list[Overdue]
    计划竣工数: int
    累计竣工数: int
    本月竣工: Annotated[list[str], "项目名称"]
    竣工待核: Annotated[list[str], "当月月报的实际竣工时间看不懂的项目名称"]
    逾期未竣工: list[Overdue]


class LatePermit(TypedDict):
    项目名称: str
    手续名称: str
    办理部门: str
    计划办结时间: str


class PermitFigures(TypedDict):
    手续待核项目: Annotated[list[str], "手续台账有错误、没有计入的项目名称"]
    手续总数: Annotated[int, "需要办理的手续件数"]
    手续办结数: int
    到期手续数: Annotated[int, "应于本月底前办结的件数"]
    到期办结数: Annotated[int, "其中已办结的件数"]
    手续办结率: Annotated[Rate, "按件计算的百分比"]
    手续全部办结项目数: int
    手续项目数: Annotated[int, "有手续需要办理的项目个数"]
    逾期手续: list[LatePermit]


class KindCount(TypedDict):
    问题类型: str
    件数: int


class LevelCount(TypedDict):
    处理层级: str
    件数: int


class ProblemForLeaders(TypedDict):
    序号: int
    项目名称: str
    责任单位: str
    包联领导: str
    问题内容: str
    问题类型: str
    处理层级: str
    解决方式: str
    解决时限: str


class ProblemFigures(TypedDict):
    未解决问题数: int
    本月解决问题数: int
    问题分类型: list[KindCount]
    问题分层级: list[LevelCount]
    需领导协调: list[ProblemForLeaders]


class NextNode(TypedDict):
    序号: int
    项目名称: str
    工作内容: str
    完成时限: str
    责任单位: str
    责任人: str


class Reduction(TypedDict):
    项目名称: str
    核减额: Annotated[Figure, "万元"]
    核减原因: str


class AnnexRow(TypedDict):
    序号: int
    项目名称: str
    责任单位: str
    包联领导: str
    总投资: Annotated[Amount, "万元"]
    当年计划投资: Annotated[Amount, "万元"]
    本月完成投资: Annotated[Amount, "万元"]
    本年累计完成投资: Annotated[Amount, "万元"]
    完成率: Annotated[Rate, "百分比"]
    形象进度: str
    存在问题: str


class _Numbered(TypedDict):
    节号: str


class AnnexSection(_Numbered, ClassProgress):
    本月完成投资: Annotated[Amount, "金额"]
    项目: list[AnnexRow]


class _Whole(TypedDict):
    简报名称: str
    期号: int
    总期号: int
    月份: Annotated[int, "1至12"]
    报: Annotated[str, "报送对象，无则为空"]
    送: Annotated[str, "抄送对象，无则为空"]
    共印: Annotated[int, "份数，未设为0"]
    项目总数: int
    总投资: Annotated[Figure, "金额"]
    当年计划投资: Annotated[Figure, "金额"]
    本月完成投资: Annotated[Amount, "金额"]
    本年累计完成投资: Annotated[Amount, "金额"]
    完成率: Annotated[Rate, "占年度计划的百分比"]
    时间进度: Annotated[Rate, "百分比，月份÷12"]
    进度比较: Annotated[str, "如“低于时间进度2.1个百分点”"]
    已报项目数: int
    未报项目: Annotated[list[str], "项目名称"]
    待核项目: Annotated[list[str], "项目名称"]
    上月比较: Annotated[str, "与上月相比的一句话，一月份为空"]
    当月计划比较: Annotated[str, "与当月计划相比的一句话，各单位未报当月计划时为空"]
    包联: Progress
    各批: list[ClassProgress]
    各行业: list[SectorProgress]


class Facts(OfficeFacts, _Whole, UnitFigures, Milestones, PermitFigures, ProblemFigures):
    下月: Annotated[int, "下月月份，如4；十二月为1"]
    下月节点: list[NextNode]
    完成率图: Annotated[Chart, "图：各单位完成率与时间进度"]
    尾差说明: Annotated[str, "各数分别四舍五入、未作机械调整的说明"]
    核减: list[Reduction]
    项目表: list[AnnexSection]
