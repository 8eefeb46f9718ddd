"""A kind of paper as a person types it: ``briefing``, ``简报``, ``年度计划``, ``考核``."""

import unicodedata
from collections.abc import Mapping, Sequence

import click

from pipeline.errors import GongwenError
from pipeline.papers.paper_kind import PaperKind
from pipeline.records.nearest import CHOICE, perhaps

_LEAST_PART = 2  # characters of a name that stand for the whole


class KindTyped(click.ParamType[str]):
    """Its identifier, its name, a template's name, or a part that only one kind has; becomes the identifier."""

    name = "kind"

    def __init__(self, kinds: Sequence[PaperKind]) -> None:
        self._kinds = kinds
        self._slugs: Mapping[str, str] = {
            word: kind.slug
            for kind in kinds
            for word in (kind.slug, kind.name, *(each.removesuffix(".docx") for each in kind.templates))
        }

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raises ``GongwenError`` with all kinds and the likest one."""
        typed = unicodedata.normalize("NFKC", value).strip().removesuffix(".docx").lower()
        if typed in self._slugs:
            return self._slugs[typed]
        alike = {slug for word, slug in self._slugs.items() if len(typed) >= _LEAST_PART and typed in word}
        if len(alike) == 1:
            return alike.pop()
        every = "、".join(f"{kind.name}（{kind.slug}）" for kind in self._kinds)
        raise GongwenError(f"没有文书“{value}”{perhaps(typed, self._slugs, CHOICE)}。文书应为{every}之一")
