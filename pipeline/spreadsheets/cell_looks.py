"""Whether a person sees what stands in a cell: its letters' colour beside the cell's own, and their size."""

from collections.abc import Mapping
from dataclasses import dataclass

WHITE, BLACK = "FFFFFF", "000000"
LEAST_POINTS = 2  # below it letters are a dot, as in a row too low to be seen
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE}  # the others differ from palette to palette
_THEME = {"0": WHITE, "1": BLACK}  # the window's two; the others differ from theme to theme


@dataclass
class Font:
    """What matters of a font."""

    struck: bool = False
    colour: str = BLACK
    too_small: bool = False

    def flaw(self, fill: str) -> str:
        """Why what is written so must not be used: ``struck``, ``unseen`` or ``""``. ``fill``: "" where not plain."""
        if self.struck:
            return "struck"
        return "unseen" if self.too_small or self.colour == fill else ""


def colour_of(attributes: Mapping[str, str], otherwise: str) -> str:
    """A colour's RRGGBB, or a name that only an equal colour has; ``otherwise`` where the program chooses."""
    tint = "" if _is_zero(attributes.get("tint", "0")) else f" {attributes['tint']}"
    if rgb := attributes.get("rgb"):
        return rgb[-6:].upper() + tint
    if index := attributes.get("indexed"):
        return _INDEXED.get(index, f"indexed {index}") + tint
    if theme := attributes.get("theme"):
        return _THEME.get(theme, f"theme {theme}") + tint
    return otherwise


def is_too_small(points: str) -> bool:
    """Whether a font's size, as it is stored, is too small to be read."""
    try:
        return float(points) < LEAST_POINTS
    except ValueError:
        return False


def _is_zero(number: str) -> bool:
    try:
        return float(number) == 0
    except ValueError:
        return False
