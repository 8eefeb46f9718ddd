"""Width of text in cells: a 汉字 is one cell, a Latin letter or figure a half, and the two keep a little apart."""

from functools import lru_cache

JOINT = 0.22  # between a 汉字 and a Latin character: Word leaves a quarter, LibreOffice a fifth of a cell
_WIDE_LATIN = "—…“”‘’·"  # these stand in the Han font, one cell wide


def is_narrow(character: str) -> bool:
    return character.isascii() or character in "\u00a0"


def cells(text: str) -> float:
    """The width of one line of text in cells of its own size."""
    return reaches(text)[-1]


def reaches(text: str) -> list[float]:
    """How wide the text is up to each of its characters, from 0 to the whole."""
    width, found, before = 0.0, [0.0], None
    for character in text:
        own, meets = _measured(character)
        if meets is not before and meets is not None and before is not None:
            width += JOINT
        width += own
        found.append(width)
        before = meets
    return found


@lru_cache(maxsize=8192)
def _measured(character: str) -> tuple[float, bool | None]:
    """A character's own width, and whether it is Latin; None for a mark or a space, which keep no distance."""
    narrow = is_narrow(character)
    return 0.5 if narrow else 1.0, narrow if character.isalnum() and character not in _WIDE_LATIN else None
