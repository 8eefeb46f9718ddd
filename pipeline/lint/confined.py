"""Papers judged in processes of their own: a paper may come from anybody, and one that swells or hangs costs itself alone."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.files.bounded_bytes import TooLargeError, bytes_within
from pipeline.lint.lint_rule import LintReport
from pipeline.lint.linting import lint, unreadable
from pipeline.lint.page_reader import UnreadablePdfError, read_pages
from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.records.plain_data import as_plain, from_plain
from pipeline.spreadsheets.reader_pool import ReaderPool
from pipeline.spreadsheets.readers import refused
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.word.placeholder_marks import NO_NAMES, PlaceholderNames

_LIMITS = replace(DEFAULT_LIMITS, seconds=60)  # a paper of 40,000 paragraphs takes 10 on a slow machine
_REASONS: Mapping[str, str] = {
    "too-much-memory": "检查时占用内存过多，已停止",
    "too-slow": "检查用时过长，已停止",
    "file-too-large": f"文件超过{_LIMITS.file_megabytes}MB，不予检查",
    "cannot-open": "文件读不出来",
}
_DIED = "检查中断，文件可能已损坏"


@dataclass(frozen=True)
class PaperAsked:
    """One paper to judge. ``pdf`` is where its pages lie, None where there are none: then ``no_pages`` says why."""

    path: Path
    name: str
    is_template: bool
    pdf: Path | None = None
    no_pages: str = ""


def lint_all(papers: Sequence[PaperAsked], placeholders: PlaceholderNames = NO_NAMES) -> Iterator[LintReport]:
    """Every paper's report, in their order. Never raises for what is in a paper: one that can't be judged is one finding.

    ``placeholders`` are the names of our templates, by which one that was forgotten is known.
    """
    names = [sorted(placeholders.alone), sorted(placeholders.inner)]
    requests = [
        [str(each.path), each.name, each.is_template, str(each.pdf or ""), each.no_pages, names] for each in papers
    ]
    with ReaderPool(__name__, _LIMITS) as pool, closing(pool.replies(requests)) as replies:
        for each, (letter, payload) in zip(papers, replies, strict=True):
            if letter == b"g":
                (report,) = from_plain(LintReport, json.loads(payload))
                yield report
            else:
                yield unreadable(each.name, _REASONS.get(refused(payload).code, _DIED))


def answer(request: tuple[str, str, bool, str, str, tuple[list[str], list[str]]], limits: ReadingLimits) -> bytes:
    """In the process: one report as JSON. Raises ``UnreadableFile`` for a paper that is too large or can't be opened."""
    path, name, is_template, pdf, no_pages, (alone, inner) = request
    try:
        data = bytes_within(Path(path), limits.file_bytes)
    except TooLargeError:
        raise UnreadableFile("file-too-large") from None
    except OSError:
        raise UnreadableFile("cannot-open") from None
    pages = None
    if pdf:
        try:
            pages = read_pages(bytes_within(Path(pdf), limits.file_bytes))
        except TooLargeError:
            no_pages = "排成的PDF过大，没有看成页"
        except UnreadablePdfError as problem:
            no_pages = str(problem)
    placeholders = PlaceholderNames(frozenset(alone), frozenset(inner))
    report = lint(data, name, pages, no_pages, is_template=is_template, placeholders=placeholders)
    return json.dumps(as_plain(LintReport, [report]), ensure_ascii=False).encode("utf-8", "surrogatepass")
