"""Projects that a unit reports under another name than before: a proposal, which the clerk confirms once (K-10(2)).

A name that drops out of a unit's reports and one that turns up in the same unit are proposed as one project where
they are alike, or where their figures carry on. Confirmed, the pair stands in office.toml under ``[项目更名]``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.checks.likeness import gist, is_slip_of_the_pen, likeness
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.names import name_key
from pipeline.records.nearest import PROJECT, Nearest
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.regulation import key_projects

_RELATED = 0.5  # alike enough where the figures carry on


@dataclass(frozen=True)
class Proposal:
    """The ``old`` name may be that of the project which ``row`` is the first to call otherwise."""

    old: str
    row: Progress


@lru_cache(maxsize=1)  # several rules ask for the same year
def proposals(case: Case) -> tuple[Proposal, ...]:
    """At most one former name for each new one, the likeliest first; in the order of months."""
    found: list[Proposal] = []
    used: set[str] = set()
    for unit, month in sorted({(name_key(row.lead_unit), row.month) for row in case.ledgers.progress}):
        dropped = Dropped(_dropped_out(case, unit, month))  # once, not for each of a thousand new names
        pairs = [
            (-likeness(old.project_name, new.project_name), new.source.row, old.project_name, new)
            for new in _turned_up(case, unit, month)
            for old in dropped.worth_comparing(new)
            if may_be_renamed(case, old, new)
        ]
        for _, _, old_name, new in sorted(pairs, key=lambda pair: pair[:3]):
            if name_key(old_name) not in used and new.key not in used:
                used |= {name_key(old_name), new.key}
                found.append(Proposal(old_name, new))
    return tuple(sorted(found, key=lambda each: (each.row.month, each.row.source.file, each.row.source.row)))


class Dropped:
    """Rows that dropped out, by what a new row must share with one of them: most of its name, or a figure."""

    def __init__(self, rows: Iterable[Progress | Declaration]) -> None:
        self._rows = tuple(rows)
        self._gists = [gist(row.project_name) for row in self._rows]
        self._by_gist: dict[str, list[int]] = {}
        self._by_figure: dict[Decimal, list[int]] = {}
        for index, row in enumerate(self._rows):
            self._by_gist.setdefault(self._gists[index], []).append(index)
            for figure in {row.total_investment, *_carried_from(row)}:
                if figure:
                    self._by_figure.setdefault(figure, []).append(index)
        self._names = Nearest(self._by_gist, PROJECT)

    def worth_comparing(self, new: Progress) -> Iterator[Progress | Declaration]:
        """In the order in which they dropped out."""
        name = gist(new.project_name)
        least = {
            index: PROJECT for near in (name, *self._names.possible(name)) for index in self._by_gist.get(near, ())
        }
        for figure in (new.total_investment, *_carried_to(new)):
            least.update(dict.fromkeys(self._by_figure.get(figure, ()) if figure else (), _RELATED))
        matcher = SequenceMatcher(None, "", name, autojunk=False)
        for index in sorted(least):
            matcher.set_seq1(self._gists[index])
            if matcher.quick_ratio() >= least[index]:  # never less than the likeness
                yield self._rows[index]


def _carried_from(old: Progress | Declaration) -> tuple[Decimal | None, ...]:
    """The figures that the next report under another name would go on from."""
    return (old.invested_before,) if isinstance(old, Declaration) else (old.year_done, old.since_start)


def _carried_to(new: Progress) -> Iterator[Decimal]:
    """What must have stood before for the new row's figures to go on from it."""
    for more, whole in (
        (new.year_done, new.since_start),
        (new.month_done, new.year_done),
        (new.month_done, new.since_start),
    ):
        if more is not None and whole is not None:
            yield whole - more


def _turned_up(case: Case, unit: str, month: Month) -> Iterator[Progress]:
    """The unit's projects that no earlier month and no declaration of the year knows."""
    for row in case.month_rows.get((unit, month), ()):
        first = case.progress[row.key][0].month
        if row.key and first == month and row.key not in case.declared and row.key not in case.sponsorships:
            yield row


def _dropped_out(case: Case, unit: str, month: Month) -> Iterator[Progress | Declaration]:
    """What the unit declared or last reported, not completed, and does not report from this month on."""
    for key in case.led_by.get(unit, ()):
        rows = case.progress.get(key, ())
        if any(row.month >= month for row in rows) or any(row.finished_on for row in rows):
            continue
        known = rows[-1] if rows else case.declared.get(key)
        if known is not None:
            yield known


def may_be_renamed(case: Case, old: Progress | Declaration, new: Progress) -> bool:
    """A slip of the pen in a declared name is to be put right, not confirmed (``identity`` asks for it)."""
    if old.key in case.declared and is_slip_of_the_pen(old.project_name, new.project_name):
        return False
    least = _RELATED if _carries_on(old, new) else PROJECT
    return likeness(old.project_name, new.project_name) >= least


def _carries_on(old: Progress | Declaration, new: Progress) -> bool:
    """Whether the new row's figures go on from where the old name stopped."""
    if new.total_investment and new.total_investment == old.total_investment:
        return True
    if isinstance(old, Declaration):
        return _adds_up(old.invested_before, new.year_done, new.since_start)
    return _adds_up(old.year_done, new.month_done, new.year_done) or _adds_up(
        old.since_start, new.month_done, new.since_start
    )


def _adds_up(before: Decimal | None, more: Decimal | None, whole: Decimal | None) -> bool:
    """Nothing carried forward tells nothing."""
    return before is not None and before > 0 and more is not None and before + more == whole


def _quoted(name: str) -> str:
    """The name as office.toml and the command line take it."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _renamed(case: Case) -> Iterator[Remark]:
    for each in proposals(case):
        old, new = each.old, each.row.project_name
        message = f"“{new}”{each.row.month.chinese}首次出现，“{old}”不再报送，疑为同一项目更名"
        action = (
            f"请与单位核实；确系更名的，请执行gongwen rename {_quoted(old)} {_quoted(new)}，"
            f"或在inputs/office.toml的[项目更名]中登记：{_quoted(old)} = {_quoted(new)}，"
            "登记后两个名称按同一项目处理"
        )
        yield about_row(case, each.row, fields.PROJECT_NAME, message, action)


RENAMED = Rule("monthly-renamed", key_projects.SAME_PROJECT_DOUBTED, "progress", _renamed)
