"""A hundred thousand strings from all of Unicode: no character is lost between a cell and the page."""

import random
import re

import pytest

from pipeline.errors import TemplateError
from pipeline.word.cleaning import REPLACEMENT, clean
from pipeline.word.conservation import require_kept
from pipeline.word.house_style import BODY, SMALL_CELL
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.ooxml import Cell, Section, Table, docx, paragraph
from pipeline.word.package import Member
from pipeline.word.template import Template
from tests.docx_reading import paragraphs, part, with_part, with_related

COUNT, BATCH = 100_000, 5_000
FOOT, TOP = "word/footer3.xml", "word/header1.xml"
HANDPICKED = "&<>\"'\t\n\r\x0b\x0c\x00\x85\u2028\ufeff\u200b\u200d\u202e\u2066\ud800\udfff\ufffe\ue000\ue81e{}%#|\\\U0001fffe\U000e0041�"
RANGES = ((0, 0x20), (0x20, 0x7F), (0x7F, 0x300), (0x2000, 0x2070), (0x3000, 0x3040), (0x4E00, 0xA000), (0xD800, 0xE000),
          (0xE000, 0xF900), (0xF900, 0x10000), (0x10000, 0x20000), (0x20000, 0x32000), (0xE0000, 0xE0200),
          (0xF0000, 0x110000), (0, 0x110000))  # fmt: skip
LOOP = "{% for 值 in 值们 %}⟦{{ 值 }}⟧{% endfor %}"
MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)


def fuzzed(chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.randrange(1, 9)):
        if chance.random() < 0.3:
            pieces.append(chance.choice(HANDPICKED))
        else:
            pieces.append(chr(chance.randrange(*chance.choice(RANGES))))
    return "".join(pieces).replace("⟦", "").replace("⟧", "")


def four_places() -> Template:
    """A template that prints the same list in its body, a table's cells, its footer and its header."""
    table = Table((4000,))
    rows = (
        table.when("for 值 in 值们"),
        table.row([Cell("⟦{{ 值 }}⟧", SMALL_CELL)]),
        table.when("endfor"),
    )
    data = docx((Section("portrait", (paragraph(BODY, LOOP), table.build(*rows), paragraph(BODY, "末段"))),))
    foot = part(data, FOOT).decode().replace("— </w:t>", f"{LOOP}</w:t>")
    head = foot.replace("<w:ftr", "<w:hdr").replace("</w:ftr>", "</w:hdr>")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    data = with_related(with_part(data, FOOT, foot.encode()), TOP, head.encode(), "header", kind)
    return Template.compile(data, "测试.docx")


def test_no_character_is_lost_between_cell_and_page() -> None:
    chance, template = random.Random(20270115), four_places()
    lost, exchanged = [], 0
    for _ in range(COUNT // BATCH):
        values = [fuzzed(chance) for _ in range(BATCH)]
        data = issue_document(template, {"值们": values}, Paper())
        wanted = [clean(value) for value in values]
        body = "\n".join(paragraphs(data)[:-1])
        for place, text, times in (
            ("正文和表格", body, 2),
            ("页脚", "\n".join(paragraphs(data, FOOT)), 1),
            ("页眉", "\n".join(paragraphs(data, TOP)), 1),
        ):
            found = MARKED.findall(text)
            lost += [(place, a, b) for a, b in zip(wanted * times, found, strict=True) if a != b]
        assert paragraphs(data)[-1] == "末段"
        for value, text in zip(values, wanted, strict=True):
            exchanged += text.count(REPLACEMENT) - value.count(REPLACEMENT)
            assert len(text) == len(value.replace("\r\n", "\n"))
    print(
        f"\n{COUNT}个字符串×4处（正文、表格、页眉、页脚）：丢字{len(lost)}处，{exchanged}个不能印出的字符印作“{REPLACEMENT}”"
    )
    assert lost == []


def test_what_no_page_can_show_is_seen_to_have_stood_there() -> None:
    assert clean("甲\u202e乙\ue000\ue81e\U0001ffff\ud800\x07") == "甲�乙�龴���"


def filled(text: str) -> tuple[Member, ...]:
    return (Member("word/document.xml", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()),)


@pytest.mark.parametrize("after", ["甲乙丙", "甲乙丙丁丁", "甲丙乙", ""])
def test_text_lost_on_the_way_stops_the_document(after: str) -> None:
    before = filled("甲乙丙丁")
    with pytest.raises(TemplateError, match="文字不一致"):
        require_kept(before, filled(after), mark_removed=False)
    with pytest.raises(TemplateError, match="丢失"):
        require_kept(before, (), mark_removed=False)


def test_own_breaks_and_moved_addressees_are_no_loss() -> None:
    require_kept(filled("各镇|各局：正文"), filled("正文主送：各镇各局。"), mark_removed=False)
