"""Reading a finished .docx back, independently of the code that wrote it."""

import io
import zipfile

from lxml import etree

from pipeline.word.house_style import BODY
from pipeline.word.ooxml import Section, docx, paragraph
from pipeline.word.template_check import TemplateProblem, check_template
from pipeline.word.vocabulary import Names

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def paragraphs(data: bytes, name: str = "word/document.xml") -> list[str]:
    """Every paragraph's text, line breaks and tabs included, older copies of text boxes left out."""
    found = []
    for element in etree.fromstring(part(data, name)).iter(f"{W}p"):
        if any(parent.tag == FALLBACK for parent in element.iterancestors()):
            continue
        pieces = []
        for inner in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
            in_properties = next(inner.iterancestors(f"{W}pPr"), None) is not None
            if in_properties or next(inner.iterancestors(f"{W}p")) is not element:
                continue
            pieces.append((inner.text or "") if inner.tag == f"{W}t" else "\n" if inner.tag == f"{W}br" else "\t")
        found.append("".join(pieces))
    return found


def text_of(data: bytes) -> str:
    return "\n".join(paragraphs(data))


def problems_of(data: bytes, name: str, names: Names) -> list[TemplateProblem]:
    """What is wrong with a template; one that can be used is compiled, any other is not."""
    template, problems = check_template(data, name, names)
    assert (template is None) == bool(problems)
    return problems


def small_template(*texts: str) -> bytes:
    """A template of plain paragraphs."""
    return docx((Section("portrait", tuple(paragraph(BODY, text) for text in texts)),))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced or added, as another program would write it."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sink,
    ):
        for entry in source.namelist():
            if entry != name:
                sink.writestr(entry, source.read(entry))
        sink.writestr(name, content)
    return target.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def with_related(
    data: bytes,
    name: str,
    content: bytes,
    relation: str,
    content_type: str = "",
    source: str = "word/document.xml",
) -> bytes:
    """The package with a part that ``source`` refers to by a relation of this type, as another program adds one.

    ``relation`` is the type, or its last word where it is an office one; ``content_type`` "" leaves it to the suffix.
    """
    if content_type:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
        types = part(data, "[Content_Types].xml").replace(b"</Types>", override)
        data = with_part(data, "[Content_Types].xml", types)
    return with_relation(with_part(data, name, content), relation, f"/{name}", source)


def with_relation(data: bytes, relation: str, target: str, source: str = "word/document.xml", mode: str = "") -> bytes:
    """The package with one relation more; ``source`` "" is the package itself."""
    folder, _, base = source.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels".removeprefix("/")
    kind = relation if ":" in relation else _OFFICE + relation
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        there = rels in archive.namelist()
    none = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    text = part(data, rels) if there else none
    identifier, mode = f"rIdAdded{text.count(b'<Relationship ')}", f' TargetMode="{mode}"' if mode else ""
    line = f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    return with_part(data, rels, text.replace(b"</Relationships>", line.encode()))
