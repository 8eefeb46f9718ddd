"""Folders and zip archives at the receipt desk: every ledger in them has its line, the rest is named."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import GongwenError
from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.readers import SUFFIXES
from pipeline.tasks.parcels import Sent, opened
from pipeline.tasks.receive import receive
from pipeline.tasks.taking import Received
from pipeline.workspace import Workspace
from tests.intake import OTHER, UNIT, at, report, row

MEGABYTE = 1 << 20


def hand_over(workspace: Workspace, *paths: Path) -> tuple[tuple[Received, ...], list[str]]:
    said: list[str] = []
    when = at("03-27 09:30")
    return receive(workspace, paths, when, when, say=said.append), said


def two_reports(folder: Path) -> None:
    report(folder, "一.csv")
    report(folder, "二.csv", [row(1, "丙水厂项目", unit=OTHER)], f"{OTHER}2027年3月重点项目月报")


def unpacked(path: Path, **limits: int) -> tuple[list[Sent], list[str]]:
    with opened([path], SUFFIXES, ReadingLimits(**limits)) as parcel:
        assert all(sent.path.is_file() for sent in parcel.files)
        return parcel.files, parcel.left


def test_a_folder_is_all_that_lies_in_it(workspace: Workspace, mail: Path) -> None:
    (mail / "三月" / "下级").mkdir(parents=True)
    two_reports(mail / "三月" / "下级")
    for name in (".隐藏.csv", "~$一.xlsx", "说明.txt"):
        (mail / "三月" / name).write_text("x", "utf-8")
    received, said = hand_over(workspace, mail / "三月")
    assert [(each.line.original_name, each.line.unit) for each in received] == [
        ("一.csv", UNIT),
        ("二.csv", OTHER),
    ]
    assert said == ["文件夹“三月”中的.隐藏.csv、~$一.xlsx、说明.txt不是台账，没有收"]


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_with_nothing_to_take_and_a_file_that_is_not_there(
    workspace: Workspace, mail: Path, made: bool
) -> None:
    if made:
        (mail / "空").mkdir()
    words = "文件夹“.*空”中没有可收的文件" if made else "没有文件“.*空”"
    with pytest.raises(GongwenError, match=words):
        hand_over(workspace, mail / "空")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "flagged"])
def test_the_ledgers_of_a_zip_have_their_lines(workspace: Workspace, mail: Path, encoding: str) -> None:
    two_reports(mail)
    sent = mail / "三月.zip"
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, place in (("一.csv", "三月/区住建局月报.csv"), ("二.csv", "三月/区水务局月报.csv")):
            archive.writestr(_stored(place, encoding), (mail / name).read_bytes())
        archive.writestr(_stored("三月/照片.jpg", encoding), b"x")
        archive.writestr("__MACOSX/._x.csv", b"x")
    received, said = hand_over(workspace, sent)
    assert [each.line.original_name for each in received] == ["区住建局月报.csv", "区水务局月报.csv"]
    assert all(each.line.remarks == ("在压缩包“三月.zip”中报来",) for each in received)
    assert all(each.line.accepted for each in received)
    assert said == ["压缩包“三月.zip”中的._x.csv、照片.jpg不是台账，没有收"]


class _OfAnotherSystem(zipfile.ZipInfo):
    """An entry whose name is stored in an encoding of which the archive says nothing."""

    encoding = "gbk"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - as zipfile calls it
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def _stored(name: str, encoding: str) -> str | zipfile.ZipInfo:
    """A name as another system's zip program writes it."""
    if encoding == "flagged":
        return name
    entry = _OfAnotherSystem(name)
    entry.encoding = encoding
    return entry


