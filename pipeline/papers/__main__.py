"""``python -m pipeline.papers [FOLDER]``: write the shipped templates, by default to templates/."""

import sys
from pathlib import Path

from pipeline.papers.paper_kinds import build_templates

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "templates")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in build_templates().items():
        (folder / name).write_bytes(data)
