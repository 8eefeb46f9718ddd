"""Every regular expression that the package has, and the texts that are the worst for each."""

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
import re._constants as op  # type: ignore[import-not-found]  # the standard library's own, without stubs
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pipeline
from pipeline.spreadsheets import cell_text

_FUNCTIONS = frozenset(("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"))
_METHODS = ("search", "match", "fullmatch", "finditer")
# What a pattern in a function is made of, where that is no name of its module.
_LOCAL: dict[str, list[object]] = {
    "number": ["12"], "tag": ["<row", "<si>"], "pattern": [pattern for _, pattern in cell_text._REFUSED],
    "self": [SimpleNamespace(prefix="x:")], "name": [b"x:sheetData"],
    "place": ["word/media/image{}"], "suffix": ["", "png"],
}  # fmt: skip
_LONGEST_LEAD = 200
_OUTSIDE = "\0"  # in no pattern


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _held(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns that a value is or holds, however deep."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    inner: list[object] = []
    if isinstance(value, dict):
        inner = [*value, *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        inner = list(value)
    elif str(getattr(value, "__module__", "")).startswith("pipeline"):
        inner = list(getattr(value, "__dict__", {}).values())
    for each in inner:
        yield from _held(each, seen)


def _in_functions(module: ModuleType) -> Iterator[tuple[re.Pattern[Any], str]]:
    """The patterns that a function hands to ``re``, and what it has done with them. Raises ``NameError`` for one that can't be known from outside."""
    tree = ast.parse(inspect.getsource(module))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in itertools.chain.from_iterable(map(ast.walk, functions)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in _FUNCTIONS:
            code = compile(ast.Expression(node.args[0]), module.__name__, "eval")
            names = [name for name in code.co_names if name in _LOCAL and not hasattr(module, name)]
            for values in itertools.product(*(_LOCAL[name] for name in names)):
                found = eval(code, {**vars(module), **dict(zip(names, values, strict=True))})
                yield found if isinstance(found, re.Pattern) else re.compile(found), node.func.attr


def all_patterns() -> dict[str, tuple[re.Pattern[Any], tuple[str, ...]]]:
    """Each pattern with the methods that may be asked of it, under the module and the name that hold it.

    Of one that only a function has, the one method that it uses; ``finditer`` stands for sub, split and findall.
    """
    found: dict[re.Pattern[Any], tuple[str, tuple[str, ...]]] = {}
    for module in _modules():
        seen: set[int] = set()
        for name, value in vars(module).items():
            for pattern in _held(value, seen):
                found.setdefault(pattern, (f"{module.__name__}.{name}", _METHODS))
    for module in _modules():
        for pattern, function in _in_functions(module):
            methods = _METHODS if function == "compile" else (function,) if function in _METHODS else ("finditer",)
            found.setdefault(pattern, (f"{module.__name__}.(function)", methods))
    return {f"{name}-{number}": (pattern, methods) for number, (pattern, (name, methods)) in enumerate(found.items())}


# --- texts that a pattern is made for, and that fail at their end -------------------------------------------------


def _category(name: object) -> str:
    return {
        op.CATEGORY_DIGIT: "9", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a",
        op.CATEGORY_NOT_DIGIT: "甲", op.CATEGORY_NOT_SPACE: "甲", op.CATEGORY_NOT_WORD: "-",
    }[name]  # fmt: skip


def _members(items: list[tuple[Any, Any]]) -> list[str]:
    """A character for each part of a class; of a negated one, some that it may take."""
    if items[0][0] is op.NEGATE:
        found = re.compile(_class_source(items))
        return [each for each in "甲9 a-，(x\n" if found.fullmatch(each)] or [_OUTSIDE]
    return [
        chr(value) if kind is op.LITERAL else chr(value[1]) if kind is op.RANGE else _category(value)
        for kind, value in items
    ]


def _class_source(items: list[tuple[Any, Any]]) -> str:
    """A negated class written again."""
    shown = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w",
             op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_NOT_WORD: r"\W"}  # fmt: skip
    parts = [
        re.escape(chr(value)) if kind is op.LITERAL
        else f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}" if kind is op.RANGE
        else shown[value]
        for kind, value in items[1:]
    ]  # fmt: skip
    return f"[^{''.join(parts)}]"


def _inner(kind: Any, value: Any) -> list[Any]:
    """The parts of a group, a repetition or an alternation."""
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.BRANCH:
        return list(value[1])
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def _sample(parts: Any) -> str:
    """A short text that the parts take."""
    return "".join(_sample_of(kind, value) for kind, value in parts)


def _sample_of(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind in (op.ANY, op.NOT_LITERAL):
        return "甲"
    if kind is op.IN:
        return _members(value)[0]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return ""
    inner = _inner(kind, value)
    repeated = max(value[0], 1) if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) else 1
    return _sample(inner[0]) * min(repeated, _LONGEST_LEAD) if inner else ""


def _leads(parts: Any, lead: str) -> Iterator[tuple[str, str]]:
    """What stands before a part, and the part: for every part, inner ones too."""
    for kind, value in parts:
        sample = _sample_of(kind, value)
        yield lead, sample
        for each in _inner(kind, value):
            yield from _leads(each, lead)
        lead = (lead + sample)[-_LONGEST_LEAD:]


def _characters(parts: Any) -> Iterator[str]:
    for kind, value in parts:
        if kind is op.IN:
            yield from _members(value)
        elif kind in (op.LITERAL, op.ANY, op.NOT_LITERAL):
            yield _sample_of(kind, value)
        for each in _inner(kind, value):
            yield from _characters(each)


def worst_for(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """A beginning and what is to be repeated after it: each part of the pattern, all before it, its characters."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & (re.IGNORECASE | re.DOTALL | re.MULTILINE | re.VERBOSE)
    parts = sre.parse(source, flags)
    characters = list(dict.fromkeys(_characters(parts)))
    found = [("", each) for each in characters[:40]]
    found += [("", one + other) for one, other in itertools.permutations(characters[:8], 2)]
    for lead, sample in _leads(parts, ""):
        found += [(lead, sample), ("", lead + sample), ("", sample + " "), (lead, sample + " ")]
    return list(dict.fromkeys(each for each in found if each[1]))
