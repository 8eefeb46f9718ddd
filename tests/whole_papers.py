"""The passes over an open package, each on a whole document's bytes."""

from pipeline.word.fitting import fit
from pipeline.word.imprint_pass import settle_imprint
from pipeline.word.letterhead import leave_red_out
from pipeline.word.package import Member, pack, unpack
from pipeline.word.strict_page import move_to_strict_page
from pipeline.word.strict_xml import parse_xml, part_bytes
from pipeline.word.style_names import house_styles
from pipeline.word.template_parts import TAGGED


def fitted(data: bytes) -> bytes:
    members = unpack(data, "")
    styles = house_styles(members)
    made = []
    for member in members:
        root = parse_xml(member.data) if TAGGED.fullmatch(member.name) else None
        changed = root is not None and fit(root, styles)
        made.append(Member(member.name, part_bytes(root)) if root is not None and changed else member)
    return pack(made)


def preprinted(data: bytes) -> bytes:
    return pack(leave_red_out(unpack(data, "")))


def with_strict_page(data: bytes) -> bytes:
    return pack(move_to_strict_page(unpack(data, "")))


def with_estimated_last_page(data: bytes) -> bytes:
    """The imprint on an even last face by the estimate; a document without one comes back unchanged."""
    members = unpack(data, "")
    settled = settle_imprint(members)
    return data if settled is members else pack(settled)
