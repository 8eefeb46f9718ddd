"""What a kind of paper is, and what its module hands over to be rendered."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.facts.basis import Basis
from pipeline.records.citation import Citation
from pipeline.records.finding import Finding
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.word.page_estimate import estimate
from pipeline.word.vocabulary import Context, Names, names_of


@dataclass(frozen=True)
class Request:
    """Which papers are asked for; ``months`` are those of a monthly kind, and for a yearly one those reported so far."""

    months: tuple[Month, ...]
    unit: str = ""
    project: str = ""

    def asks(self, units: Iterable[str], project: str = "") -> bool:
        """Whether a paper of these units and of this project is among them."""
        of_unit = not self.unit or name_key(self.unit) in map(name_key, units)
        return of_unit and (not self.project or name_key(self.project) == name_key(project))


@dataclass(frozen=True)
class Reason:
    """Why a paper is withheld, or what the clerk must know of it; each front words it.

    ``what`` is the case with ``of``; the rest says why, or with which projects.
    """

    what: str = ""  # 未列入计划
    of: str = ""  # “示例项目”（示例局）
    names: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()  # of the office or of the score, without full stops
    findings: tuple[Finding, ...] = ()  # errors


@dataclass(frozen=True)
class Draft:
    """A paper ready to be rendered: its template, its facts and what it is called."""

    title: str  # also the name of its file, not yet made safe
    template: str
    context: Context = field(repr=False)
    notes: tuple[Reason, ...] = ()  # such as projects left out
    preprinted: bool = False  # the paper already bears the red head
    ledger_beside: bool = False  # an xlsx 台账 of the same context goes with it
    number: int = 1  # above 1 where papers of one title meet

    @property
    def stem(self) -> str:
        return self.title if self.number == 1 else f"{self.title}（{self.number}）"


@dataclass(frozen=True)
class HeldBack:
    """A paper that must not be issued, and why."""

    title: str
    reasons: tuple[Reason, ...]
    not_yet: str = ""  # which ledger of its time has not come: told where it is asked for, else only counted
    goes_with: tuple[str, ...] = ()  # titles of further papers that can't be judged until it can be made


@dataclass(frozen=True)
class Series:
    """A series of 发文字号, by the code that it bears; a paper without one is never numbered."""

    code: Callable[[OfficeSettings], str]  # 机关代字

    def number(self, settings: OfficeSettings, year: int, serial: int) -> str:
        """Such as 示党发〔2027〕1号 (GB/T 9704, 7.2.5)."""
        return f"{self.code(settings)}〔{year}〕{serial}号"


@dataclass(frozen=True)
class Blueprint:
    """One template: the names that it may use, and its wording as we ship it."""

    file: str  # 简报.docx
    facts: type  # a TypedDict
    build: Callable[[], bytes]
    issuers: tuple[str, ...]  # the facts that name who issues it, the host first
    series: Series | None = None
    pages: int = 0  # most that a paper may fill; 0: as many as it takes

    @property
    def names(self) -> Names:
        return names_of(self.facts)

    def overlong(self, paper: bytes) -> tuple[Reason, ...]:
        """That a finished paper fills more pages than it may, as far as can be told without printing it."""
        found = estimate(paper).pages if self.pages else 0
        return (Reason(f"估计排成{found}页，应不超过{self.pages}页"),) if found > self.pages else ()


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper, its templates with it."""

    slug: str  # what a person types: plan
    name: str  # 年度计划
    blueprints: tuple[Blueprint, ...] = field(compare=False)

    @property
    def issuers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for blueprint in self.blueprints for name in blueprint.issuers))

    @property
    def templates(self) -> Mapping[str, Names]:
        return {blueprint.file: blueprint.names for blueprint in self.blueprints}


@dataclass(frozen=True, kw_only=True)
class DraftedKind(PaperKind):
    """A kind that a year's ledgers ask for; ``drafts`` yields every paper of a request."""

    period: str  # 年度 or 月度
    articles: tuple[Citation, ...]
    ledgers: tuple[str, ...]  # slugs
    folder: str  # below outputs/<year>/
    drafts: Callable[[Basis, Request], Iterator[Draft | HeldBack]] = field(compare=False)
    by_unit: bool = False  # whether the papers of one unit may be asked for
    by_project: bool = False

    def blueprint(self, template: str) -> Blueprint:
        return next(each for each in self.blueprints if each.file == template)

    @property
    def monthly(self) -> bool:
        return self.period == "月度"
