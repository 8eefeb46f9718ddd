"""Width of text in cells: a 汉字 is one cell, a Latin letter or figure a half, and the two keep a little apart."""

JOINT = 0.22  # between a 汉字 and a Latin character: Word leaves a quarter, LibreOffice a fifth of a cell
_WIDE_LATIN = "—…“”‘’·"  # these stand in the Han font, one cell wide


def is_narrow(character: str) -> bool:
    return character.isascii() or character in "\u00a0"


def cells(text: str) -> float:
    """The width of one line of text in cells of its own size."""
    width, before = 0.0, ""
    for character in text:
        narrow = is_narrow(character)
        width += 0.5 if narrow else 1.0
        if before and narrow != is_narrow(before) and _meets(before) and _meets(character):
            width += JOINT
        before = character
    return width


def _meets(character: str) -> bool:
    """Marks and spaces keep no distance of their own."""
    return character.isalnum() and character not in _WIDE_LATIN
