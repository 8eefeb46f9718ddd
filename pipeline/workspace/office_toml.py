"""inputs/office.toml: every setting once, with its explanation; read strictly, written for ``gongwen init``."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import WorkspaceError
from pipeline.files.disk_trouble import reason as why
from pipeline.ledgers.kinds import catalogue
from pipeline.records.finding import told
from pipeline.records.level import Level, at_each_level
from pipeline.records.limits import ReadingLimits
from pipeline.records.names import name_key
from pipeline.records.nearest import HINT, nearest
from pipeline.records.renames import final_names
from pipeline.records.settings import (
    PAGES,
    SCORE_PARTS,
    AssessmentSettings,
    BriefingSettings,
    OfficeSettings,
    PlanSettings,
)
from pipeline.records.working_days import DeadlineSettings
from pipeline.workspace.edited_text import edited_text


@dataclass(frozen=True)
class _Setting:
    """One line of the file: ``[section]`` ``key`` ↔ an attribute of the section's settings object."""

    section: str
    key: str
    attribute: str
    kind: type
    explanation: str
    example: object = None  # written as a comment where the default is None
    least: int = 0  # of a number
    most: int = 9999


_SETTINGS = (
    _Setting("办公室", "层级", "level", str, "区、县、旗或市（县级市）；文书、空白台账和日程按此写“区委”或“县委”、“全区”或“全县”"),
    _Setting("办公室", "区名", "district", str, "出现在正文中的区名；县、旗、市也写在这里，以下两项相同"),
    _Setting("办公室", "区委", "committee", str, "区委全称，联合行文时排在前面（主办机关）"),
    _Setting("办公室", "区政府", "government", str, "区政府全称"),
    _Setting("办公室", "机关代字", "committee_code", str, "联合行文使用主办机关的代字"),
    _Setting("办公室", "编印单位", "office", str, "简报、方案、考核材料的编印单位全称"),
    _Setting("办公室", "版面", "page", str, "公文的页边和行距：常用（天头37毫米、下白边35毫米）或从严（GB/T 33476.2）"),
    _Setting("办公室", "样例", "sample", bool, "true表示本工作区的数据是虚构的样例"),
    _Setting("办公室", "默认金额单位", "default_unit", str, "台账没有写明单位时使用：万元、亿元或元；使用时会提醒"),
    _Setting("计划", "发文序号", "number", int, "发文字号〔年份〕后的序号", least=1, most=9_999),
    _Setting("计划", "成文日期", "issued_on", date, "不填为计划年度1月15日", "2027-01-15"),
    _Setting("计划", "主送机关", "addressees", str, "不写冒号；不主送则留空；不填按层级写", '"各镇、街道，区直各部门、单位"'),
    _Setting("计划", "抄送机关", "copied_to", str, "不写句号；没有则留空"),
    _Setting("计划", "印发机关", "printer", str, "版记中的印发机关"),
    _Setting("计划", "份号", "copy_number", str, "涉密公文的6位编号，如“000001”；没有则留空"),
    _Setting("计划", "密级", "secrecy", str, "如“机密★1年”；没有则留空"),
    _Setting("计划", "紧急程度", "urgency", str, "“特急”或“加急”；没有则留空"),
    _Setting("计划", "套红纸", "preprinted", bool, "true表示打印在已印好红头的纸上，红头的位置留空"),
    _Setting("推进方案", "编制日期", "promotion_day", date, "不填为计划年度1月31日；方案按这一天的情况编写", "2027-01-31"),
    _Setting("简报", "名称", "name", str, "简报的名称"),
    _Setting("简报", "总期号起算", "total_offset", int, "本年度第1期之前已编印的期数，用于“总第×期”", most=9_999),
    _Setting("简报", "报", "reported_to", str, "简报报送的上级领导，写在末页；不填按层级写", '"区委、区人大、区政府、区政协主要领导"'),
    _Setting("简报", "送", "sent_to", str, "简报发送的单位，写在末页"),
    _Setting("简报", "印数", "copies", int, "共印份数；0表示不写", most=9_999),
    _Setting("简报", "点名单位数", "last_units", int, "进度最快、最慢各点名几个单位", most=99),
    _Setting("考核", "成文日期", "assessment_day", date, "不填为考核年度12月31日", "2027-12-31"),
    _Setting("考核", "迟报每次扣分", "late_deduction", Decimal, "按时报送是考核依据；扣多少由本办公室定，0表示不扣", most=100),
    _Setting("考核", "缺报每次扣分", "missing_deduction", Decimal, "同上", most=100),
    _Setting("考核", "折算基准分", "baseline", Decimal, "得分等于基准分时折算为0分", most=1_000),
    _Setting("考核", "折算系数", "factor", Decimal, "每高于（低于）基准分1分，折算为加（减）几分", most=100),
    _Setting("考核", "折算上限", "cap", Decimal, "折算加减分的最大值", most=100),
    _Setting("考核", "拟表彰单位数", "commended", int, "按名次提出的表彰建议个数", most=99),
    _Setting("考核", "拟表彰最低分", "commended_minimum", Decimal, "低于此分不提表彰建议", most=1_000),
    _Setting("日程", "逢休息日顺延", "shift", bool, "报送期限遇周末或放假时，true表示顺延到下一个工作日；两个办法写明日期而没有写顺延，默认不顺延。休息日见inputs/节假日.csv"),
    _Setting("读取限额", "文件兆字节", "file_megabytes", int, "一份文件的大小；正常台账不到5", least=1, most=512),
    _Setting("读取限额", "部件兆字节", "part_megabytes", int, "文件内部一个部件展开后的大小", least=1, most=512),
    _Setting("读取限额", "展开兆字节", "inflated_megabytes", int, "文件内部各部件展开后的总大小", least=1, most=1_024),
    _Setting("读取限额", "部件个数", "parts", int, "文件内部的部件个数", least=50, most=20_000),
    _Setting("读取限额", "单元格个数", "cells", int, "一份文件各工作表中有内容的单元格", least=1000, most=6_000_000),
    _Setting("读取限额", "列数", "columns", int, "一张工作表的列数", least=20, most=16_384),
    _Setting("读取限额", "行数", "rows", int, "一张工作表中有内容的行数", least=100, most=200_000),
    _Setting("读取限额", "范围格数", "area", int, "从A1到最后一个有内容的单元格，行数乘以列数", least=10000, most=20_000_000),
    _Setting("读取限额", "文字百万字", "text_millions", int, "一份文件全部单元格的字数", least=1, most=320),
    _Setting("读取限额", "单元格字数", "cell_characters", int, "一个单元格的字数；WPS和Excel的上限是32767", least=255, most=32_767),
    _Setting("读取限额", "秒数", "seconds", int, "读取一份文件的时间", least=2, most=600),
    _Setting("读取限额", "内存兆字节", "memory_megabytes", int, "读取一份文件的内存", least=256, most=4_096),
)  # fmt: skip
_TABLES = {
    "考核权重": "各部分的相对权重（重点办法第二十条的四部分和7月观摩）。规定把权重放在另一办法中，本系统没有该办法，"
    "所以由本办公室设定；默认各部分相等。没有考核对象的部分不计，权重按比例分给其他部分",
    "列名确认": "各单位写法不同、需要本办公室认定的列名，例如：\"截止目前完成投资\" = \"本年累计完成投资\"",
    "项目更名": "本办公室确认的项目更名，例如：\"旧名\" = \"新名\"；各台账中写旧名的，都按新名处理",
    "单位别名": "责任单位名册以外的全称、简称和原名，例如：\"区工业和信息化局\" = \"区工信局\"；各台账中写别名的，都按名册的名称处理",
    "例外列入": "总投资不足1亿元、确需列入的重点项目（重点办法第二条：原则上在1亿元以上）和理由，例如：\"项目名称\" = \"区委常委会纪要〔2026〕9号\"",
    "外币汇率": "1单位外币折合人民币多少元，例如：\"美元\" = 7.1（重点办法第二条：含外币折合）",
}  # fmt: skip
_MOST_RATE, _MOST_WEIGHT = 10_000, 1_000
_OWNERS: dict[str, type] = {
    "计划": PlanSettings,
    "简报": BriefingSettings,
    "考核": AssessmentSettings,
    "日程": DeadlineSettings,
    "读取限额": ReadingLimits,
}
_KINDS = {
    str: "文字（加引号）",
    int: "整数",
    bool: "true或false",
    date: "日期，写成2027-01-15这样，不加引号",
    Decimal: "数字",
}


