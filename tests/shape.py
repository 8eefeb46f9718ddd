"""Whether a context has exactly the shape that a document's NAMES describe."""

from collections.abc import Mapping
from decimal import Decimal

from pipeline.records.money import Figure
from pipeline.rendering.chart import Chart

_PLAIN = (str, int, bool, Decimal, Figure, Chart)


def assert_matches(context: object, names: object, at: str = "context") -> None:
    """Fail at the first place where ``context`` differs from ``names``.

    A ``str`` in names stands for a plain value, a mapping for an object with the same keys, a list of one entry
    for a list of such things. No None, no float, nothing unnamed.
    """
    if isinstance(names, Mapping):
        assert isinstance(context, Mapping), f"{at}: an object is described, found {context!r}"
        assert set(context) == set(names), f"{at}: keys differ: {sorted(set(context) ^ set(names))}"
        for key, described in names.items():
            assert_matches(context[key], described, f"{at}.{key}")
    elif isinstance(names, list):
        assert len(names) == 1, f"{at}: a list in NAMES describes one kind of entry"
        assert isinstance(context, list | tuple), f"{at}: a list is described, found {context!r}"
        for index, entry in enumerate(context):
            assert_matches(entry, names[0], f"{at}[{index}]")
    else:
        assert isinstance(names, str), f"{at}: NAMES holds {names!r}"
        assert isinstance(context, _PLAIN), f"{at}: a plain value is described, found {context!r}"
