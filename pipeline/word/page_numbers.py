"""Footers with the page number: odd pages right, even pages left, the same place on a turned sheet (7.5, 8)."""

from pipeline.word.house_style import PAGE_NUMBER, PLACEHOLDER
from pipeline.word.namespaces import DECLARATIONS, HEAD
from pipeline.word.text_box import Box, text_box

_FIELD = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)


def _number(side: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{PAGE_NUMBER.identifier}"/><w:jc w:val="{side}"/></w:pPr>{_FIELD}</w:p>'


def _turned(side: str) -> str:
    box = text_box(Box(90, "页码", 25, 28, 6, 156, turned=True), _number(side))
    return f'<w:p><w:pPr><w:pStyle w:val="{PLACEHOLDER.identifier}"/></w:pPr>{box}</w:p>'


def footers() -> tuple[str, str, str, str]:
    """footer1.xml to footer4.xml: portrait odd and even, landscape odd and even."""
    contents = (_number("right"), _number("left"), _turned("right"), _turned("left"))
    odd, even, turned_odd, turned_even = (f"{HEAD}<w:ftr {DECLARATIONS}>{content}</w:ftr>" for content in contents)
    return odd, even, turned_odd, turned_even
