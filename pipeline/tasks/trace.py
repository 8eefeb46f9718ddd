"""From a document in outputs/ back to the ledgers, and from a figure or words in it back to the cells.

The document's values are composed once more, by the code that composed them for the document, from amounts that
remember their cells. Where ledgers, settings or program changed since, that is told: the trace is then today's.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path, PurePosixPath

from pipeline.errors import GongwenError
from pipeline.facts.basis import Basis
from pipeline.facts.soundness import Soundness
from pipeline.files.bounded_bytes import sha256_of
from pipeline.files.folder_walk import walk
from pipeline.files.given_file import is_missing, why_no_file
from pipeline.outputs.manifest import Entry, Manifest
from pipeline.outputs.pdf_beside import document_of
from pipeline.outputs.verify import hash_now
from pipeline.papers.paper_kind import Draft, DraftedKind, Request
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.ledgers import Ledgers
from pipeline.records.money import Figure
from pipeline.records.period import Month, Period
from pipeline.records.source import Seen, Source
from pipeline.records.traced import MARK, TracedDecimal, records_of, traced
from pipeline.registers.unseen import require_seen
from pipeline.tasks.run import compose, drafts_by_file
from pipeline.tasks.year import YearRead, judged, read_year
from pipeline.tasks.year_ledgers import Advance, nothing
from pipeline.workspace import Workspace

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(万元|亿元|%|个百分点)?")
_IN_SENTENCE = re.compile(rf"(-?\d+(?:\.\d+)?)(?:{MARK.pattern})?(万元|亿元|%|个百分点)?")
_NAMING = ("项目名称", "责任单位", "所属行业", "批次", "工作内容")


@dataclass(frozen=True)
class Ledger:
    """A file that a document was made from, with its hash of then and its hash of now ("" where it is gone)."""

    file: str  # workspace-relative
    sha256: str
    now: str


@dataclass(frozen=True)
class Sighting:
    """One place of a document where a figure stands; ``figure`` is None where no cells are known for it."""

    place: str  # 如“分批项目第1项›项目第3项（示例项目）›总投资”
    printed: tuple[tuple[Decimal, str], ...]  # each way in which it may be printed: number and unit
    figure: TracedDecimal | None
    is_amount: bool = False
    sentence: str = ""  # the words that it stands in


@dataclass(frozen=True)
class Words:
    """A cell whose words contain what was looked for."""

    source: Source
    seen: Seen
    project: str


@dataclass(frozen=True)
class Document:
    """A document of ours that can be traced."""

    key: str  # below outputs/
    entry: Entry
    edited: bool
    ledgers: tuple[Ledger, ...]


@dataclass(frozen=True)
class Traced:
    """What a document's values come to today, and whether they are those that it was made of."""

    same: bool
    sightings: tuple[Sighting, ...]
    texts: tuple[str, ...]
    read: Ledgers

    def figures(self, wanted: str) -> list[Sighting]:
        """Where a number stands, however it is written: 12345.60, 12,345.6万元, 1.23亿元."""
        found = _NUMBER.fullmatch(_plain(wanted))
        if not found:
            return []
        value, unit = Decimal(found[1]), found[2] or ""
        return [
            each
            for each in self.sightings
            if any(number == value and unit in ("", its) for number, its in each.printed)
        ]

    def words(self, wanted: str, files: Container[str]) -> list[Words]:
        """The cells of these files with words that the document says too; nothing where it doesn't say them."""
        sought = _plain(wanted)
        if not sought or not any(sought in _plain(text) for text in self.texts):
            return []
        return [each for each in self._cells(files) if sought in _plain(each.seen.text)]

    def words_of(self, sighting: Sighting, wanted: str, files: Container[str]) -> list[Words]:
        """The cells that a sentence repeats, for a number that stands in it; those of its own project where it has one."""
        sought, sentence = _plain(wanted), _plain(sighting.sentence)
        if not sentence or sighting.figure is not None or sighting.is_amount:
            return []  # an amount may stand by chance in a cell of another project
        found = [each for each in self._cells(files) if sought in (said := _plain(each.seen.text)) and said in sentence]
        own = [each for each in found if each.project and each.project in sighting.place]
        return own or found

    def _cells(self, files: Container[str]) -> Iterator[Words]:
        cells = {
            (record.source.file, record.source.sheet, seen.cell): Words(
                record.source, seen, getattr(record, "project_name", "")
            )
            for record in records_of(self.read)
            if record.source.file in files
            for seen in record.source.cells.values()
        }
        yield from cells.values()


def _plain(text: str) -> str:
    """Without the differences that a person does not see: full width, spaces, commas between digits."""
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"(?<=\d),(?=\d{3})", "", joined)


