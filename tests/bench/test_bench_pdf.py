"""PDFs a second in one run: one call of LibreOffice for each document, and many documents to one call."""

import time
from pathlib import Path

from pipeline.outputs.pdf import convert
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.template import Template
from tests.bench.promotion_plans import TEMPLATE, promotion_drafts
from tests.office_present import require_office

ALONE, TOGETHER = 6, 40


def test_many_documents_to_one_call(tmp_path: Path) -> None:
    require_office()
    template = Template.compile(TEMPLATE.read_bytes(), TEMPLATE.name)
    paths = [tmp_path / f"{number}.docx" for number in range(TOGETHER)]
    for path, draft in zip(paths, promotion_drafts(1000), strict=False):
        path.write_bytes(issue_document(template, draft.context, Paper()))
    convert(paths[:1])  # the first start of all takes longer
    started = time.perf_counter()
    for path in paths[:ALONE]:
        convert([path])
    between = time.perf_counter()
    assert all(each.pdf for each in convert(paths))
    alone, together = ALONE / (between - started), TOGETHER / (time.perf_counter() - between)
    print(f"\nPDF每秒份数：逐份调用{alone:.2f}，成批、两个进程{together:.2f}，{together / alone:.1f}倍")
    assert together / alone > 1.5
