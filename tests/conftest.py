"""The sample year, issued once for all tests that read the documents, and the office that receives reports."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.workspace import Workspace
from tests.slow import SLOW

REPOSITORY = Path(__file__).parents[1]


def _is_slow(path: Path) -> bool:
    return path.is_relative_to(REPOSITORY) and path.relative_to(REPOSITORY).as_posix().startswith(SLOW)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Slow files that ``-m "not slow"`` leaves out are not even imported, for that alone takes seconds."""
    return True if config.getoption("markexpr") == "not slow" and _is_slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what ``tests.slow`` lists."""
    for item in items:
        if _is_slow(item.path):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings() -> Iterator[None]:
    """Programs under test keep nothing in the folders of whoever runs the tests, and see no screen of his."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setitem(os.environ, name, folder)
        patch.delenv("COLUMNS", raising=False)
        os.unsetenv("COLUMNS")  # pytest loads readline, which sets it without telling Python
        yield


@pytest.fixture(scope="session")
def issued_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's workspace after ``gongwen run``."""
    from pipeline.cli import main  # here, so that tests without the fixture need no command line

    workspace = tmp_path_factory.mktemp("issued")
    for folder in ("inputs", "templates"):
        shutil.copytree(REPOSITORY / folder, workspace / folder)
    (workspace / "outputs").mkdir()
    result = CliRunner().invoke(main, ["run", "-C", str(workspace)])
    assert result.exit_code == 1, f"{result.output}\n{result.exception!r}"
    return workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The small office of ``tests.intake``; a file may define its own."""
    from tests.intake import office  # here, as above

    return office(tmp_path / "office")


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """A folder for what units send."""
    (tmp_path / "mail").mkdir()
    return tmp_path / "mail"
