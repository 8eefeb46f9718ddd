"""What stands in a paragraph of a Word document."""

from lxml import etree

from pipeline.word.namespaces import W

_P, _T, _TAB, _BR, _TABS = (f"{{{W}}}{name}" for name in ("p", "t", "tab", "br", "tabs"))


def own_text(paragraph: etree._Element, *, line_break: str = "\n", tab: str = "") -> str:
    """The paragraph's text without that of the boxes anchored in it."""
    said = {_BR: line_break, _TAB: tab}
    own = (
        inner
        for inner in paragraph.iter(_T, _TAB, _BR)
        if next(inner.iterancestors(_P, _TABS)) is paragraph  # within w:tabs it is where a tab goes
    )
    return "".join(said.get(str(inner.tag), inner.text or "") for inner in own)
