"""Small workspaces, each a case of practice: the right value is read, or the cell is named."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.records.finding import Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import PartialDay, Period, Span
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.severity import Severity
from pipeline.registers.register import Register
from pipeline.tasks.year import YearRead, read_year
from pipeline.workspace import Workspace
from tests.docx_reading import text_of
from tests.practice_cases import (
    AMOUNTS,
    DATES,
    NAMED,
    NATIVE_DATES,
    PAPERS,
    PRACTICES,
    SPANS,
    TEMPLATES,
    Practice,
)

DATA = Path(__file__).parents[1] / "data" / "practice"
_ELSEWHERE = {"amounts-text", "dates-text", "dates-native", "spans", "yesno"}  # a cell a row
_PAPERS = {"briefing-effects", "dom-all-doubted-wording"}  # judged by what is printed
_RECEIVED = {"receive-flow", "receive-range-title"}  # judged by what is registered


@cache
def _empty_office(place: Path) -> Path:
    assert CliRunner().invoke(main, ["init", str(place)]).exit_code == 0
    return place


@pytest.fixture
def lay(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Workspace]:
    """Lays a workspace: a new office with the directory of ``00-base`` and what the practice adds."""

    def laid(name: str) -> Workspace:
        root = tmp_path / "office"
        shutil.copytree(_empty_office(tmp_path_factory.getbasetemp() / "practice-office"), root)
        shutil.copytree(DATA / "00-base/inputs/2027/名册", root / "inputs/2027/名册", dirs_exist_ok=True)
        shutil.copytree(DATA / name / "inputs", root / "inputs", dirs_exist_ok=True)
        for template in (DATA / name).glob("*.docx"):
            shutil.copy(template, root / "templates")
        return Workspace(root)

    return laid


def _read(workspace: Workspace) -> list[YearRead]:
    return [read_year(workspace, Period(year)) for year in workspace.years()]


def _written(value: object) -> object:
    """Dates and spans as far as stated, for the table; anything else as it is."""
    if isinstance(value, PartialDay):
        return "-".join(str(part) for part in (value.year, value.month, value.day) if part is not None)
    if isinstance(value, Span):
        return f"{_written(value.start)}—{_written(value.finish)}"
    return value


def _of(ledgers: Iterable[Ledgers], asked: str) -> object:
    """The value of ``项目 attribute @2027-03``; ``declared`` asks whether the project was declared at all."""
    project, attribute, *month = asked.split(" ")
    rows: list[Declaration | Progress] = []
    for each in ledgers:
        rows += [*each.declarations, *each.progress]
    own = [row for row in rows if row.project_name == project]
    if attribute == "declared":
        return bool(own)
    own = [row for row in own if hasattr(row, attribute)]
    if month:
        own = [row for row in own if f"@{getattr(row, 'month', '')}" == month[0]]
    values = {_written(getattr(row, attribute)) for row in own} - {None}
    assert len(values) <= 1, f"{asked}: {values}"
    return values.pop() if values else None


def _fits(value: object, expected: object) -> bool:
    return value in expected if isinstance(expected, tuple) else value == expected


def _is_named(findings: Iterable[Finding], cell: str) -> bool:
    """Whether an error or a reminder stands at the cell or lists it."""
    cells = re.compile(rf"(?<![A-Z]){cell}(?!\d)")
    told = (each for each in findings if each.severity is not Severity.ADVICE)
    return any(each.cell == cell or cells.search(each.message) for each in told)


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda each: each.name)
def test_read_rightly_or_named(practice: Practice, lay: Callable[[str], Workspace]) -> None:
    years = _read(lay(practice.name))
    ledgers = [each.ledgers for each in years]
    findings = [finding for each in years for finding in each.findings]
    said = "\n".join(each.sentence for each in findings)
    for asked, expected in practice.reads.items():
        value = _of(ledgers, asked)
        assert _fits(value, expected), f"{asked} is {value}, not {expected}\n{said}"
        if expected != value and value is None:
            assert said, f"{asked}: not read, and nothing says so"
    for cell in practice.named:
        assert _is_named(findings, cell) or (cell in said and practice.name == "dom-fund-split2"), f"{cell}\n{said}"
    for words in practice.says:
        assert words in said, f"{words}\n{said}"
    for words in practice.never:
        assert words not in said, f"{words}\n{said}"
    if practice.errors is not None:
        errors = sum(each.severity is Severity.ERROR for each in findings)
        assert errors == practice.errors, said


def test_every_practice_is_judged() -> None:
    judged = {each.name for each in PRACTICES} | set(TEMPLATES) | _ELSEWHERE | _PAPERS | _RECEIVED
    assert judged == {each.name for each in DATA.iterdir()}


# --- one cell a row ----------------------------------------------------------------------------------------


def _texts(workspace: Workspace, pattern: str, column: str) -> Iterator[tuple[int, object]]:
    sheet = openpyxl.load_workbook(next(workspace.inputs.glob(pattern))).worksheets[0]
    for number in range(4, sheet.max_row + 1):
        yield number, sheet[f"{column}{number}"].value


def _judge(
    read: YearRead, rows: Iterable[tuple[int, object, object]], column: str, value_of: Callable[[int], object]
) -> None:
    wrong = []
    for number, written, expected in rows:
        value = _written(value_of(number))
        named = _is_named(read.findings, f"{column}{number}")
        accepted = expected if isinstance(expected, tuple) else (expected,)
        plain = [each for each in accepted if each is not NAMED]
        right = value in plain and not (value is None and named and None not in plain)
        if not right and not (NAMED in accepted and named):
            wrong.append(f"{column}{number} {written!r}: read {value}, named {named}, expected {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "pattern", "column", "attribute", "table"),
    [
        ("amounts-text", "2027/月报/2027-03/*", "E", "month_done", AMOUNTS),
        ("dates-text", "2027/月报/2027-03/*", "I", "started_on", DATES),
        ("spans", "2027/申报/*", "H", "span", SPANS),
    ],
)
def test_each_way_to_write_a_value(
    name: str,
    pattern: str,
    column: str,
    attribute: str,
    table: dict[str, object],
    lay: Callable[[str], Workspace],
) -> None:
    workspace = lay(name)
    read = _read(workspace)[0]
    records = read.ledgers.progress if "月报" in pattern else read.ledgers.declarations
    by_row = {record.source.row: record for record in records}
    rows = [(number, text, table[str(text)]) for number, text in _texts(workspace, pattern, column)]
    assert len(rows) > 50
    _judge(read, rows, column, lambda number: getattr(by_row[number], attribute))


def test_each_way_to_state_a_paper(lay: Callable[[str], Workspace]) -> None:
    workspace = lay("yesno")
    read = _read(workspace)[0]
    by_row = {record.source.row: record for record in read.ledgers.declarations}
    rows = [(number, text, PAPERS[str(text)]) for number, text in _texts(workspace, "2027/申报/*", "T")]
    _judge(read, rows, "T", lambda number: by_row[number].papers[0])


def test_each_native_date(lay: Callable[[str], Workspace]) -> None:
    workspace = lay("dates-native")
    read = _read(workspace)[0]
    by_row = {record.source.row: record for record in read.ledgers.progress}
    rows = [(number, text, NATIVE_DATES[number]) for number, text in _texts(workspace, "2027/月报/2027-03/*", "I")]
    _judge(read, rows, "I", lambda number: by_row[number].started_on)


# --- what is printed ---------------------------------------------------------------------------------------


def _issued(workspace: Workspace, *kind: str) -> str:
    CliRunner().invoke(main, ["make", *kind, "-C", str(workspace.root)])
    return "\n".join(text_of(path.read_bytes()) for path in sorted(workspace.outputs.rglob("*.docx")))


@pytest.mark.parametrize(
    ("name", "kind", "present", "absent"),
    [
        ("briefing-effects", ("briefing", "2027-01"), ("0.28亿元",), ("DISPIMG",)),
        ("dom-all-doubted-wording", ("briefing", "2027-03"), (), ("0个项目完成", "无年度投资计划", "待核（待核）")),
        ("dom-dispimg-briefing", ("briefing", "2027-03"), ("乙项目",), ("DISPIMG", "同上", "〃")),
        ("dom-same-above-plan", ("plan", "2027"), ("乙项目",), ("同上", "〃")),
        ("dom-format-monthly-qian", ("briefing", "2027-03"), ("甲项目",), ("0.90亿元", "135.0%")),
        ("dom-wan-format-4-monthly", ("briefing", "2027-03"), ("甲项目",), ("3.00亿元", "150.0%")),
        ("dom-unit-qianyuan", ("briefing", "2027-03"), ("8.00亿元", "3.00亿元"), ("80.00亿元", "135.0%")),
    ],
)  # fmt: skip
def test_what_the_papers_print(
    name: str,
    kind: tuple[str, ...],
    present: tuple[str, ...],
    absent: tuple[str, ...],
    lay: Callable[[str], Workspace],
) -> None:
    text = _issued(lay(name), *kind)
    assert text
    assert [words for words in present if words not in text] == []
    assert [words for words in absent if words in text] == []


@pytest.mark.parametrize(("name", "words"), TEMPLATES.items())
def test_a_damaged_placeholder_is_named(name: str, words: str | None, lay: Callable[[str], Workspace]) -> None:
    workspace = lay(name)
    result = CliRunner().invoke(main, ["templates", "check", "-C", str(workspace.root)])
    if words is None:
        assert result.exit_code == 0, result.output
        assert _issued(workspace, "briefing", "2027-03")
        return
    if name == "tpl-split-tab" and result.exit_code == 0:  # a tab within a tag changes nothing of what is printed
        assert "第3期" in _issued(workspace, "briefing", "2027-03")
        return
    assert result.exit_code == 1, result.output
    assert words in result.output
    assert not _issued(workspace, "briefing", "2027-03"), "a paper was issued from it"


# --- what is registered ------------------------------------------------------------------------------------

_HEADINGS = ("序号", "项目名称", "责任单位", "本月计划投资", "本月完成投资", "本年累计完成投资", "形象进度")


def _report(path: Path, title: str, unit: str = "区住建局", sheet: str = "Sheet1") -> Path:
    """A report of 甲项目 as a unit writes it by itself."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in ((title,), ("单位：万元",), _HEADINGS, (1, "甲项目", unit, 1000, 900, 900, "基础施工")):
        page.append(row)
    book.save(path)
    return path


