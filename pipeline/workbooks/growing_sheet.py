"""A worksheet with rows that begin at a stated height and grow with what is typed into them."""

from typing import Any

from xlsxwriter.worksheet import Worksheet


class GrowingSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter is untyped
    """xlsxwriter states every height as fixed (``customHeight``); a fixed row hides a text that needs more lines."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def start_row(self, row: int, height: float) -> None:
        """Points; the office program makes the row higher, or lower, once somebody writes in it."""
        self.set_row(row, height)
        self._growing.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[Any]) -> None:
        if tag == "row" and dict(attributes)["r"] in self._growing:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
