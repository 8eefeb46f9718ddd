"""A reading process that is started anew: by an interpreter that comes with the program, and in a packed program."""

import sys
from pathlib import Path

import pytest

from pipeline.errors import GongwenError
from pipeline.program import program_digest
from pipeline.spreadsheets import reader_process
from pipeline.spreadsheets.readers import Readers

posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the interpreter")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reader_process, "_may_copy", lambda: False)
    path = tmp_path / "台账.csv"
    path.write_text("项目名称,总投资\n甲项目,100\n", "utf-8")
    return path


@posix
def test_an_interpreter_that_looks_at_no_environment_reads(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows' embeddable one does, whose paths stand in a file beside it."""
    own = tmp_path / "张三 的 python"
    own.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "$@"\n', "utf-8")
    own.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(own))
    with Readers(processes=1) as readers:
        (grid,) = readers.read(ledger)
    assert [cell.text for cell in grid.rows[1]] == ["甲项目", "100"]


def test_a_packed_program_says_so_and_calls_no_file_damaged(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with Readers(processes=1) as readers, pytest.raises(GongwenError, match="打包成了一个文件"):
        readers.read(ledger)


def test_a_packed_program_that_changed_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "gongwen.exe"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(packed))
    found = set()
    for text in (b"one", b"two", b"two"):
        packed.write_bytes(text)
        found.add(program_digest.__wrapped__())
    assert len(found) == 2
