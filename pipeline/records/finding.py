"""What a person must know about a ledger before trusting a document."""

import re
from dataclasses import dataclass

from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import Field
from pipeline.records.limits import TOLD_BEGINNING, TOLD_CHARACTERS
from pipeline.records.period import Month
from pipeline.records.severity import Severity

UNANSWERED, BLANK = (
    "form-unanswered",
    "form-blank",
)  # codes: known rows of a form left as they were, or no row at all
NOT_FILLED_IN = (UNANSWERED, BLANK)
# “…” with more in it than a message repeats; quotes may stand inside.
_LONG_QUOTE = re.compile(rf"“((?:[^“”]|“[^“”]*”){{{TOLD_CHARACTERS + 1},}})”")


def told(text: str) -> str:
    """A cell's text as a message repeats it: of a long one the beginning and how long it is."""
    return text if len(text) <= TOLD_CHARACTERS else f"{text[:TOLD_BEGINNING]}…（共{len(text)}字）"


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where, what stands there, what is asked, what to do."""

    severity: Severity
    rule: str  # slug of the rule or of the reading problem
    message: str  # what is wrong, a Chinese sentence without its place
    action: str  # what to do
    file: str = ""
    sheet: str = ""
    cell: str = ""  # "C7", "第7行" or "" for the whole file
    seen: str = ""  # what stands in the cell
    citation: Citation | None = None
    unit: str = ""  # 责任单位 that must mend it
    project: str = ""  # 项目名称 that it touches, "" for none
    ledger: str = ""  # slug of the ledger that it was found in
    field: Field | None = None
    month: Month | None = None  # of a periodic ledger
    asks: str = ""  # what the cited provision asks, in our own words
    projects: tuple[str, ...] = ()  # every project touched by a finding about a whole column
    code: str = ""  # which of a rule's distinctions, for programs; "" where the rule is the distinction

    def __post_init__(self) -> None:
        """No finding repeats a giant text, whoever makes it; ``project`` stays whole, for it is looked up."""
        for name, text in (("message", self.message), ("action", self.action)):
            if len(text) > TOLD_CHARACTERS:
                object.__setattr__(self, name, _LONG_QUOTE.sub(lambda quote: f"“{told(quote[1])}”", text))
        object.__setattr__(self, "seen", told(self.seen))

    @property
    def place(self) -> str:
        sheet = f" {self.sheet}!{self.cell}" if self.cell else (f" {self.sheet}" if self.sheet else "")
        return f"{self.file}{sheet}".strip()

    @property
    def sentence(self) -> str:
        """The whole finding as the clerk reads it."""
        place = f"{self.place}：" if self.place else ""
        seen = f"（表中为“{self.seen}”）" if self.seen else ""
        duty = f"，{self.asks}" if self.asks else ""
        asks = f"依据{self.citation}{duty}。" if self.citation else ""
        return f"{place}{self.message}{seen}。{asks}{self.action}。"


_CELL = re.compile(r"(?<![A-Z])([A-Z]++)(\d++)")


def mending_order(finding: Finding) -> tuple[str, str, str, int, str, str]:
    """Sort key: unit, file, sheet, row, column, as the unit would walk through its workbooks."""
    match = _CELL.fullmatch(finding.cell)
    row = int(match[2]) if match else int("".join(filter(str.isdecimal, finding.cell)) or 0)
    column = match[1].rjust(3) if match else ""
    return (finding.unit, finding.file, finding.sheet, row, column, finding.rule + finding.message)
