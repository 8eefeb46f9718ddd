"""What the register of receipts adds to a year's ledgers: arrivals, and a register that does not hold."""

from collections.abc import Mapping, Sequence

from pipeline.errors import WorkspaceError
from pipeline.facts.restated import differing
from pipeline.facts.said_once import said_once
from pipeline.facts.succession import settled
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.finding import Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.progress import Receipt
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.severity import Severity
from pipeline.records.source import Seen, Source
from pipeline.records.unit_names import lines_under_directory_names
from pipeline.registers.register import REGISTER_FILE, RESTORE, Register
from pipeline.registers.unseen import with_lost_reports

_FILE = f"inputs/{REGISTER_FILE}"
_SHEET = "收件登记簿"
_CITATION = Citation("K", 20, 1)


def with_register(ledgers: Ledgers, register: Register, aliases: Mapping[str, str] | None = None) -> Ledgers:
    """The year's ledgers with the receipts of the register behind those noted by hand.

    Where both tell of the same report the earlier arrival counts (``deadlines.deliveries``). A register that
    can't be read or whose chain is broken is a finding: nothing is taken from lines that may be false. ``aliases``
    are the units' other names.
    """
    try:
        lines, faults = register.checked_lines()
    except WorkspaceError as problem:
        return _without_register(ledgers, [str(problem)])
    if faults:
        return _without_register(ledgers, [fault.sentence for fault in faults])
    lines = lines_under_directory_names(lines, aliases or {})
    found, sheets, restated = settled(with_lost_reports(ledgers, lines), lines)
    rows = sum(len(each.kept) for each in restated if not each.same)
    said = (*_refused(lines, ledgers.year), *_left_aside(sheets, rows), *differing(restated))
    return found.with_findings(said).with_rows(Receipt, (*ledgers.receipts, *receipts_of(lines, ledgers.year)))


def receipts_of(lines: Sequence[RegisterLine], year: int) -> tuple[Receipt, ...]:
    """The reports with a deadline that were taken in for the year."""
    return tuple(
        _receipt(line) for line in lines if line.accepted and line.report_kind and line.period.startswith(f"{year}-")
    )


def _receipt(line: RegisterLine) -> Receipt:
    place = f"第{line.number}行"
    month = Month.parse(line.period)
    texts = {
        f.LEAD_UNIT: line.unit,
        f.REPORT_KIND: line.report_kind,
        f.REPORT_MONTH: month.chinese,
        f.RECEIVED_AT: f"{line.received_at:%Y-%m-%d %H:%M}",
    }
    cells = {field.slug: Seen(place, text) for field, text in texts.items()}
    source = Source(_FILE, _SHEET, line.number, cells)
    return Receipt(source, line.unit, line.report_kind, month, line.received_at, line.number)


def _without_register(ledgers: Ledgers, sentences: Sequence[str]) -> Ledgers:
    """What came, when, and which report stands for a unit can't be told: nothing is judged."""
    return said_once(ledgers).with_findings(map(_broken, sentences), [f"{_FILE}：{sentences[0]}"])


def _broken(sentence: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "register",
        f"{sentence}；本次没有采用收件登记簿，也没有判断缺报漏项",
        f"请用“gongwen register --verify”核对。{RESTORE}",
        file=_FILE,
        citation=_CITATION,
        ledger="receipt",
    )


def _refused(lines: Sequence[RegisterLine], year: int) -> list[Finding]:
    """Files that came and were not taken in, as long as nothing later was taken in for the unit and period."""
    return [
        Finding(
            Severity.WARNING,
            "receipt-refused",
            f"{line.unit}{line.received_at:%Y-%m-%d %H:%M}报来的“{line.original_name}”没有收下：{line.refusal}",
            "请退回单位重报，或按原因处理后重新收件；认定缺报前请先核对",
            file=_FILE,
            sheet=_SHEET,
            cell=f"第{line.number}行",
            citation=_CITATION,
            unit=line.unit,
            ledger="receipt",
        )
        for line in lines
        if line.refusal and line.unit and line.period[:4] in ("", str(year)) and not _settled(line, lines)
    ]


def _left_aside(sheets: int, rows: int) -> list[Finding]:
    """One finding for all, for a year has hundreds of them."""
    parts = [f"各单位较早报来的台账{sheets}份"] if sheets else []
    parts += [f"本办公室台账中各单位已另行报来的{rows}行"] if rows else []
    if not parts:
        return []
    return [
        Finding(
            Severity.ADVICE,
            "superseded",
            f"{'、'.join(parts)}，已由各单位最近报来的代替，没有读取",
            "如不需要，可不处理",
            file=_FILE,
            ledger="receipt",
        )
    ]


def _settled(refused: RegisterLine, lines: Sequence[RegisterLine]) -> bool:
    later = (line for line in lines if line.number > refused.number and line.accepted)
    return any(
        line.sha256 == refused.sha256
        or (name_key(line.unit) == name_key(refused.unit) and refused.period in ("", line.period))
        for line in later
    )
