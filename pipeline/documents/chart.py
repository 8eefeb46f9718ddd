"""A chart as a document states it: what is compared, not how it is drawn."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Chart:
    """Rates (百分比) of several things against one reference rate.

    ``categories`` and ``values`` go together, in the order shown from the top; ``reference`` is the rate that
    each is measured by (时间进度). Without categories a template prints a sentence instead.
    """

    categories: tuple[str, ...]
    values: tuple[Decimal, ...]
    reference: Decimal
    value_name: str = "年度计划投资完成率"
    reference_name: str = "时间进度"

    def __post_init__(self) -> None:
        if len(self.categories) != len(self.values):
            raise ValueError("a chart needs as many values as categories")
