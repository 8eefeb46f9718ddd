"""Are the outputs what the program wrote, and do they still rest on the ledgers and templates of today?"""

import struct
import zipfile
import zlib
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from pipeline.errors import OutputError
from pipeline.files.bounded_bytes import sha256_of
from pipeline.files.disk_trouble import reason
from pipeline.files.folder_walk import Remark, Walk, walk
from pipeline.files.given_file import is_missing
from pipeline.outputs.archive import ARCHIVE
from pipeline.outputs.lock import NAME as LOCK
from pipeline.outputs.lost_folders import lost_folders
from pipeline.outputs.manifest import NAME as MANIFEST
from pipeline.outputs.manifest import READINGS, Entry, Manifest, is_intact
from pipeline.outputs.pdf_beside import document_of
from pipeline.outputs.pdf_words import not_shown
from pipeline.outputs.standing import NOTHING, state_of
from pipeline.outputs.store import JOURNAL
from pipeline.spreadsheets.cell_text import printable
from pipeline.spreadsheets.ledger_paths import ledger_paths

_SYSTEMS_OWN = frozenset((LOCK, MANIFEST, READINGS, "README.md", "Thumbs.db", "desktop.ini", ".DS_Store"))
_BROKEN = (
    OSError, EOFError, RuntimeError, ValueError, struct.error, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
)  # fmt: skip
UNREADABLE = "?"  # in place of a hash
_CANNOT_COMPARE = "现在读不出来，不知道有没有变化；如正被WPS、Excel打开，请关闭后再核对"
_EDITORS_OWN = ("~$", ".~")  # lock files of Word, WPS and LibreOffice: somebody has a document open


class Fault(Enum):
    """What is wrong with a file; the value is what users see."""

    CHANGED = "已改动"
    MISSING = "缺失"
    EXTRA = "来历不明"
    LEFT_OVER = "遗留"
    STALE = "过期"
    ARRIVED = "新到"
    SOURCE_MISSING = "来源缺失"
    OLD_PDF = "PDF过期"
    BROKEN_PDF = "PDF损坏"
    RECORD = "记录损坏"
    UNFINISHED = "未完成"
    UNSEEN = "读不全"
    REGISTER = "登记簿"


@dataclass(frozen=True)
class Deviation:
    """One file that is not as it should be; ``path`` is relative to the workspace, ``sentence`` says what to do."""

    fault: Fault
    path: str
    sentence: str


class Kind(Protocol):
    """What must be known of a kind of paper to tell which of them don't rest on a ledger that came."""

    @property
    def name(self) -> str: ...

    @property
    def ledgers(self) -> Collection[str]: ...

    @property
    def templates(self) -> Collection[str]: ...


@dataclass(frozen=True)
class Verified:
    """What was looked at, and every deviation in the order of the paths."""

    documents: int
    new_versions: int
    archived: int
    pdfs: int
    sources: int
    deviations: tuple[Deviation, ...]


def verify(root: Path, kinds: Sequence[Kind]) -> Verified:
    """Compare the outputs of the workspace at ``root`` with their record, and their sources with the present ones.

    Every byte is read; nothing is written. A record that can't be read is a deviation of its own.
    """
    outputs = root / "outputs"
    try:
        manifest = Manifest.read(outputs)
    except OutputError as problem:
        return Verified(0, 0, 0, 0, 0, (Deviation(Fault.RECORD, f"outputs/{MANIFEST}", str(problem)),))
    entries = manifest.entries
    walked = Walk((), (), ()) if is_missing(outputs) else walk(outputs)
    present = {path.relative_to(outputs).as_posix(): path for path in _documents(walked)}
    lost = lost_folders(root, manifest)
    unsure = {each.year for each in lost}
    pdfs = {key: path for key, path in present.items() if key not in entries and document_of(path)}
    sources = _Sources(root, entries, present)
    found = [
        *_record(outputs),
        *(Deviation(Fault.UNSEEN, each.place, each.sentence) for each in lost),
        *(_in_the_way(each, root) for each in walked.remarks),
        *(
            each
            for key, entry in entries.items()
            for each in _document(key, entry, outputs, entries)
            if not (each.fault is Fault.LEFT_OVER and key.partition("/")[0] in unsure)
        ),
        *sources.deviations(),
        *_arrivals(root, manifest, present, kinds),
        *(each for key, path in pdfs.items() for each in _pdf(key, path, outputs, entries)),
        *(_extra(key) for key in present if key not in entries and key not in pdfs),
    ]
    return Verified(
        len(entries),
        sum("（新版" in Path(key).stem for key in entries),
        sum(key.startswith(f"{ARCHIVE}/") for key in entries),
        len(pdfs),
        len(sources.now),
        tuple(sorted(found, key=lambda each: (each.path, each.fault.value))),
    )


