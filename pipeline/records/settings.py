"""The office's own choices, as inputs/office.toml states them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipeline.records.level import Level
from pipeline.records.limits import ReadingLimits
from pipeline.records.working_days import DeadlineSettings

STRICT_PAGE = "从严"
PAGES = ("常用", STRICT_PAGE)  # GB/T 9704's usual margins, and the stricter ones of GB/T 33476.2
ADDRESSEES = "各镇、街道，{层级}直各部门、单位"
REPORTED_TO = "{层级}委、{层级}人大、{层级}政府、{层级}政协主要领导"
SCORE_PARTS = ("开复工竣工", "固定资产投资", "手续办结", "形象进度", "现场观摩")  # K-20(3)


@dataclass(frozen=True)
class PlanSettings:
    """The January plan (K-7(1))."""

    number: int = 1  # serial in 发文字号
    issued_on: date | None = None  # 成文日期; None: 15 January of the plan year
    addressees: str | None = None  # 主送机关, without the colon; None: ``ADDRESSEES``, "": none
    copied_to: str = ""  # 抄送机关
    printer: str = ""  # 印发机关
    copy_number: str = ""  # 份号, six digits; "" for none
    secrecy: str = ""  # 密级和保密期限, such as 机密★1年
    urgency: str = ""  # 紧急程度: 特急 or 加急
    preprinted: bool = False  # the paper already bears the red head


@dataclass(frozen=True)
class BriefingSettings:
    """The monthly briefing (B-12)."""

    name: str = "重大项目包联工作简报"
    total_offset: int = 0  # 总第n期 = n + offset; 0 with the month as n
    reported_to: str | None = None  # 报, B-12; None: ``REPORTED_TO``
    sent_to: str = ""  # 送
    copies: int = 0  # 共印n份; 0: not stated
    last_units: int = 3  # how many of the best and slowest units are named


@dataclass(frozen=True)
class AssessmentSettings:
    """Year-end assessment (K-20, K-21, B-13); every figure here is the office's own."""

    weights: Mapping[str, Decimal] = field(
        default_factory=lambda: {part: Decimal(1) for part in SCORE_PARTS}
    )  # relative; parts without anything to score drop out
    late_deduction: Decimal = Decimal(0)  # points for each late report
    missing_deduction: Decimal = Decimal(0)  # points for each missing report
    baseline: Decimal = Decimal(80)  # score that converts to zero points
    factor: Decimal = Decimal("0.1")  # annual points for each point above or below the baseline
    cap: Decimal = Decimal(5)  # annual points stay within ±cap
    commended: int = 3  # how many units are proposed
    commended_minimum: Decimal = Decimal(85)


@dataclass(frozen=True)
class OfficeSettings:
    """Who issues, in which names; nothing here comes from a ledger."""

    level: Level = Level.DISTRICT
    district: str = "示例区"
    committee: str = "中共示例区委员会"
    government: str = "示例区人民政府"
    committee_code: str = "示党发"  # 机关代字 of the host authority
    office: str = "示例区重大项目领导小组办公室"
    page: str = "常用"  # one of PAGES
    sample: bool = False  # True: everything in this workspace is invented
    default_unit: str = "万元"  # for amount columns that state no unit
    promotion_day: date | None = None  # date printed on promotion plans; None: 31 January of the year
    assessment_day: date | None = None  # None: 31 December of the year
    headings: Mapping[str, str] = field(
        default_factory=dict
    )  # heading → field label, confirmed by the office
    renames: Mapping[str, str] = field(default_factory=dict)  # former project name → present one, confirmed
    unit_aliases: Mapping[str, str] = field(
        default_factory=dict
    )  # full, short or former name of a unit → the directory's
    exceptions: Mapping[str, str] = field(
        default_factory=dict
    )  # project name → why it is listed below the K-2 threshold
    exchange_rates: Mapping[str, Decimal] = field(default_factory=dict)  # 美元 → 元, K-2
    plan: PlanSettings = field(default_factory=PlanSettings)
    briefing: BriefingSettings = field(default_factory=BriefingSettings)
    assessment: AssessmentSettings = field(default_factory=AssessmentSettings)
    deadlines: DeadlineSettings = field(default_factory=DeadlineSettings)
    limits: ReadingLimits = field(default_factory=ReadingLimits)

    @property
    def addressees(self) -> str:
        """主送机关 of the plan; "" for none."""
        stated = self.plan.addressees
        return self.level.said(ADDRESSEES) if stated is None else stated

    @property
    def reported_to(self) -> str:
        """To whom the briefing is reported; "" for nobody."""
        stated = self.briefing.reported_to
        return self.level.said(REPORTED_TO) if stated is None else stated
