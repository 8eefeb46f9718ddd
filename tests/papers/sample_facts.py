"""Plausible facts for every template, made from its own names: of each the type, and the example in its meaning."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

from pipeline.papers.paper_kind import Blueprint
from pipeline.papers.paper_kinds import ALL_KINDS
from pipeline.records.field_catalogue import CLASSES, SECTORS, TEAM_DEPARTMENTS
from pipeline.records.money import Figure
from pipeline.word.chart import Chart

BLUEPRINTS: Mapping[str, Blueprint] = {blueprint.file: blueprint for kind in ALL_KINDS for blueprint in kind.blueprints}
UNITS = ("区住房和城乡建设局", "区工业和信息化局", "区交通运输局", "白云街道办事处", "区教育局", "青山镇", "区农牧水务局",
         "区卫生健康委员会", "高新产业园区管理委员会", "友谊街道办事处", "区文化和旅游局", "区商务局")  # fmt: skip
_CHOICES = {
    "批次": CLASSES,
    "所属行业": SECTORS[:2],
    "部门": TEAM_DEPARTMENTS,
}  # a list has an entry for each
_FIXED: Mapping[str, object] = {"年度": 2027, "月份": 3, "下月": 4, "有报送登记": True}
_EXAMPLE = re.compile("如“([^”]+)”")
_CHART = Chart(UNITS, tuple(Decimal(80 - 6 * n) + Decimal("0.5") for n in range(len(UNITS))), Decimal("41.7"))


def sample(facts: type, size: int = 3, serial: int = 0) -> dict[str, Any]:
    """Facts of this type; every list has ``size`` entries (classes, sectors and departments their own)."""
    hints = get_type_hints(facts, include_extras=True)
    return {name: _value(name, hint, size, serial) for name, hint in hints.items()}


def _value(name: str, hint: Any, size: int, serial: int, meaning: str = "") -> object:
    if get_origin(hint) is Annotated:
        inner, said = get_args(hint)
        return _value(name, inner, size, serial, said)
    if get_origin(hint) is list:
        return _entries(name, get_args(hint)[0], size)
    return sample(hint, size, serial) if is_typeddict(hint) else _plain(name, hint, serial, meaning)


def _entries(name: str, hint: Any, size: int) -> list[object]:
    if not is_typeddict(hint):
        return [f"{name}第{serial}期" for serial in range(1, size + 1)]
    label = next((each for each in _CHOICES if each in get_type_hints(hint)), "")
    if not label or "项目名称" in get_type_hints(hint):
        return [sample(hint, size, serial) for serial in range(1, size + 1)]
    return [{**sample(hint, size, serial), label: each} for serial, each in enumerate(_CHOICES[label], 1)]


def _plain(name: str, hint: Any, serial: int, meaning: str) -> object:
    """``serial`` makes the entries of a list differ."""
    values: Mapping[type, object] = {
        bool: False,
        int: serial if name == "序号" else 12 + serial,
        Decimal: Decimal("87.25") - serial,
        Figure: Figure(Decimal(41260 + 1234 * serial) + Decimal("0.5") * (serial % 2)),
        Chart: _CHART,
        str: example[1] if (example := _EXAMPLE.search(meaning)) else f"{name}{serial or ''}",
    }
    return _FIXED[name] if name in _FIXED else values[(get_args(hint) or (hint,))[0]]
