"""Shared ways of saying things: equal remarks gathered into one, reasons why a rule does not fit a document."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.lint.docx_model import RED_HEADED, Docx, Form, Paragraph
from pipeline.lint.lint_rule import Remark, Severity
from pipeline.lint.roles_named import MAIN_TEXT, Role

Unfit = Callable[[Docx], str]

_SIZE_NAMES = {
    44: "2号", 36: "小2号", 32: "3号", 30: "小3号", 28: "4号", 24: "小4号", 21: "5号", 18: "小5号",
}  # fmt: skip


def gathered(seen: Iterable[tuple[str, str]], asked: str = "", severity: Severity | None = None) -> Iterator[Remark]:
    """(place, found) pairs as remarks: one for each thing found, with its first place and how many there are."""
    places: dict[str, list[str]] = {}
    for place, found in seen:
        places.setdefault(found, []).append(place)
    for found, where in places.items():
        shown = where[0] if len(where) == 1 else f"{where[0]}等{len(where)}处"
        yield Remark(shown, found, asked, severity)


def lenient(document: Docx, severity: Severity) -> Severity | None:
    """A lesser severity for a file of others, where the departure only shows in another program than theirs."""
    return None if document.ours else severity


def leniently(check: Callable[[Docx], Iterator[Remark]], severity: Severity) -> Callable[[Docx], Iterator[Remark]]:
    """A check all of whose departures are such."""
    return lambda document: (replace(remark, severity=lenient(document, severity)) for remark in check(document))


def official(document: Docx) -> str:
    """Unfit for what is no official paper at all."""
    return "看不出是公文（没有标题、主送、正文等部分），不适用" if document.form is Form.FOREIGN else ""


def filled(document: Docx) -> str:
    """Unfit for a template: its text is not there yet."""
    return "是模板，内容待填，成文后再查" if document.is_template else official(document)


def red_headed(document: Docx) -> str:
    """Unfit without a red head."""
    return official(document) or ("" if document.form in RED_HEADED else f"{document.form.value}没有红头，不适用")


def of_form(*forms: Form) -> Unfit:
    """Fits these forms only."""
    names = "、".join(form.value for form in forms)

    def unfit(document: Docx) -> str:
        return "" if document.form in forms else f"只适用于{names}，本件为{document.form.value}"

    return unfit


def having(*roles: Role) -> Unfit:
    """Fits documents with at least one paragraph of these roles."""
    names = "、".join(role.value for role in roles)

    def unfit(document: Docx) -> str:
        return official(document) or ("" if document.of(*roles) else f"本件没有{names}")

    return unfit


def both(*checks: Unfit) -> Unfit:
    """The first reason that applies."""

    def unfit(document: Docx) -> str:
        return next((reason for check in checks if (reason := check(document))), "")

    return unfit


def main_flow(document: Docx) -> Iterator[Paragraph]:
    """Running text: outside tables and boxes."""
    return (item for item in document.flow if item.table is None)


def main_text(document: Docx) -> Iterator[Paragraph]:
    """The paragraphs of the text and its headings that say something."""
    return (item for item in main_flow(document) if item.role in MAIN_TEXT and item.plain)


def millimetres(twips: float) -> str:
    return f"{twips * 25.4 / 1440:.1f}毫米"


def points(half_points: int) -> str:
    """A size in the office's names where it has one."""
    value = f"{half_points / 2:g}磅"
    name = _SIZE_NAMES.get(half_points, "")
    return f"{name}（{value}）" if name else value
