"""Confirming that two names are one project: looked up in the ledgers, then written into office.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.errors import GongwenError
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.nearest import HINT, perhaps
from pipeline.records.period import Period
from pipeline.records.renames import both_named, final_names, project_names
from pipeline.records.task_progress import SILENT, TaskProgress
from pipeline.registers.unseen import require_seen
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from pipeline.workspace.office_toml_writing import add_rename


@dataclass(frozen=True)
class Confirmed:
    """Two names of one project as the ledgers spell them; ``already`` where nothing had to be written."""

    old: str
    new: str
    already: bool = False


def confirm_rename(workspace: Workspace, old: str, new: str, progress: TaskProgress = SILENT) -> Confirmed:
    """Write the rename into [项目更名] of inputs/office.toml.

    Raises ``GongwenError`` for a name that no ledger has, for two names that stand in one ledger, and where what is
    confirmed already says otherwise.
    """
    renames = dict(workspace.settings().renames)
    if name_key(old) == name_key(new):
        raise GongwenError(f"“{old}”与“{new}”是同一个名称，不必登记")
    present = final_names(renames).get(name_key(old))
    if present and name_key(present) == name_key(new):
        return Confirmed(old, new, already=True)
    if present:
        raise GongwenError(f"inputs/office.toml的[项目更名]已登记“{old}”改为“{present}”，没有改动；有误的请先修改该行")
    try:
        final_names({**renames, old: new})
    except ValueError as problem:
        raise GongwenError(f"与inputs/office.toml的[项目更名]不符：登记后{str(problem).removeprefix('中')}") from None
    years = tuple(_years(workspace, progress))
    known = {key: name for ledgers in reversed(years) for key, name in project_names(ledgers).items()}
    old, new = _known_name(old, known), _known_name(new, known)
    if place := next((place for ledgers in years if (place := both_named(ledgers, old, new))), ""):
        raise GongwenError(f"{place}同时有“{old}”和“{new}”，不是更名；请先请单位核对，只保留一处")
    add_rename(workspace.inputs / "office.toml", old, new)
    return Confirmed(old, new)


def _years(workspace: Workspace, progress: TaskProgress) -> Iterator[Ledgers]:
    for year in workspace.years():
        ledgers = read_year(workspace, Period(year), progress=progress).ledgers
        require_seen(ledgers)
        yield ledgers


def _known_name(name: str, known: Mapping[str, str]) -> str:
    """The name as the ledgers spell it; a name of no ledger is more likely a slip than a rename."""
    key = name_key(name)
    if key in known:
        return known[key]
    hint = perhaps(name, known.values(), HINT)
    raise GongwenError(
        f"台账中没有项目“{name}”{hint}。台账还没有收到而要先行登记的，请在inputs/office.toml的[项目更名]中填写"
    )
