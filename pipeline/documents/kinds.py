"""Every kind of document that is issued, in the order of the office's year."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.checks.basis import Basis
from pipeline.documents import assessment, briefing, plan, promotion, return_notice
from pipeline.documents.kind import DocumentKind, Draft, HeldBack, Request
from pipeline.documents.names import Names
from pipeline.records.citation import Citation
from pipeline.records.finding import Finding
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.severity import Severity
from pipeline.scoring.ranking import Ranking, assess

_PAPERS = frozenset(
    ("paper_report", "paper_study", "paper_approval", "paper_licence")
)  # no document states them


def _reasons(findings: tuple[Finding, ...]) -> str:
    """Each with its place; the file or sheet of the one before is not said again."""
    said: list[str] = []
    for before, finding in zip((None, *findings), findings, strict=False):
        place = finding.place
        if before and before.file == finding.file:
            place = (
                finding.cell if before.sheet == finding.sheet else place.removeprefix(finding.file).strip()
            )
        said.append(f"{place}：{finding.message}" if place else finding.message)
    return "；".join(dict.fromkeys(said))


def _unread(basis: Basis, ledger: str) -> str:
    """Files and sheets of a ledger that could not be read at all; "" where all were."""
    return _reasons(
        tuple(
            finding
            for finding in basis.soundness.findings
            if finding.severity is Severity.ERROR
            and finding.ledger == ledger
            and not (finding.cell or finding.project)
        )
    )


def _plan(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    title = f"{basis.year}年重点项目计划"
    left_out = tuple(
        f"“{project.project_name}”（{project.lead_unit}）未列入计划：{_reasons(errors)}"
        for project in basis.declared.values()
        if (errors := basis.soundness.declaration_errors(project.key))
    )
    unread = _unread(basis, "declaration")
    if unread or not basis.listed:
        yield HeldBack(title, unread or "；".join(("没有可列入计划的项目", *left_out)))
        return
    reasons = {name_key(name): reason for name, reason in basis.settings.exceptions.items()}
    granted = tuple(
        f"“{project.project_name}”（{basis.unit_of(project)}）按office.toml的[例外列入]列入计划：{reasons[project.key]}"
        for project in basis.listed
        if project.key in reasons
    )
    yield Draft(
        title,
        "计划",
        title,
        "计划.docx",
        plan.plan_context(basis),
        (*left_out, *granted),
        basis.settings.plan.preprinted,
    )


def _touching(basis: Basis, key: str) -> tuple[Finding, ...]:
    """Errors in anything that the project's promotion plan would say."""
    soundness = basis.soundness
    declared = tuple(
        finding
        for finding in soundness.declaration_errors(key)
        if finding.field is None or finding.field.slug not in _PAPERS
    )
    others = ("node", "procedure", "problem")
    return (
        *soundness.sponsorship_errors(key),
        *declared,
        *(f for name in others for f in soundness.errors(name, key)),
    )


