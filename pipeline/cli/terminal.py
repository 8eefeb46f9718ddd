"""How wide the screen is, and text laid into that width."""

import os
import re
import shutil
import sys

import click

from pipeline.records.text_width import shown_width

WITHOUT_TERMINAL = 120  # columns of a table that goes to a file or to another program
_LEAST = 40  # a narrower screen breaks the lines itself
# What stays together, with its brackets and marks: a command to be typed, a run of Latin letters, figures and signs, or
# one other character (with the ``.xlsx`` of a file or the ``!L8`` of a sheet that it ends).
_PIECE = re.compile(r"[（《“‘【]*(?:gongwen [^”]{1,30}(?=”)|[!-~]+|[^!-~](?:[.!][!-~]+)?)[，。、；：！？）》”’】]*")


def on_screen() -> bool:
    """Whether a person sees the output: at a terminal, or where COLUMNS says how wide one is."""
    return sys.stdout.isatty() or "COLUMNS" in os.environ


def screen_width() -> int:
    """In half-width characters; 120 where there is no terminal."""
    if not on_screen():
        return WITHOUT_TERMINAL
    return max(_LEAST, shutil.get_terminal_size((WITHOUT_TERMINAL, 24)).columns)


def wrapped(text: str, width: int, indent: str = "") -> str:
    """The text in lines of at most ``width``; all but the first begin with ``indent``."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        for part in _parts(piece, width - len(indent)):
            if line.strip() and shown_width(line + part) > width:
                lines.append(line.rstrip())
                line = indent + part.lstrip()
            else:
                line += part
    return "\n".join([*lines, line.rstrip()])


def _parts(piece: str, width: int) -> list[str]:
    """The piece, or its characters where it is longer than a line."""
    return [piece] if shown_width(piece) <= width else list(piece)


def paragraph(text: str, indent: str | None = None) -> str:
    """Sentences for the reader, one a line: laid into lines on a screen, left whole where they go to a file or a program.

    A line that goes on begins with ``indent``; without it two columns deeper than an indented line began.
    """
    if not on_screen():
        return text
    return "\n".join(
        wrapped(line, screen_width(), _deeper(line) if indent is None else indent) for line in text.split("\n")
    )


def _deeper(line: str) -> str:
    blanks = len(line) - len(line.lstrip(" "))
    return " " * (blanks + 2) if blanks else ""


def say(text: str, *, err: bool = False) -> None:
    """Print sentences as ``paragraph`` lays them."""
    click.echo(paragraph(text), err=err)
