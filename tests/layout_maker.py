"""Declaration sheets in the layouts of many units, made from records that reading must give back."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.records.field_catalogue import CLASSES
from pipeline.records.period import PartialDay, Span
from pipeline.records.project import Declaration
from pipeline.spreadsheets.grid import BLANK, Cell, Grid, Merge

Value = str | int | Decimal | None
Told = tuple[object, ...]  # what must come back of one project


@dataclass(frozen=True)
class Layout:
    """What a unit's sheet looks like. The defaults are the plainest form."""

    titles: int = 1
    unit: str = "万元"
    plan_unit: str = ""  # the plan's own unit, where the headings state them
    unit_place: str = "line"  # line, brackets, heading, row (a row of units below the head), parent
    head: str = "flat"  # flat, merged, unmerged (two levels)
    classes: str = "column"  # column, sentence, numbered, serial (一 in the serial column)
    totals: str = "none"  # none, bottom, top, parts
    notes: int = 0
    gaps: bool = False  # blank rows
    indent: int = 0  # blank columns on the left
    pages: bool = False  # title and head again in the middle
    split_span: bool = False
    text_figures: bool = False  # 1,234.50 as text
    serial: bool = True
    column_numbers: bool = False
    merged_unit: bool = False  # 责任单位 merged over the rows of a class
    order: int = 0  # seed of the columns' order


