"""Adds one confirmed rename to office.toml; every other line, comments too, stays as the office wrote it."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from pipeline.errors import WorkspaceError
from pipeline.files.disk_trouble import reason
from pipeline.outputs.whole_file import write_whole
from pipeline.workspace.edited_text import edited_text, is_utf8
from pipeline.workspace.office_toml import load_settings, toml_entry

_SECTION = "项目更名"
_HEAD = re.compile(r"""^\s*+\[\s*+["']?([^"'\]\[]++)["']?\s*+\]\s*+(?:#.*)?$""")


def add_rename(path: Path, old: str, new: str) -> bool:
    """Append ``"old" = "new"`` under ``[项目更名]``; False where it stands there already.

    Raises ``WorkspaceError``, with the file as it was, where the file can't be read or written or the entry
    contradicts an earlier one.
    """
    present = load_settings(path).renames.get(old)
    if present == new:
        return False
    if present is not None:
        raise WorkspaceError(f"{path}的[{_SECTION}]已写明“{old}”改为“{present}”，没有改动，请先核对")
    try:
        before = path.read_bytes()
        if not is_utf8(before):
            before = edited_text(before).encode("utf-8")  # written back as it should be
        after = _with_entry(before.decode("utf-8"), toml_entry(old, new)).encode("utf-8")
        _only_added(path, before, after, old, new)
        write_whole(path, after)
    except OSError as problem:
        raise WorkspaceError(f"无法写入{path}：{reason(problem)}") from None
    return True


def _with_entry(text: str, entry: str) -> str:
    """The text with one more line at the end of the section, or with the section at the end of the file."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    heads = [(index, match[1].rstrip()) for index, line in enumerate(lines) if (match := _HEAD.match(line))]
    start = next((index for index, name in heads if name.lstrip("\ufeff") == _SECTION), None)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    if start is None:
        return "".join([*lines, f'{end}["{_SECTION}"]{end}', entry + end])
    stop = _last_line(lines, start, next((index for index, _ in heads if index > start), len(lines)))
    return "".join([*lines[:stop], entry + end, *lines[stop:]])


def _last_line(lines: list[str], start: int, stop: int) -> int:
    """Where the section ends; blank lines, and a comment that stands over the next head, stay below."""
    over = stop
    while over > start + 1 and lines[over - 1].lstrip().startswith("#"):
        over -= 1
    if not lines[over - 1].strip():
        stop = over
    while stop > start + 1 and not lines[stop - 1].strip():
        stop -= 1
    return stop


def _only_added(path: Path, before: bytes, after: bytes, old: str, new: str) -> None:
    """Whether the changed file says the same and the rename besides; raises ``WorkspaceError`` otherwise."""
    by_hand = f"请在{path}的[{_SECTION}]中自行加上一行：{toml_entry(old, new)}"
    try:
        wanted, found = (
            tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal) for data in (before, after)
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise WorkspaceError(f"{path}的写法较特别，没有改动。{by_hand}") from None
    wanted.setdefault(_SECTION, {})[old] = new
    if wanted != found:
        raise WorkspaceError(f"{path}的写法较特别，没有改动。{by_hand}")