def find_document(workspace: Workspace, wanted: Path) -> Document:
    """The document by its path or bare name. Raises ``GongwenError`` where it is none that can be traced."""
    outputs = workspace.outputs
    candidates = [wanted, workspace.root / wanted, outputs / wanted]
    path = next((each for each in candidates if not why_no_file(each)), None)
    if path is None:
        path = _of_that_name(outputs, wanted)
    if path is None:
        there = next((each for each in candidates if not is_missing(each)), wanted)
        raise GongwenError(why_no_file(there))
    path = (document_of(path) or path).resolve()
    if not path.is_relative_to(outputs.resolve()):
        raise GongwenError(f"“{wanted}”不在工作区的outputs中，不能追溯")
    key = path.relative_to(outputs.resolve()).as_posix()
    entry = Manifest.read(outputs).entries.get(key)
    if entry is None or entry.origin is None or _kind_of(entry) is None:
        raise GongwenError(f"“{key}”不是由台账编成的文书，不能追溯")
    ledgers = tuple(
        Ledger(name, said, hash_now(workspace.root / name)) for name, said in sorted(entry.origin.sources.items())
    )
    return Document(key, entry, sha256_of(path) != entry.written, ledgers)


def _of_that_name(outputs: Path, wanted: Path) -> Path | None:
    """The one document of a bare name. Raises ``GongwenError`` where there are several."""
    named = [path for path in walk(outputs).files if path.name == str(wanted)]
    if len(named) > 1:
        places = "、".join(path.relative_to(outputs.parent).as_posix() for path in named)
        raise GongwenError(f"有{len(named)}个文件叫“{wanted}”，请写明是哪一个：{places}")
    return named[0] if named else None


def _kind_of(entry: Entry) -> DraftedKind | None:
    template = entry.origin.template if entry.origin else ""
    return next((kind for kind in KINDS if template in kind.templates), None)


def trace(workspace: Workspace, document: Document, advance: Advance = nothing) -> Traced:
    """Compose the document's values again. Raises ``GongwenError`` where today's ledgers ask for no such document."""
    kind = _kind_of(document.entry)
    assert kind
    assert document.entry.origin
    key = re.sub(r"（新版\d*）(?=\.\w+$)", "", document.key)
    year = read_year(workspace, Period(int(PurePosixPath(key).parts[0])), advance=advance, anew=True)
    require_seen(year.ledgers)
    months = sorted({row.month for row in year.ledgers.progress})
    for request in [Request((month,)) for month in months] if kind.monthly else [Request(tuple(months))]:
        if found := drafts_by_file(workspace, compose(year, [kind], request)).get(key):
            break
    else:
        raise GongwenError(f"按现在的台账不再编“{key}”，不能追溯；先运行“gongwen run”查看原因")
    if found[1].recipe != document.entry.origin.recipe and kind.monthly:  # perhaps made with --period
        of_month = _judged_then(year, request.months[0])
        again = drafts_by_file(workspace, compose(of_month, [kind], request)).get(key)
        if again and again[1].recipe == document.entry.origin.recipe:
            year, found = of_month, again
    draft, origin = found
    sightings = next(
        figures
        for twin, figures in figures_of(year, kind, request)
        if (twin.title, twin.template) == (draft.title, draft.template)
    )
    same = origin.recipe == document.entry.origin.recipe
    return Traced(same, sightings, tuple(_texts(draft.context)), year.ledgers)


def _judged_then(year: YearRead, month: Month) -> YearRead:
    """The year as it was judged while later months were not asked for."""
    findings = judged(year.ledgers, year.basis.settings, Period(month.year, month), year.earlier)
    basis = replace(year.basis, soundness=Soundness.of(findings, year.ledgers))
    return replace(year, findings=findings, basis=basis)


def figures_of(year: YearRead, kind: DraftedKind, request: Request) -> Iterator[tuple[Draft, tuple[Sighting, ...]]]:
    """Each draft of a kind with all its figures, traced."""
    ledgers, spoken = traced(year.ledgers)
    for piece in kind.drafts(Basis(ledgers, year.basis.settings, year.basis.soundness), request):
        if isinstance(piece, Draft):
            yield piece, tuple(_sightings(piece.context, "", spoken))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each)


def _sightings(value: object, place: str, spoken: Sequence[TracedDecimal]) -> Iterator[Sighting]:
    """Every figure of a context, with the way to it."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _sightings(each, f"{place}›{name}" if place else str(name), spoken)
    elif isinstance(value, str):
        yield from _in_sentence(value, place, spoken)
    elif isinstance(value, Sequence):
        for number, each in enumerate(value, 1):
            name = next((each[n] for n in _NAMING if each.get(n)), "") if isinstance(each, Mapping) else ""
            yield from _sightings(each, f"{place}第{number}项" + (f"（{name}）" if name else ""), spoken)
    elif isinstance(value, Figure):
        printed = ((Decimal(value.wan), "万元"), (Decimal(value.yi), "亿元"))
        yield Sighting(place, printed, _known(value.wan), is_amount=True)
    elif isinstance(value, Decimal):
        yield Sighting(place, ((Decimal(value), "%"), (Decimal(value), "")), _known(value))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield Sighting(place, ((Decimal(value), ""),), None)


def _known(value: Decimal) -> TracedDecimal | None:
    return value if isinstance(value, TracedDecimal) else None


def _in_sentence(text: str, place: str, spoken: Sequence[TracedDecimal]) -> Iterator[Sighting]:
    for found in _IN_SENTENCE.finditer(text):
        number, mark, unit = found.groups()
        figure = spoken[int(mark)] if mark else None
        is_amount = unit in ("万元", "亿元")
        yield Sighting(place, ((Decimal(number), unit or ""),), figure, is_amount, MARK.sub("", text))
