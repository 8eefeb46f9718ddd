"""Years of construction: possible at all, and in agreement with the class (K-8(1)).

A date known in part counts as any day it may be; only what no such day satisfies is reported.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import listed, wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.pairing import Sponsorship
from pipeline.records.period import PartialDay, Span
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.source import Source
from pipeline.regulation import key_projects, sponsorship

FIRST_YEAR, LAST_YEAR = 1990, 2060  # outside of these a year is a slip


def may_fall_in(day: PartialDay, year: int) -> bool:
    return day.earliest.year <= year <= day.latest.year


def may_fall_before(day: PartialDay, year: int) -> bool:
    return day.earliest.year < year


def may_fall_after(day: PartialDay, year: int) -> bool:
    return day.latest.year > year


def _built_on(span: Span, year: int) -> bool:
    return may_fall_before(span.start, year) and may_fall_after(span.finish, year)


def _starts_now_finishes_later(span: Span, year: int) -> bool:
    return may_fall_in(span.start, year) and may_fall_after(span.finish, year)


# What each class asks of the years; a project that starts and finishes within the year fits two of them.
_FITS: Mapping[str, Callable[[Span, int], bool]] = {
    "促进开工": lambda span, year: may_fall_in(span.start, year),
    "加快建设": _built_on,
    "竣工投产": lambda span, year: may_fall_in(span.finish, year),
    "前期储备": lambda span, year: may_fall_after(span.start, year),
}


def _span_field(source: Source) -> Field:
    """The column that states the years: one for both, or else the start's."""
    return fields.START_DAY if source.has_column(fields.START_DAY) else fields.BUILD_SPAN


def _starting_while_built_on(row: Declaration, year: int) -> bool:
    """加快建设 that starts within the year: whether the article admits it is in doubt (K-8(1), see decisions.py)."""
    return row.four_class == "加快建设" and bool(row.span and _starts_now_finishes_later(row.span, year))


def _fits(case: Case, name: str, span: Span) -> bool:
    """Whether a class fits the years, as the office reads the article."""
    admitted = name == "加快建设" and case.settings.declaring.start_of_building_on == key_projects.BY_THE_YEAR
    return _FITS[name](span, case.year) or (admitted and _starts_now_finishes_later(span, case.year))


def _class_agrees(case: Case) -> Iterator[Remark]:
    meaning = key_projects.CLASS.value_on(case.as_of)
    for row in case.ledgers.declarations:
        if row.span is None or row.four_class is None or _starting_while_built_on(row, case.year):
            continue
        if _fits(case, row.four_class, row.span):
            continue
        fitting = [name for name in _FITS if _fits(case, name, row.span)]
        suggestion = f"；按此年限应为{listed(fitting)}" if fitting else ""
        meant = meaning[row.four_class].format(开工=case.settings.declaring.start_of_building_on)
        message = (
            f"“{row.project_name}”列为{row.four_class}（{meant}），"
            f"建设年限却为{row.span.chinese}，与{case.year}年度不符{suggestion}"
        )
        yield about_row(case, row, _pointed_at(row), message, "请改正类别或建设年限")


def _class_doubted(case: Case) -> Iterator[Remark]:
    """加快建设 that starts within the year, unless the office admits it."""
    for row in case.ledgers.declarations:
        if row.span is None or not _starting_while_built_on(row, case.year) or _fits(case, "加快建设", row.span):
            continue
        message = f"“{row.project_name}”列为加快建设，建设年限为{row.span.chinese}，{case.year}年内开工"
        action = "请核对，当年开工的请改为促进开工；已在以前开工的请改正建设年限"
        yield about_row(case, row, _pointed_at(row), message, action)


def _pointed_at(row: Declaration) -> Field:
    """The class's own cell, or the years where a section row stated the class."""
    return fields.CLASS if row.source.has_column(fields.CLASS) else _span_field(row.source)


def _possible(kind: type[Declaration | Sponsorship], case: Case) -> Iterator[Remark]:
    for row in case.ledgers.of(kind):
        fault = _fault(row.span) if row.span else ""
        if fault:
            message = f"“{row.project_name}”的{fault}"
            yield about_row(case, row, _span_field(row.source), message, "请改正建设年限")


def _fault(span: Span) -> str:
    years = (span.start.year, span.finish.year)
    if not all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
        return f"建设年限{span.chinese}不在{FIRST_YEAR}年至{LAST_YEAR}年之间"
    if span.finish.latest < span.start.earliest:
        return f"竣工时间{span.finish.chinese}早于开工时间{span.start.chinese}"
    return ""


# --- a start without its year -------------------------------------------------------------------------------

_YEAR_NAMED = re.compile(r"\d{4}|年")


def _year_left_out(row: Declaration | Progress, field: Field, start: PartialDay | None, year: int) -> bool:
    """Whether the start is of ``year`` only because its cell, such as 3月6日, names none."""
    seen = row.source.seen(field)
    return bool(start and start.year == year and seen and not _YEAR_NAMED.search(seen))


def _began_earlier(declared: Declaration | None, year: int) -> str:
    """What of a declaration says that the project began before the year, as a clause; "" for nothing."""
    if declared and declared.invested_before:
        return f"申报的已累计完成投资为{wan(declared.invested_before)}"
    if declared and declared.span and declared.span.start.latest.year < year:
        return f"申报的建设年限为{declared.span.chinese}"
    return ""


def _start_asked(case: Case, row: Declaration | Progress, field: Field, why: str) -> Remark:
    message = f"“{row.project_name}”的{field.label}没有写年份，已按{case.year}年读取；{why}，像是{case.year}年以前开工"
    example = re.sub(r"\s", "", row.source.seen(field))
    return about_row(case, row, field, message, f"请补写年份，如{case.year - 1}年{example}")


def _declared_start(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.declarations:
        start, why = row.span.start if row.span else None, _began_earlier(row, case.year)
        if why and _year_left_out(row, fields.START_DAY, start, case.year):
            yield _start_asked(case, row, fields.START_DAY, why)


def _reported_start(case: Case) -> Iterator[Remark]:
    """Of several months' reports the first that leaves the year out."""
    for key, rows in case.progress.items():
        row = next(
            (each for each in rows if _year_left_out(each, fields.STARTED_ON, each.started_on, case.year)),
            None,
        )
        why = _began_earlier(case.declared.get(key), case.year)
        if row and not why and row.since_start is not None and row.since_start > (row.year_done or 0):
            why = f"开工以来累计{wan(row.since_start)}，多于本年累计"
        if row and why:
            yield _start_asked(case, row, fields.STARTED_ON, why)


DECLARED_START = Rule("declared-start-year", key_projects.SPAN_DOUBTED, "declaration", _declared_start)
REPORTED_START = Rule("reported-start-year", key_projects.MONTHLY_DOUBTED, "progress", _reported_start)
SPONSORED_SPAN = Rule("sponsored-span", sponsorship.LIST_AMOUNTS, "sponsorship", partial(_possible, Sponsorship))
CLASS = Rule("four-classes", key_projects.CLASS, "declaration", _class_agrees)
CLASS_DOUBTED = Rule("class-doubted", key_projects.CLASS_DOUBTED, "declaration", _class_doubted)
DECLARED_SPAN = Rule("declared-span", key_projects.SPAN, "declaration", partial(_possible, Declaration))
