"""On-site scores stand between 0 and 100 (K-20(3))."""

from collections.abc import Iterator

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import listed
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.regulation import key_projects


def _range(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.scores:
        outside = [f"{score.normalize():f}" for score in row.scores if not 0 <= score <= 100]
        if outside:
            # One field stands for every judge's column, so the row is named and not one cell.
            message = f"“{row.project_name}”有评分不在0至100之间：{listed(outside)}"
            yield about_row(case, row, None, message, f"请核对{fields.JUDGE_SCORE.label}")


RANGE = Rule("score-range", key_projects.SCORE, "score", _range)
