"""What stops a command, and what would help. Bad data never does: bad data is a Finding."""

from enum import Enum


class Remedy(Enum):
    """What would help. Sentences name no command: how it is done, each front says in its own way."""

    MAKE = "make"  # the year's papers, as far as anything changed
    MAKE_ANEW = "make-anew"  # all of them, every ledger read again
    MAKE_OWN_WAY = "make-own-way"  # what is no paper of the year, as a form or a calendar
    FEWER_PROCESSES = "fewer-processes"
    PRINT = "print"  # the PDF
    ARCHIVE = "archive"
    CHECK = "check"
    RECEIVE = "receive"
    RENAME = "rename"  # say that two names are one project
    VERIFY_REGISTER = "verify-register"
    RESTORE_REGISTER = "restore-register"
    ACCEPT_END = "accept-end"  # of a backup that lacks lines
    CHECK_TEMPLATES = "check-templates"
    LIST_FIELDS = "list-fields"  # the names that a template may use
    CHOOSE_WORKSPACE = "choose-workspace"
    START_WORKSPACE = "start-workspace"


class GongwenError(Exception):
    """A command cannot do its work; the message is a Chinese sentence for the user, with what would help."""

    def __init__(self, sentence: str, remedy: Remedy | None = None) -> None:
        super().__init__(sentence)
        self.remedy = remedy


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
