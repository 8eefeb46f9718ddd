"""A year's declarations beside what the year before says of the same projects (K-8).

Nothing is said of a project that either year declares twice, nor of a month that is reported twice: which row holds
is not known.
"""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import cell_of, wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.regulation import key_projects


def _continuing(case: Case) -> Iterator[tuple[Declaration, tuple[Progress, ...]]]:
    """The year's declarations with the project's reports of the year before, where it has any."""
    before = case.year_before
    if before is None:
        return
    for row in case.declared.values():
        reports = before.progress_once.get(row.key, ())
        if reports and row.key not in case.declared_twice:
            yield row, reports


def _finished(case: Case) -> Iterator[Remark]:
    for row, reports in _continuing(case):
        report = next((each for each in reversed(reports) if each.finished_on is not None), None)
        if report is None or report.finished_on is None:
            continue
        message = (
            f"“{row.project_name}”{report.month.year}年已报竣工（{report.finished_on.chinese}，"
            f"{cell_of(report.source, fields.FINISHED_ON)}），{case.year}年又申报"
            f"{'为' + row.four_class if row.four_class else ''}"
        )
        action = "请核对；已竣工的不再申报，竣工时间报错的请说明并更正，属新一期工程的请在项目名称中写明期次"
        yield about_row(case, row, fields.CLASS, message, action)


def _carried_on(case: Case) -> Iterator[Remark]:
    for row, reports in _continuing(case):
        last = next((each for each in reversed(reports) if each.year_done is not None), None)
        declared = _declared_before(case, row.key)
        if row.invested_before is None or last is None or last.year_done is None or declared is None:
            continue
        before = declared.invested_before or Decimal(0)
        expected = before + last.year_done
        is_whole = last.month.month == 12 or any(each.finished_on for each in reports)
        if row.invested_before == expected or (row.invested_before > expected and not is_whole):
            continue  # what is still to come of the year before is an estimate
        message = (
            f"“{row.project_name}”申报的已累计完成投资为{wan(row.invested_before)}，"
            f"{'不等于' if is_whole else '少于'}{last.month.year}年申报的{wan(before)}"
            f"（{cell_of(declared.source, fields.INVESTED_BEFORE)}）加{last.month.chinese}月报的本年累计{wan(last.year_done)}"
            f"（{cell_of(last.source, fields.YEAR_DONE)}），两项合计{wan(expected)}"
        )
        yield about_row(
            case, row, fields.INVESTED_BEFORE, message, f"请核对；上年月报无误的，应填{expected.normalize():f}（万元）"
        )


def _declared_before(case: Case, key: str) -> Declaration | None:
    """The project's declaration of the year before that states what had been invested by then."""
    before = case.year_before
    if before is None or key in before.declared_twice:
        return None
    declared = before.declared.get(key)
    return declared if declared is not None and declared.invested_before is not None else None


FINISHED = Rule("finished-before", key_projects.FINISHED_BEFORE, "declaration", _finished)
CARRIED_ON = Rule("carried-on", key_projects.CARRIED_ON, "declaration", _carried_on)
