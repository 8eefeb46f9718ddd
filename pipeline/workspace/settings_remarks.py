"""What a person should know of office.toml before papers are issued: names of another district, another encoding."""

from collections.abc import Iterator

from pipeline.records.level import Level
from pipeline.records.settings import OfficeSettings
from pipeline.workspace.edited_text import is_utf8
from pipeline.workspace.folders import Workspace

_EXAMPLE = OfficeSettings()
_NAMES = {"区委": "committee", "区政府": "government", "编印单位": "office"}


def settings_remarks(workspace: Workspace) -> tuple[str, ...]:
    """Sentences without a full stop; () where there is nothing to say. Raises ``WorkspaceError``."""
    settings = workspace.settings()
    return (*_encoding(workspace), *_names(settings))


def _encoding(workspace: Workspace) -> Iterator[str]:
    if not is_utf8((workspace.inputs / "office.toml").read_bytes()):
        yield "inputs/office.toml不是UTF-8编码，已照常读取；请用记事本打开，选“另存为”，编码选UTF-8"


def _names(settings: OfficeSettings) -> Iterator[str]:
    """Papers would go out in the name of another district, or of the example's."""
    if settings.sample:
        return
    if settings.district == _EXAMPLE.district:
        yield (
            f"inputs/office.toml的[办公室]“区名”还是“{_EXAMPLE.district}”，编成的文书都写这个名称；"
            "请改为本地名称，写明“层级”，并改“区委”“区政府”“机关代字”“编印单位”；确是样例的，写“样例 = true”"
        )
        return
    if not settings.district.endswith(settings.level):
        yield (
            f"inputs/office.toml的[办公室]“区名”是“{settings.district}”，“层级”是“{settings.level}”，两处不一致；"
            f"“层级”应为{'、'.join(Level)}之一，文书按此写“{settings.level}委”“全{settings.level}”"
        )
    others = [key for key, name in _NAMES.items() if settings.district not in getattr(settings, name)]
    if settings.committee_code == _EXAMPLE.committee_code:
        others.append("机关代字")
    if others:
        told = "、".join(f"“{key}”" for key in others)
        yield (
            f"inputs/office.toml的[办公室]“区名”是“{settings.district}”，{told}不是本{settings.level}的，编成的文书会写错；"
            "请逐项核对后改正"
        )
