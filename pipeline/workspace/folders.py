"""Where things stand in a workspace."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import WorkspaceError
from pipeline.files.bounded_bytes import bytes_within
from pipeline.files.disk_trouble import reason
from pipeline.files.folder_walk import Walk
from pipeline.files.given_file import is_missing, why_no_file
from pipeline.records.limits import TEMPLATE_BYTES
from pipeline.records.settings import OfficeSettings
from pipeline.spreadsheets.ledger_paths import walk_ledgers, year_folders
from pipeline.workspace.holidays import FILE, load_working_days
from pipeline.workspace.office_toml import load_settings


@dataclass(frozen=True)
class Workspace:
    """A folder with inputs/, templates/ and outputs/."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> "Workspace":
        """Raises ``WorkspaceError`` where the folder is not a workspace."""
        inputs = root / "inputs"
        if inputs.is_symlink() and not inputs.exists():
            raise WorkspaceError(f"{inputs}是一个链接，所指的文件夹不在，请接通所指的网络盘或磁盘后重试")
        if not inputs.is_dir():
            raise WorkspaceError(
                f"{root}不是工作区：没有inputs文件夹。请先进入工作区的文件夹（cd 文件夹名），或用“-C 文件夹名”指明工作区；"
                "还没有建立的，用“gongwen init 文件夹名”建立"
            )
        return cls(root.resolve())

    @property
    def inputs(self) -> Path:
        return self.root / "inputs"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

    def settings(self) -> OfficeSettings:
        """The office's choices and its table of holidays; raises ``WorkspaceError`` naming the line to mend."""
        path = self.inputs / "office.toml"
        if is_missing(path):
            raise WorkspaceError(f"缺少{path}。请用“gongwen init”建立工作区，或从其他工作区复制一份后修改")
        if sentence := why_no_file(path):
            raise WorkspaceError(sentence)
        settings = load_settings(path)
        working_days = load_working_days(self.inputs / FILE)
        return replace(settings, deadlines=replace(settings.deadlines, working_days=working_days))

    def choices(self) -> dict[str, str]:
        """The office's own files on which every document rests, with their SHA-256. Raises ``WorkspaceError``."""
        paths = [path for path in (self.inputs / "office.toml", self.inputs / FILE) if path.is_file()]
        try:
            return {
                path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
            }
        except OSError as problem:
            raise WorkspaceError(f"{problem.filename}读不出来（系统错误{problem.errno}）") from None

    def years(self) -> list[int]:
        """Plan years that have a folder below inputs/, readable or not. Raises ``WorkspaceError``."""
        try:
            return [int(name) for name in year_folders(self.inputs)]
        except OSError as problem:
            raise WorkspaceError(f"文件夹{self.inputs}读不出来：{reason(problem)}") from None

    def ledger_walk(self, year: int) -> Walk:
        """The year's ledgers and what stands in their way; raises ``WorkspaceError`` where the year has no folder."""
        folder = self.inputs / str(year)
        if year not in self.years():
            raise WorkspaceError(f"没有{year}年度的台账：{folder}不存在")
        return walk_ledgers(folder)

    def ledger_files(self, year: int) -> list[Path]:
        """The year's ledgers; raises ``WorkspaceError`` where the year has no folder."""
        return list(self.ledger_walk(year).files)

    def template(self, name: str) -> bytes:
        """A template's bytes; raises ``WorkspaceError`` where it is missing or can't be read."""
        path = self.templates / name
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise WorkspaceError(f"模板{path}不是文件。请用“gongwen init”重新生成，或从其他工作区复制")
        try:
            return bytes_within(path, TEMPLATE_BYTES)
        except FileNotFoundError:
            if path.is_symlink() or self.templates.is_symlink():
                raise WorkspaceError(f"模板{path}读不出来：是一个链接，所指的文件不在") from None
            raise WorkspaceError(f"缺少模板{path}。请用“gongwen init”重新生成，或从其他工作区复制") from None
        except OSError as problem:
            raise WorkspaceError(f"模板{path}读不出来：{reason(problem)}") from None
