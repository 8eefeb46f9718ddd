"""Confirmed renames of projects: from here on the records of both names are one project."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.records.finding import Finding
from pipeline.records.grouping import first
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.record import ProjectRecord, Record

_NAMED = 4  # of the names of a circle


def final_names(renames: Mapping[str, str]) -> Mapping[str, str]:
    """Key of each former name → the name in use, through several renames of one project.

    Raises ``ValueError`` with a Chinese reason where a name has two successors or a chain returns to its start.
    """
    following: dict[str, str] = {}
    for old, new in renames.items():
        if name_key(following.setdefault(name_key(old), new)) != name_key(new):
            raise ValueError(f"中“{old}”对应两个名称")
    final: dict[str, str] = {}
    for old in renames:
        passed: dict[str, str] = {}  # keys of the names on the way, none of them settled yet
        name = old
        while (key := name_key(name)) in following and key not in final:
            if key in passed:
                raise ValueError(f"中“{passed[key]}”几经改换又回到原名：{_circle(list(passed.values()), name)}")
            passed[key] = name
            name = following[key]
        final |= dict.fromkeys(passed, final.get(key, name))
    return final


def _circle(names: list[str], first: str) -> str:
    """The names that lead to one another, of many the first few."""
    names = names[[name_key(name) for name in names].index(name_key(first)) :]
    some = names if len(names) <= _NAMED else [*names[:_NAMED], f"……（共{len(names)}个）"]
    return "→".join(f"“{name}”" if name in names else name for name in (*some, names[0]))


def project_names(ledgers: Ledgers) -> Mapping[str, str]:
    """Every project name of the year by its key, spelt as declared, else as it was first met."""
    rows = first((*ledgers.declarations, *ledgers.of_projects), lambda row: row.key)
    return {key: row.project_name for key, row in rows.items() if key}


def both_named(ledgers: Ledgers, one: str, other: str) -> str:
    """Where the year has both names side by side, so that they are two projects; "" where it has not."""
    keys = {name_key(one), name_key(other)}
    if keys <= {row.key for row in ledgers.declarations}:
        return f"{ledgers.year}年申报台账中"
    for month in sorted({row.month for row in ledgers.progress}):
        if keys <= {row.key for row in ledgers.progress if row.month == month}:
            return f"{month.chinese}月报中"
    return ""


def renamed(ledgers: Ledgers, renames: Mapping[str, str]) -> Ledgers:
    """The year with every former name replaced by the name in use; a record's source still shows what was written."""
    final = final_names(renames)
    if not final:
        return ledgers

    def of_one(row: Record) -> Record:
        if isinstance(row, ProjectRecord) and row.key in final:
            return replace(row, project_name=final[row.key])
        return row

    findings = tuple(_finding(finding, final) for finding in ledgers.findings)
    return replace(ledgers.each(of_one), findings=findings)


def _finding(finding: Finding, final: Mapping[str, str]) -> Finding:
    """A reader's finding names its project too, and what it touches is looked up by that name."""
    names = tuple(final.get(name_key(name), name) for name in finding.projects)
    return replace(finding, project=final.get(name_key(finding.project), finding.project), projects=names)