@dataclass
class Sheet:
    """Rows with merges, and what reading must give for each project."""

    rows: list[list[Value]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def grid(self, delimited: bool = False) -> Grid:
        rows = tuple(tuple(map(_cell, row)) for row in self.rows)
        return Grid("Sheet1", rows, tuple(self.merges), delimited=delimited)


@dataclass(frozen=True)
class _Project:
    name: str
    four_class: str
    owner: str
    site: str
    content: str
    lead: str
    start: int
    finish: int
    total: Decimal
    plan: Decimal


_WORDS: dict[str, tuple[str, ...]] = {
    "name": ("项目名称", "项 目\n名 称", "项目全称", "建设项目名称"),
    "class": ("四个一批", "四个一批类别"),
    "owner": ("项目业主", "建设单位", "业主单位", "项目法人"),
    "site": ("具体选址", "建设地点", "建设地址"),
    "content": ("主要建设内容和规模", "建设内容及规模", "建设规模及主要建设内容"),
    "lead": ("责任单位", "牵头单位", "申报单位"),
    "span": ("建设年限", "建设起止年限", "建设起止时间"),
    "start": ("计划开工年", "开工时间", "建设开始时间"),
    "finish": ("计划完工年", "竣工时间", "建设结束时间"),
    "total": ("总投资", "计划总投资", "项目总投资"),
    "plan": ("当年计划投资", "年度计划投资", "2027年计划投资", "本年计划投资额"),
}
_LEVELS = {"total": ("投资情况", "总投资"), "plan": ("投资情况", "年度计划投资"), "start": ("建设年限", "开工"), "finish": ("建设年限", "竣工")}  # fmt: skip
_SCALE = {"万元": Decimal(1), "亿元": Decimal(10000), "元": Decimal("0.0001")}
_NOTES = ("注：1.总投资含外币折合。", "2.本表一式两份。", "填报人：张某甲")


def _cell(value: Value) -> Cell:
    if value is None:
        return BLANK
    if isinstance(value, str):
        return Cell(value, value)
    figure = Decimal(value)
    return Cell(f"{figure.normalize():f}", figure)


def _projects(rng: random.Random) -> list[_Project]:
    names = [
        f"示例{kind}{number}"
        for number, kind in enumerate(["道路改造工程", "产业园", "污水处理厂", "综合体项目", "学校", "供热管网"])
    ]
    found: list[_Project] = []
    for four_class in rng.sample(CLASSES, rng.randint(1, 3)):
        lead = rng.choice(("区住建局", "示例镇", "区水务局"))
        for _ in range(rng.randint(1, 3)):
            start = rng.randint(2024, 2027)
            found.append(
                _Project(
                    f"{rng.choice(names)}（{len(found) + 1}期）",
                    four_class,
                    rng.choice(("示例公司", "示例集团")),
                    rng.choice(("东园", "示例路以北")),
                    rng.choice(("道路3公里", "新建厂房2万平方米，配套设施")),
                    lead,
                    start,
                    start + rng.randint(0, 3),
                    Decimal(rng.randint(1, 99999999)) / 100,
                    Decimal(rng.randint(0, 999999)) / 100,
                )
            )
    return found


class _Maker:
    def __init__(self, layout: Layout, rng: random.Random, name: str) -> None:
        self.layout, self.rng, self.name = layout, rng, name
        self.sheet = Sheet()
        self.keys = self._columns()
        self.words = {key: rng.choice(_WORDS[key]) if key != "serial" else "序号" for key in self.keys}

    def _columns(self) -> list[str]:
        keys = ["name", "owner", "site", "content", "lead"]
        keys += ["class"] if self.layout.classes == "column" else []
        random.Random(self.layout.order).shuffle(keys)
        for group in (["start", "finish"] if self.layout.split_span else ["span"], ["total", "plan"]):
            place = self.layout.order % (len(keys) + 1) if group[0] != "total" else len(keys)
            keys[place:place] = group
        return (["serial"] if self.layout.serial else []) + keys

    def add(self, row: Sequence[Value]) -> int:
        self.sheet.rows.append([None] * self.layout.indent + list(row))
        return len(self.sheet.rows) - 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            shift = self.layout.indent
            self.sheet.merges.append(Merge(top, left + shift, bottom, right + shift))

    def unit_of(self, key: str) -> str:
        return (key == "plan" and self.layout.plan_unit) or self.layout.unit

    def figure(self, key: str, wan: Decimal) -> Value:
        value = wan / _SCALE[self.unit_of(key)]
        return f"{value:,f}" if self.layout.text_figures else value

    def by_key(self, values: dict[str, Value]) -> list[Value]:
        return [values.get(key) for key in self.keys]

    # --- above the data ---

    def title(self) -> None:
        for number in range(self.layout.titles):
            row = self.add([("2027年重点项目申报表", "附件1", "填报单位：区住建局")[number]])
            if self.rng.random() < 0.5:
                self.merge(row, 0, row, len(self.keys) - 1)
        line = {"line": f"单位：{self.layout.unit}", "brackets": f"[{self.layout.unit}]"}.get(self.layout.unit_place)
        if line:
            self.add([None] * (len(self.keys) - 1) + [line])

    def head(self) -> None:
        place, unit = self.layout.unit_place, self.layout.unit
        suffix = {
            key: f"（{self.unit_of(key)}）" if place == "heading" and key in ("total", "plan") else ""
            for key in self.keys
        }
        if self.layout.head == "flat":
            top = self.add([self.words[key] + suffix[key] for key in self.keys])
        else:
            upper: list[Value] = []
            lower: list[Value] = []
            for key in self.keys:
                parent, leaf = _LEVELS.get(key, (self.words[key], None))
                first = key in ("total", "start") or leaf is None
                upper.append(
                    (parent + (f"（{unit}）" if place == "parent" and key == "total" else "")) if first else None
                )
                lower.append(leaf + suffix[key] if leaf else None)
            top = self.add(upper)
            self.add(lower)
            if self.layout.head == "merged":
                self._merge_head(top)
        if place == "row":
            self.add([self.unit_of(key) if key in ("total", "plan") else None for key in self.keys])
        if self.layout.column_numbers:
            self.add(list(range(1, len(self.keys) + 1)))

    def _merge_head(self, top: int) -> None:
        for column, key in enumerate(self.keys):
            if key not in _LEVELS:
                self.merge(top, column, top + 1, column)
        for first, last in (("total", "plan"), ("start", "finish")):
            if first in self.keys:
                self.merge(top, self.keys.index(first), top, self.keys.index(last))

    # --- the data ---

    def total(self, label: str, projects: Sequence[_Project]) -> None:
        place = self.rng.choice(("name", "serial") if self.layout.serial else ("name",))
        count: Value = len(projects) if place == "name" and self.rng.random() < 0.3 else None
        self.add(
            self.by_key({
                "serial": count, place: label,
                "total": self.figure("total", sum((p.total for p in projects), Decimal(0))),
                "plan": self.figure("plan", sum((p.plan for p in projects), Decimal(0))),
            })
        )  # fmt: skip

    def section(self, number: int, four_class: str, projects: Sequence[_Project]) -> None:
        numeral, count = "一二三四"[number], len(projects)
        total = sum((p.total for p in projects), Decimal(0))
        if self.layout.classes == "serial":
            self.add(self.by_key({"serial": numeral, "name": f"{four_class}（{count}个）"}))
        elif self.layout.classes in ("sentence", "numbered"):
            text = f"{numeral}、{four_class}"
            if self.layout.classes == "sentence":
                text += f"（项目共计：{count}个；总投资：{total}万元。）"
            row = self.add([text])
            if self.rng.random() < 0.5:
                self.merge(row, 0, row, len(self.keys) - 1)

    def project(self, number: int, p: _Project) -> None:
        self.add(
            self.by_key({
                "serial": number, "name": p.name, "class": p.four_class, "owner": p.owner, "site": p.site,
                "content": p.content, "lead": p.lead, "span": f"{p.start}-{p.finish}", "start": p.start,
                "finish": p.finish, "total": self.figure("total", p.total), "plan": self.figure("plan", p.plan),
            })
        )  # fmt: skip
        span = Span(PartialDay(p.start), PartialDay(p.finish))
        self.sheet.told.append((p.name, p.four_class, p.owner, p.site, p.content, p.lead, span, p.total, p.plan))

    def group(self, number: int, group: list[_Project]) -> None:
        self.section(number, group[0].four_class, group)
        first = len(self.sheet.rows)
        for serial, each in enumerate(group, start=1):
            self.project(serial, each)
        if self.layout.merged_unit and len(group) > 1:
            column = self.keys.index("lead")
            self.merge(first, column, first + len(group) - 1, column)
            for row in self.sheet.rows[first + 1 :]:
                row[column + self.layout.indent] = None
        if self.layout.totals == "parts":
            self.total("小  计", group)
        if self.layout.gaps:
            self.add([])

    def make(self) -> Sheet:
        projects = _projects(self.rng)
        if self.name:
            projects[-1] = replace(projects[-1], name=self.name)
        self.title()
        self.head()
        if self.layout.totals == "top":
            self.total("合计", projects)
        groups = [
            [p for p in projects if p.four_class == each] for each in dict.fromkeys(p.four_class for p in projects)
        ]
        for number, group in enumerate(groups):
            self.group(number, group)
            if self.layout.pages and number == 0 and len(groups) > 1:
                self.title()
                self.head()
        if self.layout.totals in ("bottom", "parts"):
            self.total("总 合 计" if self.layout.totals == "parts" else "合计", projects)
        for note in _NOTES[: self.layout.notes]:
            self.add([note])
        return self.sheet


def make_sheet(layout: Layout, seed: int, name: str = "") -> Sheet:
    """The sheet of a layout; ``seed`` decides its content and what the layout leaves open.

    ``name``, if given, is the last project's.
    """
    return _Maker(layout, random.Random(seed), name).make()


def any_layout(seed: int) -> Layout:
    """One of the layouts that units might combine."""
    rng = random.Random(seed)
    head = rng.choice(("flat", "flat", "merged", "unmerged"))
    places = ("line", "brackets", "heading", "row") + (("parent",) if head != "flat" else ())
    serial = rng.random() < 0.8
    layout = Layout(
        titles=rng.randint(0, 3), unit=rng.choice(("万元", "万元", "亿元", "元")), plan_unit=rng.choice(("", "万元")), unit_place=rng.choice(places), head=head,
        classes=rng.choice(("column", "sentence", "numbered", "serial") if serial else ("column", "sentence", "numbered")),
        totals=rng.choice(("none", "bottom", "top", "parts")), notes=rng.randint(0, 3), gaps=rng.random() < 0.3,
        indent=rng.choice((0, 0, 0, 1)), pages=rng.random() < 0.2, split_span=rng.random() < 0.3,
        text_figures=rng.random() < 0.3, serial=serial, column_numbers=rng.random() < 0.2,
        merged_unit=rng.random() < 0.3, order=rng.randint(0, 999),
    )  # fmt: skip
    return _possible(layout)


def _possible(layout: Layout) -> Layout:
    """Two units need headings or a row that state them; a row of units goes below a flat head."""
    if layout.unit_place not in ("heading", "row"):
        layout = replace(layout, plan_unit="")
    return replace(layout, head="flat") if layout.unit_place == "row" else layout


def told_of(record: Declaration) -> Told:
    """What a record holds of what a sheet told."""
    return (
        record.project_name, record.four_class, record.owner, record.site, record.content, record.lead_unit, record.span,
        record.total_investment, record.year_plan,
    )  # fmt: skip
