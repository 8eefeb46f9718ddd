"""Gives each paragraph its role: by the named style where there is one, by how it reads elsewhere."""

import re
from dataclasses import replace

from pipeline.lint import text_patterns as patterns
from pipeline.lint.docx_model import Docx, Paragraph
from pipeline.lint.roles_named import HEADINGS, Role, named_role
from pipeline.lint.text_patterns import squeezed

_MARK_SIZE = 44  # half-points; nothing else in red is as large
_TITLE_SIZE = 36
_TITLE_LENGTH = 80
_HEADING_LENGTH = 45
_TITLE_WORDS = (
    "通知", "通报", "请示", "报告", "函", "决定", "意见", "方案", "计划", "说明", "总结", "讲话", "讲话稿", "批复",
)  # fmt: skip
_LEVELS = (patterns.HEADING_1, patterns.HEADING_2, patterns.HEADING_3, patterns.HEADING_4)
_SIGNATURE_LENGTH = 60
_TEMPLATE_TAGS = ("{%p ", "{%tr ")  # lines of a template that leave no trace
_BLANK_DATES = ("[日期]", "［日期］", "【日期】", "[成文日期]")
_SEAL_NOTE = re.compile(r"^[〔\[［【（(](?:(?!印章|盖章|用印|签章).)*+(?:印|盖|用|签).*[〕\]］】）)]$")


def with_roles(document: Docx) -> Docx:
    """The document with every paragraph's role."""
    first = [replace(item, role=_certain(item)) for item in document.paragraphs]
    _title(first)
    _head(first)
    _after_title(first)
    _annexes(first)
    _annex_notes(first)
    _signatures(first)
    _rest(first)
    stories = {
        name: replace(story, paragraphs=tuple(replace(item, role=_certain(item)) for item in story.paragraphs))
        for name, story in document.stories.items()
    }
    return replace(document, paragraphs=tuple(first), stories=stories)


def _set(items: list[Paragraph], index: int, role: Role) -> None:
    items[index] = replace(items[index], role=role)


def _certain(item: Paragraph) -> Role:
    """The role by style, then by what can't be mistaken; OTHER where it is still open."""
    named = named_role(item.style)
    if item.text.startswith(_TEMPLATE_TAGS):
        return Role.PLACEHOLDER
    if named is Role.PLACEHOLDER or (named is Role.RED_LINE and item.is_blank):
        return named
    if item.is_blank:
        return Role.RED_LINE if item.format.is_ruled_red else Role.BLANK
    if not item.plain:
        return Role.PLACEHOLDER  # it only holds a drawing
    if named is not None:
        return _refined(named, item)
    return _by_text(item)


def _refined(named: Role, item: Paragraph) -> Role:
    """Some of our styles serve two parts of the paper."""
    text = squeezed(item.text)
    if named in (Role.SIGNATURE, Role.DATE):
        return Role.DATE if patterns.DATE_LIKE.match(text) else Role.SIGNATURE
    if named in (Role.SECRECY, Role.URGENCY, Role.COPY_NUMBER):
        return _grade(text) or named
    if named is Role.IMPRINT and patterns.ISSUED.search(text):
        return Role.IMPRINT_LINE
    if named is Role.NUMBER and patterns.SIGNER.search(text) and not patterns.NUMBER_LIKE.match(text):
        return Role.SIGNER
    if named is Role.CAPTION or (named is Role.TABLE and item.table is None):
        return Role.CAPTION
    return named


def _grade(text: str) -> Role | None:
    if text.isdigit():
        return Role.COPY_NUMBER
    if patterns.SECRECY.match(text):
        return Role.SECRECY
    return Role.URGENCY if patterns.URGENCY.match(text) else None


def _by_text(item: Paragraph) -> Role:
    text = squeezed(item.text)
    if item.is_red and item.size >= _MARK_SIZE and patterns.HAN_PAIR.search(text):
        return Role.BRIEF_NAME if patterns.BRIEF_WORDS.search(text) else Role.MARK
    if patterns.ISSUED.search(text):
        return Role.IMPRINT_LINE
    if text.startswith(("抄送：", "抄送:", "抄报：", "抄报:")):
        return Role.IMPRINT
    if item.table is not None and item.box is None:
        return _in_table(item, text)
    if any(field.split()[:1] == ["PAGE"] for field in item.fields):
        return Role.PAGE_NUMBER
    return Role.OTHER


def _in_table(item: Paragraph, text: str) -> Role:
    if patterns.NUMBER_LIKE.match(text) and len(text) < 40:
        return Role.NUMBER
    return Role.SIGNER if patterns.SIGNER.match(text) else Role.TABLE


def _is_open(item: Paragraph) -> bool:
    return item.role is Role.OTHER and item.box is None and item.table is None


def _title(items: list[Paragraph]) -> None:
    """The first line that is set or named as a title, with the lines that continue it."""
    if any(item.role is Role.TITLE for item in items):
        return
    start = next((item.index for item in items[:60] if _is_open(item) and _like_title(item)), None)
    if start is None:
        return
    size = items[start].size
    for index in range(start, min(start + 5, len(items))):
        item = items[index]
        if not (_is_open(item) and item.size == size and _centred(item)) and index > start:
            break
        if squeezed(item.text).endswith(("：", ":")) and index > start:
            break
        _set(items, index, Role.TITLE)


def _centred(item: Paragraph) -> bool:
    return item.format.align in ("center", "distribute")


