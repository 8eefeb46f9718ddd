"""The office's own choices, each with its words in inputs/office.toml beside its default."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.records.level import Level
from pipeline.records.limits import ReadingLimits
from pipeline.records.office_setting import section, setting, table
from pipeline.records.working_days import DeadlineSettings

STRICT_PAGE = "从严"
PAGES = ("常用", STRICT_PAGE)  # GB/T 9704's usual margins, and the stricter ones of GB/T 33476.2
ADDRESSEES = "各镇、街道，{层级}直各部门、单位"
REPORTED_TO = "{层级}委、{层级}人大、{层级}政府、{层级}政协主要领导"
STARTS_OF_BUILDING_ON = ("当年以前", "当年或以前")  # how K-8(1) may be read: see regulation/decisions.py
SCORE_PARTS = ("开复工竣工", "固定资产投资", "手续办结", "形象进度", "现场观摩")  # K-20(3)


@dataclass(frozen=True)
class DeclaringSettings:
    """How the office reads what units declare (K-8)."""

    start_of_building_on: str = setting(
        STARTS_OF_BUILDING_ON[0],
        "加快建设的开工时间",
        "加快建设类项目（重点办法第八条）应在何时开工：当年以前（当年开工的提醒改为促进开工），或当年或以前（不提醒）",
        choices=STARTS_OF_BUILDING_ON,
    )


@dataclass(frozen=True)
class PlanSettings:
    """The January plan (K-7(1))."""

    number: int = setting(1, "发文序号", "发文字号〔年份〕后的序号", least=1)
    issued_on: date | None = setting(None, "成文日期", "不填为计划年度1月15日", example="2027-01-15")
    addressees: str | None = setting(
        None,
        "主送机关",
        "不写冒号；不主送则留空；不填按层级写",
        kind=str,
        example='"各镇、街道，区直各部门、单位"',
    )
    copied_to: str = setting("", "抄送机关", "不写句号；没有则留空")
    printer: str = setting("", "印发机关", "版记中的印发机关")
    copy_number: str = setting("", "份号", "涉密公文的6位编号，如“000001”；没有则留空")
    secrecy: str = setting("", "密级", "如“机密★1年”；没有则留空")
    urgency: str = setting("", "紧急程度", "“特急”或“加急”；没有则留空")
    preprinted: bool = setting(False, "套红纸", "true表示打印在已印好红头的纸上，红头的位置留空")


@dataclass(frozen=True)
class PromotionSettings:
    """The promotion plans of single projects."""

    issued_on: date | None = setting(
        None, "编制日期", "不填为计划年度1月31日；方案按这一天的情况编写", example="2027-01-31"
    )


@dataclass(frozen=True)
class BriefingSettings:
    """The monthly briefing (B-12)."""

    name: str = setting("重大项目包联工作简报", "名称", "简报的名称")
    total_offset: int = setting(0, "总期号起算", "本年度第1期之前已编印的期数，用于“总第×期”")
    reported_to: str | None = setting(
        None,
        "报",
        "简报报送的上级领导，写在末页；不填按层级写",
        kind=str,
        example='"区委、区人大、区政府、区政协主要领导"',
    )
    sent_to: str = setting("", "送", "简报发送的单位，写在末页")
    copies: int = setting(0, "印数", "共印份数；0表示不写")
    last_units: int = setting(3, "点名单位数", "进度最快、最慢各点名几个单位", most=99)


@dataclass(frozen=True)
class AssessmentSettings:
    """Year-end assessment (K-20, K-21, B-13); every figure here is the office's own, in points."""

    issued_on: date | None = setting(None, "成文日期", "不填为考核年度12月31日", example="2027-12-31")
    late_deduction: Decimal = setting(
        Decimal(0), "迟报每次扣分", "按时报送是考核依据；扣多少由本办公室定，0表示不扣", most=100
    )
    missing_deduction: Decimal = setting(Decimal(0), "缺报每次扣分", "同上", most=100)
    baseline: Decimal = setting(Decimal(80), "折算基准分", "得分等于基准分时折算为0分", most=1_000)
    factor: Decimal = setting(Decimal("0.1"), "折算系数", "每高于（低于）基准分1分，折算为加（减）几分", most=100)
    cap: Decimal = setting(Decimal(5), "折算上限", "折算加减分的最大值", most=100)
    commended: int = setting(3, "拟表彰单位数", "按名次提出的表彰建议个数", most=99)
    commended_minimum: Decimal = setting(Decimal(85), "拟表彰最低分", "低于此分不提表彰建议", most=1_000)
    physical_enough: Decimal = setting(
        Decimal(100),
        "形象进度视为完成",
        "形象进度完成率达到百分之几，视为完成当年形象进度（前期项目为工作进度）",
        most=100,
    )
    weights: Mapping[str, Decimal] = table(
        "考核权重",
        "各部分的相对权重（重点办法第二十条的四部分和7月观摩）。规定把权重放在另一办法中，本系统没有该办法，"
        "所以由本办公室设定；默认各部分相等。没有考核对象的部分不计，权重按比例分给其他部分",
        dict.fromkeys(SCORE_PARTS, Decimal(1)),
    )


