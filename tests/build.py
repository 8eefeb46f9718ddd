"""Records with sensible defaults, so that a test states only what it is about.

Every factory takes the record's attributes as keywords, and besides:
``row`` (of the sheet), ``file``, ``without`` (fields whose column the sheet lacks) and ``unreadable`` (fields
whose cell could not be read). The default project is sound: a year of only defaults has no findings.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from pipeline.checks.runner import run_rules
from pipeline.facts.case import Case
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.field_catalogue import Field
from pipeline.records.finding import Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.office import Leader, Unit
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.period import Month, PartialDay, Span
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress, Receipt
from pipeline.records.project import Declaration
from pipeline.records.record import Record
from pipeline.records.reserve import ReserveProject
from pipeline.records.score import OnSiteScore
from pipeline.records.settings import OfficeSettings
from pipeline.records.source import Seen, Source

YEAR = 2027
PROJECT = "示例产业园项目"
UNIT = "区工信局"
_FIELDS = {kind.slug: kind.fields for kind in LEDGER_KINDS}
_WHERE = ("row", "file", "without", "unreadable")
_T = TypeVar("_T")


def source(
    ledger: str,
    row: int = 3,
    file: str = "",
    without: Iterable[Field] = (),
    unreadable: Iterable[Field] = (),
) -> Source:
    """A row of a sheet that has every column of its ledger but ``without``; nothing is seen in the cells."""
    lacking, unread = {field.slug for field in without}, {field.slug for field in unreadable}
    cells = {
        field.slug: Seen(f"{chr(65 + index)}{row}", "", field.slug not in unread)
        for index, field in enumerate(_FIELDS[ledger])
        if field.slug not in lacking
    }
    return Source(file or f"inputs/2027/{ledger}.xlsx", "Sheet1", row, cells)


def _build(kind: type[_T], ledger: str, defaults: dict[str, object], changes: dict[str, Any]) -> _T:
    where = {name: changes.pop(name) for name in _WHERE if name in changes}
    return kind(**{"source": source(ledger, **where), **defaults, **changes})


def years(start: int | str, finish: int | str) -> Span:
    """``years(2027, "2028-03")`` → a span of a bare year and a month."""
    return Span(day(start), day(finish))


def day(stated: int | str) -> PartialDay:
    """``2027``, ``"2027-03"`` or ``"2027-03-15"``."""
    return PartialDay(*(int(part) for part in str(stated).split("-")))


def declaration(**changes: object) -> Declaration:
    """加快建设, 2026—2028, 50,000万元 in all, 10,000 done, 20,000 planned."""
    defaults: dict[str, object] = {
        "project_name": PROJECT, "lead_unit": UNIT, "owner": "示例公司", "site": "示例园区",
        "content": "厂房两万平方米", "four_class": "加快建设", "sector": "工业", "span": years(2026, 2028),
        "total_investment": Decimal(50000), "invested_before": Decimal(10000), "year_plan": Decimal(20000),
        "physical_goal": "主体完工", "work_goal": None, "fund_source": "企业自筹", "fund_secured": None,
        "co_unit": "区住建局", "task": "服务项目建设", "person": "张某甲", "papers": (True, True, True, True),
    }  # fmt: skip
    return _build(Declaration, "declaration", defaults, changes)


def sponsorship(**changes: object) -> Sponsorship:
    """The default project, sponsored by 王某甲."""
    defaults: dict[str, object] = {
        "project_name": PROJECT, "sector": "工业", "stage": "重大实施", "build_task": "建设厂房",
        "total_investment": Decimal(50000), "year_plan": Decimal(20000), "owner": "示例公司", "area": "示例街道",
        "leaders": ("王某甲",), "lead_units": (UNIT,), "situation": "基础施工", "span": years(2026, 2028),
        "leader_matter": "无",
    }  # fmt: skip
    return _build(Sponsorship, "sponsorship", defaults, changes)


def team(**changes: object) -> ProcedureTeam:
    defaults: dict[str, object] = {
        "project_name": PROJECT,
        "persons": (("赵某甲",), ("钱某乙",), ("孙某丙",), ("李某丁",), ("周某戊",)),
    }
    return _build(ProcedureTeam, "team", defaults, changes)


def node(**changes: object) -> WorkNode:
    defaults: dict[str, object] = {
        "project_name": PROJECT, "due": day("2027-06"), "work": "主体封顶", "investment": Decimal(20000),
        "person": "张某甲",
    }  # fmt: skip
    return _build(WorkNode, "node", defaults, changes)


def progress(month: int, **changes: object) -> Progress:
    """A row of a month's report: 1,000万元 each month, carried forward."""
    defaults: dict[str, object] = {
        "month": Month(YEAR, month), "project_name": PROJECT, "lead_unit": UNIT, "month_plan": Decimal(1000),
        "month_done": Decimal(1000), "year_done": Decimal(1000 * month), "since_start": None,
        "physical": "按计划施工", "physical_rate": None, "started_on": None, "finished_on": None,
        "permit_progress": None, "trouble": None, "proposal": None,
    }  # fmt: skip
    changes.setdefault("file", f"inputs/2027/月报/{month:02d}.xlsx")
    return _build(Progress, "progress", defaults, changes)


