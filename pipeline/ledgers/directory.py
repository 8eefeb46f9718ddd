"""名册: district leaders with their portfolios, and the responsible units (B-4, B-7, K-9, K-11(2), K-16)."""

import re

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.row import Row
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.office import Leader, Unit


def read_leader(row: Row) -> Leader:
    portfolio = row.text(f.PORTFOLIO) or ""
    return Leader(
        name=row.person(f.LEADER_NAME) or "",
        post=row.text(f.LEADER_POST),
        portfolio=tuple(part for part in re.split(r"[、，,；;/\s]+", portfolio) if part),
        source=row.source(),
    )


def read_unit(row: Row) -> Unit:
    return Unit(
        name=row.text(f.UNIT_NAME) or "",
        leader=row.person(f.UNIT_LEADER),
        section=row.text(f.SECTION),
        person=row.person(f.PERSON),
        liaison=row.person(f.LIAISON),
        phone=row.text(f.PHONE),
        source=row.source(),
    )


LEADER = LedgerKind(
    record=Leader,
    name="领导名册",
    folder="名册",
    who_when="重大办，每年更新",
    citations=(Citation("B", 4), Citation("K", 11, 2)),
    fields=(f.LEADER_NAME, f.LEADER_POST, f.PORTFOLIO, f.PHONE),
    telling=frozenset((f.LEADER_POST, f.PORTFOLIO)),
    subject=f.LEADER_NAME,
    read=read_leader,
    sent_by_units=False,
    held_by_office=True,
)

UNIT = LedgerKind(
    record=Unit,
    name="责任单位名册",
    folder="名册",
    who_when="各责任单位，每年更新",
    citations=(Citation("K", 9, 2), Citation("K", 16)),
    fields=(f.UNIT_NAME, f.UNIT_LEADER, f.SECTION, f.PERSON, f.LIAISON, f.PHONE),
    telling=frozenset((f.UNIT_LEADER, f.SECTION, f.LIAISON)),
    subject=f.UNIT_NAME,
    read=read_unit,
    held_by_office=True,
)
