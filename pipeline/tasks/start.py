"""A new workspace: templates, office.toml, empty ledgers. Existing files are left as they are."""

from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files.disk_trouble import reason
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.papers.paper_kinds import build_templates
from pipeline.records.level import Level
from pipeline.workbooks.compose import blank_form
from pipeline.workbooks.form_workbook import form_workbook
from pipeline.workspace import load_settings
from pipeline.workspace.holidays import FILE, holidays_text
from pipeline.workspace.office_toml_writing import office_toml_text


def start_workspace(root: Path, year: int) -> tuple[list[Path], list[Path]]:
    """Make the folders and files that are missing; (written, left as they were).

    The blank ledgers are in the words of the level that an office.toml which is there already states. Raises
    ``OutputError``, and ``WorkspaceError`` where that file can't be read.
    """
    office = root / "inputs" / "office.toml"
    level = load_settings(office).level if office.is_file() else Level.DISTRICT
    files: dict[Path, bytes] = {office: office_toml_text().encode("utf-8")}
    files[root / "inputs" / FILE] = holidays_text(year).encode("utf-8-sig")  # the mark lets Excel read it
    for name, data in build_templates().items():
        files[root / "templates" / name] = data
    for kind in LEDGER_KINDS:
        path = root / "inputs" / str(year) / kind.folder / f"{kind.name}（空白）.xlsx"
        files[path] = form_workbook(blank_form(kind, year, level))
    written, kept = [], []
    if root.exists() and not root.is_dir():
        raise OutputError(f"无法在{root}建立工作区：已有同名文件，请换一个文件夹")
    try:
        (root / "outputs").mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            if path.exists():
                kept.append(path)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(path)
    except OSError as problem:
        raise OutputError(f"无法在{root}建立工作区：{reason(problem)}") from None
    return written, kept
