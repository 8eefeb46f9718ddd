"""Packages written byte by byte, so that each rule of the format can be broken on its own."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

SHEET, BOOK, STRINGS, STYLES = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
TYPES = "[Content_Types].xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Formats by index: 0 General, then these.
FORMATS = (
    "yyyy/mm/dd",
    "0%",
    '0!.0,"万元"',
    "#,##0.00,,",
    ";;;",
    'yyyy"年"m"月"',
    '0.00"亿元"',
    "h:mm",
    "yyyy",
)
STRUCK = len(FORMATS) + 1  # the index of the format whose font is struck out


def cell(reference: str, stored: str, kind: str = "", style: int = 0, formula: str = "") -> str:
    """A cell with its stored value as XML."""
    attributes = f' r="{reference}"' + (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
    return f"<c{attributes}>{f'<f>{formula}</f>' if formula else ''}<v>{stored}</v></c>"


def text(reference: str, content: str) -> str:
    """An inline text."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(content)}</t></is></c>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A sheet around its rows."""
    return f'{HEAD}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def table(*rows: Sequence[str]) -> str:
    """Rows of texts and, where they begin with ``<``, of ready cells."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [
            each if each.startswith("<") else text(f"{chr(65 + index)}{number}", each) for index, each in enumerate(row)
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(lines)


def parts(rows: str, **more: str) -> dict[str, bytes]:
    """The parts of an honest workbook of one sheet; ``book`` adds to the workbook part, ``strings`` gives shared texts."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(FORMATS)
    )
    shapes = "<xf/>" + "".join(f'<xf numFmtId="{164 + n}" applyNumberFormat="1"/>' for n in range(len(FORMATS)))
    strings = more.get("strings", "")
    found = {
        TYPES: f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{BOOK}" ContentType="{_TYPE}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="{BOOK}"/></Relationships>',
        BOOK: f'{HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}">{more.get("properties", "")}<sheets>'
        f'<sheet name="台账" sheetId="1" r:id="rId1"{more.get("state", "")}/>{more.get("sheets", "")}</sheets>{more.get("book", "")}</workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        + (f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if strings else "")
        + more.get("relations", "")
        + "</Relationships>",
        STYLES: f'{HEAD}<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><fonts><font/><font><strike/></font></fonts>'
        f'<cellXfs>{shapes}<xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
        SHEET: rows if rows.startswith("<?xml") else sheet(rows),
    }  # fmt: skip
    if strings:
        found[STRINGS] = f'{HEAD}<sst xmlns="{_MAIN}">{strings}</sst>'
    return {name: content.encode("utf-8") for name, content in found.items()}


def package(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(rows: str, **more: str) -> bytes:
    """An honest package around the rows."""
    return package(parts(rows, **more))


def directory_entry(data: bytes, name: str) -> int:
    """Offset of a member's entry in the central directory."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name.encode())] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    return at


def patched(data: bytes, at: int, form: str, *values: int) -> bytes:
    """The bytes with some numbers written over."""
    changed = bytearray(data)
    struct.pack_into(form, changed, at, *values)
    return bytes(changed)
