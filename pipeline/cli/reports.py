"""What commands print: findings, the closing table of a run, kinds and fields."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.cli.saved_files import beside_text, files_text
from pipeline.cli.text_table import text_list, text_table
from pipeline.ledgers.kinds import LEDGER_KINDS, catalogue
from pipeline.papers.office_facts import issuer_at_any_level
from pipeline.papers.paper_kind import DraftedKind, PaperKind, Reason
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.field_catalogue import Field
from pipeline.records.finding import Finding
from pipeline.records.severity import Severity
from pipeline.regulation.decisions import DECISIONS
from pipeline.regulation.requirements import requirements_of
from pipeline.tasks.run import Issued, Outcome
from pipeline.tasks.year import YearRead
from pipeline.word.vocabulary import Names

LEDGER_NAMES: Mapping[str, str] = {kind.slug: kind.name for kind in LEDGER_KINDS}


def slugs_text(kinds: Iterable[PaperKind]) -> str:
    """``plan为年度计划，promotion为推进方案``."""
    return "，".join(f"{kind.slug}为{kind.name}" for kind in kinds)


def severity_counts(findings: Iterable[Finding]) -> str:
    """``错误12条，提醒3条，建议0条``."""
    counts = Counter(finding.severity for finding in findings)
    return "，".join(f"{severity.value}{counts[severity]}条" for severity in Severity)


def findings_text(findings: Sequence[Finding]) -> str:
    """Every finding under its unit, in the order of mending."""
    lines: list[str] = []
    unit: str | None = None
    for finding in findings:
        if finding.unit != unit:
            unit = finding.unit
            lines += ["", f"【{unit or '本办公室'}】"]
        lines.append(f"{finding.severity.value}  {finding.sentence}")
    return "\n".join([*lines, "", f"合计：{severity_counts(findings)}。"]).lstrip("\n")


def _finding_object(finding: Finding) -> dict[str, str | None]:
    return {
        "severity": finding.severity.value,
        "rule": finding.rule,
        "code": finding.code or finding.rule,
        "unit": finding.unit,
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "seen": finding.seen,
        "message": finding.message,
        "citation": str(finding.citation) if finding.citation else None,
        "citation_code": finding.citation.code if finding.citation else None,
        "asks": finding.asks,
        "action": finding.action,
        "project": finding.project,
        "field": finding.field.label if finding.field else None,
        "month": str(finding.month) if finding.month else None,
        "sentence": finding.sentence,
    }


def findings_json(findings: Iterable[Finding]) -> str:
    return json.dumps([_finding_object(finding) for finding in findings], ensure_ascii=False, indent=1)


def _kind_row(kind: DraftedKind, outcomes: Sequence[Outcome]) -> list[str]:
    own = [outcome for outcome in outcomes if outcome.kind is kind]
    issued = [outcome for outcome in own if outcome.saved]
    changed = files_text(saved for outcome in issued for saved in outcome.saved)
    return [kind.name, str(len(issued)), changed or "无", str(len(own) - len(issued))]


def reason_text(reason: Reason) -> str:
    """``“甲项目”（甲局）未列入计划：申报.xlsx 表!I6：金额有误``."""
    head = reason.of + reason.what
    why = "、".join(reason.names) or "；".join(reason.sentences) or _in_brief(reason.findings)
    return f"{head}：{why}" if head and why else head or why


def _in_brief(findings: Sequence[Finding]) -> str:
    """Each with its place; the file or sheet of the one before is not said again."""
    said: list[str] = []
    for before, finding in zip((None, *findings), findings, strict=False):
        place = finding.place
        if before and before.file == finding.file:
            place = finding.cell if before.sheet == finding.sheet else place.removeprefix(finding.file).strip()
        said.append(f"{place}：{finding.message}" if place else finding.message)
    return "；".join(dict.fromkeys(said))


def _held_back(outcomes: Sequence[Outcome], *, asked: bool) -> list[str]:
    """Every document withheld and why; those whose time has not come one by one only where they were ``asked`` for."""
    told = [each for each in outcomes if each.reasons and (asked or not each.not_yet)]
    lines = [f"{each.title}：{'；'.join(map(reason_text, each.reasons))}" for each in told]
    early = Counter((each.kind.name, each.not_yet) for each in outcomes if each.not_yet)
    if not asked:
        lines += [f"{name}：{reason}，{count}份到时再编" for (name, reason), count in early.items()]
    return lines


def run_text(years: Sequence[YearRead], issued: Sequence[Issued], seconds: float, *, asked: bool = True) -> str:
    """The closing table of a run; ``asked``: one kind of document was asked for by name."""
    outcomes = [outcome for each in issued for outcome in each.outcomes]
    findings = [finding for year in years for finding in year.findings]
    files = [file for year in years for file in year.ledgers.files]
    rows = [
        ["读取台账", f"{len(files)}份，{sum(file.rows for file in files)}行"],
        ["检查结果", severity_counts(findings) + "（用“gongwen check”逐条查看）"],
        ["用时", f"{seconds:.1f}秒"],
    ]
    kinds = [kind for kind in KINDS if any(outcome.kind is kind for outcome in outcomes)]
    parts = [text_table(("文书", "编成份数", "文件", "暂缓"), [_kind_row(kind, outcomes) for kind in kinds])]
    saved = [saved for outcome in outcomes for saved in outcome.saved]
    parts += text_list("暂缓编制的文书及原因", _held_back(outcomes, asked=asked))
    parts += text_list(
        "文书中需要知道的情况",
        [f"{outcome.title}：{reason_text(note)}" for outcome in outcomes for note in outcome.notes],
    )
    parts += beside_text([f"{each.kept.name}，新版为{each.path.name}" for each in saved if each.kept])
    parts += text_list(
        "以下文件是以前编制的，按现在的台账已不再编，核对后可用“gongwen archive”移入归档",
        [path.name for each in issued for path in each.left_over],
    )
    if any(year.basis.settings.sample for year in years):
        parts.append("本工作区是虚构的样例，文书不得作为正式公文使用。")
    parts.append(text_table(("项目", "结果"), rows))
    return "\n\n".join(parts)


def kinds_text() -> str:
    """Each kind of document with its article, period, ledgers and template; then each kind of ledger."""
    rows = [
        [
            kind.slug,
            kind.name,
            kind.period,
            "、".join(map(issuer_at_any_level, kind.issuers)),
            "、".join(map(str, kind.articles)),
            "、".join(LEDGER_NAMES[slug] for slug in kind.ledgers),
            "、".join(kind.templates),
        ]
        for kind in KINDS
    ]
    ledgers = [
        [kind.name, f"inputs/年度/{kind.folder}", kind.who_when, "、".join(map(str, kind.citations))]
        for kind in LEDGER_KINDS
    ]
    documents = text_table(("命令", "文书", "期间", "发文机关", "依据", "所用台账", "模板"), rows)
    return documents + "\n\n" + text_table(("台账", "放在", "谁何时报", "依据"), ledgers)


def decisions_text() -> str:
    """How each contradiction of the two measures is read."""
    return "\n\n".join(
        f"{number}. {'、'.join(map(str, each.citations))}\n   {each.contradiction}\n   处理：{each.decision}"
        for number, each in enumerate(DECISIONS, 1)
    )


def _field_row(field: Field) -> list[str]:
    asked = requirements_of(field)
    ledgers = [kind.name for kind in LEDGER_KINDS if field in kind.fields]
    return [
        field.label,
        field.kind.value,
        field.unit or "—",
        "、".join(ledgers) or "各台账",
        "；".join(dict.fromkeys(f"{LEDGER_NAMES[each.ledger]}：{each.when}" for each in asked)) or "选填",
        "、".join(dict.fromkeys(str(each.provision.citation) for each in asked)) or "—",
        "、".join(field.synonyms) or "—",
    ]


def fields_text() -> str:
    """The field catalogue: what the ledgers may hold."""
    head = ("字段", "类型", "单位", "台账", "何时必填", "依据", "也可写作")
    return text_table(head, [_field_row(field) for field in catalogue()])


def _name_rows(names: Names, indent: str = "") -> list[list[str]]:
    rows: list[list[str]] = []
    for name, entry in names.items():
        inner = entry[0] if isinstance(entry, list) else entry
        if isinstance(inner, Mapping):
            rows.append([indent + name, "逐条列出，含以下各项" if isinstance(entry, list) else "含以下各项"])
            rows += _name_rows(inner, indent + "    ")
        else:
            rows.append([indent + name, ("逐个列出：" if isinstance(entry, list) else "") + (str(inner) or name)])
    return rows


def template_names_text(templates: Mapping[str, Names]) -> str:
    """The names that these templates may use."""
    parts = [
        f"{template}：\n{text_table(('占位名称', '说明'), _name_rows(names))}" for template, names in templates.items()
    ]
    return "\n\n".join(parts)