@pytest.mark.parametrize("name", ["../../逃.csv", "/etc/逃.csv", "C:\\逃.csv", "..\\..\\逃.csv"])
def test_no_entry_is_written_outside(mail: Path, name: str) -> None:
    with zipfile.ZipFile(mail / "坏.zip", "w") as archive:
        archive.writestr(name, b"1,2")
    with opened([mail / "坏.zip"], SUFFIXES, ReadingLimits()) as parcel:
        (sent,) = parcel.files
        assert sent.path.read_bytes() == b"1,2"
        assert "gongwen-" in str(sent.path)
        assert sent.path.name.startswith("逃")
    assert not sent.path.exists()
    assert sorted(path.name for path in mail.iterdir()) == ["坏.zip"]


@pytest.mark.parametrize(("size", "taken"), [(MEGABYTE - 1, True), (MEGABYTE, True), (MEGABYTE + 1, False)])
def test_what_swells_is_refused_as_a_whole(mail: Path, size: int, taken: bool) -> None:
    with zipfile.ZipFile(mail / "大.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("大.csv", b"\0" * size)
    ((sent,), _) = unpacked(mail / "大.zip", file_megabytes=1)
    assert bool(sent.refusal) is not taken
    assert sent.refusal in ("", "压缩包过大或展开后过大，请解压后分开报送其中的台账")


def test_all_entries_together_are_limited(mail: Path) -> None:
    with zipfile.ZipFile(mail / "多.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.csv", b"\0" * (MEGABYTE // 2))
    ((first, *_), _) = unpacked(mail / "多.zip", inflated_megabytes=2)
    assert not first.refusal
    ((first, *_), _) = unpacked(mail / "多.zip", inflated_megabytes=1)
    assert first.refusal


@pytest.mark.parametrize(("parts", "taken"), [(3, True), (4, True), (2, False)])
def test_the_number_of_entries_is_limited(mail: Path, parts: int, taken: bool) -> None:
    with zipfile.ZipFile(mail / "多.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.csv", b"1")
    ((first, *_), _) = unpacked(mail / "多.zip", parts=parts)
    assert bool(first.refusal) is not taken


def test_a_zip_within_a_zip_stays_closed(mail: Path) -> None:
    two_reports(mail)
    with zipfile.ZipFile(mail / "内.zip", "w") as archive:
        archive.write(mail / "一.csv", "一.csv")
    with zipfile.ZipFile(mail / "外.zip", "w") as archive:
        archive.write(mail / "内.zip", "内.zip")
        archive.write(mail / "二.csv", "二.csv")
    ((sent,), left) = unpacked(mail / "外.zip")
    assert sent.path.name == "二.csv"
    assert left == ["压缩包“外.zip”中的内.zip不是台账，没有收"]


def test_a_zip_that_cannot_be_opened_is_archived_and_registered(workspace: Workspace, mail: Path) -> None:
    two_reports(mail)
    with zipfile.ZipFile(mail / "好.zip", "w") as archive:
        archive.write(mail / "一.csv", "一.csv")
    whole = (mail / "好.zip").read_bytes()
    (mail / "断.zip").write_bytes(whole[:-30])
    at_flags = whole.index(b"PK\x01\x02") + 8
    locked = bytearray(whole)
    for place in (6, at_flags):
        struct.pack_into("<H", locked, place, struct.unpack_from("<H", whole, place)[0] | 1)
    (mail / "密.zip").write_bytes(bytes(locked))
    with zipfile.ZipFile(mail / "空.zip", "w") as archive:
        archive.writestr("照片.jpg", b"x")
    received, _ = hand_over(workspace, *(mail / f"{name}.zip" for name in "断密空"))
    assert [each.line.refusal[:8] for each in received] == [
        "压缩包打不开，可",
        "压缩包加了密码，",
        "压缩包中没有台账",
    ]
    assert all((workspace.root / each.line.archived).is_file() for each in received)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_a_zip_is_only_words(mail: Path) -> None:
    link = zipfile.ZipInfo("链接.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(mail / "链.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with opened([mail / "链.zip"], SUFFIXES, ReadingLimits()) as parcel:
        assert not parcel.files[0].path.is_symlink()
