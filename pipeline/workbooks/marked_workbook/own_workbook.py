"""A workbook that holds the 问题清单 alone, for files that can't be marked without loss."""

from collections.abc import Sequence

from pipeline.spreadsheets.returned import LIST_SHEET
from pipeline.word.namespaces import CONTENT_TYPES, HEAD, RELATIONSHIPS, SHEETS, R
from pipeline.word.package import Member, pack
from pipeline.workbooks.marked_workbook.entry import Entry
from pipeline.workbooks.marked_workbook.findings_sheet import HEAD_ROW, Look, filter_range, findings_sheet
from pipeline.workbooks.marked_workbook.styles import StyleBook

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{HEAD}<styleSheet xmlns="{SHEETS}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def findings_workbook(title: str, explanation: str, entries: Sequence[Entry]) -> bytes:
    """The .xlsx bytes; the same sheet as in a marked workbook, without links."""
    styles = StyleBook(_STYLES.encode())
    sheet = findings_sheet(title, explanation, entries, [""] * len(entries), Look.added_to(styles))
    first, _, last = filter_range(len(entries)).partition(":")
    area = f"${first[0]}${first[1:]}:${last[0]}${last[1:]}"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{R}"><sheets><sheet name="{LIST_SHEET}" '
        'sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" '
        f'localSheetId="0" hidden="1">\'{LIST_SHEET}\'!{area}</definedName><definedName '
        f'name="_xlnm.Print_Titles" localSheetId="0">\'{LIST_SHEET}\'!${HEAD_ROW}:${HEAD_ROW}</definedName>'
        "</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{R}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{R}/styles" Target="styles.xml"/></Relationships>',
    }
    members = [Member(name, (HEAD + text).encode("utf-8")) for name, text in parts.items()]
    return pack([*members, Member("xl/styles.xml", styles.content()), Member("xl/worksheets/sheet1.xml", sheet)])
