"""A sectPr as a Section; headers and footers that it does not name come from the section before."""

from collections.abc import Mapping

from lxml import etree

from pipeline.lint.docx_model import Section
from pipeline.lint.properties import attribute, child, children, integer, is_on, read
from pipeline.word.namespaces import R


def _references(element: etree._Element, kind: str, targets: Mapping[str, str]) -> dict[str, str]:
    return {
        attribute(item, "type", default="default"): targets[item.get(f"{{{R}}}id", "")]
        for item in children(element, f"{kind}Reference")
        if item.get(f"{{{R}}}id", "") in targets
    }


def section(element: etree._Element, index: int, targets: Mapping[str, str], before: Section | None) -> Section:
    """The section; ``targets`` maps relation ids to part names."""
    properties = read(element)
    size, margins = properties.get("pgSz", {}), properties.get("pgMar", {})
    grid, numbering = properties.get("docGrid", {}), properties.get("pgNumType", {})
    inherited = (dict(before.headers), dict(before.footers)) if before else ({}, {})
    return Section(
        index,
        width=integer(size.get("w"), 12240),
        height=integer(size.get("h"), 15840),
        landscape=size.get("orient") == "landscape",
        top=abs(integer(margins.get("top"), 1440)),
        right=integer(margins.get("right"), 1440),
        bottom=abs(integer(margins.get("bottom"), 1440)),
        left=integer(margins.get("left"), 1440),
        gutter=integer(margins.get("gutter")),
        footer=integer(margins.get("footer"), 720),
        kind=attribute(child(element, "type"), default="nextPage"),
        grid=grid.get("type", "default"),
        pitch=integer(grid.get("linePitch")),
        char_space=integer(grid.get("charSpace")),
        title_page=is_on(properties, "titlePg"),
        page_start=integer(numbering["start"]) if "start" in numbering else None,
        headers={**inherited[0], **_references(element, "header", targets)},
        footers={**inherited[1], **_references(element, "footer", targets)},
    )
