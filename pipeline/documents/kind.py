"""What a kind of document is, and what its module hands over to be rendered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.checks.basis import Basis
from pipeline.documents.names import Context, Names
from pipeline.records.citation import Citation
from pipeline.records.period import Month


@dataclass(frozen=True)
class Request:
    """Which documents are asked for; ``months`` are those that monthly kinds cover."""

    months: tuple[Month, ...]
    unit: str = ""
    project: str = ""


@dataclass(frozen=True)
class Draft:
    """A document ready to be rendered: its template, its context and where it goes."""

    title: str
    folder: str  # below outputs/<year>/
    stem: str  # file name without suffix, not yet made safe
    template: str
    context: Context = field(repr=False)
    notes: tuple[str, ...] = ()  # what the clerk must know of it, such as projects left out
    preprinted: bool = False  # the paper already bears the red head
    ledger_beside: bool = False  # an xlsx 台账 of the same context goes with it


@dataclass(frozen=True)
class HeldBack:
    """A document that must not be issued, and why."""

    title: str
    reason: str
    not_yet: str = ""  # which ledger of its time has not come: told where it is asked for, else only counted
    goes_with: tuple[str, ...] = ()  # titles of further documents that can't be judged until it can be made


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document; ``drafts`` yields everything that a request asks of it."""

    slug: str  # what a person types: plan
    name: str  # 年度计划
    period: str  # 年度 or 月度
    citations: tuple[Citation, ...]
    ledgers: tuple[str, ...]  # slugs
    templates: Mapping[str, Names] = field(compare=False)
    drafts: Callable[[Basis, Request], Iterator[Draft | HeldBack]] = field(compare=False)

    @property
    def monthly(self) -> bool:
        return self.period == "月度"
