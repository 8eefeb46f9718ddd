"""What the program wrote below outputs/: each document's hash, and what it was made from.

By this record a person's edit is told from the program's own work, and a document that is up to date from one that
must be made anew. It lies in the outputs folder itself and travels with it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files.disk_trouble import reason
from pipeline.files.given_file import is_missing
from pipeline.outputs.whole_file import write_whole

NAME = ".gongwen-manifest.json"
READINGS = ".gongwen-readings"  # beside it: what pipeline.workspace.readings remembers


@dataclass(frozen=True)
class Origin:
    """What a document was made from.

    ``recipe`` is the digest of everything that decides its bytes: values, template, page, settings and program.
    ``sources`` are the ledgers that it rests on, workspace-relative, each with its SHA-256.
    """

    recipe: str
    template: str = ""
    template_sha256: str = ""
    version: str = ""
    citations: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Entry:
    """One file as it was written. ``composed`` differs where it was corrected on its rendered pages.

    It is empty for a person's file, which the program only moved.
    """

    written: str  # SHA-256
    composed: str
    size: int = -1
    modified: int = -1  # nanoseconds: with the size, it tells an untouched file without reading it
    origin: Origin | None = None  # None: not made by a run
    left_over: bool = False  # the last whole run no longer asked for it

    def standing(self, size: int, modified: int) -> "Entry":
        """The same with the file's present size and time; ``replace`` would take twice as long."""
        return Entry(self.written, self.composed, size, modified, self.origin, self.left_over)

    @cached_property
    def said(self) -> str:
        """As the record says it, but for its sources; made once for the journal and the record."""
        said = f'"sha256": {_json(self.written)}, "size": {self.size}, "modified": {self.modified}'
        if self.composed != self.written:
            said += f', "composed": {_json(self.composed)}'
        if self.left_over:
            said += ', "left_over": true'
        if self.origin:
            origin = self.origin
            shared = _shared(origin.template, origin.template_sha256, origin.version, origin.citations)
            said += f', "recipe": {_json(origin.recipe)}, {shared}'
        return said


@lru_cache
def _shared(template: str, template_sha256: str, version: str, citations: tuple[str, ...]) -> str:
    """What a thousand documents' origins say alike."""
    said = {"template": template, "template_sha256": template_sha256, "version": version}
    return _json({**said, "citations": citations})[1:-1]


@dataclass(frozen=True)
class Seen:
    """A ledger as the last run found it, whether or not a document rests on it."""

    sha256: str
    ledgers: tuple[str, ...]  # slugs of what it held; none where it could not be read


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Manifest:
    """Entries by path relative to the outputs folder, with forward slashes; ``seen`` by path within the workspace."""

    entries: dict[str, Entry] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> "Manifest":
        """Raises ``OutputError`` where the record can't be read; nothing is overwritten on a guess."""
        path = root / NAME
        if is_missing(path):
            return cls()
        try:
            return cls.parse(path.read_text("utf-8"))
        except OSError as problem:
            raise OutputError(f"{path}读不出来：{reason(problem)}，无法判断哪些文件被人改过") from None
        except (ValueError, AttributeError, TypeError, KeyError):
            raise OutputError(f"{path}内容已损坏，无法判断哪些文件被人改过；请移走该文件后重试") from None

    @classmethod
    def parse(cls, text: str) -> "Manifest":
        """Raises ValueError, AttributeError, TypeError or KeyError on any other text."""
        try:
            said = json.loads(text)
        except RecursionError:
            raise ValueError("too deep") from None
        entries = _entries(said)
        for key in entries:
            if key.startswith("/") or ".." in key.split("/") or "\\" in key:
                raise ValueError(key)
        return cls(
            entries,
            {name: Seen(sha256, tuple(held)) for name, (sha256, held) in said.get("seen", {}).items()}
            if said.get("format") == 2
            else {},
        )

    def write(self, root: Path) -> None:
        """Whole or not at all, only where it changed. Raises OSError."""
        path, data = root / NAME, self.encoded()
        if path.read_bytes() != data if path.exists() else self.entries:
            write_whole(path, data)

    def encoded(self) -> bytes:
        """One line an entry, so that two manifests can be compared by eye; sets of sources stand once."""
        sets: dict[str, str] = {}
        names: dict[int, str] = {}  # of the sets, by identity: thousands of documents share one
        origins = (entry.origin for entry in self.entries.values() if entry.origin)
        for each in {id(origin.sources): origin.sources for origin in origins}.values():
            pairs = sorted(each.items())
            name = names[id(each)] = digest(_json(pairs).encode())[:16]
            sets[name] = _json(dict(pairs))
        documents = [_line(key, entry, names).encode() for key, entry in sorted(self.entries.items())]
        sources = [f"{_json(name)}: {files}".encode() for name, files in sorted(sets.items())]
        seen = [
            f"{_json(name)}: {_json([each.sha256, each.ledgers])}".encode() for name, each in sorted(self.seen.items())
        ]
        said = b"".join((
            b'{"format": 2,\n"documents": {\n', b",\n".join(documents),
            b'\n},\n"sources": {\n', b",\n".join(sources),
            b'\n},\n"seen": {\n', b",\n".join(seen), b"\n}",
        ))  # fmt: skip
        return said + f',\n"check": "{digest(said)}"}}\n'.encode()


def is_intact(text: str) -> bool:
    """Whether the record is as the program wrote it; older records bear no check and are believed."""
    said, found, check = text.rpartition(',\n"check": "')
    if not text.startswith('{"format": 2'):
        return True
    return bool(found) and check == f'{digest(said.encode())}"}}\n'


_json = json.JSONEncoder(ensure_ascii=False).encode


def _line(key: str, entry: Entry, names: Mapping[int, str]) -> str:
    sources = f', "sources": "{names[id(entry.origin.sources)]}"' if entry.origin else ""
    return f"{_json(key)}: {{{entry.said}{sources}}}"


def _entries(said: dict[str, object]) -> dict[str, Entry]:
    """Entries from the file; the first format held bare hashes."""
    if said.get("format") != 2:
        return {key: Entry(str(value), str(value)) for key, value in said.items() if isinstance(value, str)}
    documents, sets = said["documents"], said["sources"]
    if not isinstance(documents, dict) or not isinstance(sets, dict):
        raise TypeError
    return {key: _entry(value, sets) for key, value in documents.items()}


def _entry(said: dict[str, object], sets: Mapping[str, Mapping[str, str]]) -> Entry:
    origin = None
    if "recipe" in said:
        citations = said["citations"]
        origin = Origin(
            str(said["recipe"]), str(said["template"]), str(said["template_sha256"]), str(said["version"]),
            tuple(map(str, citations)) if isinstance(citations, list) else (), sets[str(said["sources"])],
        )  # fmt: skip
    written = str(said["sha256"])
    size, modified = said["size"], said["modified"]
    if not isinstance(size, int) or not isinstance(modified, int):
        raise TypeError
    return Entry(written, str(said.get("composed", written)), size, modified, origin, bool(said.get("left_over")))
