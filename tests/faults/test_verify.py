"""``gongwen verify`` finds each of 200 seeded faults and nothing else; orphans are archived, never lost."""

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.outputs.archive import archive
from pipeline.outputs.manifest import Manifest, Origin
from pipeline.outputs.store import Store
from pipeline.outputs.verify import Fault, verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.registers.register import Register
from pipeline.workspace import Workspace
from tests.faults.small_workspace import REPOSITORY, change_cell, documents, gongwen, small_workspace

_TRIES = 200
Seeded = set[tuple[Fault, str]]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = small_workspace(tmp_path_factory.mktemp("verify") / "w")
    assert gongwen(workspace, "run").exit_code == 1
    return workspace


def _manifest(workspace: Path) -> Path:
    return workspace / "outputs/.gongwen-manifest.json"


def _one_byte(workspace: Path, name: str, draw: random.Random) -> Seeded:
    path = workspace / "outputs" / name
    state, data = path.stat(), bytearray(path.read_bytes())
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    path.write_bytes(data)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))  # as a failing disk does it
    return {(Fault.CHANGED, f"outputs/{name}")}


def _cut_short(workspace: Path, name: str, draw: random.Random) -> Seeded:
    path = workspace / "outputs" / name
    path.write_bytes(path.read_bytes()[: draw.randrange(path.stat().st_size)])
    return {(Fault.CHANGED, f"outputs/{name}")}


def _removed(workspace: Path, name: str, draw: random.Random) -> Seeded:
    (workspace / "outputs" / name).unlink()
    return {(Fault.MISSING, f"outputs/{name}")}


def _stranger(workspace: Path, name: str, draw: random.Random) -> Seeded:
    extra = Path(name).with_name(f"多出的{draw.randrange(99)}.docx").as_posix()
    shutil.copy(workspace / "outputs" / name, workspace / "outputs" / extra)
    return {(Fault.EXTRA, f"outputs/{extra}")}


def _swapped(workspace: Path, name: str, draw: random.Random) -> Seeded:
    other = draw.choice([each for each in documents(workspace) if each != name])
    one, two = workspace / "outputs" / name, workspace / "outputs" / other
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return {(Fault.CHANGED, f"outputs/{name}"), (Fault.CHANGED, f"outputs/{other}")}


def _renamed(workspace: Path, name: str, draw: random.Random) -> Seeded:
    other = f"2027/推进方案/改名{draw.randrange(99)}.docx"
    (workspace / "outputs" / name).rename(workspace / "outputs" / other)
    return {(Fault.MISSING, f"outputs/{name}"), (Fault.EXTRA, f"outputs/{other}")}


def _sources(workspace: Path) -> list[str]:
    files = {file for entry in Manifest.read(workspace / "outputs").entries.values() if entry.origin
             for file in (*entry.origin.sources, f"templates/{entry.origin.template}")}  # fmt: skip
    return sorted(files)


def _source_changed(workspace: Path, name: str, draw: random.Random) -> Seeded:
    source = draw.choice(_sources(workspace))
    with (workspace / source).open("ab") as stream:
        stream.write(b"\n")
    return {(Fault.STALE, source)}


def _source_removed(workspace: Path, name: str, draw: random.Random) -> Seeded:
    source = draw.choice(_sources(workspace))
    (workspace / source).unlink()
    return {(Fault.SOURCE_MISSING, source)}


def _source_arrived(workspace: Path, name: str, draw: random.Random) -> Seeded:
    ledgers = [each for each in _sources(workspace) if each.startswith("inputs/2027/")]
    source = Path(draw.choice(ledgers))
    new = source.with_name(f"补报{draw.randrange(99)}{source.suffix}").as_posix()
    shutil.copy(workspace / source, workspace / new)
    return {(Fault.ARRIVED, new)}


def _unrecorded(workspace: Path, name: str, draw: random.Random) -> Seeded:
    manifest = Manifest.read(workspace / "outputs")
    del manifest.entries[name]
    manifest.write(workspace / "outputs")
    return {(Fault.EXTRA, f"outputs/{name}")}


