"""The register of receipts: append-only, chained, and what a verification finds."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import WorkspaceError
from pipeline.facts.succession import counting
from pipeline.records.receipt_line import RecordedFinding, RegisterLine, compare_findings, replaced_by
from pipeline.records.severity import Severity
from pipeline.registers.received_archive import archive_file
from pipeline.registers.register import Register
from pipeline.registers.register_audit import ChainEnd
from pipeline.workspace import Workspace


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2027, 3, day, hour, 30)  # noqa: DTZ001 - local wall time


def recorded(message: str = "没有填投资", **changes: str) -> RecordedFinding:
    defaults = {"severity": "错误", "rule": "declared-fields", "message": message, "action": "请补填"}
    return RecordedFinding(**{**defaults, **changes})


@pytest.fixture
def register(tmp_path: Path) -> Register:
    (tmp_path / "inputs").mkdir()
    return Register.open(Workspace.open(tmp_path))


def line(register: Register, number: int, **changes: object) -> RegisterLine:
    """A line with its own file in the archive."""
    source = register.root / f"报表{number}.csv"
    source.write_text(f"第{number}份", "utf-8")
    kept = archive_file(register.root, source, 2027)
    values: dict[str, object] = {
        "received_at": at(number), "recorded_at": at(number), "sha256": kept.sha256, "size": kept.size,
        "original_name": source.name, "archived": kept.relative, "unit": "区住建局", "ledgers": ("progress",),
        "period": "2027-03", "report_kind": "月报", "deadline": date(2027, 3, 28), "findings": (recorded(),),
    }  # fmt: skip
    return RegisterLine(**{**values, **changes})  # type: ignore[arg-type]  # a test states what it is about


def filled(register: Register, count: int = 5) -> None:
    for number in range(1, count + 1):
        register.append(line(register, number))


def tampered(register: Register, *statements: str) -> None:
    """What somebody with a database tool could do."""
    connection = sqlite3.connect(register.path)
    for name in ("lines_no_update", "lines_no_delete", "lines_in_turn"):
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_what_is_appended_is_read_back(register: Register) -> None:
    assert register.lines() == ()
    assert not register.path.exists()  # reading creates nothing
    first = register.append(line(register, 1, replaces=(), remarks=("备注“一”",)))
    second = register.append(line(register, 2, replaces=(1,)))
    assert register.lines() == (first, second)
    assert (first.number, second.number, second.previous) == (1, 2, first.hash)
    assert replaced_by(register.lines()) == {1: 2}
    assert register.verify() == ()
    assert register.end() == ChainEnd(2, second.hash)
    assert register.end_path.read_text("utf-8").strip() == f"2:{second.hash}"


def test_the_current_line_is_the_last_that_counts(register: Register) -> None:
    register.append(line(register, 1))
    second = register.append(line(register, 2, replaces=(1,)))
    register.append(line(register, 3, repeats=2))
    register.append(line(register, 4, refusal="文件已加密"))
    other = register.append(line(register, 5, period="2027-04"))
    assert counting(register.lines()) == (second, other)


@pytest.mark.parametrize("statement", ["UPDATE lines SET body = ''", "DELETE FROM lines", "INSERT INTO lines VALUES (9, '', '', '')", "REPLACE INTO lines VALUES (2, '', '', '')"])  # fmt: skip
def test_the_register_itself_refuses_changes(register: Register, statement: str) -> None:
    filled(register, 3)
    connection = sqlite3.connect(register.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()
    assert register.verify() == ()


@pytest.mark.parametrize(
    ("statements", "number", "words"),
    [
        (["UPDATE lines SET body = replace(body, '2027-03-03', '2027-03-02') WHERE number = 3"], 3, "被改动"),
        (["UPDATE lines SET body = 'x' WHERE number = 3"], 3, "被改动"),
        (["DELETE FROM lines WHERE number = 3"], 3, "第3行不见了"),
        (["DELETE FROM lines WHERE number IN (2, 3)"], 2, "第2行至第3行不见了"),
        (["DELETE FROM lines WHERE number = 5"], 5, "末尾的行被删除"),
        (["DELETE FROM lines"], 5, "只到第0行"),
        (["UPDATE lines SET number = 9 WHERE number = 2", "UPDATE lines SET number = 2 WHERE number = 3", "UPDATE lines SET number = 3 WHERE number = 9"], 2, "第2行原是第3行"),
        (["DELETE FROM lines WHERE number = 3", "UPDATE lines SET number = 3 WHERE number = 4", "UPDATE lines SET number = 4 WHERE number = 5"], 3, "第3行原是第4行"),
        (["UPDATE lines SET number = 6 WHERE number = 5", "UPDATE lines SET number = 5 WHERE number = 4", "INSERT INTO lines SELECT 4, body, previous, hash FROM lines WHERE number = 3"], 4, "第4行原是第3行"),
        (["INSERT INTO lines SELECT 6, body, previous, hash FROM lines WHERE number = 5"], 6, "第6行"),
    ],
)  # fmt: skip
def test_verification_names_the_line(register: Register, statements: list[str], number: int, words: str) -> None:
    filled(register)
    tampered(register, *statements)
    faults = register.verify()
    assert any(fault.number == number and words in fault.sentence for fault in faults), faults
    assert any("防改保护" in fault.sentence for fault in faults)


def test_a_forged_line_breaks_the_next_one(register: Register) -> None:
    """Somebody who also computes the changed line's hash is found at the following line."""
    filled(register)
    forged = line(register, 3, unit="区水务局").chained(3, register.lines()[1].hash)
    tampered(register, f"UPDATE lines SET body = '{forged.body}', hash = '{forged.hash}' WHERE number = 3")
    assert any(fault.number == 4 and "接不上" in fault.sentence for fault in register.verify())


