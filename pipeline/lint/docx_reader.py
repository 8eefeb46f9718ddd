"""Bytes → Docx: walks the parts, resolves every format, then gives each paragraph its role and the paper its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.lint.docx_model import Box, Docx, Paragraph, Section, Settings, Story, Table
from pipeline.lint.form import form_of
from pipeline.lint.formats import Styles, Theme, paragraph_format
from pipeline.lint.package_parts import Package, UnreadableDocxError, read_package
from pipeline.lint.paragraph_content import content_of
from pipeline.lint.properties import Properties, attribute, child, is_on, local, read
from pipeline.lint.roles import with_roles
from pipeline.lint.roles_named import HOUSE_NAMES
from pipeline.lint.sections import section
from pipeline.lint.shapes import shapes
from pipeline.lint.table_reading import table_of
from pipeline.word.namespaces import MC
from pipeline.word.placeholder_marks import NO_NAMES, PlaceholderNames

PARAGRAPH_LIMIT = 40_000
_DEPTH = 40  # tables in tables and boxes in boxes
_CONTAINERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
_STORIES = {"header": "页眉", "footer": "页脚"}


@dataclass
class _Place:
    """Where the walk stands."""

    table: int | None = None
    table_style: str = ""
    row: int = 0
    column: int = 0
    box: int | None = None


@dataclass
class _Walk:
    """One part being read."""

    styles: Styles
    part: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table | None] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    section_elements: list[etree._Element] = field(default_factory=list)

    def blocks(self, container: etree._Element, place: _Place, depth: int = 0) -> None:
        if depth > _DEPTH:
            return
        for element in container:
            name = local(element)
            if name == "p":
                self.paragraph(element, place, depth)
            elif name == "tbl":
                self.table(element, place, depth)
            elif name in _CONTAINERS:
                self.blocks(element, place, depth + 1)
            elif element.tag == f"{{{MC}}}AlternateContent":
                choice = element.find(f"{{{MC}}}Choice")
                if choice is not None:
                    self.blocks(choice, place, depth + 1)
            elif name == "sectPr":
                self.section_elements.append(element)

    def paragraph(self, element: etree._Element, place: _Place, depth: int) -> None:
        if len(self.paragraphs) >= PARAGRAPH_LIMIT:
            raise UnreadableDocxError(f"段落超过{PARAGRAPH_LIMIT}个，不予检查")
        properties = child(element, "pPr")
        direct: dict[str, dict[str, str]] = read(properties)
        style = direct.get("pStyle", {}).get("val", "") or self.styles.default_paragraph
        table = place.table_style
        content = content_of(element, lambda character, props: self.styles.run(style, table, character, props))
        mark_properties = read(child(properties, "rPr"))
        mark = self.styles.run(style, table, mark_properties.pop("rStyle", {}).get("val", ""), mark_properties)
        effective: Properties = self.styles.paragraph(style, table, direct)
        break_element = child(properties, "sectPr")
        size = content.runs[0].format.size if content.runs else mark.size
        self.paragraphs.append(
            Paragraph(
                index=len(self.paragraphs),
                part=self.part,
                text=content.text,
                runs=tuple(content.runs),
                style=self.styles.name(style),
                format=paragraph_format(effective, size),
                mark=mark,
                table=place.table,
                row=place.row,
                column=place.column,
                box=place.box,
                section=len(self.section_elements),
                page_break=content.page_break,
                break_first=content.break_first,
                ends_section=break_element is not None,
                drawing=bool(content.shapes),
                fields=tuple(content.fields),
            )
        )
        for holder in content.shapes:
            for shape in shapes(holder, self.part, len(self.boxes)):
                self.boxes.append(shape.box)
                if shape.content is not None:
                    self.blocks(shape.content, replace(place, box=shape.box.index, table=None), depth + 1)
        if break_element is not None and place.box is None:
            self.section_elements.append(break_element)

    def table(self, element: etree._Element, place: _Place, depth: int) -> None:
        index = len(self.tables)
        self.tables.append(None)
        style = attribute(child(element, "tblPr/tblStyle"))
        nested = place.table is not None
        rows = [item for item in element.iter() if local(item) == "tr" and _owner(item) is element]
        for number, row in enumerate(rows):
            cells = [item for item in row.iter() if local(item) == "tc" and _owner(item) is element]
            for column, cell in enumerate(cells):
                self.blocks(cell, _Place(index, style, number, column, place.box), depth + 1)
        texts = _cell_texts(self.paragraphs, index)
        self.tables[index] = table_of(
            element, rows, texts, index, self.part, nested, place.box, len(self.section_elements)
        )


def _owner(element: etree._Element) -> etree._Element | None:
    return next((item for item in element.iterancestors() if local(item) == "tbl"), None)


def _cell_texts(paragraphs: list[Paragraph], table: int) -> Mapping[tuple[int, int], str]:
    texts: dict[tuple[int, int], list[str]] = {}
    for paragraph in reversed(paragraphs):
        if paragraph.table is not None and paragraph.table < table:
            break
        if paragraph.table is None and paragraph.box is None:
            break
        if paragraph.table == table:
            texts.setdefault((paragraph.row, paragraph.column), []).append(paragraph.text)
    return {key: "\n".join(reversed(value)) for key, value in texts.items()}


def _story(package: Package, name: str, kind: str, styles: Styles) -> Story:
    walk = _Walk(styles, _STORIES[kind])
    walk.blocks(package.parts[name], _Place())
    return Story(name, tuple(walk.paragraphs), tuple(walk.boxes), package.parts[name])


def _settings(root: etree._Element | None) -> Settings:
    properties = read(root)
    return Settings(
        is_on(properties, "evenAndOddHeaders"),
        is_on(properties, "mirrorMargins"),
        properties.get("characterSpacingControl", {}).get("val", ""),
    )


def read_docx(data: bytes, name: str, placeholders: PlaceholderNames = NO_NAMES, *, is_template: bool = False) -> Docx:
    """The document in ``data``; UnreadableDocxError with a Chinese reason if it can't be read."""
    package = read_package(data)
    styles = Styles(package.related("styles"), Theme(package.related("theme")))
    body = child(package.document, "body")
    if body is None:
        raise UnreadableDocxError("不是Word文档（没有正文部分）")
    walk = _Walk(styles, "正文")
    walk.blocks(body, _Place())
    targets = {relation.identifier: relation.part for relation in package.relations}
    sections: list[Section] = []
    for element in walk.section_elements:
        sections.append(section(element, len(sections), targets, sections[-1] if sections else None))
    stories = {
        relation.part: _story(package, relation.part, relation.kind, styles)
        for relation in package.relations
        if relation.kind in _STORIES and relation.part in package.parts
    }
    ours = any(paragraph.style in HOUSE_NAMES for paragraph in walk.paragraphs)
    document = Docx(
        name,
        package,
        tuple(walk.paragraphs),
        tuple(table for table in walk.tables if table is not None),
        tuple(walk.boxes),
        tuple(sections),
        stories,
        _settings(package.related("settings")),
        ours,
        is_template=is_template,
        placeholders=placeholders,
    )
    document = with_roles(document)
    return replace(document, form=form_of(document))
