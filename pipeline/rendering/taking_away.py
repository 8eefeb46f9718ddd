"""What is left out of a part without harm: later additions that any reader may pass over, and traces of editing."""

from collections.abc import Mapping

from lxml import etree

from pipeline.rendering import allowed_content as allowed
from pipeline.rendering.allowed_content import SPACES, Profile
from pipeline.rendering.content_judgement import CAPTIONS, declared, is_address
from pipeline.rendering.namespaces import MC, W

_IGNORABLE = f"{{{MC}}}Ignorable"
_ALTERNATE, _CHOICE, _FALLBACK = (f"{{{MC}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_AUTHOR = f"{{{W}}}author"
_ENCODED = ("gfxdata", "equationxml")  # whole packages within an attribute, which no page needs
_KEPT_OF_XML = ("space", "lang")


def take_away(root: etree._Element, profile: Profile) -> bool:
    """Take it away; False where there was nothing of it. What is against the list for another reason stays."""
    bound = _bound(root)
    passed_over = _passed_over(root, bound)
    changed = _settle_choices(root, bound)
    changed |= _without_elements(root, passed_over, profile)
    for element in root.iter("*"):
        changed |= _without_attributes(element, passed_over, profile)
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
    doomed = [each for each in root.iter("*") if _is_passed_over(each, passed_over, profile)]
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(doomed)


def _is_passed_over(element: etree._Element, passed_over: frozenset[str], profile: Profile) -> bool:
    space, _, name = str(element.tag)[1:].rpartition("}")
    if space == W:
        return name in profile.traces
    return space in passed_over or (name == "extLst" and space in SPACES.values())


def _without_attributes(element: etree._Element, passed_over: frozenset[str], profile: Profile) -> bool:
    doomed = [
        key
        for key, value in element.attrib.items()
        if _is_needless(element, str(key), str(value), passed_over, profile)
    ]
    for key in doomed:
        del element.attrib[key]
    author = element.get(_AUTHOR)
    if author is not None and author != profile.author:
        element.set(_AUTHOR, profile.author)
        return True
    return bool(doomed)


def _is_needless(
    element: etree._Element, key: str, value: str, passed_over: frozenset[str], profile: Profile
) -> bool:
    space, _, name = key.rpartition("}")
    of_main = str(element.tag).startswith(f"{{{W}}}")
    if space[1:] == W:
        return name not in profile.attributes
    if space[1:] == SPACES["xml"]:
        return name not in _KEPT_OF_XML
    if not space:
        return of_main or name in _ENCODED or (name in CAPTIONS and is_address(value))
    return key == _IGNORABLE or space[1:] in passed_over or name in _ENCODED