def _owner(setting: _Setting) -> type:
    """The settings object that a setting belongs to; two days live on the office itself."""
    if setting.attribute in OfficeSettings.__dataclass_fields__:
        return OfficeSettings
    return _OWNERS[setting.section]


def load_settings(path: Path) -> OfficeSettings:
    """Read office.toml; an unknown key, a wrong type or a broken file is a ``WorkspaceError``."""
    data = _parsed(path)
    sections = {setting.section for setting in _SETTINGS} | set(_TABLES)
    for section, values in data.items():
        if section not in sections or not isinstance(values, dict):
            raise WorkspaceError(f"{path}：不认识[{section}]{_nearest(section, sections)}")
    changes: dict[type, dict[str, object]] = {owner: {} for owner in (OfficeSettings, *_OWNERS.values())}
    for section, values in data.items():
        known = {setting.key: setting for setting in _SETTINGS if setting.section == section}
        if section in _TABLES:
            continue
        for key, value in values.items():
            if key not in known:
                raise WorkspaceError(f"{path}：[{section}]中不认识“{key}”{_nearest(key, known)}")
            changes[_owner(known[key])][known[key].attribute] = _typed(path, known[key], value)
    changes[AssessmentSettings]["weights"] = _weights(path, data.get("考核权重", {}))
    renames = _names(path, "项目更名", "旧名", "新名", data.get("项目更名", {}))
    office = OfficeSettings(
        headings=_headings(path, data.get("列名确认", {})),
        renames=renames,
        unit_aliases=_names(path, "单位别名", "别名", "名册中的名称", data.get("单位别名", {})),
        exceptions=_exceptions(path, data.get("例外列入", {}), final_names(renames)),
        exchange_rates=_decimals(path, "外币汇率", data.get("外币汇率", {}), _MOST_RATE),
        plan=replace(PlanSettings(), **changes[PlanSettings]),  # type: ignore[arg-type]  # typed by _typed
        briefing=replace(BriefingSettings(), **changes[BriefingSettings]),  # type: ignore[arg-type]  # typed by _typed
        assessment=replace(AssessmentSettings(), **changes[AssessmentSettings]),  # type: ignore[arg-type]  # typed by _typed
        deadlines=replace(DeadlineSettings(), **changes[DeadlineSettings]),  # type: ignore[arg-type]  # typed by _typed
        limits=replace(ReadingLimits(), **changes[ReadingLimits]),  # type: ignore[arg-type]  # typed by _typed
    )
    office = replace(office, **changes[OfficeSettings])  # type: ignore[arg-type]  # typed by _typed
    if office.default_unit not in ("万元", "亿元", "元"):
        raise WorkspaceError(f"{path}：默认金额单位应为万元、亿元或元，现为“{office.default_unit}”")
    if office.page not in PAGES:
        raise WorkspaceError(f"{path}：版面应为{'或'.join(PAGES)}，现为“{office.page}”")
    if office.level not in tuple(Level):
        raise WorkspaceError(f"{path}：层级应为{'、'.join(Level)}之一，现为“{told(office.level)}”")
    return replace(office, level=Level(office.level))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        text = edited_text(path.read_bytes())
    except OSError as problem:
        raise WorkspaceError(f"{path}读不出来：{why(problem)}") from None
    except UnicodeDecodeError:
        raise WorkspaceError(
            f"{path}的文字编码认不出。请用记事本打开，选“另存为”，编码选UTF-8，保存后再试"
        ) from None
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise WorkspaceError(f"{path}写法有误：{_mistake(text, problem)}") from None
    except RecursionError:
        raise WorkspaceError(f"{path}写法有误：方括号或花括号套了太多层，请对照说明改正") from None
    except ValueError:  # a number that Python itself refuses
        raise WorkspaceError(f"{path}写法有误：有一个数字长达几千位，请改正") from None


