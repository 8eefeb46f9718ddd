"""From what a file says to one unit and its periods, or to the sentence that names what is unclear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.ledgers.kinds import KIND_OF
from pipeline.records.names import name_key
from pipeline.records.nearest import HINT, nearest
from pipeline.records.unit_names import UnitNames
from pipeline.tables.contents import Contents, Stated


@dataclass(frozen=True)
class Settled:
    """One answer, or why there is none; ``remarks`` are contradictions that a person should know."""

    value: str = ""
    unclear: str = ""  # Chinese, with the option to give, without full stop
    choices: tuple[str, ...] = ()  # what a person may choose from
    remarks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # further periods, each of which tables of the file are of


def settle_unit(contents: Contents, told: str, leading: Mapping[str, Sequence[str]], names: UnitNames) -> Settled:
    """The unit that sends the file.

    ``told`` is the clerk's word: it decides where the file is silent or contradicts itself, and is refused where
    the file plainly says otherwise, or where its projects are all declared by others. ``leading`` are the units
    that lead the file's projects by their declarations, each with its projects.
    """
    said = tuple(dict.fromkeys(stated.value for stated in contents.units))
    plain = said[0] if len(said) == 1 else ""
    if told:
        return _told_unit(contents, told, plain, leading, names)
    if len(said) > 1:
        return Settled(unclear=f"表中的单位前后不一致：{_listed(contents.units)}，请用--unit写明报送单位", choices=said)
    if plain:
        return Settled(plain, remarks=_unknown_beside(contents, names))
    if contents.unknown_unit:
        return Settled(unclear=f"{unknown_unit(contents.unknown_unit, names)}，{_IF_ALIAS}，否则请用--unit写明报送单位")
    if len(contents.in_column) > 1:
        return Settled(
            unclear=f"表中有{len(contents.in_column)}个责任单位（{_some(contents.in_column)}），看不出由谁报送，请用--unit写明报送单位{_office(contents, names)}",
            choices=contents.in_column,
        )
    declared = {project for projects in leading.values() for project in projects}
    leaders = tuple(leading) if declared >= set(contents.projects) else ()
    if len(leaders) == 1:
        return Settled(leaders[0], remarks=(f"表中没有写单位，按各项目申报的责任单位登记为“{leaders[0]}”",))
    among = f"，所列项目分属{_some(leaders)}" if leaders else ""
    return Settled(
        unclear=f"看不出是哪个单位的报表{among}，请用--unit写明报送单位{_office(contents, names)}",
        choices=leaders,
    )


_IF_ALIAS = "如是某单位的全称、简称或原名，请在office.toml的[单位别名]中写明后重新收件"


def _told_unit(
    contents: Contents, told: str, plain: str, leading: Mapping[str, Sequence[str]], names: UnitNames
) -> Settled:
    if plain and name_key(told) != name_key(plain):
        return Settled(
            unclear=f"表中写明的单位是“{plain}”（{_places(contents.units)}），与--unit给出的“{told}”不符，请核对"
        )
    if not plain and leading and told not in leading and told != names.office:
        declared = "，".join(f"“{unit}”（{_some(projects)}）" for unit, projects in list(leading.items())[:3])
        return Settled(
            unclear=f"所列项目申报的责任单位是{declared}，与--unit给出的“{told}”不符，请核对；"
            "项目已改由该单位负责的，请先更新申报台账"
        )
    said = tuple(dict.fromkeys(stated.value for stated in contents.units))
    contradiction = (f"表中的单位前后不一致：{_listed(contents.units)}",) if len(said) > 1 else ()
    return Settled(told, remarks=(*contradiction, *_unknown_beside(contents, names, f"，按--unit登记为“{told}”")))


def _unknown_beside(contents: Contents, names: UnitNames, outcome: str = "") -> tuple[str, ...]:
    """What is to be said of names in the file that nobody knows, where the sender is clear without them."""
    written = dict.fromkeys((contents.unknown_unit, *contents.in_column))
    unknown = [name for name in written if name and not names.known(name)]
    if not unknown:
        return ()
    return (f"{unknown_unit(_some(unknown), names)}{outcome}；{_IF_ALIAS}",)


def unknown_unit(name: str, names: UnitNames) -> str:
    """That a unit which a file names is known neither as itself nor as another name of one."""
    return f"表中写的单位“{name}”不在责任单位名册和[单位别名]中{resembling(name, names)}"


def _office(contents: Contents, names: UnitNames) -> str:
    """Which answer is meant where no unit sends such a ledger."""
    own = contents.ledgers and not any(KIND_OF[slug].sent_by_units for slug in contents.ledgers)
    return f"；由本办公室汇总或登记的，写--unit {names.office}" if own else ""


def settle_period(contents: Contents, told: str) -> Settled:
    """``2027-03`` for a monthly ledger, ``2027`` for any other; ``told`` as for the unit.

    Tables of several months, each of which names its own, are all of them: the last is the ``value``.
    """
    stated = contents.months if contents.monthly else contents.years
    what, example = ("月份", "2027-03") if contents.monthly else ("年度", "2027")
    said = tuple(dict.fromkeys(each.value for each in stated))
    if told and contents.monthly and "-" not in told:
        return Settled(unclear=f"月报应写明月份，请把--period写成“{told}-03”这样的年月")
    wanted = told if contents.monthly else told[:4]
    plain = said if len(said) == 1 or len(contents.by_month) > 1 else ()
    if wanted and plain and wanted not in plain:
        return Settled(
            unclear=f"表中写明的期间是{'、'.join(plain)}（{_places(stated)}），与--period给出的{wanted}不符，请核对"
        )
    if wanted:
        rest = "、".join(each for each in plain if each != wanted)
        return Settled(wanted, remarks=(f"表中另有{rest}的表，按--period只登记{wanted}",) if rest else ())
    if plain:
        *others, last = sorted(plain)
        return Settled(last, others=tuple(others))
    if said:
        return Settled(unclear=f"表中的{what}不止一个：{_listed(stated)}，请用--period写明", choices=said)
    return Settled(unclear=f"看不出是哪个{what}的报表，请用--period写明，如{example}")


def resembling(name: str, names: UnitNames) -> str:
    """``，与“区住建局”相近`` for a name that is like a unit's, else ""."""
    near = nearest(name, names.every, HINT)
    return f"，与“{near}”相近" if near else ""


def _places(stated: Sequence[Stated]) -> str:
    return "、".join(dict.fromkeys(each.where for each in stated))


def _listed(stated: Sequence[Stated]) -> str:
    return "，".join(f"{each.where}为“{each.value}”" for each in stated)


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")
