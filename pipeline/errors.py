"""What stops a command. Bad data never does: bad data is a Finding."""


class GongwenError(Exception):
    """A command cannot do its work; the message is a Chinese sentence for the user."""


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


class Cancelled(GongwenError):
    """The user stopped a task before its end; what was read or written by then is whole and stays."""

    def __init__(self) -> None:
        super().__init__("已取消，已经做好的都完整保留")
