"""The sample year as a county would keep it: every 区 that is the level's word is 县, in ledgers, names and settings."""

import io
import re
import shutil
import zipfile
from pathlib import Path

# 区 in other words: 经开区, 片区, 工作区, A区, 区域
LEVEL_WORD = re.compile(r"(?<![作开片景院小社灌户城园厂中假聚地发扩东街A-Z])区(?![域分间])")
_IN_XLS = re.compile(b"(..)" + "区".encode("utf-16-le"), re.DOTALL)  # with the character before it


def as_county(text: str) -> str:
    """全区 → 全县, 区工信局 → 县工信局, 示例区 → 示例县; 经开区 stays."""
    return LEVEL_WORD.sub("县", text)


def county_workspace(repository: Path, root: Path) -> Path:
    """A workspace at ``root`` with the sample year of a county."""
    for source in sorted((repository / "inputs").rglob("*")):
        if source.is_file():
            target = root / "inputs" / as_county(str(source.relative_to(repository / "inputs")))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_as_county(source))
    shutil.copytree(repository / "templates", root / "templates")
    (root / "outputs").mkdir()
    return root


def _as_county(source: Path) -> bytes:
    data = source.read_bytes()
    if source.name == "office.toml":
        return "\n".join(map(_setting, data.decode("utf-8").splitlines())).encode("utf-8")
    if source.suffix == ".csv":
        encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
        return as_county(data.decode(encoding)).encode(encoding)
    if source.suffix == ".xls":  # the same length in UTF-16, so that no offset moves
        return _IN_XLS.sub(lambda found: as_county(found[0].decode("utf-16-le")).encode("utf-16-le"), data)
    return _package(source) if source.suffix == ".xlsx" else data


def _setting(line: str) -> str:
    """The keys of office.toml are the same at every level."""
    key, equals, value = line.partition(" = ")
    if line.startswith("#"):
        return line
    return f'{key} = "县"' if key == '"层级"' else key + equals + as_county(value)


def _package(source: Path) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, as_county(part.decode("utf-8")) if name.endswith(".xml") else part)
    return target.getvalue()
