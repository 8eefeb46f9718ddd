"""Which sheets of a received file say something of the unit's own: only they are registered."""

from collections.abc import Sequence
from typing import Any

from pipeline.forms.compose import unit_form
from pipeline.forms.draft import digest_of_records
from pipeline.forms.known import UnitKnown
from pipeline.ledgers.form_mark import NOTHING, Draft
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.finding import Finding, Severity
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.workspace.succession import RECORDS, UNANSWERED, records_of

_ENTRY = "unit"  # the directory of units
_KINDS = {kind.slug: kind for kind in LEDGER_KINDS}
Issued = frozenset[tuple[str, str]]  # ledger (slug) and digest of sheets as they were handed out
_UNTOUCHED = (
    "下发的空白台账原样报回，各表应填的栏与下发时一样，不作为报表，以前报来的仍然有效；"
    f"写在自加的列、批注或表外的不算填写，请填好后重新报送，确实没有内容的表，在第一个空行的名称处填“{NOTHING}”"
)
_UNMARKED = "（“表式版本”一行被删去或改动，已按版式和内容认出）"


def answered(part: Ledgers, drafts: Sequence[Draft] = (), issued: Issued = frozenset()) -> tuple[str, ...]:
    """The ledgers of a file in which the unit says something, in the order of its sheets.

    ``drafts`` are the sheets of our own form: one that is as we handed it out says nothing, 无 is an answer. Where a
    sheet no longer states what it was handed out with, ``issued`` does.
    """
    told = {name for name, rows in records_of(part).items() if rows}
    told -= {RECORDS[each.ledger] for each in part.findings if each.code == UNANSWERED}
    told -= {RECORDS[draft.ledger] for draft in drafts if _untouched(part, draft, issued)}
    told |= {RECORDS[draft.ledger] for draft in drafts if draft.nothing}
    return tuple(slug for slug in _sheets(part) if RECORDS[slug] in told)


def would_be_issued(
    draft: Draft, unit: str, ledgers: Ledgers, earlier: Ledgers, office: OfficeSettings
) -> Issued:
    """What the form of a sheet would be handed out with now."""
    month = Month.parse(draft.period) if "-" in draft.period else None
    form = unit_form(UnitKnown(unit, ledgers, earlier), month, office)
    return frozenset((sheet.kind.slug, sheet.draft) for sheet in (form.sheets if form else ()))


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
    digest = digest_of_records(_KINDS[draft.ledger], getattr(part, RECORDS[draft.ledger]))
    return (draft.ledger, digest) in issued if draft.unknown else digest == draft.digest


def _is_written(finding: Finding) -> bool:
    """Whether it is about something in a cell that could not be read."""
    return bool(finding.cell) and finding.severity is Severity.ERROR
