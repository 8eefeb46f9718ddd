"""``python -m tests.docs.kind_tables``: write the tables of the kinds of paper in both READMEs and outputs/README.md."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.papers.paper_kind import DraftedKind
from pipeline.papers.paper_kinds import KINDS

REPOSITORY = Path(__file__).parents[2]
_PERIODS = {"年度": "yearly", "月度": "monthly"}
_Row = Callable[[DraftedKind], Sequence[str]]


def _in_chinese(kind: DraftedKind) -> Sequence[str]:
    return f"`{kind.slug}`", kind.name, "、".join(map(str, kind.articles)), kind.period


def _in_english(kind: DraftedKind) -> Sequence[str]:
    return (
        f"`{kind.slug}`",
        kind.name,
        ", ".join(each.code for each in kind.articles),
        _PERIODS.get(kind.period, kind.period),
    )


def _folder(kind: DraftedKind) -> Sequence[str]:
    return f"`2027/{kind.folder}/`", kind.name, "、".join(map(str, kind.articles))


# File → the head of its table, and how a kind's row is written
TABLES: Mapping[str, tuple[Sequence[str], _Row]] = {
    "README.md": (("command name", "document", "articles", "when"), _in_english),
    "README.zh-CN.md": (("命令用名", "文书", "依据", "期间"), _in_chinese),
    "outputs/README.md": (("文件夹", "文书", "依据"), _folder),
}


def with_table(text: str, head: Sequence[str], row: _Row) -> str:
    """The text with every kind's row below the table's head; raises ValueError where the head does not stand."""
    before, title, after = text.partition(_line(head))
    if not title:
        raise ValueError(_line(head))
    lines = after.splitlines(keepends=True)
    while lines and lines[0].startswith("|"):
        lines.pop(0)
    rule = "|" + "---|" * len(head) + "\n"
    return "".join((before, title, rule, *(_line(row(kind)) for kind in KINDS), *lines))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    for name, (head, row) in TABLES.items():
        path = REPOSITORY / name
        path.write_text(with_table(path.read_text("utf-8"), head, row), "utf-8")
