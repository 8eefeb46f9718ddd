"""Problems and permits past their deadline, and states that contradict their dates (B-7, B-10, K-6(5), K-14)."""

from collections.abc import Iterator

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.period import chinese_day
from pipeline.records.problem import DONE, SOLVED, Problem
from pipeline.regulation import key_projects, sponsorship


def _problems(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.problems:
        if row.deadline is None or not row.overdue_on(case.as_of):
            continue
        message = (
            f"“{row.project_name}”的问题“{row.problem or '（未填内容）'}”"
            f"应于{row.deadline.chinese}前解决，截至{chinese_day(case.as_of)}未解决"
        )
        yield about_row(case, row, fields.DEADLINE, message, _remedy(case, row))


def _remedy(case: Case, row: Problem) -> str:
    """What is still to be done of a problem that was overdue on the day of judgement."""
    if row.solved_on is not None:
        return f"已于{row.solved_on.chinese}解决，记录在案"
    upward = row.next_level
    return case.settings.level.said(f"请抓紧解决，解决不了的提请{upward}协调") if upward else "请抓紧解决并登记进展"


def _problem_states(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.problems:
        name = f"“{row.project_name}”的问题"
        if row.state == SOLVED and row.solved_on is None and row.source.readable(fields.SOLVED_ON):
            message = f"{name}登记为已解决，没有写解决时间"
            yield about_row(case, row, fields.SOLVED_ON, message, "请补填解决时间")
        elif row.solved_on is not None and row.state not in (None, SOLVED):
            message = f"{name}写了解决时间{row.solved_on.chinese}，状态却是{row.state}"
            yield about_row(case, row, fields.PROBLEM_STATE, message, "请核对问题状态")
        if row.raised_on and row.solved_on and row.solved_on.latest < row.raised_on.earliest:
            message = f"{name}的解决时间{row.solved_on.chinese}早于提出时间{row.raised_on.chinese}"
            yield about_row(case, row, fields.SOLVED_ON, message, "请改正时间")


def _permits(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.procedures:
        if row.due is None or not row.overdue_on(case.as_of):
            continue
        name = f"“{row.project_name}”的{row.permit or '手续'}"
        if row.done is None:
            message = f"{name}应于{row.due.chinese}前办结，目前{row.state or '状态未填'}"
            action = f"请会同{row.office or '办理部门'}抓紧办理，并更新办理状态"
        else:
            message = f"{name}应于{row.due.chinese}前办结，截至{chinese_day(case.as_of)}未办结"
            action = f"已于{row.done.chinese}办结，记录在案"
        yield about_row(case, row, fields.PERMIT_DUE, message, action)


def _permit_states(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.procedures:
        name = f"“{row.project_name}”的{row.permit or '手续'}"
        if row.state == DONE and row.done is None and row.source.readable(fields.PERMIT_DONE):
            yield about_row(
                case, row, fields.PERMIT_DONE, f"{name}登记为已办结，没有写实际办结时间", "请补填实际办结时间"
            )
        elif row.done is not None and row.state not in (None, DONE):
            message = f"{name}写了实际办结时间{row.done.chinese}，状态却是{row.state}"
            yield about_row(case, row, fields.PERMIT_STATE, message, "请核对办理状态")


PERMIT_STATES = Rule("permit-states", sponsorship.PERMITS, "procedure", _permit_states)
PROBLEM_STATES = Rule("problem-states", sponsorship.PROBLEM_STATE, "problem", _problem_states)
PROBLEMS = Rule("problem-overdue", key_projects.PROBLEM_OVERDUE, "problem", _problems)
PERMITS = Rule("permit-overdue", key_projects.PERMIT_OVERDUE, "procedure", _permits)