def _documents(walked: Walk) -> Iterator[Path]:
    for path in walked.files:
        if path.name not in _SYSTEMS_OWN and not path.name.startswith(_EDITORS_OWN):
            yield path


def _in_the_way(remark: Remark, root: Path) -> Deviation:
    return Deviation(
        Fault.UNSEEN,
        printable(remark.path.relative_to(root).as_posix()),
        f"{remark.message}；{remark.action}",
    )


def hash_now(path: Path) -> str:
    """A source's hash; ``""`` where there is no such file, ``UNREADABLE`` where it can't be read."""
    try:
        return sha256_of(path) if path.is_file() else ""
    except OSError:
        return UNREADABLE


def _record(outputs: Path) -> Iterator[Deviation]:
    path = outputs / MANIFEST
    if path.exists() and not is_intact(path.read_text("utf-8")):
        yield Deviation(
            Fault.RECORD,
            f"outputs/{MANIFEST}",
            "记录被改动或损坏，以下结果不可靠；请用“gongwen run --force”重编",
        )


def _document(key: str, entry: Entry, outputs: Path, entries: dict[str, Entry]) -> Iterator[Deviation]:
    path, shown = outputs / key, f"outputs/{key}"
    try:
        if state_of(path) == NOTHING:
            yield Deviation(Fault.MISSING, shown, f"记录在册，文件不在；请找回{_or(_anew(key, entry))}")
            return
        found = sha256_of(path)
    except OSError as problem:
        yield Deviation(Fault.CHANGED, shown, f"读不出来：{reason(problem)}")
        return
    if found != entry.written:
        yield Deviation(Fault.CHANGED, shown, _changed(path, found, key, entries))
    elif entry.left_over:
        yield Deviation(Fault.LEFT_OVER, shown, "按现在的台账已不再编；核对后用“gongwen archive”移入归档")


def _anew(key: str, entry: Entry) -> str:
    """How the program makes the file again; ``""`` for what it makes no more."""
    if entry.left_over or key.startswith(f"{ARCHIVE}/"):
        return ""
    return "用“gongwen run”重编" if entry.origin else "用编它的命令重编"


def _or(way: str, first: str = "") -> str:
    return f"，或{first}{way}" if way else ""


def _changed(path: Path, found: str, key: str, entries: dict[str, Entry]) -> str:
    """What became of a file that is not as it was written; ``found`` is its present hash."""
    restore = f"请找回原来的{_or(_anew(key, entries[key]), '移走后')}"
    other = next((name for name, entry in sorted(entries.items()) if entry.written == found and name != key), "")
    if other:
        return f"内容是“{other}”的；放错了的{restore}"
    if not _opens(path):
        return f"文件已损坏，打不开；{restore}"
    return f"与编制时不同，有人改过或文件受损；确是修改的请保留，不是的{restore}"


def _opens(path: Path) -> bool:
    if path.suffix not in (".docx", ".xlsx"):
        return True
    try:
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None
    except _BROKEN:
        return False


class _Sources:
    """Each ledger and template that a present document rests on, hashed once; archived documents rest on the past."""

    def __init__(self, root: Path, entries: dict[str, Entry], present: Container[str]) -> None:
        self.users: dict[tuple[str, str], list[str]] = {}  # documents by file and recorded hash
        for key, entry in sorted(entries.items()):
            if entry.origin is None or entry.left_over or key.startswith(f"{ARCHIVE}/"):
                continue
            if key not in present:
                continue
            template = f"templates/{entry.origin.template}"
            for name, said in {**entry.origin.sources, template: entry.origin.template_sha256}.items():
                self.users.setdefault((name, said), []).append(key)
        names = {name for name, _ in self.users}
        self.now = {name: hash_now(root / name) for name in sorted(names)}

    def deviations(self) -> Iterator[Deviation]:
        for (name, said), documents in self.users.items():
            what = f"“{documents[0]}”" + (f"等{len(documents)}份文书" if len(documents) > 1 else "")
            if not self.now[name]:
                yield Deviation(Fault.SOURCE_MISSING, name, f"{what}据以编制，文件不在；请找回，或用“gongwen run”重编")
            elif self.now[name] == UNREADABLE:
                yield Deviation(Fault.SOURCE_MISSING, name, f"{what}据以编制，{_CANNOT_COMPARE}")
            elif self.now[name] != said:
                yield Deviation(Fault.STALE, name, f"{what}编制后它有变化；请用“gongwen run”重编")


