"""What a sensible user expects of each small workspace in ``tests/data/practice``, a row each.

Each workspace is one case of practice, as units and their programs write it; all data is
invented (样例). ``NAMED`` stands for a cell that is named in a finding and whose value is not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class Verdict(Enum):
    """How a cell ends that gives no value."""

    NAMED = "named"  # an error or a reminder names it, and no value is used


NAMED = Verdict.NAMED


@dataclass(frozen=True)
class Practice:
    """One workspace and what must come of it.

    ``reads`` maps «project attribute» of a declaration or a report (the month behind @ where there are several) to
    its value, or to the values that would all be right; ``named`` are cells that a finding must name; ``says`` and
    ``never`` are words that some finding must say and none may; ``errors`` is the number of errors, where it counts.
    """

    name: str
    reads: Mapping[str, object] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    errors: int | None = None


def d(text: str) -> Decimal:
    return Decimal(text)


_A, _B, _C = "滨河快速通道项目", "老旧小区改造项目", "集中供热项目"
_DEFAULTED = "没有写明金额单位"
_UNTRUE_MAGNITUDE = "像是小数点写错"


def _title(number: int) -> Practice:
    return Practice(f"title-{number}", {"甲项目 month_done @2027-03": d("900")}, never=("不一致", "没有读取"))


def _declared_in(name: str, total: str, *, never: tuple[str, ...] = (_DEFAULTED,)) -> Practice:
    """The only project of a declaration, whose 总投资 is that many 万元."""
    return Practice(name, {"甲项目 total_investment": d(total)}, never=never)


def _read_well(name: str, **reads: str) -> Practice:
    found: dict[str, object] = {f"{_A} month_done": d("900")}
    found |= {f"{_B} {attribute}": d(value) for attribute, value in reads.items()}
    return Practice(name, found, errors=0)


PRACTICES: tuple[Practice, ...] = (
    Practice("00-base", {
        f"{_A} month_done": d("900"), f"{_B} month_plan": d("1000"), f"{_B} month_done": d("900"),
        f"{_B} year_done": d("900.5"), f"{_A} total_investment": d("50000"),
    }, errors=0),
    # --- number formats, units ---------------------------------------------------------------------------
    Practice("dom-wan-format-4", {"甲项目 total_investment": (d("50000"), None)}, never=("500,000,000万元",)),
    Practice("dom-wan-format-4-monthly", {"甲项目 month_done": (d("3"), None)}),
    Practice("dom-format-monthly-qian", {"甲项目 month_done": (d("900"), None), "甲项目 year_done": (d("2700"), None)}),
    Practice("dom-yi-format", {"甲项目 total_investment": (d("50000"), None), "甲项目 year_plan": (d("20000"), None)}),
    Practice("dom-unit-qianyuan", {
        "甲项目 total_investment": d("50000"), "甲项目 year_plan": d("20000"), "甲项目 month_done": d("900"),
        "甲项目 year_done": d("2700"),
    }, never=(_DEFAULTED,), errors=0),
    Practice("pkg-negative-formats", named=tuple(f"E{row}" for row in range(4, 13))),
    _declared_in("unitline-1", "500"),
    _declared_in("unitline-3", "50000"),
    _declared_in("unitline-5", "50000"),
    _declared_in("unitline-7", "50000"),
    _declared_in("unitline-9", "50000"),
    Practice("unitline-11", {"甲项目 total_investment": None}, says=("美元",), never=(_DEFAULTED,)),
    _declared_in("head-0", "5", never=()),
    _declared_in("head-2", "50000", never=()),
    _declared_in("head-4", "50000", never=()),
    _declared_in("head-6", "50000", never=()),
    _declared_in("head-8", "50000", never=()),
    _declared_in("head-10", "500", never=()),
    Practice("head-12", {"甲项目 total_investment": None}, says=("美元",), never=("没有“总投资”一列",)),
    # --- cells ---------------------------------------------------------------------------------------------
    Practice("dom-dispimg-briefing", {"甲项目 physical": None, "乙项目 physical": (None,)}, named=("G4",),
             says=("图片",), never=("不是公式",)),
    Practice("pkg-wps-dispimg-phys", {f"{_A} physical": None, "B项目 month_done": None}, named=("G4", "E5", "K6"),
             says=("图片",), never=("不是公式",)),
    Practice("dom-finish-2359", {"甲项目 finished_on @2027-11": "2027-11-1"}, never=("10月31日竣工",)),
    Practice("dom-percent-one", named=("H4", "H5", "H6", "H7")),
    Practice("dom-score-flat", named=("D7", "E7", "F7", "E8")),
    Practice("dom-score-names", says=("赵某甲",)),
    Practice("rare-chars", named=("B4", "B5", "B7", "B8")),
    Practice("same-above-decl", {f"{_B} lead_unit": ("区住建局",), f"{_C} lead_unit": ("区住建局",),
                                 f"{_C} four_class": "加快建设"}, never=("单位“同上”", "单位“〃”")),
    Practice("dom-same-above-plan", {"乙项目 owner": "示例公司"}),
    Practice("hidden-rows", {f"{_B} month_done": d("800")}, says=("被隐藏",)),
    Practice("merged-unit-amount", {f"{_B} lead_unit": "区住建局", f"{_C} lead_unit": "区住建局"},
             named=("E4",), says=("合并单元格",)),
    Practice("unit-merged-none", {f"{_B} month_done": d("900")}),
    # --- rows and headings ---------------------------------------------------------------------------------
    Practice("serial-blank", {"张村路 declared": False, "农村公路打包项目（含2个子项目） total_investment": d("60000")}),
    Practice("serial-dates", {"张村路 declared": False, "李村路 declared": False}),
    Practice("serial-float", {"张村路 declared": False, "李村路 declared": False}),
    Practice("serial-mon", {"张村路 declared": False, "李村路 declared": False}),
    Practice("dom-fund-split2", {"甲项目 total_investment": d("50000")}, named=("J4", "K4")),
    Practice("dom-twocol-phases", {"甲项目 total_investment": None}, says=("总投资",)),
    Practice("dom-years-cols", {"甲项目 year_plan": d("20000")}, errors=0),
    Practice("dom-confirmed-wrong-hint", says=("本年累计完成投资", "开工以来累计完成投资"), named=("F3",)),
    Practice("dom-ytd-column-lost", {"甲项目 year_done": (d("2700"), None)}, never=("如不需要，可不处理",)),
    Practice("heads-1-2月_in_March", {"甲项目 year_done": None}, named=("F3",)),
    Practice("heads-2月完成_in_March", {"甲项目 month_done": None}, named=("E3",)),
    Practice("heads-一季度完成", {"甲项目 year_done": (d("900"), None)}, never=("如不需要，可不处理",)),
    Practice("dom-phase-rename", never=("更名为",)),
    Practice("dom-phases", says=("滨河快速通道项目（一期）",)),
    Practice("dom-split-by-section", says=("跨区道路项目（南段）", "跨区道路项目（北段）")),
    # --- months and units ----------------------------------------------------------------------------------
    *map(_title, (1, 2, 4, 6, 8, 11, 13, 15)),
    *(Practice(f"filldate-{number}", {"甲项目 month_done @2027-03": d("900")}, errors=0) for number in (0, 2, 4)),
    Practice("two-months-sheet12", {f"{_A} month_done @2027-02": d("500"), f"{_A} month_done @2027-03": d("900"),
                                    f"{_C} month_done @2027-03": d("700")}),
    Practice("dom-unit-alias", {"水库项目 total_investment": d("50000")}, says=("单位别名",)),
    Practice("dom-joint-units", named=("P4", "P5", "P6", "P7", "P8", "P9"), says=("协办",),
             never=("在名册中补充该单位",)),
    # --- between months and years --------------------------------------------------------------------------
    Practice("dom-negative-month", named=("E4",), says=("核减",), errors=2),
    Practice("dom-skip-two-units", named=("E4",), says=("没有收到区住建局2027年2月的项目月报", "1,800")),
    Practice("dom-slight-over", named=("E4", "E5", "L6", "K4", "K5"), never=(_UNTRUE_MAGNITUDE, "5,000,000")),
    Practice("dom-rollover", named=("J5",), says=("29,000", "2027年11月20日")),
    Practice("dom-leader-replaced", never=("（1—6月）”不在", "（7—12月）”不在")),
    # --- files ---------------------------------------------------------------------------------------------
    Practice("dom-chartsheet", {"甲项目 month_done": d("900")}),
    Practice("file-csv-as-xlsx", says=("内容是文本", "另存为xlsx")),
    Practice("file-csv-date-slash", {f"{_A} started_on": "2026-3-6", "D项目 started_on": "2026-3-6",
                                     "F项目 physical_rate": d("85"), "H项目 month_done": (d("900"), d("0.09"), None)},
             named=("I5", "I6", "E8", "E12", "E13")),
    Practice("file-csv-excel-eq", {f"{_A} month_done": (d("900"), None), f"{_A} year_done": (d("900"), None)}),
    Practice("file-csv-gb18030-rare", {"䶮塘𬭚项目 month_done": d("900")}, named=("B4",)),
    Practice("file-csv-gbk-bom", {f"{_B} month_done": (d("1250.5"), None)}),
    Practice("file-csv-quote-newline", {"滨河快速通道项目 month_done": d("900")}),
    Practice("file-csv-sep-line", {f"{_B} month_done": d("1250.5")}, named=("H5",)),
    Practice("file-csv-utf8", {f"{_B} month_done": d("1250.5")}, named=("H5",)),
    Practice("file-xlsx-copy-suffix", says=("重复", )),
    Practice("file-xlsx-named-doc", says=("内容是Word文档", "xlsx")),
    Practice("file-xlsx-named-wps", says=("xlsx",), never=("不是电子表格",)),
    Practice("file-xlsx-noext", says=("xlsx",), never=("不是电子表格",)),
    Practice("file-xlsx-upper", {f"{_A} month_done": d("900")}, errors=0),
    *(Practice(f"pkg-{name}", {f"{_A} month_done": d("900")}, errors=0)
      for name in ("abs-target", "bom", "dim-A0", "dim-bigger", "no-override", "prefix-x", "t-str")),
    Practice("pkg-sst-case", {f"{_A} month_done": (d("900"), None)}),
    Practice("pkg-sst-missing", says=("没有读取",)),
)  # fmt: skip

# --- one cell a row: what is written, and what must be read --------------------------------------------------

# 本月完成投资 in a report whose unit is 万元; of several values each would be right
AMOUNTS: Mapping[str, object] = {
    "1000": d("1000"), "1,000": d("1000"), "1，000": d("1000"), "1 000": (d("1000"), NAMED), "1000.00": d("1000"),
    "１０００": d("1000"), "1000万": d("1000"), "1000万元": d("1000"), "1000 万元": d("1000"), "0.1亿": d("1000"),
    "0.1亿元": d("1000"), "1.2亿": d("12000"), "1.2 亿元": d("12000"), "约3000万": NAMED, "约3000": NAMED,
    "3000左右": NAMED, "3000-5000": NAMED, "3000~5000": NAMED, "3000—5000": NAMED, "≥3000": NAMED, "3000+": NAMED,
    "3000以上": NAMED, "(300)": NAMED, "（300）": NAMED, "-300": NAMED, "－300": NAMED, "−300": NAMED, "—300": NAMED,
    "300-": NAMED, "¥3000": (d("3000"), NAMED), "￥3000": (d("3000"), d("0.3"), NAMED), "RMB3000": (d("3000"), NAMED),
    "3000元": d("0.3"), "3000000元": d("300"), "3000千元": d("300"), "30百万元": d("3000"), "壹仟万元": NAMED,
    "一千万": NAMED, "1千万": (d("1000"), NAMED), "1000余万元": NAMED, "近1000万": NAMED, "1.0E3": NAMED, "1E3": NAMED,
    "1.2e+4": NAMED, "同上": NAMED, "〃": NAMED, '"': NAMED, "〃 ": NAMED, "-": None, "——": None, "/": None,
    "无": None, "零": NAMED, "0": d("0"), "O": NAMED, "l000": NAMED, "1OOO": NAMED, "1000*": NAMED, "*1000": NAMED,
    "1000注": NAMED, "1000（含税）": NAMED, "1000（其中财政500）": NAMED, "财政500+自筹500": NAMED, "500+500": NAMED,
    "=500+500": NAMED, "1000;": NAMED, "1000。": NAMED, "1000、": NAMED, "1000.": d("1000"), ".5": d("0.5"),
    "1000..5": NAMED, "1000,00": NAMED, "10,00": NAMED, "1,00,000": NAMED, "1.000,00": NAMED, "'1000": NAMED,
    "’1000": NAMED, "\xa01000": d("1000"), "1000\u200b": d("1000"), "1000\n": d("1000"), "1000\n2000": NAMED,
    "1000万元\n": d("1000"), "１，０００．５": d("1000.5"), "1000元/平方米": NAMED, "待定": NAMED, "待核": NAMED,
    "暂无": (None, NAMED), "N/A": NAMED, "#N/A": NAMED, "##": NAMED, "……": NAMED, "100%": NAMED, "10%": NAMED,
    "美元100万": NAMED, "100万美元": NAMED, "$100": NAMED, "1000.123456": d("1000.123456"), "0.004": d("0.004"),
    "1000万（亿）": NAMED, "一期1000，二期2000": NAMED, "1000/2000": NAMED, "2027年1000": NAMED,
    "人民币1000万元": (d("1000"), NAMED), "1000万元人民币": (d("1000"), NAMED), "1000W": NAMED, "1000w": NAMED,
    "1000 万": d("1000"), "1,000.5万元": d("1000.5"), "十万": NAMED, "10万": d("10"), "10.5万": d("10.5"),
    "2亿3000万": (d("23000"), NAMED), "1亿2千万元": (d("12000"), NAMED), "1.2亿元（12000万元）": (d("12000"), NAMED),
}  # fmt: skip

# 实际开工时间 in a report of March 2027, as year-month-day as far as stated
DATES: Mapping[str, object] = {
    "2027.3": "2027-3", "2027.03": "2027-3", "2027.3.6": "2027-3-6", "2027.3.6日": "2027-3-6", "2027年3月6": "2027-3-6",
    "2027年3月6日": "2027-3-6", "2027-3-6": "2027-3-6", "2027/3/6": "2027-3-6", "2027/03/06 00:00:00": "2027-3-6",
    "2027-03-06T00:00:00": "2027-3-6", "2027-03-06T00:00:00.000Z": ("2027-3-6", NAMED), "2027-03-06 08:00:00": NAMED,
    "2027-03-06 10:30": NAMED, "20270306": "2027-3-6", "202703": "2027-3", "2027": "2027", "2027年": "2027",
    "2027年底": NAMED, "年底": NAMED, "3月": "2027-3", "3月底": "2027-3", "三月": "2027-3", "3月6日": "2027-3-6",
    "3.6": NAMED, "27.3": NAMED, "27年3月": "2027-3", "二〇二七年三月": "2027-3", "二○二七年三月六日": "2027-3-6",
    "二零二七年三月": "2027-3", "贰零贰柒年叁月": NAMED, "2027年三月": "2027-3", "上半年": NAMED, "2027年上半年": NAMED,
    "三季度": NAMED, "2027年三季度末": NAMED, "第三季度": NAMED, "2027年第3季度": NAMED, "3季度末": NAMED,
    "年初": ("2027-1", NAMED), "2027年初": ("2027-1", NAMED), "春节前": NAMED, "农历正月": NAMED, "正月十五": NAMED,
    "2027年春季": NAMED, "已开工": NAMED, "未开工": None, "计划2027年3月": NAMED, "预计3月底": NAMED,
    "2027年3月初": "2027-3", "2027年3月中旬": "2027-3", "2027年3月上旬": "2027-3",
    "3月中旬": "2027-3", "同上": NAMED, "〃": NAMED, '"': NAMED, "——": None,
    "待定": None, "2027.2.29": NAMED, "2027年2月30日": NAMED, "45000": NAMED, "46452": NAMED, "2027. 3. 6": "2027-3-6",
    "２０２７年３月６日": "2027-3-6", "2027年3月6日（已开工）": ("2027-3-6", NAMED), "2027年3月6日开工": ("2027-3-6", NAMED),
    "2027年3月6日上午": ("2027-3-6", NAMED), "2027 年 3 月 6 日": "2027-3-6", "2027年 3月": "2027-3",
    "2027，3，6": ("2027-3-6", NAMED), "2027。3。6": ("2027-3-6", NAMED), "2027,3,6": ("2027-3-6", NAMED),
    "2027·3·6": ("2027-3-6", NAMED), "2027、3、6": ("2027-3-6", NAMED), "2027\\3\\6": ("2027-3-6", NAMED),
    "2027-3": "2027-3", "2027/3": "2027-3", "3/6/2027": NAMED, "6-Mar-27": ("2027-3-6", NAMED),
    "Mar-27": ("2027-3", NAMED), "27/3/6": ("2027-3-6", NAMED), "2027-03-06T16:00:00Z": NAMED,
    "20270306.0": ("2027-3-6", NAMED), "2027年3月6日至3月10日": NAMED, "2027年12月31号": NAMED, "2027年3月6号": "2027-3-6",
    "2O27年3月": NAMED, "2027年l2月": NAMED, "2027-13-01": NAMED, "2027年3月份": "2027-3", "3月份": "2027-3",
    "2027年3-5月": NAMED, "已于2026年3月开工": ("2026-3", NAMED), "2026年3月（已开工）": ("2026-3", NAMED),
    "2026.3.6/2026.3.8": NAMED,
}  # fmt: skip

_MARCH_TO_OCTOBER = "2026-3—2028-10"
_YEARS = "2026—2028"
# 建设年限 of a declaration for 2027
SPANS: Mapping[str, object] = {
    "2026-2028": _YEARS, "2026—2028年": _YEARS, "2026年-2028年": _YEARS, "2026年至2028年": _YEARS,
    "2026.3-2028.10": _MARCH_TO_OCTOBER, "2026.03-2028.10": _MARCH_TO_OCTOBER, "2026年3月至2028年10月": _MARCH_TO_OCTOBER,
    "2026年3月—2028年10月": _MARCH_TO_OCTOBER, "2026.3.1-2028.10.31": "2026-3-1—2028-10-31",
    "2026/3-2028/10": _MARCH_TO_OCTOBER, "202603-202810": _MARCH_TO_OCTOBER, "2026-03至2028-10": _MARCH_TO_OCTOBER,
    "26.3-28.10": _MARCH_TO_OCTOBER, "26年3月-28年10月": _MARCH_TO_OCTOBER, "2年": NAMED, "24个月": NAMED, "两年": NAMED,
    "2026年3月开工，2028年10月竣工": (_MARCH_TO_OCTOBER, NAMED), "2026年3月开工，预计2028年10月竣工": (_MARCH_TO_OCTOBER, NAMED),
    "2026—2028年（3年）": _YEARS, "2026年3月起": NAMED, "2026年3月—": NAMED, "2026.3～2028.10": _MARCH_TO_OCTOBER,
    "2026年上半年至2028年底": NAMED, "2026年一季度—2028年三季度": NAMED, "二〇二六年至二〇二八年": _YEARS, "2026~2028": _YEARS,
    "2026、2027、2028": NAMED, "2026-2027-2028": NAMED, "2026年-": NAMED, "长期": NAMED, "2028-2026": NAMED,
    "2026年3月-10月": "2026-3—2026-10", "2026.3-10": "2026-3—2026-10", "2026.3—2026.10": "2026-3—2026-10",
    "2027年": "2027—2027", "2027": "2027—2027", "2026年3月\n2028年10月": _MARCH_TO_OCTOBER,
    "2026年3月-\n2028年10月": _MARCH_TO_OCTOBER, "2026/2028": _YEARS, "2026-28": _YEARS,
    "2026年3月–2028年10月": _MARCH_TO_OCTOBER, "2026 - 2028": _YEARS, "2026年3月 至 2028年10月": _MARCH_TO_OCTOBER,
    "2026.3 2028.10": (_MARCH_TO_OCTOBER, NAMED), "2026－2028": _YEARS, "２０２６－２０２８年": _YEARS, "2026年至今": NAMED,
    "2026—2027年度": ("2026—2027", NAMED), "2026年度": ("2026—2026", NAMED), "2026-2028（分两期）": (_YEARS, NAMED),
    "2026.3.1——2028.10.31": "2026-3-1—2028-10-31", "2026年3月1日-2028年10月31日": "2026-3-1—2028-10-31",
    "2026-2028年,": (_YEARS, NAMED), "2026年3月-2028年10月（调整为2029年6月）": NAMED,
}  # fmt: skip

# 申报报告, whether it is there
PAPERS: Mapping[str, object] = {
    "有": True, "无": False, "√": True, "✓": True, "☑": (True, NAMED), "✔": True, "v": (True, NAMED), "V": (True, NAMED),
    "是": True, "否": False, "已提供": True, "已上传": (True, NAMED), "齐": (True, NAMED), "已批复": (True, NAMED),
    "示发改〔2026〕12号": (True, NAMED), "附后": (True, NAMED), "见附件": (True, NAMED), "1": NAMED, "0": NAMED, "×": False,
    "x": (False, NAMED), "X": (False, NAMED), "办理中": NAMED, "正在办理": NAMED, "不需要": NAMED, "/": (None, NAMED),
    "—": (None, NAMED), "☐": NAMED, "□": NAMED, "■": (True, NAMED), "已办": (True, NAMED), "有（原件）": (True, NAMED), "有\n": True,
}  # fmt: skip

# 实际开工时间 as a native cell, by its row
NATIVE_DATES: Mapping[int, object] = {
    4: "2027-3-6", 5: "2027-3-6", 6: "2027-3-6", 7: "2027-3-6", 8: NAMED, 9: NAMED, 10: "2027-3", 11: NAMED, 12: NAMED,
    13: NAMED, 14: "2027", 15: "2027-3", 16: "2027-3-6", 17: NAMED, 18: NAMED, 19: NAMED, 20: NAMED, 21: "2027-3",
}  # fmt: skip

# --- templates: what ``templates check`` must say of each; None: nothing is wrong with it --------------------

TEMPLATES: Mapping[str, str | None] = {
    "tpl-angle": "期号", "tpl-del-tag": "修订", "tpl-deleted-tr-end": "结束标签", "tpl-em-dash-changed": "——",
    "tpl-fullwidth-braces": "大括号", "tpl-missing-all-braces-cn": "期号", "tpl-misspelt": "期号", "tpl-one-close": "期号",
    "tpl-single-brace": "期号", "tpl-single-brace2": "期号", "tpl-spaced-brace": "期号", "tpl-split-br": "换行",
    "tpl-split-fld": "域", "tpl-split-ins": "修订", "tpl-split-runs": None, "tpl-split-tab": "", "tpl-zwsp": "U+200B",
}  # fmt: skip
