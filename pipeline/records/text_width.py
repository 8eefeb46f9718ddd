"""How wide mixed text is where a 汉字 is as wide as two Latin letters: in a sheet's columns, in a terminal.

On a page, whose lines are filled to the last half point, ``word.cells`` measures what the two keep apart as well.
"""

from unicodedata import east_asian_width


def shown_width(text: str) -> int:
    """In half-width characters; a mark such as “ or — is as wide as a 汉字, in whose font it stands."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(mark) in "WFA" else 1 for mark in text)


def lines_needed(text: str, width: int) -> int:
    """How many lines of ``width`` half-width characters a text takes; it keeps its own line breaks."""
    return sum(max(1, -(-shown_width(line) // width)) for line in text.split("\n"))
