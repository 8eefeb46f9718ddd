"""LibreOffice where it is installed; on CI its absence is a failure, elsewhere a reason to skip."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.errors import PdfError
from pipeline.outputs.office_process import find_office


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def require_office() -> None:
    try:
        find_office()
    except PdfError as problem:
        _missing(str(problem))


def saved_by_office(path: Path, suffix: str, folder: Path, filter_options: str = "") -> Path:
    """The file as LibreOffice saves it, in another format or its own."""
    return all_saved_by_office([path], suffix, folder, filter_options)[0]


def all_saved_by_office(paths: Sequence[Path], suffix: str, folder: Path, filter_options: str = "") -> list[Path]:
    """The same for several, in one go: starting LibreOffice takes longest."""
    require_office()
    done = subprocess.run(
        [find_office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", suffix + filter_options,
         "--outdir", folder / "saved", *paths],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = [folder / "saved" / f"{path.stem}.{suffix}" for path in paths]
    if not all(each.exists() for each in saved) and b"could not be loaded" in done.stderr:
        _missing("没有LibreOffice Calc，表格另存不了")
    return saved
