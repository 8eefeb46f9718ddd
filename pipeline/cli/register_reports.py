"""What ``gongwen receive`` and ``gongwen register`` print."""

import json
from collections.abc import Sequence
from typing import Any

from pipeline.cli.remedies import worded
from pipeline.cli.reports import LEDGER_NAMES
from pipeline.cli.text_table import text_table
from pipeline.errors import Remedy
from pipeline.facts.succession import corrections
from pipeline.records.period import Month, chinese_day
from pipeline.records.receipt_line import Mended, RecordedFinding, RegisterLine, repetitions, replaced_by
from pipeline.records.severity import Severity
from pipeline.registers.register import RESTORE, Register
from pipeline.registers.register_audit import Fault
from pipeline.registers.register_restore import Restored
from pipeline.tasks.desk import Asked, Question
from pipeline.tasks.preview import Preview
from pipeline.tasks.taking import Received

_OPTIONS = {
    Asked.UNIT: "--unit 单位",
    Asked.PERIOD: "--period 期间",
    Asked.KIND: "--kind 上半月报（或下半月报）",
    Asked.INSTEAD: "--replace（取代前一份）或--keep（两份并存）",
}
_SHOWN_HASH = 12
_MOST_SHOWN = 20  # findings of one kind; the rest is counted
_END_NOTE = "请把链尾抄在纸质登记本上：日后用“gongwen register --verify --known 链尾”可查出登记簿有没有被整本换过"


def _moment(line: RegisterLine) -> str:
    return f"{line.received_at:%Y-%m-%d %H:%M}"


def _ledgers(line: RegisterLine) -> str:
    return "、".join(LEDGER_NAMES.get(slug, slug) for slug in line.ledgers)


def _period(period: str) -> str:
    if "-" in period:
        return Month.parse(period).chinese
    return f"{period}年" if period else ""


def _counts(line: RegisterLine) -> str:
    return "，".join(f"{severity.value}{line.count(severity)}条" for severity in Severity)


def _what(line: RegisterLine) -> str:
    kind = f"（{line.report_kind}）" if line.report_kind and not line.working else ""
    ledgers = _ledgers(line) or ("书面报告" if line.report_kind else "")
    return " ".join(filter(None, (line.unit, ledgers + kind, _period(line.period))))


def preview_text(preview: Preview) -> str:
    """As what a file from elsewhere was judged, and what receiving it would do to the lines that are there."""
    identity = preview.identity
    assert identity
    ledgers = "、".join(LEDGER_NAMES[slug] for slug in identity.ledgers) or "书面报告"
    what = " ".join((identity.unit, ledgers, _period(identity.period)))
    said = [f"“{preview.path.name}”按{what}核对，没有登记"]
    if preview.repeats:
        said.append(f"与登记簿第{preview.repeats.number}行相同")
    if preview.replaces:
        said.append(f"收下后取代第{'、'.join(str(line.number) for line in preview.replaces)}行")
    return "；".join((*said, *preview.remarks)) + "。"


def _outcome(line: RegisterLine, correction: bool) -> str:
    """A correction after the day is no late report: the first arrival counts."""
    return "期后更正" if correction and line.outcome == "迟报" else line.outcome


def _lateness(line: RegisterLine, correction: bool) -> str:
    if month := line.proposed_in:
        return f"登记为{month.chinese}报送的次年包联项目"
    if line.deadline is None:
        return "没有规定期限"
    return f"{_outcome(line, correction) or '重复报送'}（期限{chinese_day(line.deadline)}）"


def _finding(finding: RecordedFinding) -> str:
    place = "!".join(filter(None, (finding.sheet, finding.cell)))
    seen = f"（表中为“{finding.seen}”）" if finding.seen else ""
    project = ""
    if finding.project and finding.project not in finding.message:
        project = f"“{finding.project}”" + ("的" if finding.message.startswith("“") else "")
    return f"{finding.severity} {place}{'：' if place else ''}{project}{finding.message}{seen}"


def _listed(title: str, findings: Sequence[RecordedFinding]) -> list[str]:
    lines = [f"    {title}  {_finding(finding)}" for finding in findings[:_MOST_SHOWN]]
    rest = len(findings) - len(lines)
    return [*lines, f"    {title}  另有{rest}条"] if rest > 0 else lines


def _mended(mended: Mended) -> list[str]:
    head = f"  与前一份相比：已改{len(mended.mended)}条，仍有{len(mended.open)}条，新出现{len(mended.new)}条"
    parts = (("已改", mended.mended), ("仍有", mended.open), ("新增", mended.new))
    return [head, *(text for title, found in parts for text in _listed(title, found))]


def _to_add(questions: Sequence[Question]) -> str:
    """How a refused file is received with what the questions ask."""
    options = dict.fromkeys(_OPTIONS[each.asked] for each in questions)
    return f"（收件时加{'、'.join(options)}）" if options else ""


def _received(received: Received) -> list[str]:
    line = received.line
    if line.refusal:
        return [
            f"{line.original_name}：没有收下",
            f"  原因：{line.refusal}{_to_add(received.questions)}",
            f"  收到时间已登记为第{line.number}行（{_moment(line)}），原件存档：{line.archived}",
        ]
    backdated = f"，补登于{line.recorded_at:%Y-%m-%d %H:%M}" if line.backdated else ""
    lines = [
        f"{line.original_name}：登记为第{line.number}行",
        f"  {_what(line)}，{_moment(line)}收到{backdated}，{_lateness(line, received.corrects)}",
    ]
    if line.repeats:
        lines.append(f"  与第{line.repeats}行是同一个文件，只登记又报了一次，台账没有变动")
    elif line.working:
        lines.append(f"  放入台账：{line.working}")
    else:
        figures = "半个月的数字不并入月报" if line.ledgers else "其中的内容不读取"
        lines.append(f"  半月报只登记报送时间，{figures}")
    lines.append(f"  原件存档：{line.archived}")
    lines += [f"  注意：{remark}" for remark in line.remarks]
    if line.replaces:
        lines.append(f"  取代第{'、'.join(map(str, line.replaces))}行")
    if line.beside:
        lines.append(f"  与第{'、'.join(map(str, line.beside))}行并存，检查时都读")
    if received.mended:
        lines += _mended(received.mended)
    if line.working:
        lines.append(f"  检查结果：{_counts(line)}")
    return lines


