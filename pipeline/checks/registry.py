"""Every rule is found here, and none is listed: a rule runs as soon as a module of this folder names it.

A module holds a rule as a constant (``PROBLEMS = Rule(...)``), or several as a tuple. Where a provision asks no more
than that a column be filled, its line in ``regulation.requirements`` is enough: ``required.py`` makes its rule.
A check that no rule runs, and two rules of one name, fail in ``tests/checks/test_checks_registry.py``.
"""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

import pipeline.checks
from pipeline.checks.rule import Rule


@cache
def every_rule() -> tuple[Rule, ...]:
    """Every rule, in the order of the articles."""
    found: list[Rule] = []
    for module in modules():
        # A module may import a rule of another one.
        found += [rule for rule in _named_in(module) if rule not in found]
    return tuple(sorted(found, key=lambda rule: rule.provision.citation))


def modules() -> Iterator[ModuleType]:
    """The modules of this folder, by name."""
    for each in pkgutil.iter_modules(pipeline.checks.__path__):
        yield import_module(f"pipeline.checks.{each.name}")


def _named_in(module: ModuleType) -> Iterator[Rule]:
    for value in vars(module).values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Rule):
                yield each
