"""Judges what stands in a package by the list in ``allowed_content``: one objection a fault, in words for a clerk."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.records.grouping import grouped
from pipeline.word import allowed_content as allowed
from pipeline.word.allowed_content import SPACES, Kind, Profile
from pipeline.word.drawn_words import DRAWN_ELEMENTS
from pipeline.word.field_instructions import instructions
from pipeline.word.namespaces import MC, R, W
from pipeline.word.package_content import Contents, Reached, Relation

_W = f"{{{W}}}"
_SHOWN = 60  # characters of what was seen
_OFF = ("0", "false", "off")
_ADDRESS = re.compile(
    r"[A-Za-z][\w+.-]{0,20}:(?://|\\)|\\\\|//|(?:javascript|vbscript|ppaction|file|mailto|data):|url\(",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)
_UNSEEN = re.compile(r"visibility: ?hidden|display: ?none", re.IGNORECASE)  # how old drawings are hidden
_SPACE_NAMES = ("uri", f"{_W}uri")  # attributes that name a vocabulary, which looks like an address
_OF_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_FORM, _UNKNOWN_PART, _UNKNOWN_CONTENT = "部件不合规范", "不认识的部件", "不认识的内容"
FORMAL = frozenset({_FORM})  # labels of what is only written otherwise than usual
UNKNOWN = frozenset({_UNKNOWN_PART, _UNKNOWN_CONTENT})
CAPTIONS = ("descr", "title", "name", "alt")  # of pictures: a program may have put the file's place there
_TEXT = " or ".join((
    *(f"self::w:{name}" for name in ("t", "instrText", "delText", "delInstrText")), "self::a:t", "self::c:v", "self::c:f",
    "self::c:formatCode", "self::wp:posOffset", "self::wp:align", "self::m:t",
))  # fmt: skip


_STRAY = etree.XPath(
    f"//*[not({_TEXT})]/text()[normalize-space()]",
    namespaces={prefix: space for prefix, space in SPACES.items() if prefix != "xml"},
)


@dataclass(frozen=True)
class Objection:
    """Something that may not stand there. Texts are Chinese; ``label`` is its sort, ``where`` the part's name, ``""`` for the package."""

    label: str
    found: str
    where: str
    remedy: str = allowed.REMEDY

    @property
    def sentence(self) -> str:
        """For the clerk: what, where, and how it is cured."""
        where = f"（{self.where}）" if self.where else ""
        return f"{self.found}{where}，{self.remedy}后再用"


def _labelled(label: str, where: str, detail: str = "") -> Objection:
    found = f"含有{label}" + (f"“{_short(detail)}”" if detail else "")
    return Objection(label, found, where, allowed.REMEDIES.get(label, allowed.REMEDY))


def _formal(found: str, where: str, remedy: str = "请用WPS或Word另存为.docx") -> Objection:
    return Objection(_FORM, found, where, remedy)


def _outside(target: str, where: str) -> Objection:
    return Objection("外部内容", f"引用了文件以外的内容“{_short(target)}”", where, "请删除超链接、外部图片或所附模板")


def _strict(where: str) -> Objection:
    return Objection("严格格式", "是“严格Open XML”格式", where, "请用WPS或Word另存为普通的“Word文档（*.docx）”")


def is_address(value: str) -> bool:
    """Whether an attribute's value leads to a place on a disk or a network."""
    return _ADDRESS.match(value.strip()) is not None or "url(" in value


def declared(root: etree._Element) -> list[tuple[str, str]]:
    """Each prefix and namespace where a part declares it, in its order."""
    return [(prefix or "", space or "") for _, (prefix, space) in etree.iterwalk(root, events=("start-ns",))]


def is_web_address(target: str) -> bool:
    """Whether a link leads to a page or a letter box: nothing is loaded before a person clicks."""
    return _WEB.match(target.strip()) is not None


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"


def by_label(objections: Iterable[Objection]) -> list[Objection]:
    """One objection a sort: the first, with 等N处 where there are more."""
    found = grouped(dict.fromkeys(objections), lambda each: each.found if each.label == _FORM else each.label)
    return [
        replace(first, found=f"{first.found}等{1 + len(others)}处") if others else first
        for first, *others in found.values()
    ]