def received_text(received: Sequence[Received]) -> str:
    """Each file's fate, and the closing count."""
    parts = ["\n".join(_received(each)) for each in received]
    refused = sum(1 for each in received if each.line.refusal)
    repeated = sum(1 for each in received if each.line.repeats)
    closing = (
        f"合计{len(received)}份：收下{len(received) - refused - repeated}份，重复{repeated}份，没有收下{refused}份。"
    )
    return "\n\n".join([*parts, closing])


def _state(line: RegisterLine, gone: dict[int, int], again: int) -> str:
    if line.refusal:
        return f"没有收下：{line.refusal}"
    states = []
    if line.repeats:
        states.append(f"与第{line.repeats}行相同")
    if line.number in gone:
        states.append(f"已被第{gone[line.number]}行取代")
    if line.replaces:
        states.append(f"取代第{'、'.join(map(str, line.replaces))}行")
    if line.beside:
        states.append(f"与第{'、'.join(map(str, line.beside))}行并存")
    if again:
        states.append(f"又报{again}次")
    if line.backdated:
        states.append(f"补登于{line.recorded_at:%Y-%m-%d %H:%M}")
    return "，".join(states) or "现行"


def _row(line: RegisterLine, gone: dict[int, int], again: int, correction: bool) -> list[str]:
    counts = "/".join(str(line.count(severity)) for severity in Severity) if line.accepted else "—"
    return [
        str(line.number),
        _moment(line),
        line.unit or "—",
        _ledgers(line) or "—",
        line.period or "—",
        f"{month.month}月次年包联" if (month := line.proposed_in) else _outcome(line, correction) or "—",
        counts,
        line.original_name,
        line.sha256[:_SHOWN_HASH],
        _state(line, gone, again).partition("；")[0],  # what to do about it was said on receipt
    ]


def _wanted(line: RegisterLine, period: str) -> bool:
    return not period or line.period == period or line.period.startswith(f"{period}-")


def _end_text(lines: Sequence[RegisterLine]) -> str:
    return f"链尾：{lines[-1].number}:{lines[-1].hash[:16]}"


def register_text(lines: Sequence[RegisterLine], period: str) -> str:
    """The table, newest last, and the chain's end."""
    if not lines:
        return "收件登记簿还是空的。"
    gone, again, corrected = dict(replaced_by(lines)), repetitions(lines), corrections(lines)
    rows = [_row(line, gone, again[line.number], line.number in corrected) for line in lines if _wanted(line, period)]
    head = (
        "行",
        "收到时间",
        "单位",
        "台账",
        "期间",
        "报送",
        "错误/提醒/建议",
        "原文件名",
        "文件指纹",
        "状态",
    )
    table = text_table(head, rows) if rows else f"登记簿中没有{period}的报表。"
    return f"{table}\n\n共{len(rows)}行。{_end_text(lines)}"


def _object(line: RegisterLine, gone: dict[int, int], again: int) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(line.body)
    return {
        **values,
        "previous": line.previous,
        "hash": line.hash,
        "outcome": line.outcome,
        "proposed_in": str(line.proposed_in) if line.proposed_in else None,
        "counts": {severity.name.lower(): line.count(severity) for severity in Severity},
        "replaced_by": gone.get(line.number),
        "repeated": again,
        "sentence": f"{_what(line)}：{_state(line, gone, again)}",
    }


def register_json(lines: Sequence[RegisterLine], period: str) -> str:
    gone, again = dict(replaced_by(lines)), repetitions(lines)
    objects = [_object(line, gone, again[line.number]) for line in lines if _wanted(line, period)]
    return json.dumps(objects, ensure_ascii=False, indent=1)


def faults_text(faults: Sequence[Fault], register: Register) -> str:
    if faults:
        remedy = [] if register.holds() else [worded(RESTORE, Remedy.RESTORE_REGISTER)]
        told = (f"  {fault.sentence}。" for fault in faults)
        return "\n".join(["收件登记簿对不上：", *told, f"合计{len(faults)}处。", *remedy])
    lines = register.lines()
    if not lines:
        return "收件登记簿还是空的。"
    return f"收件登记簿共{len(lines)}行，逐行核对无误，存档文件齐全。{_end_text(lines)}\n{_END_NOTE}。"


def restored_text(restored: Restored) -> str:
    """What was put back, what it lacks, and where the former files lie."""
    lines = [f"收件登记簿已用备份恢复：共{restored.end.number}行，链尾：{restored.end.short}。"]
    if restored.aside:
        names = "、".join(f"inputs/{path.name}" for path in restored.aside)
        lines.append(f"原来的移开保留在{names}，查清后再处理。")
    if restored.lacking:
        lines.append(
            f"备份缺少末尾{restored.lacking}行。“gongwen register --verify”会列出没有登记的存档文件，"
            "请逐个重新收件，收到时间用--at补登。"
        )
    return "\n".join(lines)


def faults_json(faults: Sequence[Fault], register: Register) -> str:
    end = None if faults else register.end()
    objects = [{"line": fault.number or None, "sentence": fault.sentence} for fault in faults]
    return json.dumps({"faults": objects, "end": str(end) if end else None}, ensure_ascii=False, indent=1)