def _receive(workspace: Workspace, *args: str) -> str:
    result = CliRunner().invoke(main, ["receive", *args, "--at", "2026-11-20 09:00", "-C", str(workspace.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.output


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("区住建局2027年1-3月重点项目月报", "Sheet1"),
        ("区住建局2027年1—3月份重点项目推进情况表", "Sheet1"),
        ("区住建局2027年1月至3月重点项目月报", "Sheet1"),
        ("区住建局2027年一至三月重点项目月报", "Sheet1"),
        ("区住建局2027年一季度重点项目月报", "Sheet1"),
        ("区住建局重点项目月报", "2027年1-3月"),
        ("区住建局2027年重点项目月报", "1-3月"),
    ],
)
def test_a_range_of_months_is_never_its_first(
    title: str, sheet: str, lay: Callable[[str], Workspace], tmp_path: Path
) -> None:
    workspace = lay("receive-range-title")
    january = _report(tmp_path / "1月.xlsx", "区住建局2027年1月重点项目月报")
    _receive(workspace, str(january))
    _receive(workspace, str(_report(tmp_path / "报表.xlsx", title, sheet=sheet)))
    first, second = Register(workspace.root).lines()
    assert (first.period, first.accepted) == ("2027-01", True)
    assert second.period == "2027-03" if second.accepted else second.refusal
    assert not second.replaces


def test_a_renamed_unit_is_named_and_known_by_its_alias(lay: Callable[[str], Workspace], tmp_path: Path) -> None:
    workspace = lay("receive-flow")
    present = "区住房城乡建设和交通局"
    sent = _report(tmp_path / "报表.xlsx", f"{present}2027年3月重点项目月报", present)
    output = _receive(workspace, str(sent))
    (line,) = Register(workspace.root).lines()
    assert not line.accepted
    assert present in line.refusal
    assert "没有写单位" not in output
    office = workspace.inputs / "office.toml"
    text = office.read_text("utf-8")
    assert '["单位别名"]' in text
    office.write_text(text.replace('["单位别名"]', f'["单位别名"]\n"{present}" = "区住建局"'), "utf-8")
    _receive(workspace, str(sent))
    assert [(each.unit, each.period) for each in Register(workspace.root).lines() if each.accepted] == [
        ("区住建局", "2027-03")
    ]
