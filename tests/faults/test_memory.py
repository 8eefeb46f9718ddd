"""512 MB means 512 MB: the largest process of a command stays below, whatever lies in a small file."""

import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.outputs.manifest import READINGS
from pipeline.tasks.start import start_workspace
from pipeline.word.package import NODE_LIMIT
from tests.faults.small_workspace import LONG
from tests.raw_workbook import OFFICE, SHEET, cell, package, parts, sheet

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is asked of Linux")

_MEGABYTES = 512
_SECONDS = 120
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RUNNER = """
import json, resource, subprocess, sys
done = subprocess.run(
    [sys.executable, "-c", "from pipeline.cli import main; main()", *sys.argv[2:]],
    capture_output=True, text=True, timeout=float(sys.argv[1]),
)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(json.dumps([done.returncode, done.stdout + done.stderr, peak]))
"""


def gongwen(*arguments: str) -> tuple[int, str]:
    """The exit code and the words of a command; its largest process took no more than it may."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER, str(_SECONDS), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    code, said, peak = json.loads(done.stdout)
    assert "Traceback" not in said
    assert peak <= _MEGABYTES, f"{peak} MB"
    return code, said


def paper(path: Path, body: str, footers: int = 0) -> Path:
    """A .docx with the same content in its body and in its footers."""
    rels = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/footer" Target="footer{n}.xml"/>' for n in range(footers))
    around = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels",
            f'{around}<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
        archive.writestr("word/_rels/document.xml.rels", f"{around}{rels}</Relationships>")
        for number in range(footers):
            archive.writestr(f"word/footer{number}.xml", f'<w:ftr xmlns:w="{_WORD}">{body}</w:ftr>')
    return path


def giant(path: Path, size: int = 6 << 30) -> Path:
    """Six gigabytes of nothing, which take no room on the disk."""
    path.touch()
    os.truncate(path, size)
    return path


PAPERS: dict[str, Callable[[Path], Path]] = {
    "millions of paragraphs": lambda path: paper(path, "<w:p/>" * 7_000_000),
    "the same in two footers": lambda path: paper(path, "<w:p/>" * 3_500_000, footers=2),
    "six gigabytes": giant,
    "as many elements as are read": lambda path: paper(path, "<w:p/>" * (NODE_LIMIT - 50)),
    "as many attributes": lambda path: paper(
        path, "<w:p " + " ".join(f'a{n}="x"' for n in range(NODE_LIMIT - 50)) + "/>"
    ),
}


@pytest.mark.parametrize("kind", [each for each in PAPERS if LONG or not each.startswith("as many")])
def test_lint(tmp_path: Path, kind: str) -> None:
    code, said = gongwen("lint", str(PAPERS[kind](tmp_path / "样例.docx")))
    judged = kind.startswith("as many")
    assert (code == 2, "不能检查" in said) == (not judged, not judged)


@pytest.mark.parametrize("kind", ["millions of paragraphs", "six gigabytes"])
def test_templates_and_conversion(tmp_path: Path, kind: str) -> None:
    start_workspace(tmp_path, 2027)
    PAPERS[kind](tmp_path / "templates" / "简报.docx")
    code, said = gongwen("templates", "check", "-C", str(tmp_path))
    assert code
    assert "过多" in said or "过大" in said
    code, said = gongwen("pdf", str(tmp_path / "templates" / "简报.docx"), "-C", str(tmp_path))
    assert code


def rows_of(count: int, columns: int, each: Callable[[int], str]) -> str:
    names = [chr(65 + number) for number in range(columns)]
    return "".join(
        f'<row r="{row}">{"".join(each(row * columns + n).replace("@", f"{name}{row}") for n, name in enumerate(names))}</row>'
        for row in range(1, count + 1)
    )


def numbers(count: int, columns: int) -> str:
    return rows_of(count, columns, lambda n: f'<c r="@"><v>{n * 31}.5</v></c>')


def sheets(path: Path, count: int, rows: str) -> Path:
    """A workbook of some sheets with the same content."""
    more = range(2, count + 1)
    found = parts(
        rows,
        sheets="".join(f'<sheet name="续{n}" sheetId="{n}" r:id="rId{n + 9}"/>' for n in more),
        relations="".join(
            f'<Relationship Id="rId{n + 9}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in more
        ),
    )
    found |= {f"xl/worksheets/sheet{n}.xml": found[SHEET] for n in more}
    path.write_bytes(package(found))
    return path


WORKBOOKS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "four sheets": (lambda path: sheets(path, 4, numbers(20_000, 24)), "too-many-cells-in-all"),
    "one sheet": (lambda path: sheets(path, 1, numbers(20_900, 26)), ""),
    "one sheet of texts": (
        lambda path: sheets(
            path, 1, rows_of(20_000, 20, lambda n: f'<c r="@" t="inlineStr"><is><t>第{n}项样例内容甲乙丙丁</t></is></c>')
        ),
        "",
    ),
    "delimited": (
        lambda path: _written(path.with_suffix(".csv"), b"1234.5,99,1,2\n" * 20_900), ""),
    "delimited, wide": (
        lambda path: _written(path.with_suffix(".csv"), (b"7," * 90 + b"7\n") * 20_900), "too-many-cells-in-all"),
    "a gigabyte": (lambda path: giant(path, 1 << 30), "file-too-large"),
}  # fmt: skip


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", [each for each, (_, refusal) in WORKBOOKS.items() if LONG or refusal])
def test_check_and_inspect(tmp_path: Path, kind: str) -> None:
    start_workspace(tmp_path, 2027)
    make, refusal = WORKBOOKS[kind]
    path = make(tmp_path / "inputs/2027/申报/样例.xlsx")
    code, said = gongwen("check", "--json", "-C", str(tmp_path))
    assert code == 1
    assert refusal in said
    code, _ = gongwen("inspect", str(path), "-C", str(tmp_path))
    assert code == (2 if refusal else 0)


@pytest.mark.skipif(not LONG, reason="takes its time; see GONGWEN_LONG")
def test_a_ledger_as_long_as_one_may_be(tmp_path: Path) -> None:
    """Its rows become records, each with all its cells."""
    start_workspace(tmp_path, 2027)
    heads = (
        "项目名称",
        "责任单位",
        "具体选址",
        "主要建设内容和规模",
        "总投资",
        "当年计划投资",
        "资金来源",
        "责任人",
    )
    head = "".join(f'<c r="@{n}" t="inlineStr"><is><t>{name}</t></is></c>' for n, name in enumerate(heads))
    for n in range(len(heads)):
        head = head.replace(f"@{n}", f"{chr(65 + n)}1")
    body = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{chr(65 + n)}{row}" t="inlineStr"><is><t>样例{row * 31 + n}号</t></is></c>' for n in range(4)
        )
        + cell(f"E{row}", str(row * 17 + 20000)) + cell(f"F{row}", str(row + 500))
        + "</row>"
        for row in range(2, 20_000)
    )  # fmt: skip
    (tmp_path / "inputs/2027/申报/样例.xlsx").write_bytes(package(parts(sheet(f'<row r="1">{head}</row>{body}'))))
    for _ in range(2):  # read, and remembered
        assert gongwen("check", "-C", str(tmp_path))[0] == 1


def test_a_memory_of_zeros(tmp_path: Path) -> None:
    start_workspace(tmp_path, 2027)
    (tmp_path / "outputs").mkdir(exist_ok=True)
    zeros = zlib.compressobj(1)
    packed = b"".join(zeros.compress(bytes(1 << 24)) for _ in range(40)) + zeros.flush()
    (tmp_path / "outputs" / READINGS).write_bytes(b"gongwen readings 2\n" + bytes(32) + b"[[[]],[]]\n" + packed)
    code, said = gongwen("check", "-C", str(tmp_path))
    assert "没有使用" in said
    assert code in (0, 1)


@pytest.mark.parametrize("name", ["样例.xlsx", "样例.zip", "样例.docx"])
def test_a_giant_is_not_taken_in(tmp_path: Path, name: str) -> None:
    start_workspace(tmp_path / "workspace", 2027)
    path = giant(tmp_path / name)
    code, said = gongwen("receive", str(path), "-C", str(tmp_path / "workspace"))
    assert code == 2
    assert f"“{path}”有6144MB，超过256MB" in said
    assert not (tmp_path / "workspace/inputs/收件存档").exists()