def _record_damaged(workspace: Path, name: str, draw: random.Random) -> Seeded:
    text = _manifest(workspace).read_text("utf-8")
    at = text.index('"recipe": "') + 11 + draw.randrange(64)
    _manifest(workspace).write_text(text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :], "utf-8")
    return {(Fault.RECORD, "outputs/.gongwen-manifest.json")}


def _record_cut(workspace: Path, name: str, draw: random.Random) -> Seeded:
    data = _manifest(workspace).read_bytes()
    _manifest(workspace).write_bytes(data[: draw.randrange(len(data) - 2)])
    return {(Fault.RECORD, "outputs/.gongwen-manifest.json")}


def _broken_pdf(workspace: Path, name: str, draw: random.Random) -> Seeded:
    document = next(each for each in documents(workspace) if each.endswith(".docx"))
    pdf = Path(document).with_suffix(".pdf").as_posix()
    (workspace / "outputs" / pdf).write_bytes(b"%PDF-1.7 cut")
    return {(Fault.BROKEN_PDF, f"outputs/{pdf}")}


_FAULTS: tuple[Callable[[Path, str, random.Random], Seeded], ...] = (
    _one_byte, _cut_short, _removed, _stranger, _swapped, _renamed, _source_changed, _source_removed, _source_arrived,
    _unrecorded, _record_damaged, _record_cut, _broken_pdf,
)  # fmt: skip


def test_200_seeded_faults_are_found_and_nothing_else(issued: Path, tmp_path: Path) -> None:
    assert not verify(issued, KINDS).deviations
    names, draw, found = sorted(documents(issued)), random.Random(24), 0
    for number in range(_TRIES):
        workspace = tmp_path / str(number)
        shutil.copytree(issued, workspace)
        expected = _FAULTS[number % len(_FAULTS)](workspace, draw.choice(names), draw)
        deviations = verify(workspace, KINDS).deviations
        assert {(each.fault, each.path) for each in deviations} == expected, f"fault {number}"
        assert len(deviations) == len(expected)
        assert all(each.sentence for each in deviations)
        found += 1
        shutil.rmtree(workspace)
    print(f"verify: {found} of {_TRIES} seeded faults found, nothing else")


