"""What people do with outputs: edit, open, rename, delete; and two runs at once. With real files, through the CLI."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from tests.faults.small_workspace import change_cell, documents, gongwen, small_workspace

_PROJECT = "高端轴承智能制造项目"
_NAME = f"2027/推进方案/{_PROJECT}推进方案.docx"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = small_workspace(tmp_path_factory.mktemp("hand") / "w")
    assert gongwen(workspace, "run").exit_code == 1
    return workspace


@pytest.fixture
def workspace(issued: Path, tmp_path: Path) -> Path:
    shutil.copytree(issued, tmp_path / "w")
    return tmp_path / "w"


def _edit(path: Path) -> bytes:
    paper = docx.Document(str(path))
    paper.add_paragraph("领导批示：同意。")
    paper.save(str(path))
    return path.read_bytes()


def test_an_edited_document_stays_until_its_editor_gives_it_up(workspace: Path) -> None:
    path = workspace / "outputs" / _NAME
    edited = _edit(path)
    beside = path.with_name(f"{path.stem}（新版）.docx")
    for value in (40000, 42000, 42000):
        change_cell(workspace, _PROJECT, "F", value)
        result = gongwen(workspace, "run")
        assert result.exit_code == 1
        assert path.read_bytes() == edited
        assert beside.exists()
        assert f"{path.name}，新版为{beside.name}" in result.output
    assert not path.with_name(f"{path.stem}（新版2）.docx").exists()
    newest = beside.read_bytes()
    os.replace(beside, path)  # the clerk takes the new version
    change_cell(workspace, _PROJECT, "F", 43000)
    result = gongwen(workspace, "run")
    assert "（新版）" not in result.output
    assert path.read_bytes() not in (newest, edited)


@pytest.mark.parametrize(
    "lock", ["~${}", "~$2:{}", ".~{}", ".~lock.{}#"], ids=["Word short", "Word", "WPS", "LibreOffice"]
)
def test_an_open_document_is_put_beside_and_the_others_finish(workspace: Path, lock: str) -> None:
    path = workspace / "outputs" / _NAME
    before = path.read_bytes()
    name = f"~${path.name[2:]}" if "2:" in lock else lock.format(path.name)
    held = path.with_name(name)
    held.write_bytes(b"x")
    change_cell(workspace, _PROJECT, "F", 40000)
    change_cell(workspace, "百兆瓦光伏发电项目", "F", 57000)
    other = path.with_name("百兆瓦光伏发电项目推进方案.docx")
    old = other.read_bytes()
    result = gongwen(workspace, "run")
    assert path.read_bytes() == before
    assert "正在使用" in result.output
    assert path.with_name(f"{path.stem}（新版）.docx").exists()
    assert other.read_bytes() != old
    held.unlink()
    result = gongwen(workspace, "run")
    assert path.read_bytes() != before
    assert f"{path.stem}（新版）.docx" in result.output  # no longer asked for: said, not deleted


def test_a_document_held_as_on_windows_is_put_beside(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workspace / "outputs" / _NAME
    before, real = path.read_bytes(), os.replace

    def held(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise PermissionError(13, "being used by another process")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    change_cell(workspace, _PROJECT, "F", 40000)
    result = gongwen(workspace, "run")
    assert path.read_bytes() == before
    assert f"{path.name}，新版为{path.stem}（新版）.docx" in result.output
    assert not list(workspace.rglob("*.tmp"))
    monkeypatch.undo()
    assert gongwen(workspace, "run").exit_code == 1
    assert path.read_bytes() != before


def test_deleted_and_renamed_documents_come_again(workspace: Path) -> None:
    before = documents(workspace)
    path = workspace / "outputs" / _NAME
    path.unlink()
    other = path.with_name("百兆瓦光伏发电项目推进方案.docx")
    mine = other.rename(path.with_name("报送稿.docx"))
    assert gongwen(workspace, "run").exit_code == 1
    after = documents(workspace)
    assert (
        after.pop(mine.relative_to(workspace / "outputs").as_posix())
        == before[other.relative_to(workspace / "outputs").as_posix()]
    )
    assert after == before


def test_100_edits_are_all_kept(workspace: Path) -> None:
    names, kept = sorted(documents(workspace)), 0
    for round_, values in enumerate(((39000, 57000), (39500, 57500))):
        edited = {}
        for name in [each for each in names if "（新版" not in each][:50]:
            path = workspace / "outputs" / name
            edited[path] = path.read_bytes() + f"edit {round_}".encode()
            path.write_bytes(edited[path])
        change_cell(workspace, _PROJECT, "F", values[0])
        change_cell(workspace, "百兆瓦光伏发电项目", "F", values[1])
        assert gongwen(workspace, "run", "--force").exit_code == 1
        kept += sum(path.read_bytes() == data for path, data in edited.items())
    assert kept == 100
    print("edited by hand: 100 of 100 kept")


def _in_a_process(workspace: Path) -> tuple[int, str, float]:
    program = "import sys; from pipeline.cli import main; main(sys.argv[1:])"
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, "run", "-C", str(workspace)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return done.returncode, done.stderr, time.monotonic() - started


def test_a_second_run_is_refused_at_once_and_a_dead_one_is_no_obstacle(workspace: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; from pathlib import Path; from pipeline.outputs.lock import OutputsLock;"
         "lock = OutputsLock.take(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)",
         str(workspace / "outputs")],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert holder.stdout is not None
    with holder.stdout:
        holder.stdout.readline()
        started = time.monotonic()
        result = gongwen(workspace, "run")
        waited = time.monotonic() - started
        code, error, _ = _in_a_process(workspace)
        holder.kill()
        holder.wait()
    assert (code, result.exit_code, f"进程{holder.pid}" in error) == (3, 3, True), error
    assert waited < 1
    assert gongwen(workspace, "run").exit_code == 1
    print(f"busy: refused with 3 after {waited:.2f} s; a lock of a killed process is none")
