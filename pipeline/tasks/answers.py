"""Which sheets of a received file say something of the unit's own: only they are registered.

This is where it is decided; the steps before and after it, in the order in which a file meets them:

| question                                  | where                                    | what follows                           |
|-------------------------------------------|------------------------------------------|----------------------------------------|
| Is the sheet a form of ours, is it 无,    | ``ledgers.form_mark.drafts_in``          | ``Draft``                              |
| is it confirmed as unchanged?             |                                          |                                        |
| Is the row the example, empty, or 无?     | ``ledgers.row_roles``                    | no record                              |
| Is anything in the sheet besides what a   | ``ledgers.table_reader``                 | a finding, ``UNANSWERED`` or ``BLANK`` |
| form always has filled in (names, plan)?  |                                          |                                        |
| Has the file any row at all?              | ``ledgers.whole_file.refuse_whole``      | the file is not read                   |
| **Is it the unit's word?** Other rows     | ``answered``, here                       | registered, or left aside with a       |
| than handed out, 无, or confirmed.        |                                          | remark; nothing at all: refused        |
| When the year is read: is the sheet       | ``workspace.succession.settled``         | read, or left aside                    |
| registered by its file's line?            |                                          |                                        |
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.ledgers.kinds import KIND_OF
from pipeline.records.finding import NOT_FILLED_IN, UNANSWERED, Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.tables.form_mark import CONFIRMED, NOTHING, Draft
from pipeline.workbooks.compose import unit_form
from pipeline.workbooks.draft import digest_of_records
from pipeline.workbooks.known import UnitKnown

_ENTRY = "unit"  # the directory of units
Issued = frozenset[tuple[str, str]]  # ledger (slug) and digest of sheets as they were handed out
_UNTOUCHED = (
    "下发的空白台账原样报回，各表应填的栏与下发时一样，不作为报表，以前报来的仍然有效；"
    f"写在自加的列、批注或表外的不算填写，请填好后重新报送，确实没有内容的表，在第一个空行的名称处填“{NOTHING}”；"
    f"内容确实没有变化的表，在列名上方的黄色格选“{CONFIRMED}”"
)
_UNMARKED = "（“表式版本”一行被删去或改动，已按版式和内容认出）"


@dataclass(frozen=True)
class Answers:
    """What a file says: slugs of ledgers, in the order of its sheets."""

    told: tuple[str, ...]  # in which the unit says something
    confirmed: tuple[str, ...] = ()  # of them, those that are as handed out and that it confirms as a whole
    contradicted: tuple[str, ...] = ()  # those that it confirms and has changed all the same


def answered(part: Ledgers, drafts: Sequence[Draft] = (), issued: Issued = frozenset()) -> Answers:
    """In which of its sheets a file says something.

    ``drafts`` are the sheets of our own form: one that is as we handed it out says nothing unless the unit confirms
    it, 无 is an answer. Where a sheet no longer states what it was handed out with, ``issued`` does.
    """
    untouched = {draft.ledger for draft in drafts if _untouched(part, draft, issued)}
    confirmed = {draft.ledger for draft in drafts if draft.confirmed}
    told = {slug for slug in _sheets(part) if part.rows(slug)}
    told -= {each.ledger for each in part.findings if each.code == UNANSWERED} | (untouched - confirmed)
    told |= {draft.ledger for draft in drafts if draft.nothing}
    in_order = [slug for slug in _sheets(part) if slug in told]
    return Answers(
        tuple(in_order),
        tuple(slug for slug in in_order if slug in confirmed & untouched),
        tuple(slug for slug in in_order if slug in confirmed - untouched),
    )


def remarks_on(
    answers: Answers, left: Collection[str], part: Ledgers, drafts: Sequence[Draft], standing: Collection[str]
) -> Iterator[str]:
    """What the clerk must know of the sheets that are ``left`` aside or were confirmed, each told once.

    A sheet of our form without anything in it is a finding already, unless an earlier report of it is ``standing``.
    """
    of_form = {draft.ledger for draft in drafts}
    empty = {each.ledger for each in part.findings if each.code in NOT_FILLED_IN} - set(standing)
    if names := _names(answers.confirmed):
        yield f"{names}由单位确认没有变化，按下发时填好的内容登记"
    if names := _names(answers.contradicted):
        yield f"{names}选了没有变化，内容却与下发时不同，按报来的内容登记"
    if names := _names(slug for slug in left if slug in of_form - empty):
        yield f"{names}与下发时一样，没有登记为收到，以前报来的仍然有效"
    if names := _names(slug for slug in left if slug not in of_form):
        yield f"{names}没有填写，没有登记为收到"


def would_be_issued(draft: Draft, unit: str, ledgers: Ledgers, earlier: Ledgers, office: OfficeSettings) -> Issued:
    """What the form of a sheet would be handed out with now."""
    month = Month.parse(draft.period) if "-" in draft.period else None
    form = unit_form(UnitKnown(unit, ledgers, earlier), month, office)
    return frozenset((sheet.kind.slug, sheet.draft) for sheet in (form.sheets if form else ()))


def _names(slugs: Iterable[str]) -> str:
    return "、".join(KIND_OF[slug].name for slug in slugs)


def with_entry(told: tuple[str, ...], part: Ledgers, year: Ledgers) -> tuple[str, ...]:
    """With the unit's entry in the directory, left as our form had it from the year before: this year has no other."""
    known = {unit.key for unit in year.units}
    if all(unit.key in known for unit in part.units):
        return told
    return tuple(slug for slug in _sheets(part) if slug in (*told, _ENTRY))


def nothing_said(part: Ledgers, drafts: Sequence[Draft]) -> str:
    """Why a file of which no sheet is ``answered`` is no report: a form as it was handed out, or what stands in it."""
    if drafts and not any(map(_is_written, part.findings)):
        return _UNTOUCHED + (_UNMARKED if any(draft.unknown for draft in drafts) else "")
    errors = [finding for finding in part.findings if finding.severity is Severity.ERROR]
    first = min(errors, key=lambda finding: not finding.cell, default=None)
    return f"没有读出一行数据：{first.message}，{first.action}" if first else "表中没有一行数据"


def _sheets(part: Ledgers) -> dict[str, Any]:
    """Slugs of the file's ledgers, in the order of its sheets, each once."""
    return dict.fromkeys(slug for file in part.files for slug in file.ledgers)


def _untouched(part: Ledgers, draft: Draft, issued: Issued) -> bool:
    """A row that could not be read was still written by the unit."""
    if any(each.ledger == draft.ledger and _is_written(each) for each in part.findings):
        return False
    digest = digest_of_records(KIND_OF[draft.ledger], part.rows(draft.ledger))
    return (draft.ledger, digest) in issued if draft.unknown else digest == draft.digest


def _is_written(finding: Finding) -> bool:
    """Whether it is about something in a cell that could not be read."""
    return bool(finding.cell) and finding.severity is Severity.ERROR
