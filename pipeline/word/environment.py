"""The sandbox that templates run in: strict, escaping, with an allow-list of filters and nothing else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.errors import TemplateError
from pipeline.records.money import Figure
from pipeline.word.cleaning import SUSPECT, clean
from pipeline.word.filters import FILTERS, plain
from pipeline.word.package import PART_LIMIT

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_NOT_AS_IT_IS = re.compile(f"[&<>\"'\\n]|{SUSPECT.pattern}")
_AT_ONCE = 128  # pieces joined at once


class TooMuchError(TemplateError):
    """A document that would fill the memory, or take too long."""


def printable(value: object) -> str:
    """What ``{{ … }}`` prints, as XML: text with its line breaks, numbers plainly, amounts in 万元.

    Nothing else escapes (see ``sandbox``): a text that Jinja escaped again would cost each paper a tenth more.
    Raises TemplateError for anything that would print as no reader expects (None, a list, a truth value).
    """
    if isinstance(value, str):
        if isinstance(value, Markup) or value.isalnum() or not _NOT_AS_IT_IS.search(value):
            return value  # asked first whether it is all letters and figures: most values are
        return str(escape(clean(value))).replace("\n", _BREAK)
    if isinstance(value, StrictUndefined):
        return str(value)  # raises UndefinedError with the name
    if isinstance(value, Figure):
        return plain(value.wan)
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return plain(value)
    raise TemplateError("这个名称是一组内容或图，不能直接写在文字中")


def stretches(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, many joined at a time; TooMuchError before they fill the memory."""
    following, size = iter(pieces), 0
    while some := list(islice(following, _AT_ONCE)):
        size += sum(map(len, some))
        if size > PART_LIMIT:
            raise TooMuchError("填写后过大")
        yield "".join(some)


def bounded(pieces: Iterable[str]) -> str:
    """The pieces joined; TooMuchError before they fill the memory."""
    return "".join(stretches(pieces))


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox where ``甲.乙`` means the entry 乙 of 甲, whatever methods a mapping has."""

    concat = staticmethod(bounded)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:  # the usual case, without asking what a mapping is
            return obj[attribute]
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def sandbox() -> Sandbox:
    """A fresh environment; it is costly to make and cheap to use. ``printable`` escapes, and sees every value printed."""
    environment = Sandbox(undefined=StrictUndefined, autoescape=False, finalize=printable, keep_trailing_newline=True)
    environment.filters = dict(FILTERS)
    environment.globals.clear()
    environment.tests.clear()
    return environment
