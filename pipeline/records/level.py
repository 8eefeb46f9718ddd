"""The level of the place that issues (区, 县, 旗, 县级市), and how wording that names it is written.

Wording says ``{层级}`` where the level's word stands (``{层级}委、{层级}政府``), a template says ``{{ 层级 }}``. ``said``
puts the word in: 区委、区政府, 县委、县政府.
"""

import re
from enum import StrEnum

OFFICE = "重大办"  # who keeps the lists that no unit sends; by the measures 区重大办 and 区重点办 are one
_BLANK = "{层级}"


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
        return f"{self.value}{OFFICE}"


def at_each_level(*wordings: str) -> tuple[str, ...]:
    """Every wording as each level says it, for reading what units write."""
    return tuple(level.said(wording) for wording in wordings for level in Level)


_OFFICE = re.compile(rf"[{''.join(Level)}]?(?:{OFFICE}|重点办)")


def is_office(name: str) -> bool:
    """Whether a unit's name, without white space, is the office's own at any level."""
    return bool(_OFFICE.fullmatch(name))
