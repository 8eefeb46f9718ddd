"""LibreOffice where it is installed; on CI its absence is a failure, elsewhere a reason to skip."""

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import PdfError
from pipeline.outputs.office import find_office


def require_office() -> None:
    try:
        find_office()
    except PdfError as problem:
        if os.environ.get("CI") == "true":
            pytest.fail(str(problem))
        pytest.skip(str(problem))


def saved_by_office(path: Path, suffix: str, folder: Path) -> Path:
    """The file as LibreOffice saves it, in another format or its own."""
    require_office()
    subprocess.run(
        [find_office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", suffix,
         "--outdir", folder / "saved", path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "saved" / f"{path.stem}.{suffix}"
