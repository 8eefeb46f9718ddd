"""inputs/office.toml, read strictly; its words stand beside the settings."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import WorkspaceError
from pipeline.files.disk_trouble import reason as why
from pipeline.ledgers.kinds import catalogue
from pipeline.records.finding import told
from pipeline.records.level import at_each_level
from pipeline.records.names import name_key
from pipeline.records.nearest import HINT, nearest
from pipeline.records.office_setting import OFFICE, Setting, lines_of, sections_of, tables_of
from pipeline.records.renames import final_names
from pipeline.records.settings import SCORE_PARTS, OfficeSettings
from pipeline.workspace.edited_text import edited_text

_MOST_RATE, _MOST_WEIGHT = 10_000, 1_000
_KINDS = {
    str: "文字（加引号）",
    int: "整数",
    bool: "true或false",
    date: "日期，写成2027-01-15这样，不加引号",
    Decimal: "数字",
}
T = TypeVar("T")


def load_settings(path: Path) -> OfficeSettings:
    """Read office.toml; an unknown key, a wrong type or a broken file is a ``WorkspaceError``."""
    data = _parsed(path)
    office = OfficeSettings()
    sections = dict(sections_of(office))
    known = [OFFICE, *sections.values(), *(name for name, _, _ in tables_of(office))]
    for name, values in data.items():
        if name not in known or not isinstance(values, dict):
            raise WorkspaceError(f"{path}：不认识[{name}]{_nearest(name, known)}")
    office = _filled(path, OFFICE, office, data.get(OFFICE, {}))
    changes: dict[str, Any] = {
        attribute: _filled(path, name, getattr(office, attribute), data.get(name, {}))
        for attribute, name in sections.items()
    }
    weights = _weights(path, data.get("考核权重", {}))
    renames = _names(path, "项目更名", "旧名", "新名", data.get("项目更名", {}))
    return replace(
        office,
        **(changes | {"assessment": replace(changes["assessment"], weights=weights)}),
        headings=_headings(path, data.get("列名确认", {})),
        renames=renames,
        unit_aliases=_names(path, "单位别名", "别名", "名册中的名称", data.get("单位别名", {})),
        exceptions=_exceptions(path, data.get("例外列入", {}), final_names(renames)),
        exchange_rates=_decimals(path, "外币汇率", data.get("外币汇率", {}), _MOST_RATE),
    )


def _filled(path: Path, section: str, settings: T, values: Mapping[str, object]) -> T:
    """The settings with what the lines of their section say."""
    known = {line.key: (attribute, line) for attribute, line in lines_of(settings)}
    changes: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise WorkspaceError(f"{path}：[{section}]中不认识“{key}”{_nearest(key, known)}")
        attribute, line = known[key]
        changes[attribute] = _typed(f"{path}：[{section}]“{key}”", line, value)
    return replace(settings, **changes)  # type: ignore[type-var]  # a dataclass


def _parsed(path: Path) -> dict[str, Any]:
    try:
        text = edited_text(path.read_bytes())
    except OSError as problem:
        raise WorkspaceError(f"{path}读不出来：{why(problem)}") from None
    except UnicodeDecodeError:
        raise WorkspaceError(f"{path}的文字编码认不出。请用记事本打开，选“另存为”，编码选UTF-8，保存后再试") from None
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


def _typed(place: str, line: Setting, value: object) -> object:
    """The value as its setting holds it; raises ``WorkspaceError`` for one that the setting doesn't take."""
    if line.kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    finite = not isinstance(value, Decimal) or value.is_finite()
    written = str if line.choices else line.kind
    if type(value) is not written or not finite:  # true is no number, a day with an hour is no day
        raise WorkspaceError(f"{place}应为{_KINDS[written]}，现为{told(str(value))}")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        _require_within(place, line, value)
    if line.choices and value not in line.choices:
        *others, last = line.choices
        raise WorkspaceError(f"{place}应为{'、'.join(others)}或{last}，现为“{told(str(value))}”")
    return line.kind(value) if line.choices else value


def _require_within(place: str, line: Setting, value: int | Decimal) -> None:
    """Raise ``WorkspaceError`` for a number that no office can mean."""
    if line.least <= value <= line.most and not _is_too_fine(value):
        return
    negative = "不能是负数，" if value < 0 else ""
    raise WorkspaceError(f"{place}{negative}应不小于{line.least}，不大于{line.most}，现为{told(str(value))}")


def _is_too_fine(value: int | Decimal) -> bool:
    return isinstance(value, Decimal) and len(value.as_tuple().digits) > _DIGITS


def _decimals(path: Path, section: str, values: Mapping[str, object], most: int) -> dict[str, Decimal]:
    found = {}
    for key, value in values.items():
        number = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
        if number is None or not number.is_finite() or not 0 <= number <= most or _is_too_fine(number):
            raise WorkspaceError(f"{path}：[{section}]“{told(key)}”应为0至{most}的数字，现为{told(str(value))}")
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
    labels = {spelt: field.label for field in catalogue() for spelt in (field.label, *at_each_level(field.heading))}
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


def _nearest(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known, HINT)
    return f"，是否应为“{near}”" if near else ""
