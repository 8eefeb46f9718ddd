"""From what a file says to one unit and one period, or to the sentence that names what is unclear."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.ledgers.contents import Contents, Stated
from pipeline.records.names import name_key


@dataclass(frozen=True)
class Settled:
    """One answer, or why there is none; ``remarks`` are contradictions that a person should know."""

    value: str = ""
    unclear: str = ""  # Chinese, with the option to give, without full stop
    choices: tuple[str, ...] = ()  # what a person may choose from
    remarks: tuple[str, ...] = ()


def settle_unit(contents: Contents, told: str, leading: Iterable[str], units: Sequence[str]) -> Settled:
    """The unit that sends the file.

    ``told`` is the clerk's word: it decides where the file is silent or contradicts itself, and is refused where
    the file plainly says otherwise. ``leading`` are the units that lead the file's projects by their
    declarations, asked only where nothing else names the sender.
    """
    said = tuple(dict.fromkeys(stated.value for stated in contents.units))
    plain = said[0] if len(said) == 1 else ""
    if told and plain and name_key(told) != name_key(plain):
        return Settled(
            unclear=f"表中写明的单位是“{plain}”（{_places(contents.units)}），与--unit给出的“{told}”不符，请核对"
        )
    if told:
        contradiction = (f"表中的单位前后不一致：{_listed(contents.units)}",) if len(said) > 1 else ()
        return Settled(told, remarks=contradiction)
    if len(said) > 1:
        return Settled(
            unclear=f"表中的单位前后不一致：{_listed(contents.units)}，请用--unit写明报送单位", choices=said
        )
    if plain:
        return Settled(plain)
    if contents.unknown_unit:
        return Settled(
            unclear=f"填报单位“{contents.unknown_unit}”不在责任单位名册中{nearest(contents.unknown_unit, units)}，请用--unit写明报送单位"
        )
    if len(contents.in_column) > 1:
        return Settled(
            unclear=f"表中有{len(contents.in_column)}个责任单位（{_some(contents.in_column)}），看不出由谁报送，请用--unit写明报送单位",
            choices=contents.in_column,
        )
    leaders = tuple(dict.fromkeys(leading))
    if len(leaders) == 1:
        return Settled(leaders[0], remarks=(f"表中没有写单位，按各项目申报的责任单位登记为“{leaders[0]}”",))
    among = f"，所列项目分属{_some(leaders)}" if leaders else ""
    return Settled(unclear=f"看不出是哪个单位的报表{among}，请用--unit写明报送单位", choices=leaders)


def settle_period(contents: Contents, told: str) -> Settled:
    """``2027-03`` for a monthly ledger, ``2027`` for any other; ``told`` as for the unit."""
    stated = contents.months if contents.monthly else contents.years
    what, example = ("月份", "2027-03") if contents.monthly else ("年度", "2027")
    said = tuple(dict.fromkeys(each.value for each in stated))
    if told and contents.monthly and "-" not in told:
        return Settled(unclear=f"月报应写明月份，请把--period写成“{told}-03”这样的年月")
    wanted = told if contents.monthly else told[:4]
    if wanted and len(said) == 1 and wanted != said[0]:
        return Settled(
            unclear=f"表中写明的期间是{said[0]}（{_places(stated)}），与--period给出的{wanted}不符，请核对"
        )
    if wanted:
        return Settled(wanted)
    if len(said) == 1:
        return Settled(said[0])
    if said:
        return Settled(unclear=f"表中的{what}不止一个：{_listed(stated)}，请用--period写明", choices=said)
    return Settled(unclear=f"看不出是哪个{what}的报表，请用--period写明，如{example}")


def nearest(name: str, units: Sequence[str]) -> str:
    """``，与“区住建局”相近`` for a name that is like a unit's, else ""."""
    near = difflib.get_close_matches(name, units, n=1, cutoff=0.4)
    return f"，与“{near[0]}”相近" if near else ""


def _places(stated: Sequence[Stated]) -> str:
    return "、".join(dict.fromkeys(each.where for each in stated))


def _listed(stated: Sequence[Stated]) -> str:
    return "，".join(f"{each.where}为“{each.value}”" for each in stated)


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")
