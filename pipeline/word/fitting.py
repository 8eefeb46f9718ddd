"""What can only be settled once the text is there: long marks narrowed, titles broken, signatures placed.

It works on styles, so a template that a clerk edited is fitted like ours; text that still holds a tag is left.
"""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from pipeline.word import house_style as house
from pipeline.word.cells import cells
from pipeline.word.house_style import Style
from pipeline.word.namespaces import W
from pipeline.word.paragraph_text import own_text
from pipeline.word.titles import OWN_BREAK, break_title

_W = f"{{{W}}}"
TITLES = (house.TITLE.identifier, house.TABLE_TITLE.identifier)
_MARKS = (house.MARK.identifier, house.LETTER_MARK.identifier)
_NAMES = {
    house.SEALED_NAME.identifier: house.SEALED_DATE.identifier,
    house.UNSEALED_NAME.identifier: house.UNSEALED_DATE.identifier,
}
# the styles that are fitted, each with the style of the line that closes its block
FITTED: Mapping[str, str] = {
    **dict.fromkeys((*TITLES, *_MARKS, *_NAMES.values()), ""),
    **_NAMES,
}
_AFTER_WIDTH = tuple(f"{_W}{name}" for name in ("kern", "position", "sz", "szCs", "highlight", "u", "lang"))
_EMPTY_EDGE = 4.0  # points kept free in a mark's column
_NARROWEST = 33  # per cent; below it characters are no longer read
_WIDTH = 28  # cells of a line


def fit(root: etree._Element, styles: Mapping[str, Style]) -> bool:
    """Fit a part in place; says whether anything was changed."""
    tagged = list(_styled(root, styles))
    changed = [_break_title(paragraph) for paragraph, style in tagged if style in TITLES]
    changed += [_narrow(group) for group in _columns(paragraph for paragraph, style in tagged if style in _MARKS)]
    changed += [_place(*block) for block in _signatures(tagged)]
    return any(changed)


def _styled(root: etree._Element, styles: Mapping[str, Style]) -> Iterator[tuple[etree._Element, str]]:
    for reference in root.iter(f"{_W}pStyle"):
        style, properties = styles.get(reference.get(f"{_W}val", "")), reference.getparent()
        paragraph = properties.getparent() if properties is not None else None
        if style is not None and paragraph is not None:
            yield paragraph, style.identifier


def title_lines(text: str) -> tuple[str, ...]:
    """The lines of a title that must be broken; nothing for one that stays as it is."""
    if "{" in text or "\n" in text:
        return ()
    lines = break_title(text)
    return lines if len(lines) > 1 or OWN_BREAK in text else ()


def _break_title(paragraph: etree._Element) -> bool:
    text = own_text(paragraph)
    lines = title_lines(text)
    if not lines:
        return False
    kept, starts = _kept(text, lines)
    offset = 0
    for element in list(paragraph.iter(f"{_W}t")):
        whole = element.text or ""
        _rewrite(element, [(offset + index in starts, character) for index, character in enumerate(whole)
                           if offset + index in kept])  # fmt: skip
        offset += len(whole)
    return True


def _kept(text: str, lines: Iterable[str]) -> tuple[set[int], set[int]]:
    """Which characters stay, and which begin a line (the first line excepted)."""
    kept: set[int] = set()
    starts: set[int] = set()
    position = 0
    for number, line in enumerate(lines):
        position = text.index(line[0], position)
        if number:
            starts.add(position)
        for character in line:
            position = text.index(character, position)
            kept.add(position)
            position += 1
    return kept, starts


def _rewrite(element: etree._Element, characters: list[tuple[bool, str]]) -> None:
    run = element.getparent()
    if run is None:
        return
    place, current = run.index(element), element
    element.text = ""
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for starts, character in characters:
        if starts:
            current = etree.Element(f"{_W}t")
            current.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            current.text = ""
            run.insert(place + 1, etree.Element(f"{_W}br"))
            run.insert(place + 2, current)
            place += 2
        current.text = (current.text or "") + character


