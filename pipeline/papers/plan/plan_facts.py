"""What the year's plan says, by the names of its template."""

from typing import Annotated, TypedDict

from pipeline.papers.office_facts import OfClass, OfficeFacts, OfSector
from pipeline.papers.phrases import Amount
from pipeline.records.money import Figure


class SumFacts(TypedDict):
    项目数: Annotated[int, "项目个数"]
    总投资: Annotated[Figure, "金额"]
    已累计完成投资: Annotated[Figure, "金额，上年底止"]
    当年计划投资: Annotated[Figure, "金额"]


class ClassSums(OfClass, SumFacts): ...


class SectorSums(OfSector, SumFacts): ...


class _OfUnit(TypedDict):
    序号: int
    责任单位: str


class UnitSums(_OfUnit, SumFacts):
    促进开工数: int
    加快建设数: int
    竣工投产数: int
    前期储备数: int


class ProjectFacts(TypedDict):
    序号: Annotated[int, "全表连续"]
    项目名称: str
    项目业主: str
    具体选址: str
    主要建设内容和规模: str
    建设年限: Annotated[str, "如“2026.3—2028.10”"]
    总投资: Annotated[Amount, "万元"]
    已累计完成投资: Annotated[Amount, "万元"]
    当年计划投资: Annotated[Amount, "万元"]
    进度目标: Annotated[str, "当年形象进度；前期储备项目为工作进度"]
    资金来源: str
    责任单位: str
    协办单位: str
    责任人: str
    包联领导: str


class _Numbered(TypedDict):
    节号: Annotated[str, "一、二、三……"]


class ClassSection(_Numbered, ClassSums):
    各行业: list[SectorSums]
    项目: list[ProjectFacts]


class TaskFacts(TypedDict):
    序号: int
    项目名称: str
    责任人: str
    协办单位: str
    具体任务: str


class UnitDuties(TypedDict):
    责任单位: str
    分管领导: str
    责任科室: str
    联络员: str
    项目数: int
    项目: list[TaskFacts]


class Facts(OfficeFacts):
    份号: Annotated[str, "6位编号，没有则为空"]
    密级: Annotated[str, "如“机密★1年”，没有则为空"]
    紧急程度: Annotated[str, "特急或加急，没有则为空"]
    发文字号: Annotated[str, "如“示党发〔2027〕1号”"]
    主送机关: Annotated[str, "不含冒号"]
    抄送机关: Annotated[str, "不含句号"]
    印发机关: str
    印发日期: Annotated[str, "如“2027年1月15日”"]
    项目总数: Annotated[int, "列入计划的项目个数"]
    总投资: Annotated[Figure, "金额合计"]
    已累计完成投资: Annotated[Figure, "金额合计，上年底止"]
    当年计划投资: Annotated[Figure, "金额合计"]
    新建: SumFacts
    续建: SumFacts
    前期: SumFacts
    促进开工: SumFacts
    加快建设: SumFacts
    竣工投产: SumFacts
    前期储备: SumFacts
    各批: list[ClassSums]
    各行业: list[SectorSums]
    各单位: list[UnitSums]
    责任单位数: int
    包联项目数: Annotated[int, "列入计划且由领导包联的项目个数"]
    尾差说明: Annotated[str, "各数分别四舍五入、未作机械调整的说明"]
    分批项目: list[ClassSection]
    责任分解: list[UnitDuties]