_SHOWN = 40  # characters of a line that a message repeats
_DIGITS = 15  # of a decimal number; more of them no setting needs
_CHINESE_DAY = re.compile(r"=\s*[\d〇零一二三四五六七八九十]+\s*年")


def _mistake(text: str, problem: tomllib.TOMLDecodeError) -> str:
    """Where it is, and what such a line should look like."""
    number = str(problem).rpartition("line ")[2].partition(",")[0]
    if not number.isdecimal():
        return "文件没有写完整。汉字的名称和文字都要加英文引号"
    line = [*text.splitlines(), ""][min(int(number), text.count("\n") + 1) - 1]
    if "twice" in str(problem):
        return f"第{number}行的{line.strip()[:_SHOWN]}前面已经有一节，请把两节的内容合在一处，只保留一个"
    if "overwrite" in str(problem) or "Duplicate" in str(problem):
        return f"第{number}行的名称（{line.strip()[:_SHOWN]}）前面已经写过，请只保留一处"
    if _CHINESE_DAY.search(line):
        return f"第{number}行的日期应写成2027-01-15这样，不写“年月日”，不加引号"
    return f"第{number}行。汉字的名称和文字都要加英文引号"


def _typed(path: Path, setting: _Setting, value: object) -> object:
    if setting.kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    right = isinstance(value, setting.kind) and (setting.kind is bool or not isinstance(value, bool))
    right = (
        right
        and not isinstance(value, datetime)
        and not (isinstance(value, Decimal) and not value.is_finite())
    )
    if not right:
        raise WorkspaceError(
            f"{path}：[{setting.section}]“{setting.key}”应为{_KINDS[setting.kind]}，现为{told(str(value))}"
        )
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        _require_within(path, setting, value)
    return value


