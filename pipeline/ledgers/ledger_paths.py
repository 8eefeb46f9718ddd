"""Which files of a year's folder are ledgers; apart from reading them, for whoever only counts them."""

from pathlib import Path

_IGNORED = (".toml", ".md")


def ledger_paths(folder: Path) -> list[Path]:
    """Every file below a year's folder, in an order that no file system decides."""
    paths = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    return sorted((p for p in paths if p.suffix.lower() not in _IGNORED), key=lambda p: p.as_posix())
