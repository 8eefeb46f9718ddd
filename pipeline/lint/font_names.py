"""Which official family a printed font is, or stands in for; by the names that PDFs and systems use."""

from dataclasses import dataclass

from pipeline.word.house_style import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG

_GENUINE = {  # beginnings of names, small letters without marks
    FANGSONG: ("fangsong", "仿宋", "simfang", "方正仿宋", "华文仿宋", "stfangsong", "fzfsjw", "fzfsk"),
    KAITI: ("kaiti", "楷体", "simkai", "方正楷体", "华文楷体", "stkaiti", "fzktjw", "fzktk"),
    HEITI: ("simhei", "黑体", "方正黑体", "华文黑体", "stheiti", "fzhtjw", "fzhtk"),
    SONGTI: ("simsun", "nsimsun", "宋体", "新宋体", "方正书宋", "华文宋体", "stsong", "fzssjw", "fzssk"),
    XIAOBIAOSONG: (
        "方正小标宋", "小标宋", "fzxbsjw", "fzxbsk", "fzxiaobiaosong", "华文中宋", "stzhongsong",
    ),
}  # fmt: skip
# Free fonts whose proportions the house style was measured with; any other substitute proves nothing.
_MEASURED = {
    FANGSONG: ("fandolfang",),
    KAITI: ("fandolkai",),
    HEITI: ("fandolhei",),
    SONGTI: ("fandolsong",),
    XIAOBIAOSONG: ("notoserifcjk", "notoserifsc", "sourcehanserif"),
}


@dataclass(frozen=True)
class FontName:
    """A printed font. ``family`` is the official family it is or stands in for, "" for any other font."""

    name: str
    family: str
    genuine: bool


def official_family(name: str) -> str:
    """The official family that a document's font name means; "" for any other font."""
    return next((family for family, names in _GENUINE.items() if _begins(name, names)), "")


def printed_font(name: str) -> FontName:
    """The font behind a name in a PDF."""
    if family := official_family(name):
        return FontName(name, family, genuine=True)
    family = next((family for family, names in _MEASURED.items() if _begins(name, names)), "")
    return FontName(name, family, genuine=False)


def _begins(name: str, names: tuple[str, ...]) -> bool:
    return name.casefold().replace(" ", "").replace("-", "").startswith(names)