def test_a_clean_workspace_with_all_that_people_and_commands_put_there(issued: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(issued, workspace)
    document = next((workspace / "outputs").rglob("*.docx"))
    document.with_suffix(".pdf").write_bytes(b"%PDF-1.7 ... %%EOF\n")
    document.with_name(f"{document.stem}（新版）.pdf").write_bytes(b"%PDF-1.7 ... %%EOF\n")
    document.with_name(f"~${document.name}").write_bytes(b"open")
    (workspace / "outputs/README.md").write_text("x", "utf-8")
    assert gongwen(workspace, "calendar", "--period", "2027", "--ics", "--xlsx").exit_code == 0
    result = gongwen(workspace, "verify")
    assert (result.exit_code, "没有问题" in result.output, "PDF2份" in result.output) == (0, True, True), result.output
    said = json.loads(gongwen(workspace, "verify", "--json").output)
    assert (said["deviations"], said["pdfs"]) == ([], 2)


def test_ledgers_that_come_later_are_told_and_those_that_no_document_uses_are_not(issued: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(issued, workspace)
    folder = workspace / "inputs/2027/储备库"
    shutil.copytree(REPOSITORY / "inputs/2027/储备库", folder)
    broken = workspace / "inputs/2027/申报/申报.xlsx"
    broken.parent.mkdir()
    broken.write_bytes(b"cut off")
    came = {path.relative_to(workspace).as_posix() for path in (*folder.iterdir(), broken)}
    assert {(each.fault, each.path) for each in verify(workspace, KINDS).deviations} == {
        (Fault.ARRIVED, p) for p in came
    }
    assert gongwen(workspace, "run").exit_code == 1
    (workspace / "inputs/2027/包联/~$申报.xlsx").write_bytes(b"open")
    assert not verify(workspace, KINDS).deviations  # seen, and none of their rows is in a document
    shutil.copy(next((REPOSITORY / "inputs/2027/申报").glob("*.xlsx")), broken)
    assert {(each.fault, each.path) for each in verify(workspace, KINDS).deviations} == {
        (Fault.ARRIVED, "inputs/2027/申报/申报.xlsx")
    }
    assert gongwen(workspace, "make", "plan", "2027").exit_code == 0
    (found,) = verify(workspace, KINDS).deviations
    assert (found.fault, "“推进方案”编制以后收到" in found.sentence) == (Fault.ARRIVED, True), found
    assert gongwen(workspace, "run").exit_code == 1
    assert not verify(workspace, KINDS).deviations


@pytest.mark.parametrize("command", ["verify", "archive"])
def test_a_folder_that_leads_nowhere_is_named_before_there_is_any_document(command: str, tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "w")
    (workspace / "inputs/2027/月报").mkdir()
    assert gongwen(workspace, command).exit_code == 0
    (workspace / "inputs/2027/月报/2027-03").symlink_to(tmp_path / "断开的共享")
    result = gongwen(workspace, command)
    assert result.exit_code == 1, result.output
    assert "inputs/2027/月报/2027-03" in result.output
    assert "所指的文件或文件夹不在" in result.output


def test_the_register_s_chain_is_held_too(issued: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(issued, workspace)
    register = Register.open(Workspace.open(workspace))
    register.end_path.write_text("3:0123456789abcdef", "utf-8")  # of a register that was deleted
    result = gongwen(workspace, "verify")
    assert (result.exit_code, result.output.startswith("登记簿：")) == (1, True), result.output


def test_a_kept_document_and_its_new_version_are_told_apart(issued: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(issued, workspace)
    document = next((workspace / "outputs").rglob("*.docx"))
    document.write_bytes(document.read_bytes() + b"edited")
    assert gongwen(workspace, "run").exit_code == 1
    result = gongwen(workspace, "verify")
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if line.startswith("已改动")] == [
        f"已改动：outputs/{document.relative_to(workspace / 'outputs').as_posix()}"
    ]
    assert "“（新版）”1份" in result.output


def test_orphans_of_a_renamed_project_are_listed_and_archived(issued: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(issued, workspace)
    before = documents(workspace)
    orphans = sorted(name for name in before if "百兆瓦光伏发电项目" in name)
    assert len(orphans) == 2
    document = next(workspace / "outputs" / name for name in orphans if name.endswith(".docx"))
    document.with_suffix(".pdf").write_bytes(b"%PDF-1.7 signed %%EOF\n")
    change_cell(workspace, "百兆瓦光伏发电项目", "B", "百兆瓦光伏电站项目")
    result = gongwen(workspace, "run")
    assert all(Path(name).name in result.output for name in orphans), result.output
    assert {(each.fault, each.path) for each in verify(workspace, KINDS).deviations} == {
        (Fault.LEFT_OVER, f"outputs/{name}") for name in orphans
    }
    listed = gongwen(workspace, "archive")
    assert (listed.exit_code, "还没有移动" in listed.output) == (0, True), listed.output
    assert document.exists()
    taken = workspace / "outputs/归档" / orphans[0]
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"somebody's")
    moved = gongwen(workspace, "archive", "--yes")
    assert (moved.exit_code, "已移动3个文件" in moved.output) == (0, True), moved.output
    assert taken.read_bytes() == b"somebody's"
    after = documents(workspace)
    kept = {said for name, said in after.items() if name.startswith("归档/")}
    assert {before[name] for name in orphans} <= kept
    assert not document.exists()
    assert not document.with_suffix(".pdf").exists()
    assert gongwen(workspace, "archive").output == "没有遗留的旧文书。\n"
    assert {each.path for each in verify(workspace, KINDS).deviations} == {f"outputs/归档/{orphans[0]}"}  # somebody's
    assert gongwen(workspace, "run").exit_code == 1
    assert documents(workspace) == after


def test_an_edited_orphan_keeps_its_handwork_for_good(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.save("2027/甲.docx", b"1", Origin("一"))
    (tmp_path / "2027/甲.docx").write_bytes(b"edited")
    with Store.open(tmp_path) as store:
        store.left_over("2027")
        assert archive(store)[0] == [{"2027/甲.docx": "归档/2027/甲.docx"}]
    shutil.copy(tmp_path / "归档/2027/甲.docx", tmp_path / "2027/甲.docx")  # taken back by hand
    with Store.open(tmp_path) as store:
        store.save("2027/甲.docx", b"2", Origin("二"))
    assert (tmp_path / "2027/甲.docx").read_bytes() == b"edited"
