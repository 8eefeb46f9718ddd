"""A fontconfig file of our own: stand-ins behind the official font names, for one conversion only.

Stand-ins are appended to the family asked for, so an installed official font always wins. Nothing outside
the conversion's own temporary folder is touched.
"""

import os
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.word.house_style import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG

# Each official family: its other names, and the free fonts that may stand in for it, best first
OTHER_NAMES = {
    XIAOBIAOSONG: (
        "方正小标宋_GBK", "方正小标宋简", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "小标宋体", "华文中宋",
        "STZhongsong",
    ),
    FANGSONG: (
        "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "方正仿宋简体", "华文仿宋", "STFangsong",
    ),
    KAITI: ("KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "方正楷体简体", "华文楷体", "STKaiti"),
    HEITI: ("SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti"),
    SONGTI: ("SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "华文宋体", "STSong"),
}  # fmt: skip
STAND_INS = {
    XIAOBIAOSONG: ("Noto Serif CJK SC", "Source Han Serif SC", "FandolSong"),
    FANGSONG: ("FandolFang", "FandolFang R", "AR PL UMing CN"),
    KAITI: ("FandolKai", "AR PL KaitiM GB", "AR PL UKai CN", "LXGW WenKai"),
    HEITI: ("FandolHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei"),
    SONGTI: ("FandolSong", "Noto Serif CJK SC", "AR PL SungtiL GB"),
}
_LATIN = {"Times New Roman": ("Liberation Serif",)}
_SYSTEM_FILES = (
    "/etc/fonts/fonts.conf",
    "/usr/local/etc/fonts/fonts.conf",
    "/opt/homebrew/etc/fonts/fonts.conf",
)


def _alias(family: str, stand_ins: tuple[str, ...], weight: str = "") -> str:
    names = "".join(f"<string>{escape(name)}</string>" for name in stand_ins)
    return (
        f'<match target="pattern"><test qual="any" name="family" compare="eq"><string>{escape(family)}</string>'
        f'</test><edit name="family" mode="append" binding="same">{names}</edit>{weight}</match>\n'
    )


def fonts_file_text(system_file: str | None = None) -> str:
    """The file's text; it includes ``system_file`` or, without one, wherever systems keep theirs."""
    bold = '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
    sources = (system_file,) if system_file else _SYSTEM_FILES
    includes = "".join(f'<include ignore_missing="yes">{escape(each)}</include>\n' for each in sources)
    aliases = [
        _alias(name, STAND_INS[official], bold if official == XIAOBIAOSONG else "")
        for official, others in OTHER_NAMES.items()
        for name in (official, *others)
    ]
    aliases += [_alias(family, stand_ins) for family, stand_ins in _LATIN.items()]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>\n{includes}{''.join(aliases)}</fontconfig>\n"
    )


def write_fonts_file(folder: Path) -> Path:
    """Write it into ``folder``; a file that the user's own FONTCONFIG_FILE names is included."""
    path = folder / "fonts.conf"
    path.write_text(fonts_file_text(os.environ.get("FONTCONFIG_FILE")), "utf-8")
    return path
