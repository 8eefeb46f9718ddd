"""A key project of whose permits nothing is known (K-6(5)); their number is scored (K-20(3))."""

from collections.abc import Iterator

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.facts.case import Case
from pipeline.records.project import Declaration
from pipeline.regulation import key_projects


def _known(case: Case) -> Iterator[Remark]:
    """One remark for all where no permit at all was received."""
    unknown = [row for row in case.declared.values() if row.key not in case.procedures and _asked(case, row)]
    if unknown and not case.procedures:
        names = tuple(row.project_name for row in unknown)
        yield Remark(f"没有收到手续台账，涉及{len(names)}个重点项目", "请按项目报送各项手续", projects=names)
        return
    for row in unknown:
        message = f"手续台账中没有“{row.project_name}”的任何手续"
        action = "请在手续台账中逐项填写；已全部办结的也请填写，不需办理的填“不需办理”"
        yield about_row(case, row, None, message, action)


def _asked(case: Case, row: Declaration) -> bool:
    """竣工投产, and what is reported as finished, has its permits behind it (see decisions.py)."""
    return row.four_class != "竣工投产" and not any(each.finished_on for each in case.progress.get(row.key, ()))


KNOWN = Rule("permits-known", key_projects.PERMITS_KNOWN, "procedure", _known)
