"""inputs/office.toml written: complete for a new workspace, and later one confirmed rename at a time."""

import codecs
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import tomlkit
from tomlkit.items import Table, Whitespace

from pipeline.errors import WorkspaceError
from pipeline.files.disk_trouble import reason
from pipeline.outputs.whole_file import write_whole
from pipeline.records.office_setting import OFFICE, lines_of, sections_of, tables_of
from pipeline.records.settings import OfficeSettings
from pipeline.workspace.edited_text import edited_text
from pipeline.workspace.office_toml import load_settings

_RENAMES = "项目更名"


def office_toml_text(settings: OfficeSettings | None = None) -> str:
    """A complete office.toml with every setting explained; ``settings`` gives the values, else the defaults."""
    office = settings or OfficeSettings()
    document = tomlkit.document()
    document.add(tomlkit.comment("本办公室的设定。用记事本或WPS打开修改均可，保存为UTF-8。"))
    document.add(tomlkit.comment("等号左边的名称不要改；文字要加英文引号；以#开头的行是说明。"))
    document.add(OFFICE, _explained(office))
    for attribute, name in sections_of(office):
        document.add(name, _explained(getattr(office, attribute)))
    for name, explanation, entries in tables_of(office):
        table = tomlkit.table()
        table.add(tomlkit.comment(explanation))
        for key, value in entries.items():
            table.add(key, _item(value))
        document.add(name, table)
    return document.as_string()


def _explained(settings: object) -> Table:
    """A section with every line of its settings; a day that is not set stands as an example."""
    table = tomlkit.table()
    for attribute, line in lines_of(settings):
        value = getattr(settings, attribute)
        table.add(tomlkit.comment(line.explanation))
        if value is None:
            table.add(tomlkit.comment(f'"{line.key}" = {line.example}'))
        else:
            table.add(line.key, _item(value))
    return table


def _item(value: object) -> object:
    """What tomlkit writes: of a decimal number the digits that it has, of one of several texts the text."""
    if isinstance(value, StrEnum):
        return value.value
    return tomlkit.value(str(value)) if isinstance(value, Decimal) else value


def add_rename(path: Path, old: str, new: str) -> bool:
    """Add ``"old" = "new"`` to ``[项目更名]``; False where it stands there already.

    Every other line, comments too, stays as the office wrote it. Raises ``WorkspaceError``, with the file as
    it was, where the file can't be read or written or the entry contradicts an earlier one.
    """
    present = load_settings(path).renames.get(old)
    if present == new:
        return False
    if present is not None:
        raise WorkspaceError(f"{path}的[{_RENAMES}]已写明“{old}”改为“{present}”，没有改动，请先核对")
    try:
        before = path.read_bytes()
        text = edited_text(before)
        ends = "\r\n" if 0 < text.count("\n") == text.count("\r\n") else "\n"
        document = tomlkit.parse(text.replace(ends, "\n"))
        table = document.setdefault(_RENAMES, tomlkit.table())
        if not isinstance(table, Table):  # in braces, or in several places
            raise WorkspaceError(
                f"{path}的写法较特别，没有改动。请在{path}的[{_RENAMES}]中自行加上一行："
                + tomlkit.dumps({old: new}).strip()
            )
        _append(table, old, new)
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        write_whole(path, mark + document.as_string().replace("\n", ends).encode("utf-8"))
    except OSError as problem:
        raise WorkspaceError(f"无法写入{path}：{reason(problem)}") from None
    return True


def _append(table: Table, key: str, value: str) -> None:
    """Put a line under the table's last one; a blank line and a comment over the next head stay below."""
    body = table.value.body
    under = 1 + max((index for index, (known, _) in enumerate(body) if known), default=-1)
    while under < len(body) and not isinstance(body[under][1], Whitespace):
        under += 1
    below = body[under:]
    del body[under:]
    table.append(key, value)
    body.extend(below)
