"""Which program makes the documents: when it changes, they are made anew."""

import hashlib
import sys
from functools import cache
from pathlib import Path

from pipeline import __version__

# What decides what is read of a ledger, and a document's bytes.
_LIBRARIES = ("deflate", "docxtpl", "Jinja2", "lxml", "MarkupSafe", "python-calamine", "xlrd", "XlsxWriter")


@cache
def program_digest() -> str:
    """Of the version, the program's own text, and the versions of the libraries that shape a document."""
    from importlib.metadata import version  # slow to load, and not every command needs the digest

    found = hashlib.sha256(__version__.encode())
    if getattr(sys, "frozen", False):  # packed into one file, which holds the text and the libraries
        found.update(Path(sys.executable).read_bytes())
        return found.hexdigest()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix()):
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for name in _LIBRARIES:
        found.update(f"{name} {version(name)}".encode())
    return found.hexdigest()
