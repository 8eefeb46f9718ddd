"""Reports that came late or not at all (B-11, K-10(1)), and projects that a month's report leaves out."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from pipeline.calendar.deadlines import ON_TIME, Delivery, deliveries
from pipeline.checks.renaming import proposals
from pipeline.checks.rule import Remark, Rule
from pipeline.checks.unit_totals import beside
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import REPORT_KINDS
from pipeline.records.grouping import grouped
from pipeline.records.names import name_key
from pipeline.records.period import Month, chinese_day
from pipeline.records.progress import Receipt
from pipeline.records.project import Declaration
from pipeline.records.source import Source
from pipeline.regulation import key_projects, sponsorship

_RECORDED = "已登记，作为年终考核依据"


def _late_or_missing(kinds: tuple[str, ...], case: Case) -> Iterator[Remark]:
    if not case.elapsed:
        return
    sources = {_receipt_key(row): row.source for row in case.ledgers.receipts}
    for delivery in deliveries(case.ledgers, case.elapsed[-1], case.settings.deadlines):
        if delivery.report_kind in kinds and delivery.outcome != ON_TIME:
            yield _about_delivery(delivery, sources)


def _receipt_key(row: Receipt) -> tuple[object, ...]:
    return (name_key(row.unit), row.report_kind, row.month, row.received_at)


def _about_delivery(delivery: Delivery, sources: dict[tuple[object, ...], Source]) -> Remark:
    report = f"{delivery.unit}{delivery.month.chinese}{delivery.report_kind}"
    due = f"应于{chinese_day(delivery.deadline)}前报到"
    received = delivery.received_at
    if received is None:
        message, action = f"{report}{due}，登记簿中没有收到记录", f"请即补报；缺报{_RECORDED}"
        return Remark(message, action, unit=delivery.unit, month=delivery.month)
    days = (received.date() - delivery.deadline).days
    message = f"{report}{due}，{chinese_day(received.date())}{received:%H:%M}收到，迟{days}天"
    key = (name_key(delivery.unit), delivery.report_kind, delivery.month, received)
    return Remark(
        message,
        f"迟报{_RECORDED}，请单位说明原因",
        source=sources[key],
        field=fields.RECEIVED_AT,
        unit=delivery.unit,
        month=delivery.month,
    )


def _left_out(case: Case) -> Iterator[Remark]:
    """Units without a report in a month that is reported or past, and projects that a report leaves out."""
    reported = {(row.key, row.month) for row in case.ledgers.progress}
    units = {(name_key(row.lead_unit), row.month) for row in case.ledgers.progress}
    told = {month for _, month in units}
    # A month without any report between two that have some was left out by everybody.
    months = tuple(month for month in case.elapsed if told and min(told) <= month <= max(told))
    renamed = {name_key(each.old): each.row.month for each in proposals(case)}
    for unit, projects in grouped(case.declared.values(), lambda row: name_key(row.lead_unit)).items():
        for month in months:
            owed = [row for row in projects if _is_owed(case, row, month)]
            if not any((row.key, month) in reported for row in projects) and (unit, month) not in units:
                if owed:
                    yield _no_report(owed, month)
                continue
            for row in owed:
                if row.key in renamed and renamed[row.key] <= month:
                    continue  # asked about as a rename, once
                if (row.key, month) not in reported:
                    yield _missing_row(row, month, beside(case, row.lead_unit, month, row.key))


def _is_owed(case: Case, row: Declaration, month: Month) -> bool:
    """Not after the project is complete, and not before it was brought into the plan."""
    brought_in = case.brought_in.get(row.key)
    return not case.is_completed(row.key, month) and (brought_in is None or brought_in <= month.last_day)


def _no_report(projects: list[Declaration], month: Month) -> Remark:
    unit = projects[0].lead_unit
    return Remark(
        f"没有收到{unit}{month.chinese}的项目月报，涉及{len(projects)}个项目",
        "请补报当月项目进度表",
        unit=unit,
        month=month,
    )


def _missing_row(row: Declaration, month: Month, total: str) -> Remark:
    return Remark(
        f"{row.lead_unit}{month.chinese}的项目月报没有“{row.project_name}”{total}",
        "请补报该项目当月进度，或核对项目名称是否与申报一致",
        unit=row.lead_unit,
        project=row.project_name,
        month=month,
    )


def _contradicting(case: Case) -> Iterator[Remark]:
    """Reports of which the two registers name different days; the earlier day counts. The office mends it."""
    noted: dict[tuple[object, ...], Receipt] = {}
    for row in case.ledgers.receipts:
        key = (name_key(row.unit), row.report_kind, row.month, bool(row.line))
        if row.received_at and (key not in noted or _arrival(row) < _arrival(noted[key])):
            noted[key] = row
    for by_hand in tuple(noted.values()):
        registered = noted.get((name_key(by_hand.unit), by_hand.report_kind, by_hand.month, True))
        if by_hand.line or registered is None or _arrival(by_hand).date() == _arrival(registered).date():
            continue
        earlier = min(by_hand, registered, key=_arrival)
        month = f"{by_hand.month.chinese}" if by_hand.month else ""
        yield Remark(
            f"{by_hand.unit}{month}{by_hand.report_kind or '报表'}的收到时间两处不同：报送登记簿为{_moment(by_hand)}，"
            f"收件登记簿第{registered.line}行为{_moment(registered)}，按较早的{_moment(earlier)}计",
            "请核对哪一处有误；报送登记簿可以改正，收件登记簿不能改，可另行补登",
            source=by_hand.source,
            field=fields.RECEIVED_AT,
            month=by_hand.month,
        )


def _arrival(row: Receipt) -> datetime:
    assert row.received_at is not None
    return row.received_at


def _moment(row: Receipt) -> str:
    return f"{chinese_day(_arrival(row).date())}{_arrival(row):%H:%M}"


_HALF, _MONTHLY = REPORT_KINDS[:2], REPORT_KINDS[2:]
HALF_MONTHLY = Rule("half-monthly-report", sponsorship.HALF_MONTHLY, "receipt", partial(_late_or_missing, _HALF))
MONTHLY = Rule("monthly-report", key_projects.MONTHLY, "receipt", partial(_late_or_missing, _MONTHLY))
RECEIVED_TWICE = Rule("receipt-contradiction", key_projects.RECEIPT, "receipt", _contradicting)
LEFT_OUT = Rule("monthly-left-out", key_projects.MONTHLY_WHOLE, "progress", _left_out)
