"""The small language of a template's tags: what may be written, and which names are in reach where.

Allowed: for, if, elif, else, names, ``甲.乙``, comparisons, and, or, not, in, the listed filters, loop.index,
loop.first, loop.last, plain text and numbers. No calls, no arithmetic, nothing that begins with ``_``.
"""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from jinja2 import TemplateSyntaxError, nodes

from pipeline.word.environment import sandbox
from pipeline.word.filters import FILTERS, TAKES_LIST
from pipeline.word.nearest_name import nearest_name
from pipeline.word.tag_spelling import mended, slip
from pipeline.word.vocabulary import NONE_SUCH, Names

_PARTS = re.compile(r"\A\{(\{|%)(tr |p |tc |r )?-?(.*?)-?[}%]\}", re.DOTALL)
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_DASHES = re.compile("[-‐-―−─ー－]+")  # as an editor writes the dash that stands for nothing
_LOOP: Names = {"index": "", "first": "", "last": ""}
_IN_EXPRESSIONS = (
    nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_AROUND_THEM = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If)
DEEPEST_LOOP = 3  # loops within one another
_OPENERS = ("for", "if")
_CLOSERS = {"endfor": "for", "endif": "if"}


class Pairing(IntEnum):
    """How a fault bears on what opens and closes; those of a later kind may only follow from an earlier one."""

    SPOILT = 1  # a tag that opened or closed something is none any more
    UNCLOSED = 2
    MISMATCHED = 3
    UNTOUCHED = 4


@dataclass(frozen=True)
class TagFault:
    """What is wrong with one tag, and how it bears on the loops and conditions around it."""

    reason: str
    placeholder: str = ""
    nearest: str = ""
    pairing: Pairing = Pairing.UNTOUCHED


@dataclass
class Frame:
    """An open for or if: where it was opened and which names it adds."""

    word: str
    tag: str
    paragraph: str
    container: object
    prefix: str
    scope: dict[str, object] = field(default_factory=dict)

    def is_level_with(self, other: "Frame") -> bool:
        return self.prefix == other.prefix and self.container is other.container


