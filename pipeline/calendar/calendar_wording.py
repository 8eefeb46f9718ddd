"""How the calendar says a day and what came of a duty, on the screen and in the workbook alike."""

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.calendar.duties import Duty, Outcome, Share
from pipeline.records.ledgers import Ledgers
from pipeline.records.severity import Severity
from pipeline.records.working_days import WEEKDAYS, DeadlineSettings, WorkingDays

NOT_REGISTERED = "无登记"
LEGEND = f"{NOT_REGISTERED}：本系统没有这项工作的登记，办没办请自行核对"
UNCLEAR = (
    "“登记不清”指没有登记或登记的时间看不清；已经报来的，请用“gongwen receive”收件，或在报送登记簿登记，"
    "半月报收件时加--kind 上半月报（或下半月报）"
)


def weekday(day: date, working_days: WorkingDays) -> str:
    """``周二``; ``周六，休``; ``周五，国庆节放假``."""
    name, reason = WEEKDAYS[day.weekday()], working_days.reason_off(day)
    if not reason:
        return name
    return f"{name}，休" if reason == name else f"{name}，{reason}"


def day_of(duty: Duty, working_days: WorkingDays) -> str:
    """``3月15日 周一``; the first day where the article names only that; the named day where it was moved."""
    text = f"{duty.due.month}月{duty.due.day}日"
    if duty.opens == duty.due:
        return f"{text}起"
    text += f" {weekday(duty.due, working_days)}"
    if duty.due != duty.named:
        text += f"（由{duty.named.month}月{duty.named.day}日{WEEKDAYS[duty.named.weekday()]}顺延）"
    return text


def what_of(duty: Duty) -> str:
    """What is due; with the first day where the article gives a span."""
    if duty.opens and duty.opens != duty.due:
        return f"{duty.what}（{duty.opens.month}月{duty.opens.day}日起）"
    return duty.what


def situation(duty: Duty, most: int | None = None) -> str:
    """``应报29家，已收25家，未报：甲、乙、丙、丁``; units that are right are only counted.

    More than ``most`` names of a kind are counted too, for a narrow column; ``unnamed`` gives them then.
    """
    if not duty.shares:
        if duty.registered:
            return "台账中没有应报单位"
        return duty.outcome.value if duty.outcome is Outcome.NOT_DUE else NOT_REGISTERED
    owing, came = f"应报{len(duty.shares)}家", duty.units(Outcome.RECEIVED, Outcome.LATE)
    waiting = duty.units(Outcome.NOT_DUE)
    if len(waiting) == len(duty.shares):
        return f"{owing}，{Outcome.NOT_DUE.value}"
    told = (
        f"{label}{len(units)}家" if most is not None and len(units) > most else _named(label, units)
        for label, units in _kinds(duty)
    )
    return "，".join([f"{owing}，已收{len(came)}家", *told])


def unnamed(duty: Duty, most: int) -> Iterator[str]:
    """``未报：甲、乙、丙、丁`` for each kind that ``situation`` only counts."""
    if len(duty.units(Outcome.NOT_DUE)) < len(duty.shares):
        yield from (_named(label, units) for label, units in _kinds(duty) if len(units) > most)


def _kinds(duty: Duty) -> Iterator[tuple[str, Sequence[str]]]:
    """The units that a person must know of, by what became of their reports."""
    late = [f"{share.unit}{_days_late(duty, share)}" for share in duty.shares if share.outcome is Outcome.LATE]
    kinds = (
        ("迟报", late),
        ("未报", duty.units(Outcome.MISSING)),
        ("登记不清", duty.units(Outcome.UNKNOWN)),
        ("待收", duty.units(Outcome.NOT_DUE)),
    )
    yield from ((label, units) for label, units in kinds if units)


def _named(label: str, units: Sequence[str]) -> str:
    return f"{label}：{'、'.join(units)}"


def _days_late(duty: Duty, share: Share) -> str:
    return f"（迟{(share.received_at.date() - duty.due).days}天）" if share.received_at else ""


_TELLING = ("", "declaration", "sponsorship", "receipt")  # "": a file whose ledger is not known either


def notes_of(ledgers: Ledgers, office: DeadlineSettings) -> Iterator[str]:
    """What to know before relying on the calendar: sentences without their stops."""
    if gap := office.working_days.gap(ledgers.year):
        yield gap
    if office.shift:
        yield "按本办公室设定，报送期限遇休息日顺延到下一个工作日"
    else:
        yield "两个办法没有规定期限遇休息日怎样办，按本办公室设定不顺延"
    if not ledgers.files:
        yield f"{ledgers.year}年度还没有台账，只列期限"
    elif not ledgers.receipts:
        yield "没有报送登记，报表收到没有无法判断"
    unread = sum(finding.ledger in _TELLING and finding.severity is not Severity.ADVICE for finding in ledgers.findings)
    if unread:
        yield f"申报、包联、报送登记台账有{unread}处需要核对（用“gongwen check”查看），应报单位和收到情况可能不全"
