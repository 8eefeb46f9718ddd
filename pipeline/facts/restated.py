"""What the office keeps of a project or a unit that a unit has since stated itself: the unit's word counts.

A receipt takes the place of the office's own rows as it takes the place of the unit's earlier receipt.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from pipeline.facts.said_once import about_whole_row, contents
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import Field
from pipeline.records.field_values import value_of
from pipeline.records.finding import Finding
from pipeline.records.grouping import grouped
from pipeline.records.ledgers import Ledgers
from pipeline.records.level import is_office
from pipeline.records.names import name_key
from pipeline.records.office import Unit
from pipeline.records.pairing import WorkNode
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.record import Record

# What our forms bring back as the office has it; where the rows differ, this is the article to settle it by.
_CITATIONS: Mapping[str, Citation] = {
    "declaration": Citation("K", 8, 2), "sponsorship": Citation("B", 5), "team": Citation("B", 7),
    "node": Citation("B", 8), "unit": Citation("K", 9, 2), "reserve": Citation("K", 12, 1),
}  # fmt: skip
_CHANGING = ("problem", "procedure")  # the later state is no contradiction
_FIELDS: Mapping[str, tuple[Field, ...]] = {kind.slug: kind.fields for kind in LEDGER_KINDS} | {
    "sponsorship": (  # what the office's list settles; the progress is the unit's to tell
        f.LEADERS, f.SPONSOR_STAGE, f.TOTAL_INVESTMENT, f.YEAR_PLAN, f.SECTOR, f.OWNER, f.AREA, f.BUILD_SPAN,
    )
}  # fmt: skip
_SETTLED_BY_OFFICE = {"sponsorship": "state", "declaration": "linked_leaders"}  # B-5, K-11(2)
_ASIDE = (  # stated in other columns, by the sheet as a whole, or settled by the office
    f.LEAD_UNIT, f.START_DAY, f.FINISH_DAY, f.YEAR_GOAL, f.LINKED_LEADERS,
)  # fmt: skip


@dataclass(frozen=True)
class Restated:
    """What the office keeps of one project or unit in one ledger, and what the unit states of it."""

    ledger: str
    kept: tuple[Record, ...]
    stated: tuple[Record, ...]
    line: int

    @property
    def same(self) -> bool:
        """Whether both say the same, in whatever order."""
        return Counter(map(contents, self.kept)) == Counter(map(contents, self.stated))


def restated(ledgers: Ledgers, current: Sequence[RegisterLine]) -> tuple[Restated, ...]:
    """Rows outside the units' own files of a project, or of the unit, that a unit's ``current`` receipt tells of."""
    own = [line for line in current if line.working and not is_office(line.unit)]
    of_units = {line.working for line in own}
    found = []
    for ledger in (*_CITATIONS, *_CHANGING) if own else ():
        rows = ledgers.rows(ledger)
        kept = dict(grouped((row for row in rows if row.source.file not in of_units), attrgetter("key")))
        for line in reversed(own) if kept else ():
            stated = grouped((row for row in rows if row.source.file == line.working), attrgetter("key"))
            for key, restating in stated.items():
                if key in kept and _is_its_own(restating[0], kept[key][0], line):
                    found.append(Restated(ledger, kept.pop(key), restating, line.number))
    return tuple(found)


def _is_its_own(stated: Record, kept: Record, line: RegisterLine) -> bool:
    """A unit restates its own entry of the directory, and no project that the office has as another unit's."""
    if isinstance(stated, Unit):
        return stated.key == name_key(line.unit)
    theirs, here = (getattr(row, "lead_unit", "") for row in (kept, stated))
    return not theirs or name_key(theirs) == name_key(here)


def differing(found: Iterable[Restated]) -> list[Finding]:
    """One finding for each project or unit of which the office's own ledger says something else than the unit."""
    return [
        _finding(each, what)
        for each in found
        if each.ledger in _CITATIONS and not each.same and (what := _difference(each))
    ]


def with_office_words(ledgers: Ledgers, found: Iterable[Restated]) -> Ledgers:
    """The year where what the office settles counts as its own list has it, whatever a unit's row says."""
    kept = [row for each in found for row in each.kept if row.ledger in _SETTLED_BY_OFFICE]
    words = {(row.ledger, row.key): word for row in kept if (word := getattr(row, _SETTLED_BY_OFFICE[row.ledger]))}

    def settled(row: Record) -> Record:
        word = words.get((row.ledger, row.key))
        return replace(row, **{_SETTLED_BY_OFFICE[row.ledger]: word}) if word else row

    return ledgers.each(settled)


def _difference(each: Restated) -> str:
    kept, stated = each.kept[0], each.stated[0]
    name = f"“{kept.subject}”"
    whose = f"单位报来的（收件登记簿第{each.line}行）不同"
    if isinstance(kept, WorkNode):
        alike = Counter(map(contents, each.kept)) & Counter(map(contents, each.stated))
        return (
            f"{name}的工作节点与{whose}：本表{len(each.kept)}项，单位报来{len(each.stated)}项，相同的{alike.total()}项"
        )
    labels = [field.label for field in _FIELDS[each.ledger] if _differs(field, kept, stated)]
    return f"{name}的{'、'.join(labels)}与{whose}" if labels else ""


def _differs(field: Field, kept: Record, stated: Record) -> bool:
    """What the office left empty, or the unit's sheet has no column for, is no contradiction."""
    ours, theirs = value_of(kept, field), value_of(stated, field)
    if field in _ASIDE or ours in (None, "", ()) or ours == theirs:
        return False
    if isinstance(ours, str) and isinstance(theirs, str) and name_key(ours) == name_key(theirs):
        return False
    return theirs not in (None, "", ()) or stated.source.has_column(field)


def _finding(each: Restated, what: str) -> Finding:
    action = "请核对；本表有误的，请改正或删去这些内容，以本表为准的，请退回单位改正"
    found = about_whole_row(each.kept[0], "restated", f"{what}，按单位报来的读取", action)
    return replace(found, citation=_CITATIONS[each.ledger])
