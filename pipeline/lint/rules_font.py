"""Families, sizes and colours of each element (5.2.2, 5.2.4, 7.2–7.5)."""

import re
from collections.abc import Callable, Iterator

from pipeline.lint.docx_model import Docx, Paragraph, Run
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import filled, gathered, lenient, leniently, official, points
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import HAN_ONE
from pipeline.word import house_style as house

_FAMILIES = {
    house.FANGSONG: ("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312", "方正仿宋_GBK", "方正仿宋_GB2312", "方正仿宋简体",
                     "华文仿宋", "STFangsong", "仿宋_GB18030"),
    house.KAITI: ("楷体_GB2312", "楷体", "KaiTi", "KaiTi_GB2312", "方正楷体_GBK", "方正楷体_GB2312", "方正楷体简体", "华文楷体", "STKaiti"),
    house.HEITI: ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "方正黑体_GB2312", "华文黑体", "STHeiti"),
    house.SONGTI: ("宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "方正书宋简体"),
    house.XIAOBIAOSONG: ("方正小标宋简体", "方正小标宋_GBK", "方正小标宋_GB18030", "小标宋", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S",
                         "小标宋体", "方正小标宋_GB2312"),
}  # fmt: skip
_NEAR = {house.XIAOBIAOSONG: ("华文中宋", "STZhongsong")}  # what an office without 小标宋 falls back to
_ASKED = {
    **dict.fromkeys((Role.MARK, Role.TITLE, Role.ANNEX_TITLE, Role.BRIEF_NAME), (house.XIAOBIAOSONG,)),
    **dict.fromkeys((Role.SECRECY, Role.URGENCY, Role.HEADING_1, Role.ANNEX_LABEL), (house.HEITI,)),
    **dict.fromkeys(
        (
            Role.ADDRESSEE, Role.HEADING_3, Role.HEADING_4, Role.ANNEX_NOTE, Role.SIGNATURE, Role.DATE, Role.REMARK,
            Role.IMPRINT, Role.IMPRINT_LINE,
        ),
        (house.FANGSONG,),
    ),
    **dict.fromkeys((Role.NUMBER, Role.SIGNER, Role.BRIEF_LINE), (house.FANGSONG, house.KAITI)),
    Role.HEADING_2: (house.KAITI,),
    Role.BODY: (house.FANGSONG, house.KAITI, house.HEITI),
    Role.COPY_NUMBER: (house.FANGSONG, house.SONGTI, house.HEITI),
    Role.BRIEF_ISSUE: (house.FANGSONG, house.KAITI, house.SONGTI),
}  # fmt: skip
_SIZES = {
    **dict.fromkeys(_ASKED, house.SAN_HAO),
    Role.TITLE: house.ER_HAO,
    Role.ANNEX_TITLE: house.ER_HAO,
    Role.IMPRINT: house.SI_HAO,
    Role.IMPRINT_LINE: house.SI_HAO,
    Role.PAGE_NUMBER: house.SI_HAO,
}
_FREE_SIZE = {Role.MARK, Role.BRIEF_NAME}
_WORD = re.compile(r"\w")
_WHOLE_WIDTH = frozenset("“”‘’·—…")


def _runs(item: Paragraph) -> Iterator[Run]:
    return (run for run in item.runs if run.text.strip(" 　\n\t"))


def _is(family: str, wanted: str) -> bool:
    return family.split(",")[0].strip() in _FAMILIES[wanted]


def _families(document: Docx) -> Iterator[Remark]:
    seen: dict[str, list[tuple[str, str]]] = {}
    near: list[tuple[str, str]] = []
    for item in document.everything:
        wanted = _ASKED.get(item.role)
        for run in _runs(item) if wanted else ():
            family = run.format.han
            if not wanted or not HAN_ONE.search(run.text) or any(_is(family, name) for name in wanted):
                continue
            found = f"{item.role.value}用“{family}”" if family else f"{item.role.value}没有指定中文字体"
            if family in _NEAR.get(wanted[0], ()):
                near.append((item.place, found))
            else:
                seen.setdefault(f"应为{wanted[0]}", []).append((item.place, found))
            break
    for asked, pairs in seen.items():
        yield from gathered(pairs, asked)
    yield from gathered(near, f"应为{house.XIAOBIAOSONG}，没有该字体时才以中宋代替", Severity.WARNING)
    numbers = []
    for item in document.of(Role.PAGE_NUMBER):
        wrong = next((run for run in _runs(item) if not _is(_figures(run), house.SONGTI)), None)
        if wrong is not None:
            numbers.append((item.place, f"页码用“{_figures(wrong)}”"))
    yield from gathered(numbers, f"应为{house.SONGTI}")


