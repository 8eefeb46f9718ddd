"""What CONTRIBUTING shows works as it stands there: every addition is made in a copy, and passes the guide's own tests."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.kind_tables import REPOSITORY

_GUIDES = ("CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md")
_CODE = re.compile(r"```python\n(.*?)\n```", re.DOTALL)
_TESTS = (
    "tests/papers/test_supervision.py",
    "tests/ledgers/test_financing.py",
    "tests/checks/test_checks_overdue.py",
)


def blocks(guide: str) -> list[str]:
    return _CODE.findall((REPOSITORY / guide).read_text("utf-8"))


def test_both_guides_show_the_same_code() -> None:
    assert blocks(_GUIDES[0]) == blocks(_GUIDES[1])


def _put(path: Path, found: str, instead: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(found) == 1, (path, found)
    path.write_text(text.replace(found, instead), "utf-8")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with all that the guide adds."""
    root = tmp_path_factory.mktemp("extended")
    for name in ("pipeline", "tests"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    kind, kind_test, ledger, ledger_test, provision, rule, rule_test = blocks(_GUIDES[0])
    for path, code in (
        ("pipeline/papers/supervision.py", kind),
        ("tests/papers/test_supervision.py", kind_test),
        ("pipeline/ledgers/financing.py", ledger),
        ("tests/ledgers/test_financing.py", ledger_test),
    ):
        (root / path).write_text(code + "\n", "utf-8")
    _put(root / "pipeline/papers/paper_kinds.py", "return_notice\n", "return_notice, supervision\n")
    _put(root / "pipeline/papers/paper_kinds.py", "assessment.KIND)", "assessment.KIND, supervision.KIND)")
    kinds = root / "pipeline/ledgers/kinds.py"
    _put(
        kinds,
        "from pipeline.ledgers.kind import",
        "from pipeline.ledgers.financing import FINANCING\nfrom pipeline.ledgers.kind import",
    )
    _put(kinds, "RECEIPT,\n)", "RECEIPT,\n    FINANCING,\n)")
    for path, code in (
        ("pipeline/regulation/sponsorship.py", f"\n{provision}\n"),
        ("pipeline/checks/overdue.py", f"\n\n{rule}\n"),
        ("tests/checks/test_checks_overdue.py", f"\n\n{rule_test}\n"),
    ):
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(code)
    return root


def _run(root: Path, *words: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_additions_pass_their_tests(extended: Path) -> None:
    _run(
        extended,
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *_TESTS,
        "tests/checks/test_checks_registry.py",
        "tests/regulation",
    )


def test_the_additions_are_written_as_ours_is(extended: Path) -> None:
    rule = ("pipeline/regulation/sponsorship.py", "pipeline/checks/overdue.py")
    files = ("pipeline/papers/supervision.py", "pipeline/ledgers", *rule, *_TESTS)
    _run(extended, "ruff", "check", "--no-cache", *files)
    _run(extended, "ruff", "format", "--no-cache", "--check", *files)


def test_the_additions_are_as_short_as_the_guide_promises() -> None:
    kind, _, ledger, _, provision, rule, _ = (len(each.splitlines()) for each in blocks(_GUIDES[0]))
    assert kind + 2 <= 150
    assert ledger + 2 <= 120
    assert provision + rule <= 40
