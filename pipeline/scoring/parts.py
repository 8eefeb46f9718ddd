"""The parts of the score (K-20(3)): one ratio each, over the projects of a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.records.settings import SCORE_PARTS
from pipeline.scoring.evidence import ProjectEvidence
from pipeline.scoring.rounding import carried, percentages

_FULL = Fraction(100)


@dataclass(frozen=True)
class Item:
    """One project's share of a part: what was asked of it, and what it reached, in the part's own measure."""

    project: str
    asked: Fraction
    reached: Fraction


@dataclass(frozen=True)
class Part:
    """One part of a unit's score.

    ``weight`` is the effective percentage as printed (the printed ones add up to 100.0), ``weighted`` the
    points it brings as printed (the printed ones add up to the weighted total). The arithmetic itself uses
    the exact relative weights. A part without anything to score has None in all three.
    """

    name: str
    items: tuple[Item, ...]
    score: Fraction | None
    weight: Decimal | None = None
    weighted: Decimal | None = None

    @property
    def asked(self) -> Fraction:
        return sum((item.asked for item in self.items), Fraction(0))

    @property
    def reached(self) -> Fraction:
        return sum((item.reached for item in self.items), Fraction(0))


def parts_of(projects: Sequence[ProjectEvidence], weights: Mapping[str, Decimal]) -> tuple[Part, ...]:
    """All parts in the order of SCORE_PARTS, weighted.

    A part scores reached ÷ asked × 100, at most 100. Where nothing is asked, or the office gives no weight,
    the part drops out and the others share its weight in proportion.
    """
    bare = [_bare(name, _items(name, projects), weights.get(name, Decimal(0))) for name in SCORE_PARTS]
    scored = [part for part in bare if part.score is not None]
    relative = [weights[part.name] for part in scored]
    whole = sum(map(Fraction, relative), Fraction(0))
    exact = [(part.score or 0) * Fraction(weight) / whole for part, weight in zip(scored, relative, strict=True)]
    printed = zip(scored, percentages(relative), carried(exact, 2), strict=True)
    weighed = {part.name: replace(part, weight=percent, weighted=points) for part, percent, points in printed}
    return tuple(weighed.get(part.name, part) for part in bare)


def weighted_total(parts: Sequence[Part]) -> Decimal:
    """Sum of the parts, rounded once to two decimals (``carried`` keeps the printed parts to it)."""
    return sum((part.weighted for part in parts if part.weighted is not None), Decimal(0))


def _bare(name: str, items: tuple[Item, ...], weight: Decimal) -> Part:
    part = Part(name, items, None)
    if not part.asked or weight <= 0:
        return part
    return replace(part, score=min(part.reached / part.asked * 100, _FULL))


def _items(name: str, projects: Sequence[ProjectEvidence]) -> tuple[Item, ...]:
    return tuple(
        Item(project.declaration.project_name, *share)
        for project in projects
        if (share := _share(name, project)) is not None
    )


def _share(name: str, project: ProjectEvidence) -> tuple[Fraction, Fraction] | None:
    """(asked, reached) of a project in a part, None where the part does not touch it.

    Counts for 开复工竣工 (one per project) and 手续办结 (one per permit), 万元 for 固定资产投资; for the means
    of 形象进度 and 现场观摩 each project is asked for 100.
    """
    match name:
        case "开复工竣工":
            milestone = project.milestone
            return (Fraction(1), Fraction(milestone.done)) if milestone and milestone.counts else None
        case "固定资产投资":
            return project.plan_to_date, Fraction(project.year_done or 0)
        case "手续办结":
            tally = project.permits
            return (Fraction(tally.due), Fraction(tally.done)) if tally.due else None
        case "形象进度":
            rate = project.physical_rate
            return (_FULL, Fraction(rate)) if rate is not None else None
        case _:
            return (_FULL, project.on_site) if project.on_site is not None else None
