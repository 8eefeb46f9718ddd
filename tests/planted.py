"""Sound documents of each form, and a way to plant one fault in a part of their package."""

import re

from pipeline.lint.lint_rule import LintFinding
from pipeline.lint.linting import lint
from pipeline.word import house_style as house
from pipeline.word.annexes import annex_head, annex_notes
from pipeline.word.heads import Notice, document_number, red_head, title
from pipeline.word.imprint import imprint
from pipeline.word.ooxml import Cell, Section, Table, body, docx, heading, millimetres, paragraph, subheading
from pipeline.word.signatures import signature
from tests.docx_reading import part, with_part
from tests.whole_papers import fitted

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
_ANNEXES = ("项目计划表", "责任分解表")


def notice() -> bytes:
    """A 通知 with everything: grades, levels, two annexes with tables (one turned), signature and imprint."""
    table = Table(millimetres(14, 60, 40), padding=50)
    rows = [
        table.row([Cell(text, house.TABLE_CELL) for text in (str(number), f"第{number}期", "12")])
        for number in range(1, 9)
    ]
    filled = table.build(table.head(("序号", "项目", "投资"), house.TABLE_HEAD), *rows)
    text = (
        red_head(("示例区人民政府",), notices=(Notice("000001", is_copy_number=True), Notice("机密★1年"), Notice("特急"))),
        document_number("示政发〔2027〕8号"),
        title("示例区人民政府关于下达", "重点项目计划的通知"),
        paragraph(house.ADDRESSEE, "各镇、街道："),
        body("现将有关事项通知如下，请按《计划》“四个一批”落实。"),
        heading("一、总体要求"),
        subheading("（一）安排"),
        body("全区安排项目86项，总投资412.60亿元，每月28日前报送进度。"),
        subheading("（二）要求"),
        body("1.按时报送。"),
        body("2.真实完整，完成60%～70%。"),
        heading("二、附则"),
        body("本通知自2027年1月20日起执行。", keep_next=True),
        annex_notes(_ANNEXES),
        signature("示例区人民政府", "2027年1月15日"),
        paragraph(house.PLACEHOLDER),
    )  # fmt: skip
    foot = imprint([("抄送", "市委办公室，区政协办公室。", "")], "示例区人民政府办公室", "2027年1月16日印发")
    sections = (
        Section("portrait", text),
        Section("landscape", (annex_head("附件1", _ANNEXES[0], unit="单位：万元"), filled)),
        Section("portrait", (annex_head("附件2", _ANNEXES[1]), filled, foot)),
    )
    return fitted(docx(sections))


def planted(data: bytes, old: str, new: str, name: str = DOCUMENT, times: int = -1) -> bytes:
    """The package with ``old`` replaced in one part; by default everywhere, as a text box is stored twice."""
    text = part(data, name).decode("utf-8")
    assert old in text, f"no {old!r} in {name}"
    return with_part(data, name, text.replace(old, new, times).encode("utf-8"))


def without(data: bytes, style: str) -> bytes:
    """The package without the paragraphs of one style."""
    text = part(data, DOCUMENT).decode("utf-8")
    left = re.sub(rf'<w:p><w:pPr><w:pStyle w:val="{style}"/>.*?</w:p>', "", text)
    assert left != text
    return with_part(data, DOCUMENT, left.encode("utf-8"))


def findings(data: bytes) -> tuple[LintFinding, ...]:
    return lint(data, "试.docx").findings


def rules_of(data: bytes) -> set[str]:
    return {finding.rule for finding in findings(data)}