def _columns(marks: Iterable[etree._Element]) -> Iterator[list[etree._Element]]:
    """Marks that stand over one another: the same column of the same table."""
    groups: dict[tuple[int, str], list[etree._Element]] = {}
    alive = list(marks)  # kept, so that no two elements share an address
    for mark in alive:
        table = next(mark.iterancestors(f"{_W}tbl"), None)
        groups.setdefault((id(table) if table is not None else id(mark), _cell_width(mark)), []).append(mark)
    yield from groups.values()


def _cell_width(paragraph: etree._Element) -> str:
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    width = cell.find(f"{_W}tcPr/{_W}tcW") if cell is not None else None
    return width.get(f"{_W}w", "") if width is not None else str(house.TYPE_WIDTH)


def _narrow(group: list[etree._Element]) -> bool:
    """Set the characters' width so that the longest name of the column fits on its line."""
    texts = [own_text(mark) for mark in group]
    longest = max(cells(text) for text in texts)
    if not longest or any("{" in text for text in texts):
        return False
    room = int(_cell_width(group[0])) / 20 - _EMPTY_EDGE
    scale = max(_NARROWEST, min(100, int(room / (longest * house.MARK_SIZE / 2) * 100)))
    if scale == 100:
        return False
    for mark in group:
        for run in mark.iter(f"{_W}r"):
            properties = run.find(f"{_W}rPr")
            if properties is None:
                properties = etree.Element(f"{_W}rPr")
                run.insert(0, properties)
            for old in properties.findall(f"{_W}w"):
                properties.remove(old)
            width = etree.Element(f"{_W}w")
            width.set(f"{_W}val", str(scale))
            later = next((child for child in properties if child.tag in _AFTER_WIDTH), None)
            if later is None:
                properties.append(width)
            else:
                later.addprevious(width)
    return True


def _signatures(
    tagged: list[tuple[etree._Element, str]],
) -> Iterator[tuple[list[etree._Element], etree._Element, bool]]:
    """Each run of names with the date under them, and whether seals go on them."""
    names: list[etree._Element] = []
    kind = ""
    for paragraph, style in tagged:
        if style in _NAMES:
            names = [*names, paragraph] if style == kind else [paragraph]
            kind = style
        elif names and style == _NAMES[kind]:
            yield names, paragraph, kind == house.SEALED_NAME.identifier
            names, kind = [], ""
        else:
            names, kind = [], ""


def _place(names: list[etree._Element], day: etree._Element, sealed: bool) -> bool:
    """Left indents from the widths of names and date (7.3.5.1, 7.3.5.2)."""
    widths, date = [cells(own_text(name)) for name in names], cells(own_text(day))
    if any("{" in own_text(line) for line in (*names, day)):
        return False
    if sealed:
        start = max(0.0, _WIDTH - 4 - date)
        places = [max(0.0, min(start + (date - width) / 2, _WIDTH - width)) for width in widths]
    else:
        first = max(0.0, _WIDTH - 2 - max(widths))
        start = first + 2
        if start + date > _WIDTH - 2:  # the date is the longer: it keeps two cells, the names move left
            start = _WIDTH - 2 - date
            first = max(0.0, start - 2)
        places = [first] * len(widths)
    for line, place in zip((*names, day), (*places, start), strict=True):
        _indent(line, round(place * house.CELL))
    return True


def _indent(paragraph: etree._Element, left: int) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return
    for old in [*properties.findall(f"{_W}ind"), *properties.findall(f"{_W}jc")]:
        properties.remove(old)
    indent, align = etree.Element(f"{_W}ind"), etree.Element(f"{_W}jc")
    for side, value in (("left", left), ("right", 0), ("firstLine", 0)):
        indent.set(f"{_W}{side}", str(value))
    align.set(f"{_W}val", "left")
    later = next((child for child in properties if child.tag in (f"{_W}outlineLvl", f"{_W}rPr", f"{_W}sectPr")), None)
    if later is None:
        properties.extend([indent, align])
    else:
        later.addprevious(indent)
        later.addprevious(align)
