"""What is left out of a part without harm: later additions that any reader may pass over, and traces of editing."""

from collections.abc import Mapping

from lxml import etree

from pipeline.word import allowed_content as allowed
from pipeline.word.allowed_content import SPACES, Profile
from pipeline.word.content_judgement import CAPTIONS, declared, is_address
from pipeline.word.drawn_words import DRAWN_ATTRIBUTES
from pipeline.word.namespaces import MC, V, W

_IGNORABLE = f"{{{MC}}}Ignorable"
_ALTERNATE, _CHOICE, _FALLBACK = (f"{{{MC}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_AUTHOR = f"{{{W}}}author"
_AUTHORED = tuple(f"{{{W}}}{name}" for name in sorted(allowed.TRACKED | allowed.COMMENTED))
_CAPTIONED = ("{*}docPr", "{*}cNvPr", f"{{{V}}}*")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def take_away(root: etree._Element, profile: Profile) -> bool:
    """Take it away; False where there was nothing of it. What is against the list for another reason stays."""
    bound = _bound(root)
    passed_over = _passed_over(root, bound)
    changed = _settle_choices(root, bound)
    changed |= _without_elements(root, passed_over, profile)
    changed |= _without_attributes(root, profile)
    changed |= _settle_values(root, profile)
    if any(space not in SPACES.values() for _, space in declared(root)):
        etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in SPACES if prefix != "xml"])
        changed = True
    return changed


def _bound(root: etree._Element) -> dict[str, set[str]]:
    """Prefix → the namespaces that it stands for anywhere in the part."""
    bound: dict[str, set[str]] = {}
    for prefix, space in declared(root):
        bound.setdefault(prefix, set()).add(space)
    return bound


def _passed_over(root: etree._Element, bound: Mapping[str, set[str]]) -> frozenset[str]:
    """The namespaces that a reader who doesn't know them passes over, by the part's own word or by custom."""
    prefixes = {prefix for each in root.iter("*") for prefix in each.get(_IGNORABLE, "").split()}
    said = {space for prefix in prefixes for space in bound.get(prefix, ())}
    return frozenset(said | allowed.ADDITIONS) - {*SPACES.values(), ""}


def _settle_choices(root: etree._Element, bound: Mapping[str, set[str]]) -> bool:
    """Choices that ask for an addition are taken out; where none is left, the fallback stands in their place."""
    changed = False
    for alternate in list(root.iter(_ALTERNATE)):
        for choice in [each for each in alternate.iterchildren(_CHOICE) if not _is_understood(each, bound)]:
            alternate.remove(choice)
            changed = True
        if alternate.find(_CHOICE) is None:
            _replace_by_fallback(alternate)
            changed = True
    return changed


def _is_understood(choice: etree._Element, bound: Mapping[str, set[str]]) -> bool:
    prefixes = choice.get("Requires", "").split()
    return bool(prefixes) and all(bound.get(prefix) == {SPACES.get(prefix)} for prefix in prefixes)


def _replace_by_fallback(alternate: etree._Element) -> None:
    parent, fallback = alternate.getparent(), alternate.find(_FALLBACK)
    if parent is None:
        return
    for child in [] if fallback is None else list(fallback):
        alternate.addprevious(child)
    parent.remove(alternate)


def _without_elements(root: etree._Element, passed_over: frozenset[str], profile: Profile) -> bool:
    tags = {str(each.tag) for each in root.iter("*")}
    unwanted = [tag for tag in tags if _is_passed_over(tag, passed_over, profile)]
    doomed = list(root.iter(*unwanted)) if unwanted else []
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(doomed)


def _is_passed_over(tag: str, passed_over: frozenset[str], profile: Profile) -> bool:
    space, _, name = tag[1:].rpartition("}")
    if space == W:
        return name in profile.traces
    return space in passed_over or (name == "extLst" and space in SPACES.values())


def _without_attributes(root: etree._Element, profile: Profile) -> bool:
    present = {(str(each.tag), str(key)) for each in root.iter("*") for key in each.keys()}  # noqa: SIM118 - no mapping
    unwanted = {(tag, key) for tag, key in present if _is_needless(tag, key, profile)}
    for tag in {tag for tag, _ in unwanted}:
        for element in root.iter(tag):
            for key in [key for key in element.keys() if (tag, key) in unwanted]:  # noqa: SIM118
                del element.attrib[key]
    return bool(unwanted)


def _is_needless(tag: str, key: str, profile: Profile) -> bool:
    """Whether no list names the attribute. What would load or open something stays, to be objected to."""
    space, _, name = key.rpartition("}")
    if name in allowed.ACTIVE_ATTRIBUTES:
        return False
    if space[1:] == MC:
        return key == _IGNORABLE
    if space[1:] == W:
        return name not in profile.attributes
    if not space and tag.startswith(f"{{{W}}}"):
        return True
    return name not in DRAWN_ATTRIBUTES.get(space[1:], ())


def _settle_values(root: etree._Element, profile: Profile) -> bool:
    """Captions that only say where a picture's file lay go; authors get the one name; ``xml:space`` says preserve."""
    changed = False
    for element in root.iter("*"):
        if element.get(_SPACE, "preserve") != "preserve":
            del element.attrib[_SPACE]
            changed = True
    for element in root.iter(*_CAPTIONED):
        for key in [key for key in CAPTIONS if is_address(element.get(key, ""))]:
            del element.attrib[key]
            changed = True
    for element in root.iter(*_AUTHORED) if profile.author else ():
        if element.get(_AUTHOR, profile.author) != profile.author:
            element.set(_AUTHOR, profile.author)
            changed = True
    return changed
