"""What stands above the red rule: marks of one to three organs, number, signers, and the head of a 简报 (7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.word import house_style as house
from pipeline.word.borderless import frame, frame_cell, frame_row
from pipeline.word.ooxml import paragraph, run, when

_SUFFIX_ROOM = 1720  # twips; 文件 at the right of stacked names
_SIDE = 100
_SLACK = 60  # a cell exactly as wide as its text wraps in LibreOffice, and its exact row hides the second line


@dataclass(frozen=True)
class Notice:
    """A line at the type area's top left: 份号, 密级 or 紧急程度; ``condition`` is a template's name or ``""``."""

    text: str
    condition: str = ""
    is_copy_number: bool = False

    def build(self) -> str:
        line = paragraph(house.COPY_NUMBER if self.is_copy_number else house.GRADE, self.text)
        return when(f"if {self.condition}") + line + when("endif") if self.condition else line


NOTICES = (
    Notice("{{ 份号 }}", "份号", is_copy_number=True),
    Notice("{{ 密级 }}", "密级"),
    Notice("{{ 紧急程度 }}", "紧急程度"),
)


def notice_lines(notices: Sequence[Notice]) -> str:
    """The lines in their order; a cell that holds nothing else keeps its empty last paragraph."""
    return "".join(notice.build() for notice in notices)


def red_head(organs: Sequence[str], suffix: str = "文件", notices: Sequence[Notice] = ()) -> str:
    """The red mark, its top 35 mm under the type area's (7.2.4).

    One organ's name runs on into ``suffix``; of two or three the names stand over one another, equally wide,
    the host first, and the suffix to their right in the middle. Long names are narrowed when they are filled
    in (``fitting``). Raises ValueError for no organ.
    """
    if not organs:
        raise ValueError("a head needs an organ")
    if len(organs) == 1 or not suffix:
        marks = [organs[0] + suffix] if len(organs) == 1 else list(organs)
        centred = '<w:jc w:val="center"/>' if len(organs) == 1 else ""
        rows = [
            frame_row(
                frame_cell(house.TYPE_WIDTH, paragraph(house.MARK, mark, properties=centred)),
                height=house.MARK_LINE,
            )
            for mark in marks
        ]
        return frame((house.TYPE_WIDTH,), _room((house.TYPE_WIDTH,), notices), *rows)
    return _stacked(organs, suffix, notices)


def _room(widths: Sequence[int], notices: Sequence[Notice]) -> str:
    content = notice_lines(notices) + paragraph(house.PLACEHOLDER)
    return frame_row(frame_cell(sum(widths), content, span=len(widths)), height=house.MARK_ROOM)


def _stacked(organs: Sequence[str], suffix: str, notices: Sequence[Notice]) -> str:
    names = house.TYPE_WIDTH - _SUFFIX_ROOM - 2 * _SIDE
    widths = (_SIDE, names, _SUFFIX_ROOM, _SIDE)
    empty = paragraph(house.PLACEHOLDER)
    rows = []
    for index, organ in enumerate(organs):
        merge = '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>' if index == 0 else "<w:vMerge/>"
        word = paragraph(house.MARK, "" if index else suffix, properties='<w:jc w:val="right"/>')
        rows.append(
            frame_row(
                frame_cell(_SIDE, empty),
                frame_cell(names, paragraph(house.MARK, organ)),
                frame_cell(_SUFFIX_ROOM, word, merge),
                frame_cell(_SIDE, empty),
                height=house.MARK_LINE,
            )
        )
    return frame(widths, _room(widths, notices), *rows)


def document_number(text: str) -> str:
    """发文字号, two blank lines under the mark, and the red rule as wide as the type area (7.2.5, 7.2.7)."""
    return paragraph(house.NORMAL) * 2 + paragraph(house.NUMBER, text) + red_rule()


def signed_number(text: str, signers: Sequence[str]) -> str:
    """发文字号 of a 上行文 at the left and 签发人 at the right, two names a row (7.2.5, 7.2.6).

    The number stands on the row of the last name. Raises ValueError for no signer.
    """
    if not signers:
        raise ValueError("a paper to a superior has a signer")
    cell = house.SAN_HAO * 10  # twips of one 汉字 at its own width
    label, end = 4 * cell + _SLACK, house.CELL - _SLACK
    wide = [max(len(name) if name.isalnum() else 3 for name in signers[column::2]) * cell + _SLACK
            for column in range(min(2, len(signers)))]  # fmt: skip
    gap = cell if len(wide) == 2 else 0
    left = house.TYPE_WIDTH - label - sum(wide) - gap - end
    widths = [left, label, wide[0] + gap, *wide[1:], end]
    pairs = [signers[index : index + 2] for index in range(0, len(signers), 2)]
    rows = []
    for index, pair in enumerate(pairs):
        number = paragraph(house.NUMBER_LEFT, text if index == len(pairs) - 1 else "")
        marked = paragraph(house.SIGNER_LABEL, "" if index else "签发人：")
        names = [*pair, *[""] * (len(wide) - len(pair))]
        contents = [
            number,
            marked,
            *(paragraph(house.SIGNER, name) for name in names),
            paragraph(house.SIGNER),
        ]
        rows.append(
            frame_row(
                *(frame_cell(width, content) for width, content in zip(widths, contents, strict=True)),
                height=house.LINE_PITCH,
            )
        )
    return paragraph(house.NORMAL) * 2 + frame(widths, *rows) + red_rule()


def red_rule() -> str:
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="{house.RED_RULE}" w:space="0" w:color="{house.RED}"/></w:pBdr>'
    return paragraph(house.RED_LINE, properties=border)


def title(*lines: str) -> str:
    """The title; two blank lines above it, one below (7.3.1, 7.3.2). Each line is broken by sense where too long."""
    blank = paragraph(house.NORMAL)
    return blank * 2 + "".join(paragraph(house.TITLE, line) for line in lines) + blank


def briefing_head(name: str, issue: str, office: str, day: str, notice: str = "") -> str:
    """Name in red, issue, editor and date on one line, red rule; the upper third of page one.

    ``notice`` stands at the top left, such as 内部资料　注意保存; the name keeps its place.
    """
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{house.TYPE_WIDTH - house.CELL}"/></w:tabs>'
    above, lower = "", ""
    if notice:
        above = paragraph(house.GRADE, notice)
        lower = f'<w:spacing w:before="{house.BRIEF_NAME.before - house.LINE_PITCH}"/>'
    return (
        above
        + paragraph(house.BRIEF_NAME, name, properties=lower)
        + paragraph(house.BRIEF_ISSUE, issue)
        + paragraph(house.BRIEF_LINE, run(f"{office}\t{day}"), properties=tab)
        + red_rule()
    )
