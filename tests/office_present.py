"""LibreOffice where it is installed; on CI its absence is a failure, elsewhere a reason to skip."""

import os

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
