"""The vocabulary between documents and templates.

``NAMES`` of a document kind describes its context: the names a template may use, each with its Chinese
explanation. A ``str`` describes a plain value, a mapping an object, a list of one entry a list of such things.
"""

from collections.abc import Iterator, Mapping

Names = Mapping[str, object]
Context = dict[str, object]

COMMON: Names = {
    "区名": "如“示例区”",
    "区委": "中共××区委员会",
    "区政府": "××区人民政府",
    "办公室": "编印单位全称",
    "年度": "四位年份",
    "成文日期": "如“2027年1月15日”",
}

UNREPORTED = "未报"  # the ledger has no value
UNVERIFIED = "待核"  # the ledger's value is contradicted by a finding
NONE_SUCH = "—"  # there is nothing to state, and that is known


def every_name(names: Names) -> Iterator[str]:
    """The names of a vocabulary, those within objects and lists included."""
    for name, shape in names.items():
        yield name
        inner = shape[0] if isinstance(shape, list) else shape
        if isinstance(inner, Mapping):
            yield from every_name(inner)
