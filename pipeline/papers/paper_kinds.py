"""Every kind of paper, in the order of the office's year: the one place that lists them."""

from collections.abc import Mapping
from functools import lru_cache

from pipeline.papers import assessment, briefing, plan, promotion, return_notice
from pipeline.papers.paper_kind import DraftedKind, PaperKind
from pipeline.word.placeholder_marks import PlaceholderNames

KINDS: tuple[DraftedKind, ...] = (plan.KIND, promotion.KIND, briefing.KIND, assessment.KIND)
ALL_KINDS: tuple[PaperKind, ...] = (*KINDS, return_notice.KIND)  # that one goes with workbooks given back


def build_templates() -> Mapping[str, bytes]:
    """File name → bytes of every template as we ship it; always the same bytes."""
    return {blueprint.file: blueprint.build() for kind in ALL_KINDS for blueprint in kind.blueprints}


@lru_cache(maxsize=1)
def placeholder_names() -> PlaceholderNames:
    """What the placeholders of our templates are called, by which a forgotten one is known."""
    return PlaceholderNames.of(names for kind in ALL_KINDS for names in kind.templates.values())
