"""Measuring a rendered page in millimetres from the sheet's top left corner: ink by colour, text by its boxes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pypdfium2

_DPI = 254  # ten pixels a millimetre
Pixels = Any
_Mask = Callable[[Pixels], Pixels]


@dataclass(frozen=True)
class Band:
    """A rectangle of ink, in mm."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def red(pixels: Pixels) -> Pixels:
    return (pixels[..., 0] > 150) & (pixels[..., 1] < 140) & (pixels[..., 2] < 140)


def dark(pixels: Pixels) -> Pixels:
    return pixels.max(axis=-1) < 140


class Page:
    """One page of a PDF."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.width, self.height = (side * 25.4 / 72 for side in page.get_size())

    @cached_property
    def pixels(self) -> Pixels:
        return np.asarray(self._page.render(scale=_DPI / 72).to_pil().convert("RGB")).astype(int)

    @cached_property
    def _characters(self) -> list[tuple[str, Band]]:
        text = self._page.get_textpage()
        found = []
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index, loose=False)
            character = text.get_text_range(index, 1)
            if character.strip():
                millimetre = 25.4 / 72
                found.append((character, Band(left * millimetre, self.height - top * millimetre, right * millimetre,
                                              self.height - bottom * millimetre)))  # fmt: skip
        return found

    @cached_property
    def text(self) -> str:
        return "".join(character for character, _ in self._characters)

    def place(self, text: str, occurrence: int = 0) -> Band:
        """Where a text stands (white space left out); ValueError where it does not."""
        wanted, start = "".join(text.split()), -1
        for _ in range(occurrence + 1):
            start = self.text.index(wanted, start + 1)
        boxes = [box for _, box in self._characters[start : start + len(wanted)]]
        return Band(min(box.left for box in boxes), min(box.top for box in boxes), max(box.right for box in boxes),
                    max(box.bottom for box in boxes))  # fmt: skip

    def lines(self, top: float = 0, bottom: float = 400) -> list[Band]:
        """The lines of text between two heights, by the boxes of their characters."""
        rows: list[list[Band]] = []
        for _, box in sorted(self._characters, key=lambda each: (each[1].bottom, each[1].left)):
            if not top <= box.bottom <= bottom:
                continue
            if rows and box.top < max(each.bottom for each in rows[-1]) - 1.2:
                rows[-1].append(box)
            else:
                rows.append([box])
        return [Band(min(b.left for b in row), min(b.top for b in row), max(b.right for b in row),
                     max(b.bottom for b in row)) for row in rows]  # fmt: skip

    def ink(self, mask: _Mask, top: float = 0, bottom: float = 400, left: float = 0, right: float = 400) -> Band | None:
        """The box around all ink of a colour inside an area."""
        ten = [round(edge * 10) for edge in (top, bottom, left, right)]
        part = mask(self.pixels[ten[0] : ten[1], ten[2] : ten[3]])
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if not rows.size:
            return None
        return Band(
            left + columns[0] / 10,
            top + rows[0] / 10,
            left + (columns[-1] + 1) / 10,
            top + (rows[-1] + 1) / 10,
        )

    def rules(self, mask: _Mask, least: float = 100) -> list[Band]:
        """Horizontal rules at least so long, from top to bottom."""
        matched = mask(self.pixels)
        long = matched.sum(axis=1) >= least * 10
        edges = np.flatnonzero(np.diff(np.concatenate(([False], long, [False])).astype(int)))
        found = []
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            columns = np.flatnonzero(matched[start:end].any(axis=0))
            found.append(Band(columns[0] / 10, start / 10, (columns[-1] + 1) / 10, end / 10))
        return found


def pages(pdf: bytes) -> list[Page]:
    """Every page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    return [Page(document[number]) for number in range(len(document))]