def _promotion(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    if reason := _unread(basis, "sponsorship"):
        yield HeldBack("未能读出的包联项目的推进方案", reason)
    elif not basis.sponsorships:
        yield HeldBack("包联项目推进方案", "没有包联项目")
    for key, sponsorship in basis.sponsorships.items():
        units = {name_key(unit) for unit in sponsorship.lead_units}
        if request.unit and name_key(request.unit) not in units:
            continue
        if request.project and name_key(request.project) != key:
            continue
        title = f"{sponsorship.project_name}推进方案"
        if errors := _touching(basis, key):
            yield HeldBack(title, _reasons(errors))
        else:
            context = promotion.promotion_context(basis, sponsorship)
            yield Draft(title, "推进方案", title, "推进方案.docx", context, ledger_beside=True)


def _no_report(basis: Basis, reason: str) -> str:
    """Reports may have come and not be readable: then nobody can say that none came."""
    unread = _unread(basis, "progress")
    return f"{reason.replace('收到', '读到')}；有月报读不出来：{unread}" if unread else reason


def _briefing(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    if not request.months:
        reason = _no_report(basis, none := "没有收到任何月报")
        yield HeldBack(basis.settings.briefing.name, reason, not_yet=none if reason == none else "")
    for month in request.months:
        title = f"{basis.settings.briefing.name}第{month.month}期"
        if not any(row.month == month for row in basis.ledgers.progress):
            yield HeldBack(title, _no_report(basis, f"没有收到{month.chinese}的月报"))
        elif not basis.listed:
            yield HeldBack(title, "没有列入计划的项目")
        else:
            context = briefing.briefing_context(basis, month)
            notes = tuple(
                f"{label}：{'、'.join(names)}"
                for label, names in (("未报送", context["未报项目"]), ("数据待核", context["待核项目"]))
                if isinstance(names, list) and names
            )
            yield Draft(title, "简报", title, "简报.docx", context, notes)


def _assessment(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    december = Month(basis.year, 12)
    ranking = assess(basis, december)
    is_due = any(row.month == december for row in basis.ledgers.progress)
    for piece in _assessment_papers(basis, ranking, request):
        yield piece if isinstance(piece, Draft) or is_due else replace(piece, not_yet="还没有读到12月的月报")


def _assessment_papers(basis: Basis, ranking: Ranking, request: Request) -> Iterator[Draft | HeldBack]:
    yield from _dossiers(basis, ranking, name_key(request.unit))
    if request.unit:
        return
    title = f"{basis.year}年度重点项目考核情况报告"
    if not ranking.ranked:
        yield HeldBack(title, "没有可以排名的责任单位")
    else:
        notes = tuple(f"{each.unit}暂不排名：{'；'.join(each.reasons)}" for each in ranking.withheld)
        yield Draft(title, "考核", title, "考核报告.docx", assessment.ranking_context(basis, ranking), notes)


def _dossiers(basis: Basis, ranking: Ranking, wanted: str) -> Iterator[Draft | HeldBack]:
    for held in ranking.withheld:
        if wanted in ("", name_key(held.unit)):
            yield HeldBack(
                f"{held.unit}考核档案", "；".join(held.reasons), goes_with=(_statement_title(held.unit),)
            )
    for ranked in ranking.ranked:
        unit = ranked.score.unit
        if wanted not in ("", name_key(unit)):
            continue
        title = f"{unit}考核档案"
        yield Draft(title, "考核", title, "考核档案.docx", assessment.dossier_context(basis, ranking, ranked))
        if ranked in ranking.owing:
            title = _statement_title(unit)
            context = assessment.statement_context(basis, ranking, ranked)
            yield Draft(title, "考核", title, "情况说明.docx", context)


def _statement_title(unit: str) -> str:
    return f"{unit}未完成计划任务情况说明"


KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        "plan", "年度计划", "年度",
        (Citation("K", 7, 1), Citation("K", 8), Citation("K", 9)),
        ("declaration", "sponsorship", "unit", "leader"),
        {"计划.docx": plan.NAMES}, _plan,
    ),
    DocumentKind(
        "promotion", "推进方案", "年度",
        (Citation("B", 7), Citation("B", 8), Citation("B", 9)),
        ("sponsorship", "team", "node", "declaration", "procedure", "problem", "unit", "leader"),
        {"推进方案.docx": promotion.NAMES}, _promotion,
    ),
    DocumentKind(
        "briefing", "简报", "月度",
        (Citation("B", 12),),
        ("declaration", "sponsorship", "progress", "procedure", "problem", "node"),
        {"简报.docx": briefing.NAMES}, _briefing,
    ),
    DocumentKind(
        "assessment", "年终考核", "年度",
        (Citation("B", 13), Citation("K", 20, 3), Citation("K", 21)),
        ("declaration", "progress", "procedure", "score", "receipt", "problem", "unit"),
        {
            "考核档案.docx": assessment.DOSSIER_NAMES,
            "情况说明.docx": assessment.STATEMENT_NAMES,
            "考核报告.docx": assessment.RANKING_NAMES,
        },
        _assessment,
    ),
)  # fmt: skip

RETURN = "return"  # the command that issues the 退件通知, which goes with workbooks and is no kind of its own
TEMPLATES_BY_SLUG: Mapping[str, Mapping[str, Names]] = {
    **{kind.slug: kind.templates for kind in KINDS},
    RETURN: {return_notice.TEMPLATE: return_notice.NAMES},
}