class TagReader:
    """Reads a part's tags in order and keeps which loops and conditions are open."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._environment = sandbox()
        self.open_frames: list[Frame] = []
        self.unclosed: list[Frame] = []  # found open when a frame around them was closed

    def read(self, tag: str, container: object, paragraph: str) -> list[TagFault]:
        """The faults of one tag; ``container`` must be the same object for a tag and its pair."""
        if tag.startswith("{#"):
            inside = tag[2:-2].strip()
            if inside.partition("|")[0].strip() not in self.names_in_reach():
                return []
            return [TagFault(f"“{tag}”是注释，不会填写也不会印出", tag, f"{{{{ {inside} }}}}")]
        right = mended(tag)
        faults = [TagFault(slip(tag), tag, right)] if right != tag else []
        return faults + self._read(right, container, paragraph)

    def _read(self, tag: str, container: object, paragraph: str) -> list[TagFault]:
        parts = _PARTS.fullmatch(tag)
        if parts is None:
            return [TagFault(f"标签“{tag}”写法不对")]
        kind, prefix, inner = (
            parts.group(1),
            (parts.group(2) or "").strip(),
            parts.group(3).strip().translate(_QUOTES),
        )
        if kind == "{":
            if prefix:
                return [TagFault(f"占位符“{tag}”前面多了“{prefix}”", tag)]
            return self._expression(inner, tag, printed=True)
        if prefix in ("tc", "r"):
            return [TagFault(f"不支持“{{%{prefix}”这种标签，请用{{%p或{{%tr", tag, pairing=Pairing.SPOILT)]
        word, _, rest = inner.partition(" ")
        frame = Frame(word, tag, paragraph, container, prefix)
        return list(self._statement(frame, rest.strip()))

    def _statement(self, frame: Frame, rest: str) -> Iterator[TagFault]:
        if frame.word in _OPENERS:
            if frame.word == "for":
                yield from self._open_loop(frame, rest)
            else:
                yield from self._expression(rest, frame.tag)
            self.open_frames.append(frame)
        elif frame.word in ("elif", "else"):
            yield from self._match(frame, "if")
            if frame.word == "elif":
                yield from self._expression(rest, frame.tag)
        elif frame.word in _CLOSERS:
            yield from self._match(frame, _CLOSERS[frame.word], closes=True)
        else:
            near = nearest_name(frame.word, (*_OPENERS, "elif", "else", *_CLOSERS))
            yield TagFault(f"不认识的标签“{frame.tag}”", frame.tag, near, pairing=Pairing.SPOILT)

    def _match(self, frame: Frame, expected: str, *, closes: bool = False) -> Iterator[TagFault]:
        """Find what a tag belongs to: of its own word and place first, however many were left open since."""
        own = [each for each in self.open_frames if each.word == expected and each.is_level_with(frame)]
        if own:
            while self.open_frames[-1] is not own[-1]:
                self.unclosed.append(self.open_frames.pop())
        elif not self.open_frames or not self._may_be_meant(frame, expected):
            yield TagFault(f"标签“{frame.tag}”前面没有对应的开始标签", frame.tag, pairing=Pairing.MISMATCHED)
            return
        elif (top := self.open_frames[-1]).word == expected:
            reason = f"标签“{frame.tag}”与“{top.tag}”不在同一段落、同一表格或同一层次"
            yield TagFault(reason, frame.tag, pairing=Pairing.MISMATCHED)
        else:
            reason = f"标签“{frame.tag}”与前面的“{top.tag}”不成对"
            yield TagFault(reason, frame.tag, pairing=Pairing.MISMATCHED)
        if closes:
            self.open_frames.pop()

    def _may_be_meant(self, frame: Frame, expected: str) -> bool:
        """Whether the last opened tag is the one a tag was set for: in its place, or of its word."""
        top = self.open_frames[-1]
        return top.is_level_with(frame) or top.word == expected

    def _open_loop(self, frame: Frame, rest: str) -> Iterator[TagFault]:
        found = re.fullmatch(r"(\w+)\s+in\s+([\w.]+)", rest)
        if found is None or not found.group(1).isidentifier():
            yield TagFault(f"循环应写成“for 名称 in 列表”：{frame.tag}", frame.tag, pairing=Pairing.SPOILT)
            return
        variable, source = found.groups()
        if is_unbounded_loop(source.split(".")[0], self._loop_variables()):
            reason = f"循环里面的循环只能用外层循环的内容，最多{DEEPEST_LOOP}层：{frame.tag}"
            yield TagFault(reason, frame.tag, pairing=Pairing.MISMATCHED)
        shape = yield from self._resolve(source.split("."), source)
        if variable.startswith("_"):
            yield TagFault(f"名称不能以下划线开头：{variable}", variable)
        if isinstance(shape, list):
            frame.scope = {variable: shape[0], "loop": _LOOP}
            return
        if shape is not None:
            yield TagFault(f"“{source}”不是列表，不能循环", source)
        frame.scope = {variable: None, "loop": _LOOP}

    def _expression(self, source: str, tag: str, *, printed: bool = False) -> list[TagFault]:
        try:
            tree = self._environment.parse("{{ " + source + " }}")
        except TemplateSyntaxError:
            return [self._unreadable(source, tag)]
        output = tree.body[0] if len(tree.body) == 1 else None
        if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
            return [TagFault(f"标签“{tag}”有语法错误", tag)]
        node = output.nodes[0]
        faults = list(self._walk(node))
        if printed and not faults:
            shape = self._shape(node)
            if isinstance(shape, list):
                faults.append(TagFault(f"“{source}”是列表，请用循环或|顿号", source))
            elif isinstance(shape, Mapping):
                faults.append(TagFault(f"“{source}”不是单个数值，请写明其中一项", source, _first_plain(source, shape)))
        return faults

    def _unreadable(self, source: str, tag: str) -> TagFault:
        joined = "".join(source.split())
        name = joined.partition("|")[0]  # the fault is often a dot too many
        if joined != source and name in self.names_in_reach():
            reason = f"标签“{tag}”的名称中间有空格、换行或制表符，请删去"
            return TagFault(reason, tag, tag.replace(source, joined))
        near = self._nearest_path(name) if re.fullmatch(r"[\w.]+", name) else ""
        return TagFault(f"标签“{tag}”有语法错误", tag, near)

    def _walk(self, node: nodes.Node) -> Iterator[TagFault]:
        if isinstance(node, nodes.Const) and _DASHES.fullmatch(str(node.value)) and node.value != NONE_SUCH:
            yield TagFault(f"标签里比较的“{node.value}”不会出现，没有内容时是“{NONE_SUCH}”", node.value, NONE_SUCH)
        if not isinstance(node, _IN_EXPRESSIONS):
            yield TagFault("标签里只能写名称、比较和列明的过滤器，不能写运算或函数调用")
            return
        path = _path(node)
        if path:
            yield from self._resolve(path, ".".join(path))
            return
        if isinstance(node, nodes.Filter):
            if node.name not in FILTERS:
                yield TagFault(f"没有“{node.name}”这种过滤器", node.name, nearest_name(node.name, FILTERS))
            if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
                yield TagFault(f"过滤器“{node.name}”不带参数", node.name)
            if node.node is not None:
                yield from self._walk(node.node)
                is_list = isinstance(self._shape(node.node), list)
                if node.name in FILTERS and is_list != (node.name in TAKES_LIST):
                    yield TagFault(f"过滤器“{node.name}”用错了对象", node.name)
            return
        for child in node.iter_child_nodes():
            yield from self._walk(child)

    def _nearest_path(self, shown: str) -> str:
        scope = self._scope()
        inner = [f"{name}.{each}" for name, shape in scope.items() if isinstance(shape, Mapping) for each in shape]
        return nearest_name(shown, inner)

    def names_in_reach(self) -> frozenset[str]:
        """Everything that a placeholder may name at this place, ``甲.乙`` included."""
        return frozenset(_paths(self._scope()))

    def _loop_variables(self) -> list[str]:
        return [name for frame in self.open_frames for name in frame.scope if name != "loop"]

    def _shape(self, node: nodes.Node) -> object:
        path = _path(node)
        if not path:
            return ""
        scope: object = self._scope()
        for name in path:
            scope = scope.get(name) if isinstance(scope, Mapping) else None
        return scope

    def _scope(self) -> dict[str, object]:
        scope: dict[str, object] = dict(self._names)
        for frame in self.open_frames:
            scope.update(frame.scope)
        return scope

    def _resolve(self, path: list[str], shown: str) -> Generator[TagFault, None, object]:
        """Yield a fault for the first unknown step; return the shape reached, None where there is none."""
        scope: object = self._scope()
        for depth, name in enumerate(path):
            if scope is None:  # already reported where the loop was opened
                return None
            if name.startswith("_"):
                yield TagFault(f"名称不能以下划线开头：{shown}", shown)
                return None
            if not isinstance(scope, Mapping):
                yield TagFault(f"“{'.'.join(path[:depth])}”下面没有“{name}”", shown)
                return None
            if name not in scope:
                nearest = nearest_name(name, scope)
                near = ".".join([*path[:depth], nearest]) if nearest else self._nearest_path(shown)
                yield TagFault(f"没有“{shown}”这个名称", shown, near)
                return None
            scope = scope[name]
        return scope


def is_foreign(node: nodes.Node) -> bool:
    """Whether a node of a parsed part is none of this language, or names what begins with ``_``."""
    name = node.attr if isinstance(node, nodes.Getattr) else node.name if isinstance(node, nodes.Name) else ""
    return name.startswith("_") or not isinstance(node, (*_IN_EXPRESSIONS, *_AROUND_THEM))


def is_unbounded_loop(source: str, enclosing: Sequence[str]) -> bool:
    """Whether a loop's work could grow out of hand: a whole list gone through for each entry of another.

    ``enclosing`` are the variables of the loops around it, ``source`` the first word of what it goes through.
    """
    return bool(enclosing) and (source not in enclosing or len(enclosing) >= DEEPEST_LOOP)


def loops_are_bounded(tree: nodes.Node, enclosing: Sequence[str] = ()) -> bool:
    """The same judgement on a whole parsed part."""
    if isinstance(tree, nodes.For):
        source, target = _path(tree.iter), tree.target
        if not source or not isinstance(target, nodes.Name) or is_unbounded_loop(source[0], enclosing):
            return False
        enclosing = [*enclosing, target.name]
    return all(loops_are_bounded(child, enclosing) for child in tree.iter_child_nodes())


def _path(node: nodes.Node) -> list[str]:
    """``甲.乙`` → [甲, 乙]; empty for anything else."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        head = _path(node.node)
        return [*head, node.attr] if head else []
    return []


def _paths(scope: Mapping[str, object], before: str = "") -> Iterator[str]:
    for name, shape in scope.items():
        yield before + name
        if isinstance(shape, Mapping):
            yield from _paths(shape, f"{before}{name}.")


def _first_plain(source: str, shape: Mapping[str, object]) -> str:
    plain = [name for name, inner in shape.items() if isinstance(inner, str)]
    return f"{source}.{plain[0]}" if plain else ""