def of_package(contents: Contents, profile: Profile) -> Iterator[Objection]:
    """What relations, part names and content types are against the list."""
    for name in contents.doubles:
        yield _formal(f"有两个只差大小写的部件“{_short(name)}”", "")
    yield from _of_main(contents, profile)
    for part in contents.parts.values():
        where = part.name
        counts = Counter(relation.identifier for relation in part.relations)
        if profile.rewritten and any(count > 1 for count in counts.values()):
            yield _formal("引用的编号重复", where)
        for relation in part.relations:
            if relation.type not in profile.left_out:
                yield from _of_relation(relation, where, profile)
        if part.name:
            yield from _of_content_type(part, profile)
    if profile.rewritten:
        yield from _of_doubles(contents, profile)


def _of_main(contents: Contents, profile: Profile) -> Iterator[Objection]:
    """Exactly one main part: the one that is filled in is the one that opens."""
    every = [each for part in contents.parts.values() for each in part.relations]
    mains = [each for each in every if each.type == allowed.MAIN_RELATION]
    usual = allowed.MAIN.place
    elsewhere = [
        name
        for name in (*contents.unreached, *contents.parts)
        if name.casefold() == usual and all(each.part != name for each in mains)
    ]
    if profile.rewritten and (len(mains) > 1 or (mains and elsewhere)):
        yield _formal("有不止一个正文部件", "")


def _of_doubles(contents: Contents, profile: Profile) -> Iterator[Objection]:
    """Of styles, settings and the like there is one: which of two would count is each program's own affair."""
    kinds = [kind for part in contents.parts.values() for kind in kinds_of(part, profile)]
    for kind, count in Counter(kinds).items():
        if count > 1 and kind.place and "{}" not in kind.place:
            yield _formal(f"有不止一个{kind.name}部件", "")


def _of_relation(relation: Relation, where: str, profile: Profile) -> Iterator[Objection]:
    if relation.type.startswith(allowed.STRICT):
        yield _strict(where)
    elif relation.outside:
        is_link = profile.links and relation.type == allowed.HYPERLINK
        if not (is_link and (is_web_address(relation.target) or relation.target.startswith("#"))):
            label = allowed.RELATION_LABELS.get(relation.kind, "")
            found = _outside(relation.target, where)
            yield found if label in ("", "超链接") else _labelled(label, where, relation.target)
    elif relation.type not in profile.relations:
        label = allowed.RELATION_LABELS.get(relation.kind, "")
        yield _labelled(label or _UNKNOWN_PART, where, relation.target)
    elif not relation.part and profile.rewritten:
        yield _formal(f"缺少部件“{_short(relation.target)}”", where, "请用WPS或Word打开后另存为.docx")


def _of_content_type(part: Reached, profile: Profile) -> Iterator[Objection]:
    kinds = kinds_of(part, profile)
    if len(kinds) > 1:
        yield _formal("一个部件当作几种用", part.name)
    elif kinds and part.content_type not in kinds[0].types:
        yield from _foreign_type(part, kinds[0])


def kinds_of(part: Reached, profile: Profile) -> list[Kind]:
    """What the relations that lead to the part take it for."""
    return list({kind.name: kind for kind in map(profile.relations.get, sorted(part.via)) if kind}.values())


def _foreign_type(part: Reached, kind: Kind) -> Iterator[Objection]:
    if "macroEnabled" in part.content_type:
        yield _labelled("宏", part.name)
    elif "svg" in part.content_type:
        yield _labelled("svg图片", part.name)
    else:
        found = f"{kind.name}的内容类型不对“{_short(part.content_type)}”"
        remedy = "请换成png或jpg图片" if kind.name == "图片" else "请用WPS或Word另存为.docx"
        yield _formal(found, part.name, remedy)