@dataclass(frozen=True)
class OfficeSettings:
    """Who issues, in which names; nothing here comes from a ledger."""

    level: Level = setting(
        Level.DISTRICT,
        "层级",
        "区、县、旗或市（县级市）；文书、空白台账和日程按此写“区委”或“县委”、“全区”或“全县”",
    )
    district: str = setting("示例区", "区名", "出现在正文中的区名；县、旗、市也写在这里，以下两项相同")
    committee: str = setting("中共示例区委员会", "区委", "区委全称，联合行文时排在前面（主办机关）")
    government: str = setting("示例区人民政府", "区政府", "区政府全称")
    committee_code: str = setting("示党发", "机关代字", "联合行文使用主办机关的代字")
    office: str = setting("示例区重大项目领导小组办公室", "编印单位", "简报、方案、考核材料的编印单位全称")
    page: str = setting(
        "常用",
        "版面",
        "公文的页边和行距：常用（天头37毫米、下白边35毫米）或从严（GB/T 33476.2）",
        choices=PAGES,
    )
    sample: bool = setting(False, "样例", "true表示本工作区的数据是虚构的样例")
    default_unit: str = setting(
        "万元",
        "默认金额单位",
        "台账没有写明单位时使用：万元、亿元或元；使用时会提醒",
        choices=("万元", "亿元", "元"),
    )
    declaring: DeclaringSettings = section(DeclaringSettings, "申报")
    plan: PlanSettings = section(PlanSettings, "计划")
    promotion: PromotionSettings = section(PromotionSettings, "推进方案")
    briefing: BriefingSettings = section(BriefingSettings, "简报")
    assessment: AssessmentSettings = section(AssessmentSettings, "考核")
    deadlines: DeadlineSettings = section(DeadlineSettings, "日程")
    limits: ReadingLimits = section(ReadingLimits, "读取限额")
    headings: Mapping[str, str] = table(
        "列名确认",
        '各单位写法不同、需要本办公室认定的列名，例如："截止目前完成投资" = "本年累计完成投资"',
    )
    renames: Mapping[str, str] = table(
        "项目更名", '本办公室确认的项目更名，例如："旧名" = "新名"；各台账中写旧名的，都按新名处理'
    )
    unit_aliases: Mapping[str, str] = table(
        "单位别名",
        '责任单位名册以外的全称、简称和原名，例如："区工业和信息化局" = "区工信局"；各台账中写别名的，都按名册的名称处理',
    )
    exceptions: Mapping[str, str] = table(
        "例外列入",
        '总投资不足1亿元、确需列入的重点项目（重点办法第二条：原则上在1亿元以上）和理由，例如："项目名称" = "区委常委会纪要〔2026〕9号"',
    )
    exchange_rates: Mapping[str, Decimal] = table(
        "外币汇率", '1单位外币折合人民币多少元，例如："美元" = 7.1（重点办法第二条：含外币折合）'
    )

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
