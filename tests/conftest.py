"""The sample year, issued once for all tests that read the documents."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def _own_folder() -> Iterator[None]:
    """The programs under test keep nothing in the folders of whoever runs the tests."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setitem(os.environ, name, folder)
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
