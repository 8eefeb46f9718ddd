"""All units together: rank, proposed commendations, statements owed (B-13, K-20(3), K-21)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.calendar.deadlines import deliveries
from pipeline.facts.basis import Basis
from pipeline.records.grouping import grouped
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.settings import AssessmentSettings
from pipeline.scoring.unit_score import UnitScore, Withheld, score_unit


@dataclass(frozen=True)
class Ranked:
    """A unit's score with its rank; equal totals share a rank and the next one is skipped (1, 1, 3)."""

    rank: int
    score: UnitScore


@dataclass(frozen=True)
class Ranking:
    """The assessment of every unit with declared projects at the end of ``month``."""

    month: Month
    ranked: tuple[Ranked, ...]  # best first; equals in the order of their declarations
    withheld: tuple[Withheld, ...]  # in the order of their declarations
    commended: tuple[Ranked, ...]  # proposed, K-21

    def place(self, unit: str) -> Ranked | None:
        """The unit's ranked score by its name; None where it is withheld or has no project."""
        return next((each for each in self.ranked if name_key(each.score.unit) == name_key(unit)), None)

    @property
    def reports(self) -> tuple[UnitScore | Withheld, ...]:
        """Every unit with its deliveries, ranked ones first: lateness is a fact even where a score is not."""
        return (*(each.score for each in self.ranked), *self.withheld)

    @property
    def owing(self) -> tuple[Ranked, ...]:
        """Units that owe a statement for a missed plan (B-13)."""
        return tuple(each for each in self.ranked if each.score.missed)


def assess(basis: Basis, month: Month) -> Ranking:
    """Score and rank all units; December is the year-end assessment, July the half-year one."""
    reports = grouped(deliveries(basis.ledgers, month, basis.settings.deadlines), lambda report: name_key(report.unit))
    results = [score_unit(basis, unit, month, reports.get(unit, ())) for unit in basis.declaring_units]
    ranked = rank([result for result in results if isinstance(result, UnitScore)])
    withheld = tuple(result for result in results if isinstance(result, Withheld))
    return Ranking(month, ranked, withheld, commended(ranked, basis.settings.assessment))


def rank(scores: Sequence[UnitScore]) -> tuple[Ranked, ...]:
    """Best first, by the printed total, so that equal figures never carry different ranks."""
    ordered = sorted(scores, key=lambda score: -score.total)
    totals = [score.total for score in ordered]
    return tuple(Ranked(totals.index(score.total) + 1, score) for score in ordered)


def commended(ranked: Sequence[Ranked], settings: AssessmentSettings) -> tuple[Ranked, ...]:
    """The first units of those at or above the minimum without a missed plan; all that tie at the border."""
    least = settings.commended_minimum
    fit = [each for each in ranked if each.score.total >= least and not each.score.missed]
    if settings.commended < 1 or not fit:
        return ()
    border = fit[: settings.commended][-1].rank
    return tuple(each for each in fit if each.rank <= border)