def _require_within(path: Path, setting: _Setting, value: int | Decimal) -> None:
    """Raise ``WorkspaceError`` for a number that no office can mean."""
    if setting.least <= value <= setting.most and not _is_too_fine(value):
        return
    negative = "不能是负数，" if value < 0 else ""
    raise WorkspaceError(
        f"{path}：[{setting.section}]“{setting.key}”{negative}应不小于{setting.least}，"
        f"不大于{setting.most}，现为{told(str(value))}"
    )


def _is_too_fine(value: int | Decimal) -> bool:
    return isinstance(value, Decimal) and len(value.as_tuple().digits) > _DIGITS


def _decimals(path: Path, section: str, values: Mapping[str, object], most: int) -> dict[str, Decimal]:
    found = {}
    for key, value in values.items():
        number = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
        if number is None or not number.is_finite() or not 0 <= number <= most or _is_too_fine(number):
            raise WorkspaceError(
                f"{path}：[{section}]“{told(key)}”应为0至{most}的数字，现为{told(str(value))}"
            )
        found[key] = number
    return found


def _weights(path: Path, values: Mapping[str, object]) -> dict[str, Decimal]:
    found = _decimals(path, "考核权重", values, _MOST_WEIGHT)
    for key in found:
        if key not in SCORE_PARTS:
            raise WorkspaceError(f"{path}：[考核权重]中不认识“{key}”{_nearest(key, SCORE_PARTS)}")
    weights = {part: found.get(part, Decimal(1)) for part in SCORE_PARTS}
    if not any(weights.values()):
        raise WorkspaceError(f"{path}：[考核权重]不能全部为0")
    return weights