def of_part(root: etree._Element, part: Reached, profile: Profile) -> Iterator[Objection]:
    """What elements, attributes, text and fields of an XML part are against the list."""
    where = part.name
    for tag in sorted({str(each.tag) for each in root.iter("*")}):
        yield from _of_tag(root, tag, where, profile)
    found = {pair for each in root.iter("*") for pair in each.items()}
    pairs = sorted((str(key), str(value)) for key, value in found)
    for key, value in pairs:
        yield from _of_attribute(key, value, where, profile)
    for instruction in instructions(root):
        if instruction and not _is_allowed_field(instruction, profile):
            yield Objection("域", f"含有不能用的域“{_short(instruction)}”", where, "请删除这个域，或改成文字")
    if profile.rewritten:
        yield from _of_form(root, part)
        yield from _of_marks(pairs, part)


def _of_tag(root: etree._Element, tag: str, where: str, profile: Profile) -> Iterator[Objection]:
    space, _, name = tag[1:].rpartition("}")
    if space.startswith(allowed.STRICT):
        yield _strict(where)
    elif space not in profile.spaces:
        label = allowed.ACTIVE_ELSEWHERE.get(name, "")
        yield _labelled(label, where) if label else _labelled(_UNKNOWN_CONTENT, where, name)
    elif space in DRAWN_ELEMENTS and profile.words and name not in DRAWN_ELEMENTS[space]:
        yield _labelled(allowed.ACTIVE_ELSEWHERE.get(name, _UNKNOWN_CONTENT), where, name)
    elif space != W:
        if (label := allowed.ACTIVE_ELSEWHERE.get(name, "")) and not (profile.links and _is_link(root, tag)):
            yield _labelled(label, where)
    elif name in profile.refused:
        if any(each.get(f"{_W}val", "1").strip().lower() not in _OFF for each in root.iter(tag)):
            yield _labelled(profile.refused[name], where)
    elif profile.words and name not in profile.words:
        yield _labelled(_UNKNOWN_CONTENT, where, name)


def _is_link(root: etree._Element, tag: str) -> bool:
    """Whether all elements of this name only lead to an address, which its relation is judged by."""
    return "}hlink" in tag and all(not each.get("action") for each in root.iter(tag))


def _of_attribute(key: str, text: str, where: str, profile: Profile) -> Iterator[Objection]:
    space, _, name = key.rpartition("}")
    if space[1:] == R:
        return  # its relation is judged
    if key in _SPACE_NAMES:
        known = text in profile.spaces or text in (_OF_COMPATIBILITY, "") or text.startswith("{")
        if not known:
            yield _outside(text, where)
    elif name in allowed.ACTIVE_ATTRIBUTES or (key not in CAPTIONS and is_address(text)):
        is_link = profile.links and name == "href" and (is_web_address(text) or text.startswith("#"))
        if not is_link:
            yield _outside(text, where)


def _is_allowed_field(instruction: str, profile: Profile) -> bool:
    if len(instruction) > allowed.FIELD_LIMIT:
        return False
    return profile.fields.fullmatch(instruction) is not None


def _of_form(root: etree._Element, part: Reached) -> Iterator[Objection]:
    """What a part that is written anew must keep to: usual prefixes, text where text belongs, relations that exist."""
    where = part.name
    foreign = [(prefix, space) for prefix, space in declared(root) if SPACES.get(prefix) != space]
    for prefix, space in foreign[:1]:
        usual = space in SPACES.values()
        found = f"命名空间用了少见的前缀“{prefix}”" if usual else f"用了不认识的命名空间“{_short(space)}”"
        yield _formal(found, where)
    stray = _STRAY(root)
    if isinstance(stray, list) and stray:
        yield _formal(f"文字以外的地方夹有文字“{_short(str(stray[0]))}”", where)


def _of_marks(pairs: Iterable[tuple[str, str]], part: Reached) -> Iterator[Objection]:
    """What attributes point to or say of the part: relations that exist, nothing hidden, no orders to readers."""
    known = {relation.identifier for relation in part.relations}
    for key, value in pairs:
        space, _, name = key.rpartition("}")
        if space[1:] == R and value not in known:
            found = f"引用的编号“{_short(value)}”没有内容"
            yield _formal(found, part.name)
        elif (key == "hidden" and value.lower() not in _OFF) or (key == "style" and _UNSEEN.search(value)):
            yield _labelled("隐藏文字", part.name)
        elif space[1:] == MC and name != "Ignorable":
            yield _formal("含有不认识的兼容标记", part.name)
