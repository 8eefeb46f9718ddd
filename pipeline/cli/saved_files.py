"""How commands tell what became of the files that they wrote."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.cli.text_table import text_list
from pipeline.outputs.store import Saved, Written


def files_text(saved: Iterable[Saved], unit: str = "") -> str:
    """``新增12，另存1``: what became of files."""
    counts = Counter(each.outcome for each in saved)
    return "，".join(f"{each.value}{counts[each]}{unit}" for each in Written if counts[each])


def beside_text(lines: Sequence[str]) -> list[str]:
    """The files of a person that stay as they are, each with its new version."""
    return text_list("以下文件被人改过或正在使用，原文件未动，新版另存为", lines)
