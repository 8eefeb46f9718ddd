"""The facts that every paper may state: whose it is, for which year, of which day."""

from datetime import date
from typing import Annotated, TypedDict

from pipeline.records.period import chinese_day
from pipeline.records.settings import OfficeSettings


class OfficeFacts(TypedDict):
    """The first names of every template."""

    层级: Annotated[str, "如“区”；另有县、旗、市"]
    区名: Annotated[str, "如“示例区”"]
    区委: Annotated[str, "如“中共示例区委员会”"]
    区政府: Annotated[str, "如“示例区人民政府”"]
    办公室: Annotated[str, "编印单位全称，如“示例区重大项目领导小组办公室”"]
    年度: Annotated[int, "四位年份"]
    成文日期: Annotated[str, "如“2027年1月15日”"]


class OfClass(TypedDict):
    批次: Annotated[str, "四个一批类别"]


class OfSector(TypedDict):
    所属行业: str


def office_facts(settings: OfficeSettings, year: int, issued_on: date) -> OfficeFacts:
    return {
        "层级": settings.level.value,
        "区名": settings.district,
        "区委": settings.committee,
        "区政府": settings.government,
        "办公室": settings.office,
        "年度": year,
        "成文日期": chinese_day(issued_on),
    }
