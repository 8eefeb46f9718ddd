"""What stops a command. Bad data never does: bad data is a Finding."""

from pathlib import Path


class GongwenError(Exception):
    """A command cannot do its work; the message is a Chinese sentence for the user."""


class NoFileError(GongwenError):
    """A file is asked for where there is none."""

    def __init__(self, path: Path, hint: str = "") -> None:
        what = f"“{path}”是文件夹，请写明文件" if path.is_dir() else f"没有文件“{path}”"
        super().__init__(what + hint)


class WorkspaceError(GongwenError):
    """The workspace or its office.toml is missing, unreadable or contradictory."""


class TemplateError(GongwenError):
    """A template cannot be used; the message names template, paragraph and nearest right name."""


class OutputError(GongwenError):
    """A document cannot be written; nothing half-written is left behind."""


class BusyError(OutputError):
    """Another run is writing the same outputs."""


class PdfError(GongwenError):
    """No PDF can be made at all: LibreOffice is missing or can't be started."""