def _arrivals(root: Path, manifest: Manifest, present: Container[str], kinds: Sequence[Kind]) -> Iterator[Deviation]:
    """Ledgers that came, or were mended, after the documents were made, so that none of them rests on it.

    What the last run saw and no document uses, such as the reserve pool, is no deviation while it stays the same.
    """
    users: dict[str, set[str]] = {}  # kinds of documents by source
    made: dict[str, set[str]] = {}  # kinds that have documents, by year
    names = {template: kind.name for kind in kinds for template in kind.templates}
    for key, entry in manifest.entries.items():
        kind = names.get(entry.origin.template, "") if entry.origin and not entry.left_over else ""
        if kind and entry.origin and key in present:
            made.setdefault(key.partition("/")[0], set()).add(kind)
            for name in entry.origin.sources:
                users.setdefault(name, set()).add(kind)
    read = {name.split("/")[1] for name in manifest.seen}
    for year in sorted(made.keys() & read):
        for path in ledger_paths(root / "inputs" / year):
            name = printable(path.relative_to(root).as_posix())
            if path.name.startswith(_EDITORS_OWN):
                continue
            if not (seen := manifest.seen.get(name)):
                yield Deviation(Fault.ARRIVED, name, "编制文书以后收到，文书没有用到它；请用“gongwen run”重编")
                continue
            if name not in users and (now := hash_now(path)) != seen.sha256:
                changed = "编制文书以后有变化，文书没有用到它；请用“gongwen run”重编"
                yield Deviation(Fault.ARRIVED, name, _CANNOT_COMPARE if now == UNREADABLE else changed)
                continue
            without = made[year] - users.get(name, set())
            if what := "、".join(
                kind.name for kind in kinds if kind.name in without and set(kind.ledgers) & set(seen.ledgers)
            ):
                yield Deviation(Fault.ARRIVED, name, f"“{what}”编制以后收到，没有用到它；请用“gongwen run”重编")


def _pdf(key: str, path: Path, outputs: Path, entries: dict[str, Entry]) -> Iterator[Deviation]:
    """A PDF beside a document may be signed or stamped, so its bytes are its own; it must be whole and not older."""
    try:
        data, made = path.read_bytes(), path.stat().st_mtime_ns
    except OSError as problem:
        yield Deviation(Fault.BROKEN_PDF, f"outputs/{key}", f"读不出来：{reason(problem)}")
        return
    if not data.startswith(b"%PDF") or b"%%EOF" not in data[-1024:]:
        yield Deviation(Fault.BROKEN_PDF, f"outputs/{key}", "不是完整的PDF；移走后用“gongwen pdf”重转")
        return
    document = document_of(path)
    entry = entries.get(document.relative_to(outputs).as_posix()) if document else None
    if document and entry and (sentence := _outdated(document, entry, data, made)):
        yield Deviation(Fault.OLD_PDF, f"outputs/{key}", f"{sentence}；请用“gongwen pdf”重转")


def _outdated(document: Path, entry: Entry, pdf: bytes, made: int) -> str:
    """Why a PDF is not of the document beside it; ``""`` for one that may be. A person's edits are read."""
    try:
        modified, edited = document.stat().st_mtime_ns, sha256_of(document) != entry.written
    except OSError:
        return ""  # told where the document is looked at
    if edited and (missing := not_shown(document, pdf)):
        return f"没有旁边的文书现在写的“{missing}”，不是现在这份文书的"
    return "比旁边的文书早，内容可能是旧的" if modified > made and (edited or modified == entry.modified) else ""


def _extra(key: str) -> Deviation:
    if Path(key).name == JOURNAL or key.endswith(".tmp"):
        return Deviation(Fault.UNFINISHED, f"outputs/{key}", "上次运行没有结束；请再运行一次“gongwen run”")
    return Deviation(Fault.EXTRA, f"outputs/{key}", "不是本系统编的，没有记录；请移出outputs，或确认来历后再使用")
