"""What pipeline/ takes from other packages: declared, bounded, really called, and only what they offer to all."""

import ast
import importlib
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
_PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
BOUNDS = {line.partition(">=")[0]: line for line in _PROJECT["dependencies"]}

# The packages that the design names: what each is imported as, and a module that calls it.
CALLED = {
    "click": ("click", "cli/list_commands.py"),
    "docxtpl": ("docxtpl", "word/template_parts.py"),
    "jinja2": ("jinja2", "word/environment.py"),
}
# Those that no module calls yet, and the subject that will.
TO_COME = {
    "openpyxl": ("openpyxl", "export and workbook templates"),
    "pandas": ("pandas", "analysis over months, units and classes"),
    "python-docx": ("docx", "layout of the clerk's own papers"),
}
# Privates that are read, though no class of ours has them: types without a public name, a named tuple's own
# methods (the underscore keeps them apart from its fields), and the system's way to end a copied process.
_KNOWN = {"_Element", "_exit", "_replace"}
# xlsxwriter has no public way to leave a row's height to the office program.
_OVERRIDDEN = {"GrowingSheet._xml_start_tag_unencoded"}
_OURS = {*sys.stdlib_module_names, "pipeline"}

_TREES = {
    path.relative_to(REPOSITORY / "pipeline").as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted((REPOSITORY / "pipeline").rglob("*.py"))
}


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Module and the name that it, or what is taken from it, has here."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield each.name, each.asname or each.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for each in node.names:
                yield str(node.module), each.asname or each.name


def _names_in_calls(tree: ast.Module) -> set[str]:
    """Names that are called, or handed to a call, or that a class is built on."""
    places = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    bases = [base for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases]
    return {node.id for place in (*places, *bases) for node in ast.walk(place) if isinstance(node, ast.Name)}


def _is_private(name: str) -> bool:
    return name.startswith("_") and name.strip("_") != "" and not name.endswith("__")


@pytest.mark.parametrize(("package", "module"), CALLED.values(), ids=CALLED)
def test_a_package_of_the_design_is_called(package: str, module: str) -> None:
    here = {name for source, name in _imported(_TREES[module]) if source.partition(".")[0] == package}
    assert here & _names_in_calls(_TREES[module])


def test_what_is_to_come_is_struck_from_the_list_once_it_is_there() -> None:
    used = {source.partition(".")[0] for tree in _TREES.values() for source, _ in _imported(tree)}
    assert not used & {package for package, _ in TO_COME.values()}, "now called: move it to CALLED"
    assert {*CALLED, *TO_COME} <= set(BOUNDS)
    assert len({*CALLED, *TO_COME}) == 6


def test_all_that_is_imported_is_declared_with_both_bounds() -> None:
    used = {source.partition(".")[0] for tree in _TREES.values() for source, _ in _imported(tree)}
    used -= {*_OURS, "distributed"}  # which the extra "cluster" brings
    packages = packages_distributions()
    assert {packages[name][0].lower() for name in used} <= set(BOUNDS)
    assert [line for line in BOUNDS.values() if "," not in line or "<" not in line] == []
    pinned = (REPOSITORY / "constraints.txt").read_text("utf-8").lower().splitlines()
    assert {line.partition("==")[0] for line in pinned} >= set(BOUNDS)


def test_jinja_is_used_by_its_documented_modules() -> None:
    used = {source for tree in _TREES.values() for source, _ in _imported(tree)}
    assert {source for source in used if source.partition(".")[0] == "jinja2"} == {
        "jinja2",
        "jinja2.exceptions",
        "jinja2.sandbox",
    }


def test_no_private_name_of_another_package_is_read() -> None:
    nodes = [node for tree in _TREES.values() for node in ast.walk(tree)]
    ours = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    ours |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    attributes = [node for node in nodes if isinstance(node, ast.Attribute) and _is_private(node.attr)]
    ours |= {node.attr for node in attributes if isinstance(node.ctx, ast.Store)}
    assert {node.attr for node in attributes} - ours == _KNOWN
    assert not [name for tree in _TREES.values() for name in _taken_privates(tree)]


def _taken_privates(tree: ast.Module) -> Iterator[str]:
    for source, name in _imported(tree):
        if not source.startswith("pipeline") and _is_private(source.rpartition(".")[2]) | _is_private(name):
            yield f"{source}.{name}"


def test_no_private_method_of_another_package_is_overridden() -> None:
    assert {f"{kind.__name__}.{name}" for kind in _classes() for name in _overridden(kind)} == _OVERRIDDEN


def _classes() -> Iterator[type]:
    """Every class of pipeline/ that is built on another."""
    for path, tree in _TREES.items():
        names = [node.name for node in tree.body if isinstance(node, ast.ClassDef) and node.bases]
        if names:
            module = importlib.import_module("pipeline." + path.removesuffix(".py").replace("/", "."))
            yield from (getattr(module, name) for name in names)


def _overridden(kind: type) -> set[str]:
    """Private names of the class that a base from another package has, too; Python's own mark of an abstract class is none."""
    foreign = [base for base in kind.__mro__ if base.__module__.partition(".")[0] not in _OURS]
    return {
        name
        for name in vars(kind)
        if _is_private(name) and name != "_abc_impl" and any(name in vars(base) for base in foreign)
    }
