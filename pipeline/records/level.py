"""The level of the place that issues (区, 县, 旗, 县级市), and how wording that names it is written.

A wording says ``{层级}`` where the level's word stands (``{层级}委、{层级}政府``), a template ``{{ 层级 }}``. ``Level.said``
puts the word in: 区委、区政府 or 县委、县政府.
"""

from enum import StrEnum
from functools import cache

_BLANK = "{层级}"
OFFICE = "{层级}重大办"  # who keeps the lists that no unit sends
_OFFICES = (OFFICE, "{层级}重点办")  # one office, two names in the measures


class Level(StrEnum):
    """The value is the word itself."""

    DISTRICT = "区"
    COUNTY = "县"
    BANNER = "旗"
    CITY = "市"  # 县级市

    def said(self, wording: str) -> str:
        """The wording with the level's word in each ``{层级}``."""
        return wording.replace(_BLANK, self.value)

    @property
    def office(self) -> str:
        """区重大办, 县重大办."""
        return self.said(OFFICE)


def at_each_level(*wordings: str) -> tuple[str, ...]:
    """Each wording as every level says it, once: what units may write."""
    return tuple(dict.fromkeys(level.said(wording) for wording in wordings for level in Level))


def without_level(wording: str) -> str:
    """重大办: true at every level."""
    return wording.replace(_BLANK, "")


@cache
def spellings(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """Each wording as every level says it and without a level, in the wordings' order."""
    return tuple(
        dict.fromkeys(spelt for wording in wordings for spelt in (*at_each_level(wording), without_level(wording)))
    )


def is_office(name: str) -> bool:
    """Whether a unit's name, without white space, is the office's own at any level."""
    return name in spellings(_OFFICES)
