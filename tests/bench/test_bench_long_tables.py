"""The plan's annex: cost grows with its rows, in time and memory."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import sys, time
from tests.bench.test_bench_long_tables import annex_of, peak
rows = int(sys.argv[1])
template, context = annex_of(rows)
before, started = peak(), time.process_time()
from pipeline.word.issuing import Paper, issue_document
document = issue_document(template, context, Paper())
print(time.process_time() - started, before, peak(), len(document))
"""


def peak() -> float:
    """MB that this program has held at most; what started it does not count, as it does in ``getrusage``."""
    (found,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(found) / 1024


def annex_of(rows: int) -> tuple[object, dict[str, object]]:
    """A compiled template with one long table, and that many rows."""
    from pipeline.word.house_style import BODY, SMALL_TEXT
    from pipeline.word.ooxml import Cell, Section, Table, docx, paragraph
    from pipeline.word.template import Template

    table = Table((1000, 3000, 2000, 2844))
    fields = ("序号", "项目名称", "总投资", "说明")
    built = table.build(
        table.head(fields, SMALL_TEXT),
        table.when("for 项 in 项目"),
        table.row([Cell("{{ 项." + field + " }}", SMALL_TEXT) for field in fields]),
        table.when("endfor"),
    )
    data = docx((Section("portrait", (paragraph(BODY, "{{ 标题 }}"), built)),))
    items = [
        {
            "序号": number,
            "项目名称": f"示例第{number}号项目",
            "总投资": 5000 + number,
            "说明": f"第{number}段主体施工",
        }
        for number in range(rows)
    ]
    return Template.compile(data, "长表.docx"), {"标题": "长表", "项目": items}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="没有/proc")
def test_ten_times_the_rows_cost_about_ten_times() -> None:
    times, peaks = {}, {}
    for rows in (2000, 20000):
        done = subprocess.run([sys.executable, "-c", _PROGRAM, str(rows)], capture_output=True, text=True, check=True)
        seconds, before, most, size = map(float, done.stdout.split())
        times[rows], peaks[rows] = seconds, most
        print(f"\n{rows}行：{seconds:.3f}秒，峰值{most:.0f}MB（渲染前{before:.0f}MB），{size / 1024:.0f}KB")
    print(f"用时之比{times[20000] / times[2000]:.1f}")
    assert times[20000] / times[2000] <= 15
    assert peaks[20000] <= 120
