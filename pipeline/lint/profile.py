"""The page profiles that are accepted: the usual one, and the stricter one of GB/T 33476.2."""

from dataclasses import dataclass

from pipeline.lint.docx_model import Section
from pipeline.word import house_style as house

NEAR = 15  # twips; less than anybody can see
ALLOWED = 57  # twips; the ±1 mm of 5.2.1


@dataclass(frozen=True)
class Profile:
    """Margins and pitch in twips."""

    name: str
    top: int
    right: int
    bottom: int
    left: int
    pitch: int

    def margins(self, section: Section) -> tuple[tuple[str, int, int], ...]:
        """(name, stated, asked) of each edge; a landscape sheet is the upright one turned clockwise (8)."""
        asked = (self.top, self.right, self.bottom, self.left)
        if section.width > section.height:
            asked = (self.left, self.top, self.right, self.bottom)
        stated = (section.top, section.right, section.bottom, section.left + section.gutter)
        return tuple(zip(("上", "右", "下", "左"), stated, asked, strict=True))

    def is_unturned(self, section: Section) -> bool:
        """Whether a landscape sheet keeps the margins of the upright one."""
        upright = (self.top, self.right, self.bottom, self.left)
        stated = (section.top, section.right, section.bottom, section.left + section.gutter)
        near = all(abs(one - other) <= ALLOWED for one, other in zip(stated, upright, strict=True))
        return near and section.width > section.height

    @property
    def lead_top(self) -> int:
        """How far the box of the lines reaches over the type area, whose first ink stands 37 mm under the edge."""
        return house.MARGIN_TOP - self.top

    @property
    def lead_bottom(self) -> int:
        return house.MARGIN_BOTTOM - self.bottom

    def distance(self, section: Section) -> int:
        return max(abs(stated - asked) for _, stated, asked in self.margins(section))


USUAL = Profile(
    "常用（天头37毫米、订口28毫米、行距28.95磅）",
    house.MARGIN_TOP,
    house.MARGIN_RIGHT,
    house.MARGIN_BOTTOM,
    house.MARGIN_LEFT,
    house.LINE_PITCH,
)
STRICT = Profile(
    "GB/T 33476.2从严（上34.58毫米、下32.58毫米、行距29.6磅）",
    house.STRICT_TOP,
    house.MARGIN_RIGHT,
    house.STRICT_BOTTOM,
    house.MARGIN_LEFT,
    house.STRICT_PITCH,
)


def profile_of(section: Section) -> Profile:
    """The strict profile where the section keeps it, else the usual one."""
    return STRICT if STRICT.distance(section) <= ALLOWED else USUAL
