"""Where in the two measures a duty stands."""

from dataclasses import dataclass
from enum import Enum

_DIGITS = "零一二三四五六七八九"


class Measure(Enum):
    """The two measures issued together on 2016-10-20; the value is the short Chinese title."""

    SPONSORSHIP = "包联办法"  # 重大项目包联工作管理办法, cited B
    KEY_PROJECTS = "重点办法"  # 重点项目管理办法（修订版）, cited K


def chinese_number(number: int) -> str:
    """``21`` → ``二十一``; below one hundred, as articles and items are."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones or not head else "")


@dataclass(frozen=True, order=True)
class Citation:
    """An article (条), its item (项) and sub-item (目).

    ``second`` marks the second of the two articles that 重点办法 numbers 第十九条.
    """

    measure_code: str  # "B" or "K"
    article: int
    item: int = 0
    sub_item: int = 0
    second: bool = False

    @property
    def measure(self) -> Measure:
        return Measure.SPONSORSHIP if self.measure_code == "B" else Measure.KEY_PROJECTS

    @property
    def code(self) -> str:
        """The short form used in code and tests: ``K-8(2)5``, ``K-19b``."""
        item = f"({self.item})" if self.item else ""
        return f"{self.measure_code}-{self.article}{'b' if self.second else ''}{item}{self.sub_item or ''}"

    def __str__(self) -> str:
        """The form for people: 《重点办法》第八条第（二）项第5目."""
        text = f"《{self.measure.value}》第{chinese_number(self.article)}条"
        if self.second:
            text += "（后一个）"
        if self.item:
            text += f"第（{chinese_number(self.item)}）项"
        if self.sub_item:
            text += f"第{self.sub_item}目"
        return text