def _like_title(item: Paragraph) -> bool:
    text = squeezed(item.text)
    if patterns.NUMBER_LIKE.match(text) or patterns.SECRECY.match(text) or patterns.ISSUE.match(text):
        return False
    if len(text) > _TITLE_LENGTH or len(text) < 2 or text.endswith(("。", "：", ":", "；")) or text.isdigit():
        return False
    if patterns.DATE_LIKE.match(text) or any(level.match(text) for level in _LEVELS):
        return False
    if item.style.lower() in ("title", "标题"):
        return True
    by_words = text.endswith(_TITLE_WORDS) and "关于" in text
    return by_words or (_centred(item) and (item.size >= _TITLE_SIZE or text.endswith(_TITLE_WORDS)))


def _first(items: list[Paragraph], role: Role) -> int:
    return next((item.index for item in items if item.role is role), -1)


def _head(items: list[Paragraph]) -> None:
    """What stands above the title: number, signer, grades, a briefing's issue and editor."""
    end = _first(items, Role.TITLE)
    end = 40 if end < 0 else end
    for item in items[:end]:
        text = squeezed(item.text)
        if item.role is not Role.OTHER or not text:
            continue
        if patterns.NUMBER_LIKE.match(text) and len(text) < 60:
            _set(items, item.index, Role.NUMBER)
        elif patterns.SIGNER.match(text):
            _set(items, item.index, Role.SIGNER)
        elif patterns.ISSUE.match(text) and len(text) < 24:
            _set(items, item.index, Role.BRIEF_ISSUE)
        elif patterns.SECRECY.match(text) and len(text) < 12:
            _set(items, item.index, Role.SECRECY)
        elif patterns.URGENCY.match(text):
            _set(items, item.index, Role.URGENCY)
        elif text.isdigit() and len(text) <= 8:
            _set(items, item.index, Role.COPY_NUMBER)


def _after_title(items: list[Paragraph]) -> None:
    """The addressee: the first line under the title if it ends with a colon."""
    if any(item.role is Role.ADDRESSEE for item in items):
        return
    end = max((item.index for item in items if item.role is Role.TITLE), default=-1)
    for item in items[end + 1 :] if end >= 0 else ():
        if item.role in (Role.BLANK, Role.PLACEHOLDER) or item.box is not None:
            continue
        text = squeezed(item.text)
        short = len(text) < 400 and "。" not in text and not any(level.match(text) for level in _LEVELS)
        if _is_open(item) and text.endswith(("：", ":")) and short and not patterns.ANNEX_NOTE.match(text):
            _set(items, item.index, Role.ADDRESSEE)
        return


def _annexes(items: list[Paragraph]) -> None:
    """附件n on a line of its own, and the centred line after it."""
    for item in list(items):
        if not (_is_open(item) and patterns.ANNEX_LABEL.match(squeezed(item.text))):
            continue
        _set(items, item.index, Role.ANNEX_LABEL)
        following = next((x for x in items[item.index + 1 :] if x.role not in (Role.BLANK, Role.PLACEHOLDER)), None)
        if following is not None and _is_open(following) and _centred(following):
            _set(items, following.index, Role.ANNEX_TITLE)


def _annex_notes(items: list[Paragraph]) -> None:
    """附件： and the numbered lines under it."""
    inside = False
    for item in list(items):
        text = squeezed(item.text)
        if _is_open(item) and patterns.ANNEX_NOTE_LOOSE.match(text) and len(text) < 120:
            _set(items, item.index, Role.ANNEX_NOTE)
            inside = True
        elif inside and _is_open(item) and patterns.ANNEX_ITEM.match(text) and not text.endswith("。"):
            _set(items, item.index, Role.ANNEX_NOTE)
        elif item.role is not Role.BLANK:
            inside = False


def _signatures(items: list[Paragraph]) -> None:
    """A date on a line of its own, the names above it, a bracketed note under it."""
    for item in list(items):
        text = squeezed(item.text)
        if not (_is_open(item) and (patterns.DATE_LIKE.match(text) or text in _BLANK_DATES)):
            continue
        _set(items, item.index, Role.DATE)
        _names_above(items, item.index)
        for below in items[item.index + 1 : item.index + 3]:
            if _is_open(below) and patterns.REMARK.match(squeezed(below.text)):
                _set(items, below.index, Role.REMARK)


def _names_above(items: list[Paragraph], date: int) -> None:
    for above in reversed(items[max(0, date - 8) : date]):
        bare = squeezed(above.text)
        if above.role is Role.BLANK:
            continue
        if not _is_open(above) or not _may_sign(bare):
            break
        if _SEAL_NOTE.match(bare):
            _set(items, above.index, Role.PLACEHOLDER)
        elif not patterns.REMARK.match(bare):
            _set(items, above.index, Role.SIGNATURE)


def _may_sign(bare: str) -> bool:
    """Whether a line above the date can belong to the signature: short, no sentence, heading or note on the text."""
    if len(bare) > _SIGNATURE_LENGTH or bare.endswith(("。", "：", "；", "，", ".")):
        return False
    if any(level.match(bare) for level in _LEVELS):
        return False
    return bool(_SEAL_NOTE.match(bare)) or "正文" not in bare


def _rest(items: list[Paragraph]) -> None:
    """Headings and text; what lies before the title or in a box stays open."""
    start = _first(items, Role.TITLE)
    for item in list(items):
        if item.role is not Role.OTHER or item.box is not None or item.index < start:
            continue
        if item.style.lower().startswith(("toc", "caption", "table", "image", "footnote", "header", "footer")):
            continue
        _set(items, item.index, heading_role(item.text) or Role.BODY)


def heading_role(text: str) -> Role | None:
    """The level of a heading that stands alone; None for running text, though it may begin with a number."""
    bare = squeezed(text)
    if len(bare) > _HEADING_LENGTH or "。" in bare[:-1] or bare.endswith(("。", "；", "：")):
        return None
    return next((role for level, role in zip(_LEVELS, HEADINGS, strict=True) if level.match(bare)), None)
