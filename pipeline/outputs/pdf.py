"""Word documents → PDF by LibreOffice: many files to one process, each judged by what came out."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from pipeline.errors import PdfError
from pipeline.outputs.convertible import refusal
from pipeline.outputs.fonts_file import write_fonts_file
from pipeline.outputs.office_process import convert_folder, find_office, write_profile
from pipeline.outputs.office_watch import watched
from pipeline.outputs.pdf_bytes import page_count, without_clock
from pipeline.outputs.pdf_words import document_words, missing_words, page_words
from pipeline.records.task_progress import SILENT, Step, TaskProgress
from pipeline.word.active_content import active_content

_LOOK = 0.2  # seconds between two looks whether to go on
_BATCH = 20  # files to one process: starting it costs as much as converting several


@dataclass(frozen=True)
class Limits:
    """Seconds before a process is ended: one file alone, and what each further file of a batch adds."""

    single: float = 60
    each: float = 6


@dataclass(frozen=True)
class Converted:
    """What became of one document: the PDF's bytes, or the reason (Chinese) why there is none."""

    path: Path
    pdf: bytes | None
    reason: str = ""


@dataclass(frozen=True)
class _Bench:
    """The temporary folder of one call and what it works with; ``fonts`` is shared, profiles are not."""

    folder: Path
    office: Path
    fonts: Path
    limits: Limits
    stopped: Event = field(default_factory=Event)  # nobody wants the PDFs any more


def _active(path: Path) -> str:
    """Why a file is not opened by LibreOffice, which would load what it refers to."""
    try:
        return active_content(path.read_bytes(), "转换")
    except OSError as problem:
        return f"文件读不出来（系统错误{problem.errno}）"


def _collect(target: Path) -> bytes | None:
    """The PDF that stands there, if it is whole."""
    try:
        data = target.read_bytes()
    except OSError:
        return None
    return data if b"%%EOF" in data[-1024:] else None


def _process(bench: _Bench, sources: Sequence[Path], name: str) -> tuple[dict[Path, bytes], bool]:
    """One LibreOffice process: PDFs by source, and whether it ended in time."""
    profile, target = bench.folder / f"profile-{name}", bench.folder / f"pdf-{name}"
    write_profile(profile)
    target.mkdir()
    seconds = bench.limits.single + bench.limits.each * (len(sources) - 1)
    try:
        in_time = convert_folder(bench.office, sources, target, profile, bench.fonts, seconds, bench.stopped)
        found = {source: _collect(target / f"{source.stem}.pdf") for source in sources}
        return {source: data for source, data in found.items() if data is not None}, in_time
    finally:
        shutil.rmtree(profile, ignore_errors=True)
        shutil.rmtree(target, ignore_errors=True)


def _batch(bench: _Bench, sources: Sequence[Path], name: str) -> dict[Path, bytes | str]:
    """A batch, then each file that it did not bring once more alone: PDFs or reasons by source."""
    found, in_time = _process(bench, sources, name)
    results: dict[Path, bytes | str] = dict(found)
    for number, source in enumerate([each for each in sources if each not in found]):
        if len(sources) > 1 and not bench.stopped.is_set():
            found, in_time = _process(bench, [source], f"{name}-{number}")
        late = f"转换超过{bench.limits.single:g}秒，已中止"
        results[source] = found.get(source) or ("LibreOffice打不开这份文件，没有生成PDF" if in_time else late)
    return results


@contextmanager
def _bench(office: Path | None, limits: Limits) -> Iterator[_Bench]:
    program = office or find_office()
    try:
        with tempfile.TemporaryDirectory(prefix="gongwen-pdf-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            with watched(folder):
                yield _Bench(folder, program, write_fonts_file(folder), limits)
    except OSError as problem:
        raise PdfError(f"临时文件夹无法使用，不能生成PDF：系统错误{problem.errno}") from None


def convert(
    paths: Sequence[Path],
    *,
    processes: int = 2,
    office: Path | None = None,
    limits: Limits | None = None,
    progress: TaskProgress = SILENT,
    to_measure: bool = False,
) -> list[Converted]:
    """Convert each file, in the order given; one that fails says why and stops no other.

    A PDF that lacks text of its document counts as failed, but ``to_measure``: there the loss is what is looked for.
    Works on copies in a temporary folder. ``progress`` is told of each; where it stops, LibreOffice
    is ended and nothing is brought. Raises ``PdfError``
    where LibreOffice is not installed or can't be started, or the temporary folder can't be used.
    """
    progress.begin(Step.PRINTING, len(set(paths)))
    reasons = {path: refusal(path) or _active(path) for path in dict.fromkeys(paths)}
    wanted = [path for path, reason in reasons.items() if not reason]
    results: dict[Path, bytes | str] = {path: reason for path, reason in reasons.items() if reason}
    with _bench(office, limits or Limits()) as bench:
        for path in results:
            progress.advance(path.name)
        copies = {_copy(bench, path, number): path for number, path in enumerate(wanted)}
        batches = _split(list(copies), processes)
        with ThreadPoolExecutor(max_workers=max(1, processes)) as pool:
            futures = [pool.submit(_batch, bench, batch, str(n)) for n, batch in enumerate(batches)]
            try:
                for future in futures:
                    for copy, outcome in _awaited(future, progress).items():
                        results[copies[copy]] = outcome
                        progress.advance(copies[copy].name)
            except BaseException:
                bench.stopped.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        originals = {path: copy for copy, path in copies.items() if not to_measure}
        return [_converted(path, results[path], originals.get(path)) for path in paths]


def _awaited(future: Future[dict[Path, bytes | str]], progress: TaskProgress) -> dict[Path, bytes | str]:
    """A batch's results; the threads that wait for LibreOffice can't be stopped by an exception of their own."""
    progress.check()
    while not wait([future], _LOOK).done:
        progress.check()
    return future.result()


def _copy(bench: _Bench, path: Path, number: int) -> Path:
    """A numbered copy: equal names from two folders don't meet, and no lock file appears beside the original."""
    suffix = path.suffix.lower() if path.suffix.lower() in (".docx", ".dotx", ".docm", ".dotm") else ".docx"
    return Path(shutil.copyfile(path, bench.folder / f"{number:05d}{suffix}"))


def _split(copies: Sequence[Path], processes: int) -> list[Sequence[Path]]:
    """Batches of at most twenty, and no process idle while another has many."""
    size = max(1, min(_BATCH, -(-len(copies) // max(1, processes))))
    return [copies[start : start + size] for start in range(0, len(copies), size)]


def _converted(path: Path, outcome: bytes | str, copy: Path | None) -> Converted:
    """What became of a document; with the ``copy`` that was converted, held against what it says."""
    if isinstance(outcome, str):
        return Converted(path, None, outcome)
    if not page_count(outcome):
        return Converted(path, None, "生成的PDF不完整或没有页面")
    if copy and (text := document_words(copy)) and (missing := missing_words(text, page_words(outcome))):
        return Converted(path, None, f"PDF内容与文书不一致（缺“{missing}”）")
    return Converted(path, without_clock(outcome))
