"""The sandbox that templates run in: strict, escaping, with an allow-list of filters and nothing else."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.errors import TemplateError
from pipeline.records.money import Figure
from pipeline.rendering.cleaning import clean
from pipeline.rendering.filters import FILTERS, plain
from pipeline.rendering.package import PART_LIMIT

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def printable(value: object) -> str:
    """What ``{{ … }}`` prints: text with its line breaks, numbers plainly, amounts in 万元.

    Raises TemplateError for anything that would print as no reader expects (None, a list, a truth value).
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        text = clean(value)
        if "\n" in text:
            return Markup(str(escape(text)).replace("\n", _BREAK))
        return text  # escaped by the environment, as every plain string
    if isinstance(value, StrictUndefined):
        return str(value)  # raises UndefinedError with the name
    if isinstance(value, Figure):
        return plain(value.wan)
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return plain(value)
    raise TemplateError("这个名称是一组内容或图，不能直接写在文字中")


def bounded(pieces: Iterable[str]) -> str:
    """The pieces joined; TemplateError before they fill the memory."""
    found, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > PART_LIMIT:
            raise TemplateError("填写后过大")
        found.append(piece)
    return "".join(found)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox where ``甲.乙`` means the entry 乙 of 甲, whatever methods a mapping has."""

    concat = staticmethod(bounded)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def sandbox() -> Sandbox:
    """A fresh environment; it is costly to make and cheap to use."""
    environment = Sandbox(
        undefined=StrictUndefined, autoescape=True, finalize=printable, keep_trailing_newline=True
    )
    environment.filters = dict(FILTERS)
    environment.globals.clear()
    environment.tests.clear()
    return environment
