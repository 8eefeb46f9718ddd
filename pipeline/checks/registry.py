"""Every rule, in the order of the articles. A new rule is its function and its line here."""

from pipeline.checks import (
    amounts,
    continuity,
    directory_complete,
    identity,
    late_reports,
    linked_leaders,
    magnitude,
    month_sums,
    monthly_figures,
    on_site_scores,
    overdue,
    permits_known,
    renaming,
    reserve_stages,
    schedule,
    shared_projects,
    thresholds,
    unit_totals,
    working_group,
    year_before,
)
from pipeline.checks.required import required
from pipeline.checks.rule import Rule
from pipeline.regulation import key_projects, sponsorship

RULES: tuple[Rule, ...] = (
    # 包联办法
    thresholds.SPONSORED,  # B-3
    required(sponsorship.STAGE),
    working_group.PORTFOLIO,  # B-4
    required(sponsorship.LIST_FIELDS),  # B-5
    amounts.NEGATIVE_SPONSORED,
    amounts.RANGE_SPONSORED,
    amounts.WITHIN_TOTAL_SPONSORED,
    magnitude.SPONSORED,
    schedule.SPONSORED_SPAN,
    identity.SPONSORED_NOT_KEY,
    working_group.STILL_PROPOSED,
    required(sponsorship.SPONSOR),  # B-7
    working_group.KNOWN_LEADER,
    required(sponsorship.LEAD_UNIT),
    working_group.ONE_LEAD_UNIT,
    working_group.TEAM_EXISTS,
    required(sponsorship.TEAM),
    working_group.TEAM_ONE_EACH,
    working_group.TEAM_OF_SPONSORED,
    required(sponsorship.PERMITS),
    overdue.PERMIT_STATES,
    working_group.WORK_LIST,  # B-8
    working_group.WORK_LIST_SUM,
    working_group.WORK_OF_SPONSORED,
    required(sponsorship.PROBLEM_PLAN),
    required(sponsorship.NODE_PLAN),
    required(sponsorship.PROBLEM_STATE),  # B-10
    overdue.PROBLEM_STATES,
    late_reports.HALF_MONTHLY,  # B-11
    # 重点办法
    thresholds.KEY,  # K-2
    required(key_projects.SECTOR),  # K-3
    overdue.PERMITS,  # K-6(5)
    permits_known.KNOWN,
    continuity.TOTALS_CHANGED,  # K-7(3)
    continuity.DROPPED,
    continuity.VANISHED,
    continuity.APPEARED,
    required(key_projects.CLASS),  # K-8(1)
    schedule.CLASS,
    schedule.CLASS_DOUBTED,
    year_before.FINISHED,
    required(key_projects.PAPER_REPORT),  # K-8(2)
    required(key_projects.PAPER_STUDY),
    required(key_projects.PAPER_APPROVAL),
    required(key_projects.PAPER_LICENCE),
    required(key_projects.FIELDS),
    amounts.NEGATIVE,
    amounts.RANGE,
    amounts.WITHIN_TOTAL,
    magnitude.DECLARED,
    amounts.PLAN_STATED,
    year_before.CARRIED_ON,
    schedule.DECLARED_SPAN,
    schedule.DECLARED_START,
    required(key_projects.GOAL),
    required(key_projects.FUND_SECURED),
    required(key_projects.LEAD_UNIT),  # K-9
    working_group.ONE_LEAD_UNIT_DECLARED,
    required(key_projects.SPLIT),
    required(key_projects.UNIT_PEOPLE),
    directory_complete.LISTED,
    directory_complete.ONCE,
    late_reports.MONTHLY,  # K-10(1)
    late_reports.LEFT_OUT,
    required(key_projects.MONTHLY_FIGURES),
    required(key_projects.REDUCTION_REASON),
    required(key_projects.MONTHLY_DOUBTED),
    monthly_figures.IMPOSSIBLE,
    month_sums.FALLING,
    month_sums.REDUCTION,
    continuity.RATE_FALLING,
    continuity.DAY_CHANGED,
    continuity.DAY_WITHDRAWN,
    unit_totals.UNIT_FALLING,
    monthly_figures.AFTER_COMPLETION,
    schedule.REPORTED_START,
    month_sums.UNSTEADY,
    month_sums.MERGED,
    monthly_figures.AGAINST_DECLARATION,
    magnitude.MONTHLY,
    *identity.ACROSS,  # K-10(2)
    *working_group.ONE_LEAD_UNIT_ELSEWHERE,
    *shared_projects.RULES,
    renaming.RENAMED,
    linked_leaders.LINKED,  # K-11(2)
    linked_leaders.KNOWN,
    required(key_projects.LEADER_DUTIES),
    required(key_projects.RESERVE_CLASS),  # K-12
    required(key_projects.RESERVE_PAPER),
    reserve_stages.PAPER,
    reserve_stages.EXIT,
    reserve_stages.CANCELLED,
    overdue.PROBLEMS,  # K-14
    required(key_projects.LIAISON),  # K-16
    required(key_projects.RECEIPT),  # K-20
    late_reports.RECEIVED_TWICE,
    on_site_scores.RANGE,
)
