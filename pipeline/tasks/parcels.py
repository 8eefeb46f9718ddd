"""What the clerk hands over: files, folders of files and zip archives, laid out as single files.

A zip is opened within the reading limits only: its size, the number and the sizes of what it holds are counted while
inflating, never believed. Of an entry's path nothing but the last name is used, and that for showing alone.
"""

import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import GongwenError
from pipeline.files.bounded_bytes import TooLargeError, require_within
from pipeline.files.folder_walk import walk
from pipeline.files.given_file import why_no_file
from pipeline.outputs.file_names import safe_name
from pipeline.records.limits import ARCHIVED_BYTES, ReadingLimits
from pipeline.spreadsheets.cell_text import printable

_HIDDEN = (".", "~$", "__MACOSX")
_ENTRY = b"PK\x01\x02"  # of a zip's directory
_CHUNK = 1 << 20
_NAMED = 5  # of many names


@dataclass(frozen=True)
class Sent:
    """One file to take in; ``within`` names the archive that it came in, ``refusal`` why it can't be opened."""

    path: Path
    within: str = ""
    refusal: str = ""


@dataclass
class Parcel:
    """Everything that was handed over: the files to take in, and sentences on what is none."""

    files: list[Sent] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class _TooMuch(Exception):
    """A zip holds more than is read."""


@contextmanager
def opened(paths: Sequence[Path], suffixes: Iterable[str], limits: ReadingLimits) -> Iterator[Parcel]:
    """The files that were named, those of folders in the order of their names, and those within zip archives.

    Of a folder and of an archive only files with ``suffixes`` are taken. Entries of archives are there until the
    block ends. Raises ``GongwenError`` for what isn't there or is far too large, and where a folder holds nothing that
    can be taken.
    """
    parcel, taken = Parcel(), (*suffixes, ".zip")
    with tempfile.TemporaryDirectory(prefix="gongwen-") as room:
        for path in paths:
            if path.is_dir():
                inside = _of_folder(path, taken, parcel)
            elif sentence := why_no_file(path):
                raise GongwenError(sentence)
            else:
                inside = [path]
            for file in inside:
                _refuse_giant(file)
                if file.suffix.lower() == ".zip":
                    _unpack(file, Path(room), taken, limits, parcel)
                else:
                    parcel.files.append(Sent(file))
        yield parcel


def _refuse_giant(file: Path) -> None:
    """Before anything is copied: the others are taken in once it is moved away."""
    try:
        require_within(file, ARCHIVED_BYTES)
    except TooLargeError:
        size, most = file.stat().st_size >> 20, ARCHIVED_BYTES >> 20
        raise GongwenError(
            f"“{printable(str(file))}”有{size}MB，超过{most}MB，不像台账，所有文件都还没有收；"
            "请移开它再收其他文件，并请报送单位只保留台账后重新报送"
        ) from None


def _of_folder(folder: Path, taken: Sequence[str], parcel: Parcel) -> list[Path]:
    walked = walk(folder)
    files = walked.files
    wanted = [path for path in files if _is_wanted(path.relative_to(folder).parts, taken)]
    for each in walked.remarks:
        if not each.path.name.startswith(_HIDDEN):
            parcel.left.append(f"“{printable(str(each.path))}”{each.message}，没有收；{each.action}")
    if not wanted and walked.unseen:
        first = walked.unseen[0]
        raise GongwenError(f"“{printable(str(first.path))}”{first.message}，没有收件；{first.action}")
    if not wanted:
        raise GongwenError(f"文件夹“{printable(str(folder))}”中没有可收的文件，可收的是{'、'.join(taken)}")
    _leave(f"文件夹“{printable(folder.name)}”", (path.name for path in files if path not in wanted), parcel)
    return wanted


def _is_wanted(parts: Sequence[str], taken: Sequence[str]) -> bool:
    hidden = any(part.startswith(_HIDDEN) for part in parts if part not in (".", ".."))
    return not hidden and Path(parts[-1]).suffix.lower() in taken


def _leave(where: str, names: Iterable[str], parcel: Parcel) -> None:
    """Say what is left aside, by name."""
    left = [printable(name) for name in names]
    if left:
        rest = f"等{len(left)}个" if len(left) > _NAMED else ""
        parcel.left.append(f"{where}中的{'、'.join(left[:_NAMED])}{rest}不是台账，没有收")


def _unpack(path: Path, room: Path, taken: Sequence[str], limits: ReadingLimits, parcel: Parcel) -> None:
    """Lay out an archive's ledgers; one that can't be opened is handed on as it is, with the reason."""
    target = room / str(len(list(room.iterdir())))
    target.mkdir()
    try:
        if path.stat().st_size > limits.file_bytes:
            raise _TooMuch
        sent, left = _entries(path, target, taken, limits)
    except _TooMuch:
        parcel.files.append(Sent(path, refusal="压缩包过大或展开后过大，请解压后分开报送其中的台账"))
        return
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        parcel.files.append(Sent(path, refusal="压缩包打不开，可能已损坏，请解压后报送其中的台账"))
        return
    except RuntimeError:  # as zipfile says it
        parcel.files.append(Sent(path, refusal="压缩包加了密码，请解压后报送其中的台账"))
        return
    if not sent:
        parcel.files.append(Sent(path, refusal="压缩包中没有台账，请以xlsx、xls或csv格式报送"))
        return
    parcel.files += [Sent(file, path.name) for file in sent]
    _leave(f"压缩包“{path.name}”", left, parcel)


def _entries(path: Path, target: Path, taken: Sequence[str], limits: ReadingLimits) -> tuple[list[Path], list[str]]:
    """Write the wanted entries below ``target``, each in a folder of its own; the names of the others.

    An archive within the archive is none of them.
    """
    if path.read_bytes().count(_ENTRY) > limits.parts:
        raise _TooMuch
    sent: list[Path] = []
    left: list[str] = []
    rest = limits.inflated_bytes
    with zipfile.ZipFile(path) as archive:
        members = sorted(
            ((_name(each), each) for each in archive.infolist() if not each.is_dir()),
            key=lambda pair: pair[0],
        )
        for name, member in members:
            parts = name.replace("\\", "/").split("/")
            if not _is_wanted(parts, taken) or parts[-1].lower().endswith(".zip"):
                left.append(parts[-1])
                continue
            data = _inflated(archive, member, min(rest, limits.file_bytes))
            rest -= len(data)
            stem, suffix = Path(parts[-1]).stem, Path(parts[-1]).suffix
            file = target / str(len(sent)) / (safe_name(stem) + suffix.lower())
            file.parent.mkdir()
            file.write_bytes(data)
            sent.append(file)
    return sent, left


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    """An entry's bytes; at most ``room`` and a chunk are ever made. Raises ``_TooMuch``."""
    data = bytearray()
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            data += piece
            if len(data) > room:
                raise _TooMuch
    return bytes(data)


def _name(member: zipfile.ZipInfo) -> str:
    """An entry's name as its sender saw it: Windows writes GBK without a word, other systems UTF-8."""
    if member.flag_bits & 0x800:
        return member.filename
    written = member.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename
