"""Punctuation and numbers (GB/T 15834-2011, GB/T 15835-2011), and text that was never filled in."""

import re
from collections.abc import Callable, Iterator

from pipeline.lint.docx_model import Docx
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import filled, gathered
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import HAN

_H = f"[{HAN}]"
_HALF_WIDTH = re.compile(rf"{_H}[,;:!?()]|[,;:!?()]{_H}|{_H}[\"']|[\"']{_H}")
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "「": "」", "‘": "’"}
_CLOSING = {close: open_ for open_, close in _PAIRS.items()}
_BETWEEN = re.compile(r"》、《|”、“")
_DOTS = re.compile(r"(?<!…)…(?!…)|\.{3,}|。{2,}|(?<!—)—(?!—)(?=[，。])|，，|、、|。，|，。")
_NUMBERS = (
    (re.compile(r"(?<![\d年])\d{2}年\d{1,2}月|(?<!\d)[’']\d{2}年"), "年份应写全四位"),
    (re.compile(r"(?<![\dA-Za-z.．/])\.\d+(?![\dA-Za-z.])"), "小数点前的0不省略"),
    (
        re.compile(r"(?<![\d.%])\d+(?:\.\d+)?\s*[-—–~～－]\s*\d+(?:\.\d+)?[%％]"),
        "百分数范围的前一数也要写百分号，如60%～70%",
    ),
    (
        re.compile(r"(?<![\d.])\d+(?:\.\d+)?[-~～]\d+(?:\.\d+)?[万亿]"),
        "数值范围的“万”“亿”前后都写，如13万元～17万元",
    ),
    (
        re.compile(r"[一二〇○零三四五六七八九]{4}年\d{1,2}月|\d{4}年[一二三四五六七八九十]+月(?!份?[^\d]*[一二三])"),
        "同一日期不混用汉字和阿拉伯数字",
    ),
    (re.compile(r"[０-９]"), "阿拉伯数字用半角"),
    (
        re.compile(r"[○0]{1}[一二三四五六七八九]{2,3}年|二[○０0][一二三四五六七八九○０0]{2}年"),
        "汉字年份的零用“〇”",
    ),
)


def _running(document: Docx) -> Iterator[tuple[str, str]]:
    for item in document.everything:
        if item.plain and item.table is None and item.role not in (Role.PAGE_NUMBER, Role.NUMBER, Role.TABLE):
            yield item.place, item.text


def _matched(pattern: re.Pattern[str], found: str) -> Callable[[str], str]:
    """What the pattern matches first in a text, put into ``found``; ``""`` where it matches nothing."""

    def find(text: str) -> str:
        match = pattern.search(text)
        return found.format(match[0]) if match else ""

    return find


def _said(find: Callable[[str], str], asked: str) -> Callable[[Docx], Iterator[Remark]]:
    """A check on running text by what ``find`` sees in it."""
    return lambda document: gathered(
        ((place, found) for place, text in _running(document) if (found := find(text))), asked
    )


def _unfilled(document: Docx) -> Iterator[Remark]:
    return gathered(
        (item.place, f"留有待填的“{left[:20]}”")
        for item in document.everything
        if (left := document.unfilled(item.text))
    )


def _unbalanced(text: str) -> str:
    """What is left open or closed too often; ``""`` if all is paired."""
    stack: list[str] = []
    for index, mark in enumerate(text):
        if mark in _PAIRS:
            stack.append(mark)
        elif mark in _CLOSING:
            if (
                mark == "）"
                and (not stack or stack[-1] != "（")
                and text[max(0, index - 2) : index].strip("0123456789") == ""
            ):
                continue  # 1） as a number
            if not stack or stack[-1] != _CLOSING[mark]:
                return f"“{mark}”没有与之成对的前半" if mark != "”" else "后引号没有前引号"
            stack.pop()
    if not stack:
        return ""
    return "前引号没有后引号" if stack[-1] == "“" else f"“{stack[-1]}”没有与之成对的后半"


def _figures(document: Docx) -> Iterator[Remark]:
    for pattern, asked in _NUMBERS:
        yield from _said(_matched(pattern, "写作“{}”"), asked)(document)


def _no_page_without_text(document: Docx) -> Iterator[Remark]:
    """Tables are looked at too; the number of a page is none."""
    return gathered(
        (item.place, "写有“此页无正文”")
        for item in document.everything
        if item.role is not Role.PAGE_NUMBER and "此页无正文" in item.text.replace(" ", "")
    )


_half_width_mark = _matched(_HALF_WIDTH, "汉字旁有半角标点“{}”")
_half_width = _said(lambda text: "" if text.startswith("http") else _half_width_mark(text), "汉字文本用全角标点")
_needless = _said(_matched(_BETWEEN, "并列的书名号或引号之间有顿号“{}”"), "标有书名号、引号的并列成分之间通常不用顿号")
_repeated = _said(_matched(_DOTS, "标点写作“{}”"), "省略号为六点“……”，破折号占两字，标点不重复")

RULES = (
    rule("REND-02", "7.1", Severity.ERROR, "没有待填的字样", _unfilled, lambda document: "是模板，内容待填，成文后再查" if document.is_template else "", asked="应填写完整"),
    rule("BODY-08a", "GB/T 15834-2011", Severity.WARNING, "标点用全角", _half_width, filled),
    rule("BODY-08b", "GB/T 15834-2011", Severity.WARNING, "标点成对", _said(_unbalanced, "引号、括号、书名号应成对"), filled),
    rule("BODY-08c", "GB/T 15834-2011", Severity.NOTE, "书名号、引号之间不用顿号", _needless, filled),
    rule("BODY-08d", "GB/T 15834-2011", Severity.WARNING, "省略号等写法", _repeated, filled),
    rule("BODY-09", "GB/T 15835-2011", Severity.WARNING, "数字写法", _figures, filled),
    rule("SIGN-04b", "7.3.5.5", Severity.ERROR, "不用“此页无正文”", _no_page_without_text, filled, asked="应调整行距、字距使署名与正文同处一面"),
)  # fmt: skip