def problem(**changes: object) -> Problem:
    defaults: dict[str, object] = {
        "project_name": PROJECT, "problem": "用地未批", "kind": "土地", "level": "工作小组", "measure": "专题协调",
        "steps": "先报批再供地", "deadline": day("2027-09-30"), "person": "张某甲", "raised_on": day("2027-02-01"),
        "solved_on": None, "state": "推进中",
    }  # fmt: skip
    return _build(Problem, "problem", defaults, changes)


def procedure(**changes: object) -> Procedure:
    defaults: dict[str, object] = {
        "project_name": PROJECT, "permit": "施工许可", "office": "区住建局", "state": "办理中",
        "due": day("2027-09-30"), "done": None, "person": "张某甲",
    }  # fmt: skip
    return _build(Procedure, "procedure", defaults, changes)


def leader(**changes: object) -> Leader:
    defaults: dict[str, object] = {"name": "王某甲", "post": "副区长", "portfolio": ("工业", "能源")}
    return _build(Leader, "leader", defaults, changes)


def unit(**changes: object) -> Unit:
    defaults: dict[str, object] = {
        "name": UNIT, "leader": "陈某甲", "section": "项目科", "person": "张某甲", "liaison": "吴某乙",
        "phone": None,
    }  # fmt: skip
    return _build(Unit, "unit", defaults, changes)


def reserve(**changes: object) -> ReserveProject:
    defaults: dict[str, object] = {
        "project_name": "示例储备项目", "lead_unit": UNIT, "reserve_class": "工业", "stage": "初包装",
        "paper": "项目建议书", "decided": False, "exit": None,
    }  # fmt: skip
    return _build(ReserveProject, "reserve", defaults, changes)


def score(**changes: object) -> OnSiteScore:
    defaults: dict[str, object] = {
        "project_name": PROJECT, "lead_unit": UNIT, "scores": (Decimal(90), Decimal("88.5")),
    }  # fmt: skip
    return _build(OnSiteScore, "score", defaults, changes)


def receipt(kind: str, month: int, received: str | None, **changes: object) -> Receipt:
    """``received`` as ``2027-03-28 23:59``; None: registered without a time."""
    at = datetime.strptime(received, "%Y-%m-%d %H:%M") if received else None  # noqa: DTZ007 - wall time
    defaults: dict[str, object] = {
        "unit": UNIT, "report_kind": kind, "month": Month(YEAR, month), "received_at": at,
    }  # fmt: skip
    return _build(Receipt, "receipt", defaults, changes)


def ledgers(*records: object, findings: tuple[Finding, ...] = ()) -> Ledgers:
    """A year of the given records, told apart by their kind."""

    return Ledgers(YEAR, findings=findings, records=tuple(each for each in records if isinstance(each, Record)))


def case(*records: object, as_of: date = date(YEAR, 6, 30), settings: OfficeSettings | None = None) -> Case:
    """The given records judged on a day."""
    return Case(ledgers(*records), settings or OfficeSettings(), as_of)


def found(
    rule: str, *records: object, as_of: date = date(YEAR, 6, 30), settings: OfficeSettings | None = None
) -> list[Finding]:
    """What one rule finds in the given records."""
    return [entry for entry in run_rules(case(*records, as_of=as_of, settings=settings)) if entry.rule == rule]