def test_a_chain_made_anew_is_found_by_the_noted_end(register: Register) -> None:
    """The limit of the chain: only what was noted elsewhere shows it."""
    filled(register)
    end = register.end()
    assert end is not None
    for path in (register.path, register.end_path):
        path.unlink()
    for number in range(1, 6):
        register.append(line(register, number, unit="区水务局"))
    assert register.verify() == ()
    known = ChainEnd.parse(f"{end.number}:{end.hash[:12]}")
    assert [fault.number for fault in register.verify(known)] == [5]


def test_an_older_copy_put_back_is_found(register: Register, tmp_path: Path) -> None:
    filled(register, 3)
    shutil.copy(register.path, tmp_path / "old")
    register.append(line(register, 4))
    shutil.copy(tmp_path / "old", register.path)
    sentences = [fault.sentence for fault in register.verify()]
    assert any("末尾的行被删除" in sentence for sentence in sentences)
    assert any("没有登记" in sentence for sentence in sentences)  # the archive knows a file more


def _spoil(path: Path) -> None:
    path.chmod(0o644)
    path.write_text("另一份", "utf-8")


@pytest.mark.parametrize(("change", "words"), [(Path.unlink, "不见了"), (_spoil, "被改动过")])
def test_the_archive_is_verified(register: Register, change: Callable[[Path], None], words: str) -> None:
    filled(register, 2)
    change(register.root / register.lines()[1].archived)
    assert [(fault.number, words in fault.sentence) for fault in register.verify()] == [(2, True)]


@pytest.mark.parametrize("content", [b"no database" * 100, b""])
def test_a_broken_register_is_a_sentence(register: Register, content: bytes) -> None:
    register.path.write_bytes(content)
    if not content:  # an empty file is an empty database
        assert register.lines() == ()
        return
    with pytest.raises(WorkspaceError, match="已损坏"):
        register.lines()


def test_a_failed_block_leaves_no_line(register: Register) -> None:
    filled(register, 1)

    def interrupted() -> None:
        with register.writing() as book:
            book.append(line(register, 2))
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        interrupted()
    assert len(register.lines()) == 1
    register.append(line(register, 2))
    assert register.verify() == ()


@pytest.mark.parametrize("text", ["", "5", "0:abcdef01", "5:xyz", "5:abc", "5 abcdef01"])
def test_a_noted_end_is_read_strictly(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        ChainEnd.parse(text)


TEXT = st.text(max_size=20)
FINDINGS = st.lists(
    st.builds(
        RecordedFinding, severity=st.sampled_from([each.value for each in Severity]), rule=TEXT, message=TEXT,
        action=TEXT, project=st.sampled_from(["", "甲", "乙"]), field=st.sampled_from(["", "总投资"]),
        cell=st.sampled_from(["", "C3", "C4"]),
    ),
    max_size=6,
)  # fmt: skip


@given(findings=FINDINGS, unit=TEXT, remarks=st.lists(TEXT, max_size=2), names=TEXT)
def test_a_body_reads_back_to_its_line(
    findings: list[RecordedFinding], unit: str, remarks: list[str], names: str
) -> None:
    whole = RegisterLine(
        at(3), at(4), "ab", 1, names, "x", unit=unit, findings=tuple(findings), remarks=tuple(remarks)
    ).chained(1, "0" * 64)
    assert RegisterLine.from_body(whole.body, whole.previous, whole.hash) == whole


@given(earlier=FINDINGS, later=FINDINGS)
def test_comparison_loses_and_invents_nothing(earlier: list[RecordedFinding], later: list[RecordedFinding]) -> None:
    found = compare_findings(earlier, later)
    assert len(found.mended) + len(found.open) == len(earlier)
    assert sorted((*found.open, *found.new), key=repr) == sorted(later, key=repr)
    assert not {each.key for each in found.mended} & {each.key for each in found.new}
    assert compare_findings(earlier, earlier).new == ()


def test_a_moved_row_is_still_open() -> None:
    earlier = [
        recorded(project="甲项目", field="总投资", cell="C3"),
        recorded(project="乙项目", field="总投资"),
    ]
    later = [
        recorded(project="甲项目", field="总投资", cell="C9", message="总投资写得不对"),
        recorded("少一列"),
    ]
    found = compare_findings(earlier, later)
    assert [each.project for each in found.mended] == ["乙项目"]
    assert [each.cell for each in found.open] == ["C9"]
    assert [each.message for each in found.new] == ["少一列"]
