"""What kind of document a zip package is, by its content types and not by its name."""

from collections.abc import Mapping

from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.workbook_parts import main_part
from pipeline.spreadsheets.xml_events import once_for_equal_parts, parse

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types}"
_CONTENT_TYPES = "[Content_Types].xml"


@once_for_equal_parts
def _content_types(data: bytes) -> Mapping[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _TYPES + "Override":
            found[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")
        elif name == _TYPES + "Default":
            found["." + attributes.get("Extension", "").lower()] = attributes.get("ContentType", "")

    parse(data, start)
    return found


def _refuse_other(parts: Mapping[str, bytes]) -> None:
    """Packages that are no OOXML, or not of a workbook."""
    names = [name.lower() for name in parts]
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableFile("is-ods")
    for folder, code in (("word/", "is-word"), ("ppt/", "is-slides")):
        if any(name.startswith(folder) for name in names):
            raise UnreadableFile(code)
    if "xl/workbook.bin" in names:
        raise UnreadableFile("is-xlsb")


def check_type(parts: Mapping[str, bytes], suffix: str) -> tuple[str, bool]:
    """The workbook's part, and whether the package carries macros.

    Raises ``UnreadableFile`` for what is no workbook, and for macros behind a name that promises none.
    """
    main = main_part(parts) if _CONTENT_TYPES in parts else ""
    stated = ""
    if main:
        types = _content_types(parts[_CONTENT_TYPES])
        stated = types.get(main, types.get("." + main.rpartition(".")[2].lower(), ""))
    if "spreadsheetml" not in stated and "ms-excel" not in stated:
        _refuse_other(parts)
        raise UnreadableFile("is-archive" if not main and _CONTENT_TYPES not in parts else "damaged")
    if "binary" in stated:
        raise UnreadableFile("is-xlsb")
    active = any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in parts)
    macros = active or "macroenabled" in stated.lower()
    if macros and suffix == ".xlsx":
        raise UnreadableFile("macro-renamed", suffix=suffix)
    return main, macros
