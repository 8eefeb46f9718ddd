"""styles.xml: copies of the unit's own cell formats with another fill, and the formats of the 问题清单."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.records.severity import Severity
from pipeline.workbooks.marked_workbook import splicing
from pipeline.workbooks.marked_workbook.entry import UnmarkableError

# Pale enough to read print on; of a hue that nobody picks by hand, so that our own fills are known again
FILL_COLOURS = {Severity.ERROR: "FFFDC5C9", Severity.WARNING: "FFFDE9A3", Severity.ADVICE: "FFD3E5F7"}
DARK_COLOURS = {
    Severity.ERROR: "FFB0262C",
    Severity.WARNING: "FF8C5A06",
    Severity.ADVICE: "FF2A5783",
}  # under white text
_OUR_COLOURS = frozenset(each.encode() for each in (*FILL_COLOURS.values(), *DARK_COLOURS.values()))
_MAX_FORMATS = 64_000  # cell formats that Excel can hold
_FOREGROUND = re.compile(rb"<(?:\w+:)?fgColor((?:\s[^<>]*?)?)/?>")
_BACKGROUND = re.compile(rb"<(?:\w+:)?bgColor((?:\s[^<>]*?)?)/?>")
_WHITE = re.compile(rb"""<(?:\w+:)?color\s(?:[^<>]*\s)?(?:rgb="FFFFFFFF"|theme="0"|indexed="(?:1|9)")\s*/?>""")
_SOLID = re.compile(rb"""patternType\s*=\s*["']solid["']""")
_NO_COLOUR = b' indexed="64"'


@dataclass
class _List:
    """One list of styles.xml, such as <fills>, and what is put behind it."""

    element: splicing.Element
    count: int
    added: list[str] = field(default_factory=list)

    def add(self, xml: str) -> int:
        if xml in self.added:
            return self.count + self.added.index(xml)
        self.added.append(xml)
        return self.count + len(self.added) - 1


class StyleBook:
    """The formats of a workbook; asks for new ones give their numbers, ``content`` the part with them.

    ``keeps_back_colours``: the program that saved the workbook left the back colours of solid fills as they were.

    Raises ``UnmarkableError`` where the part isn't built as the standard has it.
    """

    def __init__(self, data: bytes, *, keeps_back_colours: bool = True) -> None:
        splicing.require_utf8(data)
        splicing.require_well_formed(data)
        self._data = data
        self._keeps_back_colours = keeps_back_colours
        top = splicing.root(data)
        self._prefix = top.prefix
        parts = splicing.children(data, top)
        self._lists: dict[str, _List] = {}
        for name, entry in (("fonts", "font"), ("fills", "fill"), ("borders", "border"), ("cellXfs", "xf")):
            element = splicing.only(parts, name)
            if element is None:
                raise UnmarkableError("文件内部缺少单元格格式")
            entries = splicing.children(data, element)
            if any(each.name != entry for each in entries):  # readers would count them differently
                raise UnmarkableError("文件内部的单元格格式有误")
            self._lists[name] = _List(element, len(entries))
        self._formats = splicing.children(data, self._lists["cellXfs"].element)
        self._fonts = splicing.children(data, self._lists["fonts"].element)
        self._fills = splicing.children(data, self._lists["fills"].element)
        self._marked: dict[tuple[int, Severity | None], int] = {}

    def tag(self, name: str) -> str:
        return f"{self._prefix}{name}"

    def add(self, name: str, xml: str) -> int:
        """Number of a new entry of <fonts>, <fills>, <borders> or <cellXfs>."""
        number = self._lists[name].add(xml)
        if number >= _MAX_FORMATS:
            raise UnmarkableError("工作簿的单元格格式过多")
        return number

    def marked(self, base: int, severity: Severity | None) -> int:
        """The format ``base`` with the severity's fill; None takes a fill of ours away again."""
        key = (base, severity)
        if key not in self._marked:
            self._marked[key] = self._make(base, severity)
        return self._marked[key]

    def is_marked(self, base: int) -> bool:
        """Whether a cell of this format was coloured by an earlier return."""
        fill = self._fill_of(base)
        found = _FOREGROUND.search(fill)
        return bool(_SOLID.search(fill) and found and any(colour in found[1] for colour in _OUR_COLOURS))

    def _make(self, base: int, severity: Severity | None) -> int:
        if not 0 <= base < len(self._formats):
            raise UnmarkableError("文件内部的单元格格式有误")
        if severity is None:
            original = self._unit_colour(base)
            if not self.is_marked(base):
                return base
            fill = self._solid(original, _NO_COLOUR) if original else 0
        else:
            # The unit's own colour is kept as the back colour, which a solid fill doesn't show
            colours = DARK_COLOURS if _WHITE.search(self._part_of(base, "fontId", self._fonts)) else FILL_COLOURS
            colour = f' rgb="{colours[severity]}"'.encode()
            fill = self._solid(colour, self._unit_colour(base) or _NO_COLOUR)
        element = self._formats[base]
        attributes = splicing.with_attribute(element.attributes, "fillId", str(fill))
        attributes = splicing.with_attribute(attributes, "applyFill", "1")
        opening = splicing.retagged(element, attributes).new
        return self.add("cellXfs", (opening + self._data[element.inside : element.end]).decode("utf-8"))

    def _fill_of(self, base: int) -> bytes:
        return self._part_of(base, "fillId", self._fills)

    def _part_of(self, base: int, name: str, listed: Sequence[splicing.Element]) -> bytes:
        """The fill or font that a format names, as written; b"" where it names none."""
        number = self._formats[base].get(name) if 0 <= base < len(self._formats) else None
        if number is None or not number.isdecimal() or splicing.whole_number(number) >= len(listed):
            return b""
        element = listed[splicing.whole_number(number)]
        return self._data[element.start : element.end]

    def _unit_colour(self, base: int) -> bytes:
        """The colour (attributes as written) of the unit's own solid fill, b"" where it has none."""
        fill = self._fill_of(base)
        if not _SOLID.search(fill) or (self.is_marked(base) and not self._keeps_back_colours):
            return b""
        found = (_BACKGROUND if self.is_marked(base) else _FOREGROUND).search(fill)
        return found[1].rstrip() if found and b'indexed="64"' not in found[1] else b""

    def _solid(self, colour: bytes, behind: bytes) -> int:
        fill, pattern = self.tag("fill"), self.tag("patternFill")
        front, back = self.tag("fgColor"), self.tag("bgColor")
        return self.add(
            "fills",
            f'<{fill}><{pattern} patternType="solid"><{front}{colour.decode()}/><{back}{behind.decode()}/>'
            f"</{pattern}></{fill}>",
        )

    def content(self) -> bytes:
        """The part with everything that was asked for."""
        changes: list[splicing.Change] = []
        for each in self._lists.values():
            if each.added:
                counted = splicing.with_attribute(each.element.attributes, "count", str(each.count + len(each.added)))
                changes += [
                    splicing.retagged(each.element, counted),
                    splicing.appended(each.element, "".join(each.added)),
                ]
        data = splicing.spliced(self._data, changes)
        splicing.require_well_formed(data)
        return data