def _figures(run: Run) -> str:
    return run.format.latin or run.format.han


def _sizes(document: Docx) -> Iterator[Remark]:
    seen: dict[str, list[tuple[str, str]]] = {}
    for item in document.everything:
        wanted = _SIZES.get(item.role)
        if wanted is None or item.role in _FREE_SIZE:
            continue
        wrong = next((run for run in _runs(item) if abs(run.format.size - wanted) > 0), None)
        if wrong is not None:
            found = f"{item.role.value}字号为{points(wrong.format.size)}"
            seen.setdefault(f"应为{points(wanted)}", []).append((item.place, found))
    for asked, pairs in seen.items():
        yield from gathered(pairs, asked)


def _plain(trait: str, word: str) -> Callable[[Docx], Iterator[Remark]]:
    """A check that no text outside tables has a trait of ``RunFormat``."""
    return lambda document: gathered(
        (
            (item.place, word)
            for item in document.everything
            if item.table is None and any(getattr(run.format, trait) for run in _runs(item))
        ),
        "公文各部分以字体区分，不加粗、不倾斜、不加下划线",
    )


def _themed(document: Docx) -> Iterator[Remark]:
    return gathered(
        (item.place, "用的是主题字体") for item in document.everything if any(run.format.themed for run in _runs(item))
    )


def _punctuation_font(document: Docx) -> Iterator[Remark]:
    hinted: list[tuple[str, str]] = []
    plain: list[tuple[str, str]] = []
    for item in document.everything:
        for run in _runs(item):
            if not _WHOLE_WIDTH.intersection(run.text) or item.role is Role.PAGE_NUMBER:
                continue
            look = run.format
            if look.han == look.latin == look.other or not look.han:
                continue
            (hinted if look.hint == "eastAsia" else plain).append(
                (item.place, "引号、破折号等由西文字体显示，只占半字")
            )
            break
    yield from gathered(plain)
    yield from gathered(hinted, severity=lenient(document, Severity.NOTE))


def _red_text(document: Docx) -> Iterator[Remark]:
    allowed = {Role.MARK, Role.BRIEF_NAME, Role.RED_LINE}
    seen, other = [], []
    for item in document.everything:
        for run in _runs(item):
            look = run.format
            if item.role in allowed or look.is_black or document.unfilled(item.text) or not _WORD.search(run.text):
                continue
            if look.is_red:
                seen.append((item.place, "文字为红色"))
            elif look.colour != "FFFFFF":
                other.append((item.place, f"文字颜色为{look.colour}"))
            break
    yield from gathered(seen, "红色只用于发文机关标志和版头分隔线，其余应为黑色")
    yield from gathered(other, "文字应为黑色", Severity.WARNING)


def _red_mark(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.MARK, Role.BRIEF_NAME):
        if not all(run.format.is_red for run in _runs(item)):
            yield Remark(item.place, f"{item.role.value}不是红色")


RULES = (
    rule("FONT-01", "5.2.2、7.2–7.5", Severity.ERROR, "各部分的字体", _families, official),
    rule("FONT-02", "5.2.2、7.2–7.5", Severity.ERROR, "各部分的字号", _sizes, official),
    rule("FONT-03a", "7.3.3", Severity.WARNING, "不加粗", _plain("bold", "文字加粗"), official),
    rule("FONT-03b", "7.3.3", Severity.WARNING, "不倾斜", _plain("italic", "文字倾斜"), official),
    rule("FONT-03c", "7.3.3", Severity.WARNING, "不加下划线", _plain("underline", "文字加下划线"), official),
    rule("FONT-03d", "5.2.2", Severity.WARNING, "不用主题字体", leniently(_themed, Severity.NOTE), asked="应直接指定字体，主题字体随电脑而变"),
    rule("FONT-04", "5.2.2", Severity.WARNING, "标点用中文字体", _punctuation_font, official, asked="引号、间隔号、破折号、省略号所在文字的西文字体也应设为中文字体"),
    rule("FONT-06a", "5.2.4", Severity.ERROR, "文字为黑色", _red_text, official),
    rule("FONT-06b", "7.2.4", Severity.ERROR, "标志为红色", _red_mark, filled, asked="应为红色"),
)  # fmt: skip
