"""The sample year is what its script writes, and a check names each of its deliberate mistakes and nothing else."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from pipeline.checks.runner import run_rules
from pipeline.facts.case import Case
from pipeline.records.finding import Finding
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.spreadsheets.ledger_paths import ledger_paths
from pipeline.tables.reader import read_ledgers
from tests.sample_year.__main__ import write_year
from tests.sample_year.mistakes import MISTAKES, Mistake

REPOSITORY = Path(__file__).parents[2]
INPUTS = REPOSITORY / "inputs" / "2027"


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _content(path: Path) -> object:
    """Without the compression, which differs between builds of zlib."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return [(part.filename, part.date_time, parts.read(part)) for part in parts.infolist()]


def test_script_writes_the_committed_files(tmp_path: Path) -> None:
    write_year(tmp_path)
    written, committed = _files(tmp_path), _files(INPUTS)
    assert [*written] == [*committed]
    assert [name for name in written if _content(written[name]) != _content(committed[name])] == []


def test_script_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    write_year(tmp_path / "one")
    write_year(tmp_path / "two")
    first, second = _files(tmp_path / "one"), _files(tmp_path / "two")
    assert {name: path.read_bytes() for name, path in first.items()} == {
        name: path.read_bytes() for name, path in second.items()
    }


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    settings = OfficeSettings()
    ledgers = read_ledgers(REPOSITORY, 2027, ledger_paths(INPUTS), settings)
    return run_rules(Case(ledgers, settings, date(2027, 12, 31)))


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.cell], ids=lambda m: f"{m.number}-{m.project or m.rule}")
def test_each_mistake_is_found_in_its_cells(mistake: Mistake, findings: tuple[Finding, ...]) -> None:
    found = {finding.cell for finding in findings if finding.file == mistake.file}
    assert {*mistake.cell.split("、")} <= found


def test_absent_report_is_found(findings: tuple[Finding, ...]) -> None:
    found = [f for f in findings if "西河镇2027年4月" in f.message and not f.cell]
    assert {finding.rule for finding in found} == {"monthly-left-out", "monthly-report"}


def test_every_error_is_deliberate(findings: tuple[Finding, ...]) -> None:
    deliberate = {mistake.file for mistake in MISTAKES}
    assert [f.sentence for f in findings if f.severity is Severity.ERROR and f.file not in deliberate] == []


def test_nothing_else_but_lateness_is_found(findings: tuple[Finding, ...]) -> None:
    deliberate = {mistake.file for mistake in MISTAKES}
    others = [
        f for f in findings if f.file not in deliberate and f.rule not in ("monthly-report", "half-monthly-report")
    ]
    # a month without a report is named, the .xls that has no checksum, and merged cells; nothing else
    told = [(f.code or f.rule, f.month and f.month.month) for f in others if f.code != "merged-cells"]
    assert told == [("monthly-left-out", 4), ("no-checksum", None)]