def _headings(path: Path, values: Mapping[str, object]) -> dict[str, str]:
    labels = {
        spelt: field.label for field in catalogue() for spelt in (field.label, *at_each_level(field.heading))
    }
    for heading, label in values.items():
        if not isinstance(label, str) or label not in labels:
            raise WorkspaceError(
                f"{path}：[列名确认]“{heading}”对应的“{label}”不是字段名{_nearest(str(label), labels)}"
            )
    return {heading: labels[str(label)] for heading, label in values.items()}


def _names(path: Path, section: str, left: str, right: str, values: Mapping[str, object]) -> dict[str, str]:
    """Another name → the name in use; the section's lines read ``left = right``."""
    for other, used in values.items():
        if not isinstance(used, str) or not name_key(used) or not name_key(other):
            raise WorkspaceError(f'{path}：[{section}]应写成"{left}" = "{right}"，“{other}”现为“{used}”')
    names = {other: str(used) for other, used in values.items()}
    try:
        final_names(names)
    except ValueError as problem:
        raise WorkspaceError(f"{path}：[{section}]{problem}") from None
    return names


def _exceptions(path: Path, values: Mapping[str, object], final: Mapping[str, str]) -> dict[str, str]:
    """Project name → reason; a project that was renamed is granted by any of its names."""
    for name, reason in values.items():
        if not isinstance(reason, str) or not reason.strip() or not name_key(name):
            raise WorkspaceError(f'{path}：[例外列入]应写成"项目名称" = "理由"，“{name}”现为“{reason}”')
    return {final.get(name_key(name), name): str(reason).strip() for name, reason in values.items()}


def _nearest(word: str, known: Mapping[str, object] | set[str] | tuple[str, ...]) -> str:
    near = nearest(word, known, HINT)
    return f"，是否应为“{near}”" if near else ""


def _escaped(character: str) -> str:
    """A character of a TOML string; those that a line can't hold by their number."""
    if character in '\\"':
        return "\\" + character
    return f"\\u{ord(character):04X}" if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_escaped(each) for each in value) + '"'
    return str(value)


def toml_entry(key: str, value: str) -> str:
    """One line ``"key" = "value"`` as the file has it."""
    return f"{_written(key)} = {_written(value)}"


def office_toml_text(settings: OfficeSettings | None = None) -> str:
    """A complete office.toml with every setting explained; ``settings`` gives the values, else the defaults."""
    office = settings or OfficeSettings()
    parts: dict[type, object] = {
        OfficeSettings: office, PlanSettings: office.plan, BriefingSettings: office.briefing,
        AssessmentSettings: office.assessment, DeadlineSettings: office.deadlines, ReadingLimits: office.limits,
    }  # fmt: skip
    lines = [
        "# 本办公室的设定。用记事本或WPS打开修改均可，保存为UTF-8。",
        "# 等号左边的名称不要改；文字要加英文引号；以#开头的行是说明。",
    ]
    for section in dict.fromkeys(setting.section for setting in _SETTINGS):
        lines += ["", f'["{section}"]']
        for setting in (each for each in _SETTINGS if each.section == section):
            value = getattr(parts[_owner(setting)], setting.attribute)
            lines.append(f"# {setting.explanation}")
            mark, shown = ("# ", setting.example) if value is None else ("", _written(value))
            lines.append(f'{mark}"{setting.key}" = {shown}')
    tables: dict[str, Mapping[str, object]] = {
        "考核权重": office.assessment.weights, "列名确认": office.headings, "项目更名": office.renames,
        "单位别名": office.unit_aliases, "例外列入": office.exceptions, "外币汇率": office.exchange_rates,
    }  # fmt: skip
    for section, values in tables.items():
        lines += ["", f'["{section}"]', f"# {_TABLES[section]}"]
        lines += [f"{_written(key)} = {_written(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"
