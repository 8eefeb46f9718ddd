"""What receiving a file would do is told before anything is done, and ``check`` of a file from elsewhere says the same."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import GongwenError
from pipeline.records.severity import Severity
from pipeline.registers.register import Register
from pipeline.tasks.checking import check
from pipeline.tasks.desk import Asked, Told
from pipeline.tasks.preview import Preview, preview
from pipeline.tasks.receive import receive
from pipeline.workspace import Workspace
from tests.faults.small_workspace import REPOSITORY, gongwen
from tests.intake import PROJECTS, UNIT, at, report, row, take, take_one

MARCH = f"{UNIT}2027年3月重点项目月报"


def _bytes(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _one(workspace: Workspace, path: Path, told: Told | None = None) -> Preview:
    before = _bytes(workspace.root)
    (found,) = preview(workspace, [path], at("05-05 09:00"), told)
    assert _bytes(workspace.root) == before  # not one byte
    return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(REPOSITORY / "inputs", root / "inputs")
    (root / "outputs").mkdir()  # what was read is remembered there
    return Workspace.open(root)


@pytest.fixture(scope="module")
def faulty(sample: Workspace) -> set[str]:
    """The sample's ledgers with errors."""
    return {each.file for each in check(sample).findings if each.severity is Severity.ERROR}


@pytest.mark.parametrize("pattern", ["月报/2027-04/*", "申报/*", "名册/*", "包联/*"])
def test_a_copy_of_a_good_ledger_has_no_error(
    sample: Workspace, faulty: set[str], tmp_path: Path, pattern: str
) -> None:
    ledgers = sorted((sample.inputs / "2027").glob(pattern))
    good = next(path for path in ledgers if path.relative_to(sample.root).as_posix() not in faulty)
    copy = tmp_path / f"微信文件 {good.name}"
    shutil.copyfile(good, copy)
    findings = check(sample, files=[copy]).findings
    assert [each.message for each in findings if each.severity is Severity.ERROR] == []


def test_each_of_two_copies_is_told_of(sample: Workspace, faulty: set[str], tmp_path: Path) -> None:
    wrong = sample.root / sorted(faulty)[0]
    copies = [tmp_path / f"{name}{wrong.suffix}" for name in ("甲", "乙")]
    for copy in copies:
        shutil.copy(wrong, copy)
    told = [each.file for each in check(sample, files=copies).findings if each.severity is Severity.ERROR]
    assert told.count(copies[0].name) == told.count(copies[1].name) > 0
    assert set(told) == {copy.name for copy in copies}


def test_a_report_that_was_only_saved_anew_is_compared_with_no_twin(workspace: Workspace, mail: Path) -> None:
    first = take_one(workspace, report(mail))
    again = report(mail, "再存.csv", title=f"{MARCH}（再存）")
    seen = _one(workspace, again)
    assert (seen.refusal, seen.questions) == ("", ())
    assert seen.identity
    assert (seen.identity.unit, seen.identity.period, seen.identity.ledgers) == (
        UNIT,
        "2027-03",
        ("progress",),
    )
    assert [line.number for line in seen.replaces] == [first.line.number]
    assert seen.findings == ()
    result = gongwen(workspace.root, "check", str(again))
    assert result.exit_code == 0, result.output
    assert "错误0条" in result.output
    assert f"按{UNIT} 项目月报 2027年3月核对，没有登记；收下后取代第1行" in result.output


def test_findings_and_what_was_mended_are_those_of_receiving(workspace: Workspace, mail: Path) -> None:
    wrong = [row(1, PROJECTS[0], done="abc"), row(2, PROJECTS[1])]
    take(workspace, report(mail, rows=wrong))
    better = report(mail, "更正.csv")
    seen = _one(workspace, better)
    received = take_one(workspace, better, when="05-05 09:00")
    assert seen.mended == received.mended
    assert seen.mended
    assert [each.message for each in seen.findings] == [each.message for each in received.line.findings]
    assert seen.place == received.line.working
    worse = report(mail, "又错.csv", rows=wrong)
    seen = _one(workspace, worse)
    assert {each.file for each in seen.findings} == {"又错.csv"}
    received = take_one(workspace, worse, when="05-05 09:30")
    assert [each.message for each in seen.findings] == [each.message for each in received.line.findings]


def test_the_very_same_bytes_repeat_a_line(workspace: Workspace, mail: Path) -> None:
    take(workspace, report(mail))
    shutil.copyfile(mail / "月报.csv", mail / "微信文件.csv")
    seen = _one(workspace, mail / "微信文件.csv")
    assert seen.repeats
    assert (seen.repeats.number, seen.findings, seen.replaces) == (1, (), ())


def test_what_is_unclear_is_a_question_with_choices_for_each_file(workspace: Workspace, mail: Path) -> None:
    blank = "序号,项目名称,本月计划投资（万元）,本月完成投资（万元）,本年完成投资（万元）,形象进度"
    unclear = mail / "表.csv"
    unclear.write_text(f"2027年3月重点项目月报\n{blank}\n1,丁新项目,100,100,300,施工\n", "utf-8-sig")
    clear = report(mail, title=f"{UNIT}2027年4月重点项目月报")
    seen = _one(workspace, unclear)
    assert seen.identity is None
    (question,) = seen.questions
    assert question.asked is Asked.UNIT
    assert question.sentence == seen.refusal
    assert set(question.choices) == {UNIT, "区水务局"}
    when = at("05-05 09:00")
    done = receive(workspace, [unclear, clear], when, when, told_of={unclear: Told(unit=question.choices[0])})
    assert [each.line.refusal for each in done] == ["", ""]
    assert [each.line.unit for each in done] == [question.choices[0], UNIT]


def test_whether_it_replaces_or_adds_is_a_question(workspace: Workspace, mail: Path) -> None:
    take(workspace, report(mail, rows=[row(1, PROJECTS[0])]))
    other = report(mail, "另一份.csv", rows=[row(1, PROJECTS[1])])
    seen = _one(workspace, other)
    assert [each.asked for each in seen.questions] == [Asked.INSTEAD]
    assert [line.number for line in _one(workspace, other, Told(instead=True)).replaces] == [1]
    assert _one(workspace, other, Told(instead=False)).replaces == ()
    assert len(Register.open(workspace).lines()) == 1


def test_what_is_no_ledger_and_a_unit_that_nobody_knows(workspace: Workspace, mail: Path) -> None:
    paper = mail / "说明.txt"
    paper.write_text("说明", "utf-8")
    assert _one(workspace, paper).refusal
    with pytest.raises(GongwenError, match="没有“区木务局”"):
        preview(workspace, [report(mail)], told=Told(unit="区木务局"))
