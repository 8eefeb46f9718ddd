"""What in a person's own Word file loads, runs or opens something when another program takes it up."""

from pipeline.errors import TemplateError
from pipeline.word.allowed_content import CLERK
from pipeline.word.clearing import cleared
from pipeline.word.content_judgement import FORMAL, UNKNOWN
from pipeline.word.package import unpack
from pipeline.word.strict_xml import BrokenXmlError


def active_content(data: bytes, purpose: str) -> str:
    """What a clerk does about it before the ``purpose`` (Chinese), as half a sentence; empty where there is none.

    A package that can't be judged is refused as well: another program may find in it what ours did not.
    """
    try:
        objections = cleared(unpack(data, ""), CLERK).objections
    except (TemplateError, BrokenXmlError):
        return f"文件结构不正常，请用WPS或Word另存为.docx后再{purpose}"
    active = [each for each in objections if each.label not in FORMAL | UNKNOWN]
    if not active:
        return ""
    where = f"（{active[0].where}）" if active[0].where else ""
    return f"{active[0].found}{where}，{active[0].remedy}后再{purpose}"
