"""Conversion to PDF: every failure named, nothing half-done, no PDF of a person's overwritten."""

import os
import shutil
import stat
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.errors import PdfError
from pipeline.outputs.fonts_file import STAND_INS, fonts_file_text, write_fonts_file
from pipeline.outputs.office_process import find_office
from pipeline.outputs.pdf import Limits, convert
from pipeline.outputs.pdf_beside import issue_pdfs
from pipeline.outputs.pdf_bytes import is_untouched, page_count, without_clock
from pipeline.outputs.pdf_words import Words, document_words, missing_words, page_words
from pipeline.outputs.store import Written
from pipeline.word.house_style import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG
from pipeline.word.ooxml import Section, body, docx
from tests.docx_reading import part, with_part, with_relation
from tests.office_present import require_office

PAPER = docx([Section("portrait", (body("为全面落实重点项目建设的部署，现将有关事项通知如下。"),))])
PLAIN = docx([Section("portrait", (body("……"),))])  # nothing that a made-up PDF would have to show
_MAIN = "word/document.xml"
FakeOffice = Callable[[str], Path]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="用脚本代替LibreOffice的测试只在类Unix系统上运行")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "通知.docx"
    path.write_bytes(PAPER)
    return path


@pytest.fixture
def plain_paper(tmp_path: Path) -> Path:
    path = tmp_path / "通知.docx"
    path.write_bytes(PLAIN)
    return path


@pytest.fixture
def fake_office(tmp_path: Path) -> FakeOffice:
    """A program in LibreOffice's place; in its script ``$out`` is the target folder, ``$last`` the last file."""

    def make(script: str) -> Path:
        path = tmp_path / "soffice"
        path.write_text(
            '#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\nout="$2"; shift 2\n'
            f"for last; do :; done\n{script}\n",
            "utf-8",
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return make


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def one_page() -> bytes:
    """The smallest PDF with a page."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)


class TestReal:
    """With LibreOffice itself."""

    @pytest.fixture(autouse=True)
    def _office(self) -> None:
        require_office()

    def test_good_files_come_out_and_bad_ones_say_why(self, tmp_path: Path) -> None:
        good, twin = tmp_path / "甲" / "通知.docx", tmp_path / "乙" / "通知.docx"
        for path, text in ((good, "甲乡镇"), (twin, "乙街道")):
            path.parent.mkdir()
            path.write_bytes(docx([Section("portrait", (body(text),))]))
        garbage, cut, hollow = (tmp_path / f"{name}.docx" for name in ("乱码", "截断", "空壳"))
        garbage.write_bytes(bytes(range(256)) * 40)
        cut.write_bytes(PAPER[: len(PAPER) // 2])
        with zipfile.ZipFile(hollow, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")
        missing = tmp_path / "没有.docx"
        paths = [good, garbage, twin, cut, missing, hollow]
        before = {path: path.read_bytes() for path in paths if path.exists()}
        results = {result.path: result for result in convert(paths)}
        assert list(results) == paths
        assert page_count(results[good].pdf or b"") == page_count(results[twin].pdf or b"") == 1
        assert results[good].pdf != results[twin].pdf
        assert [results[path].reason for path in (garbage, cut, missing, hollow)] == [
            "不是Word文档（docx），或文件已损坏、加密",
            "不是Word文档（docx），或文件已损坏、加密",
            "文件不存在",
            "LibreOffice打不开这份文件，没有生成PDF",
        ]
        assert before == {path: path.read_bytes() for path in paths if path.exists()}
        assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {path.name for path in before}

    def test_a_pdf_with_another_figure_is_none_of_this_paper(self, tmp_path: Path) -> None:
        paper, other = tmp_path / "甲.docx", tmp_path / "乙.docx"
        for path, amount in ((paper, "12345.60"), (other, "12345.06")):
            path.write_bytes(docx([Section("portrait", (body(f"总投资{amount}万元，按GB/T 9704编排。"),))]))
        pdf = convert([paper])[0].pdf
        assert pdf
        assert missing_words(document_words(paper), page_words(pdf)) == ""
        assert missing_words(document_words(other), page_words(pdf)) == "12345.06"

    def test_same_paper_same_bytes(self, paper: Path) -> None:
        first = convert([paper])[0].pdf
        time.sleep(1.1)  # the clock must move, or the dates would be equal anyway
        second = convert([paper])[0].pdf
        assert first
        assert first == second
        assert is_untouched(first)

    def test_command_puts_it_beside_and_keeps_a_signed_one(self, paper: Path) -> None:
        result = invoke("pdf", str(paper))
        assert (result.exit_code, result.output.splitlines()[-1]) == (0, "PDF：新增1份。")
        target = paper.with_suffix(".pdf")
        assert "未变1份" in invoke("pdf", str(paper)).output
        signed = target.read_bytes() + b"\n%signed\n"
        target.write_bytes(signed)
        result = invoke("pdf", str(paper))
        assert result.exit_code == 0
        assert "可能已签章" in result.output
        assert target.read_bytes() == signed
        assert page_count(target.with_name("通知（新版）.pdf").read_bytes()) == 1
        assert "通知（新版）.pdf" in invoke("pdf", str(paper)).output

    def test_command_converts_what_the_workspace_issued(self, tmp_path: Path) -> None:
        (tmp_path / "inputs").mkdir()
        place = tmp_path / "outputs" / "2027" / "简报"
        place.mkdir(parents=True)
        (place / "第1期.docx").write_bytes(PAPER)
        (place / "~$第1期.docx").write_bytes(b"lock")
        assert invoke("pdf", "-C", str(tmp_path)).exit_code == 0
        assert [path.name for path in place.glob("*.pdf")] == ["第1期.pdf"]

    def test_a_broken_file_beside_a_good_one_is_an_error(self, paper: Path) -> None:
        broken = paper.with_name("坏.docx")
        broken.write_bytes(b"x")
        result = invoke("pdf", str(paper), str(broken))
        assert result.exit_code == 1
        assert "坏.docx：不是Word文档" in result.output
        assert invoke("pdf", str(broken)).exit_code == 2


def test_hanging_process_is_ended_with_its_children(paper: Path, fake_office: FakeOffice) -> None:
    mark = paper.with_name("alive")
    office = fake_office(f'(while :; do date > "{mark}"; sleep 0.1; done) &\nwait')
    started = time.monotonic()
    result = convert([paper], office=office, limits=Limits(single=0.5))[0]
    assert result.reason == "转换超过0.5秒，已中止"
    assert time.monotonic() - started < 10
    mark.unlink(missing_ok=True)
    time.sleep(0.4)
    assert not mark.exists()


def test_files_that_a_batch_did_not_bring_are_tried_once_more_alone(plain_paper: Path, fake_office: FakeOffice) -> None:
    ready = plain_paper.with_name("ready.pdf")
    ready.write_bytes(one_page())
    calls = plain_paper.with_name("calls")
    office = fake_office(f'echo $# >> "{calls}"\n[ $# = 1 ] && cp "{ready}" "$out/$(basename "$last" .docx).pdf"')
    papers = [plain_paper, Path(shutil.copy(plain_paper, plain_paper.with_name("通报.docx")))]
    results = convert(papers, office=office, processes=1)
    assert [page_count(result.pdf or b"") for result in results] == [1, 1]
    assert calls.read_text().split() == ["2", "1", "1"]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 0", "LibreOffice打不开这份文件，没有生成PDF"),
        ("kill -9 $$", "LibreOffice打不开这份文件，没有生成PDF"),
        (
            'head -c 500 /dev/urandom > "$out/$(basename "$last" .docx).pdf"',
            "LibreOffice打不开这份文件，没有生成PDF",
        ),
        ('printf "%%PDF-1.6\\n%%%%EOF" > "$out/$(basename "$last" .docx).pdf"', "生成的PDF不完整或没有页面"),
    ],
)
def test_what_came_out_decides_not_the_exit_status(
    paper: Path, fake_office: FakeOffice, script: str, reason: str
) -> None:
    result = convert([paper], office=fake_office(script))[0]
    assert (result.pdf, result.reason) == (None, reason)


def test_success_in_spite_of_a_bad_exit_status(plain_paper: Path, fake_office: FakeOffice) -> None:
    ready = plain_paper.with_name("ready.pdf")
    ready.write_bytes(one_page())
    office = fake_office(f'cp "{ready}" "$out/$(basename "$last" .docx).pdf"; exit 77')
    assert convert([plain_paper], office=office)[0].pdf


def test_bomb_is_refused_before_it_is_opened(tmp_path: Path, fake_office: FakeOffice) -> None:
    bomb = tmp_path / "大.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", bytes(257 * 1024 * 1024))
    assert convert([bomb], office=fake_office("exit 0"))[0].reason == "解压后超过256MB，不予转换"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("word/document.xml", "<a>" + "<b/>" * 999_999 + "</a>", "内容过多（超过100万个元素），不予转换，请分成几份"),
        ("word/document.xml", f'<a b="{"x" * (32 << 20)}"/>', "一个部件解压后超过32MB，不予转换"),
        ("word/document.xml", f"<a>{' ' * ((32 << 20) - 7)}</a>", "LibreOffice打不开这份文件，没有生成PDF"),
        ("word/media/p.emf", bytes(33 << 20), "LibreOffice打不开这份文件，没有生成PDF"),
        ("word/document.xml", "<a>" * 257, "层层嵌套超过256层，不予转换"),
        ("word/media/p.svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "里面有自定义的实体（DOCTYPE），可能有害，不予转换"),
        ("word/media/p.png", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "里面有自定义的实体（DOCTYPE），可能有害，不予转换"),
        ("word/document.xml", "<a>" + "<b/>" * 999_998 + "</a>", "LibreOffice打不开这份文件，没有生成PDF"),
        ("word/document.xml", "<a>" * 256, "LibreOffice打不开这份文件，没有生成PDF"),
    ],
)  # fmt: skip
def test_what_would_be_laboured_at_without_end_is_refused(
    tmp_path: Path, fake_office: FakeOffice, name: str, content: str | bytes, reason: str
) -> None:
    paper = tmp_path / "甲.docx"
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(name, content)
    assert convert([paper], office=fake_office("exit 0"))[0].reason == reason


def test_a_file_alone_is_not_tried_twice(plain_paper: Path, fake_office: FakeOffice) -> None:
    calls = plain_paper.with_name("calls")
    result = convert([plain_paper], office=fake_office(f'echo x >> "{calls}"; sleep 9'), limits=Limits(single=0.3))
    assert result[0].reason == "转换超过0.3秒，已中止"
    assert calls.read_text().split() == ["x"]


def test_the_office_gets_no_more_memory_than_a_paper_needs(plain_paper: Path, fake_office: FakeOffice) -> None:
    said = plain_paper.with_name("said")
    convert([plain_paper], office=fake_office(f'ulimit -d > "{said}"'))
    assert said.read_text().strip() == str(400 * 1024)


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (with_relation(PAPER, "image", "http://example.invalid/a.png", mode="External"), "外部"),
        (with_relation(PAPER, "attachedTemplate", "//example.invalid/a.dotm", "word/settings.xml", "External"), "所附模板"),
        (with_part(PAPER, _MAIN, part(PAPER, _MAIN).replace(b"</w:p>", b'<w:fldSimple w:instr="INCLUDETEXT a.docx"/></w:p>', 1)), "域"),
        (with_part(PAPER, _MAIN, part(PAPER, _MAIN).replace(b"</w:p>", b"<w:r><w:object/></w:r></w:p>", 1)), "嵌入对象"),
        (with_part(PAPER, _MAIN, part(PAPER, _MAIN)[:-9]), "文件结构不正常"),
    ],
)  # fmt: skip
def test_what_loads_something_is_not_opened(data: bytes, label: str, tmp_path: Path, fake_office: FakeOffice) -> None:
    path = tmp_path / "来文.docx"
    path.write_bytes(data)
    (result,) = convert([path], office=fake_office(f"touch {tmp_path}/opened"))
    assert result.pdf is None
    assert label in result.reason
    assert result.reason.endswith("后再转换")
    assert not (tmp_path / "opened").exists()


def test_no_office_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch, paper: Path) -> None:
    monkeypatch.setattr("pipeline.outputs.office_process._NAMES", ())
    monkeypatch.setattr("pipeline.outputs.office_process._PLACES", ())
    for name in ("GONGWEN_SOFFICE", "ProgramFiles"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(PdfError, match=r"没有找到LibreOffice.*请安装"):
        find_office()
    result = invoke("pdf", str(paper))
    assert result.exit_code == 2
    assert "没有找到LibreOffice" in result.output
    result = invoke("lint", "--pdf", str(paper))
    assert result.exit_code == 2
    assert "检查了" in result.output  # the file itself is still checked
    assert "版面没有检查：没有找到LibreOffice" in result.output


def test_named_office_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGWEN_SOFFICE", str(tmp_path / "没有"))
    with pytest.raises(PdfError, match="GONGWEN_SOFFICE"):
        find_office()


def test_office_found_in_a_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "libreoffice25.2" / "program" / "soffice"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.delenv("GONGWEN_SOFFICE", raising=False)
    monkeypatch.setattr("pipeline.outputs.office_process._NAMES", ())
    monkeypatch.setattr("pipeline.outputs.office_process._PLACES", (f"{tmp_path}/libreoffice*/program/soffice",))
    assert find_office() == program


def test_office_that_cannot_be_started(paper: Path) -> None:
    office = paper.with_name("soffice")
    office.write_bytes(b"")
    office.chmod(0o600)
    with pytest.raises(PdfError, match="无法启动"):
        convert([paper], office=office)


def test_temporary_folder_out_of_use(monkeypatch: pytest.MonkeyPatch, paper: Path, fake_office: FakeOffice) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(paper / "不是文件夹"))
    with pytest.raises(PdfError, match="临时文件夹无法使用"):
        convert([paper], office=fake_office("exit 0"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="超级用户不受只读限制")
def test_read_only_folder_is_named(plain_paper: Path, fake_office: FakeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = plain_paper.with_name("ready.pdf")
    ready.write_bytes(one_page())
    monkeypatch.setenv("GONGWEN_SOFFICE", str(fake_office(f'cp "{ready}" "$out/$(basename "$last" .docx).pdf"')))
    plain_paper.parent.chmod(0o500)
    try:
        outcome = issue_pdfs([plain_paper])[0]
    finally:
        plain_paper.parent.chmod(0o700)
    assert outcome.saved is None
    assert "没有权限" in outcome.reason


def test_target_that_cannot_be_written_is_named(
    plain_paper: Path, fake_office: FakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = plain_paper.with_name("ready.pdf")
    ready.write_bytes(one_page())
    monkeypatch.setenv("GONGWEN_SOFFICE", str(fake_office(f'cp "{ready}" "$out/$(basename "$last" .docx).pdf"')))
    plain_paper.with_suffix(".pdf").mkdir()
    outcome = issue_pdfs([plain_paper])[0]
    assert outcome.saved is None
    assert "无法写入" in outcome.reason


def test_outcomes_of_a_changed_paper(
    plain_paper: Path, fake_office: FakeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = plain_paper.with_name("ready.pdf")
    identity = b"trailer<</ID [ <" + b"0" * 32 + b">\n<" + b"0" * 32 + b"> ]/Size 4"
    monkeypatch.setenv("GONGWEN_SOFFICE", str(fake_office(f'cp "{ready}" "$out/$(basename "$last" .docx).pdf"')))
    outcomes = []
    for page in (b"595 842", b"595 842", b"842 595"):
        ready.write_bytes(one_page().replace(b"trailer<</Size 4", identity).replace(b"595 842", page))
        saved = issue_pdfs([plain_paper])[0].saved
        outcomes.append(saved.outcome if saved else None)
    assert outcomes == [Written.NEW, Written.UNCHANGED, Written.CHANGED]


def test_clock_is_taken_out_and_length_kept() -> None:
    made = b"/CreationDate(D:20270115120000+08'00')/ID [ <" + b"A" * 32 + b">\n<" + b"B" * 32 + b"> ]"
    later = made.replace(b"20270115120000", b"20280220133000").replace(b"A" * 32, b"C" * 32)
    assert without_clock(made) == without_clock(later)
    assert len(without_clock(made)) == len(made)
    assert not is_untouched(made)
    assert is_untouched(without_clock(made))
    assert not is_untouched(without_clock(made) + b"%signed")
    assert not is_untouched(b"%PDF-1.4 without identity")


def test_fonts_file_offers_stand_ins_after_the_official_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/home/甲&乙/fonts.conf")
    root = ElementTree.parse(write_fonts_file(tmp_path)).getroot()
    assert [each.text for each in root.iter("include")] == ["/home/甲&乙/fonts.conf"]
    asked = {match.findtext("test/string"): match for match in root.iter("match")}
    for family in (FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG):
        edit = asked[family].find("edit")
        assert edit is not None
        assert edit.get("mode") == "append"  # after the family asked for, so that a genuine font wins
        assert tuple(each.text for each in edit) == STAND_INS[family]
    monkeypatch.delenv("FONTCONFIG_FILE")
    assert "/etc/fonts/fonts.conf" in fonts_file_text()


def test_a_pdf_of_other_text_is_no_success(paper: Path, fake_office: FakeOffice) -> None:
    ready = paper.with_name("ready.pdf")
    ready.write_bytes(one_page())
    result = convert([paper], office=fake_office(f'cp "{ready}" "$out/$(basename "$last" .docx).pdf"'))[0]
    assert (result.pdf, result.reason.partition("（")[0]) == (None, "PDF内容与文书不一致")


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ("页眉甲乙丙丁", ""),
        ("甲乙表丙丁表", ""),
        ("甲乙丙", "丁"),
        ("丙丁甲乙", "丙丁"),
        ("甲乙丁丙", "丙丁"),
    ],
)
def test_words_must_stand_on_the_page_in_their_order(shown: str, missing: str) -> None:
    assert missing_words([Words("甲乙"), Words("丙丁")], shown) == missing


@pytest.mark.parametrize(
    ("said", "shown", "missing"),
    [
        (["总投资12345.60万元"], "总投资12345.60万元", ""),
        (["总投资12345.60万元"], "总投资123\r\n45.60万元\r\n— 1 —", ""),  # broken by a line's end
        (["总投资12345.60万元"], "总投资12345.61万元", "12345.60"),
        (["总投资4600万元"], "总投资24600万元", "4600"),
        (["完成5%", "完成5%"], "完成5%完成%", "5"),
        (["GB/T 9704", "Info"], "gb/t 9704 in-\nfo", ""),
        (["甲公司ABC"], "甲公司AB", "abc"),
    ],
)
def test_figures_and_latin_words_must_stand_on_the_page(said: list[str], shown: str, missing: str) -> None:
    assert missing_words([Words(text.lower()) for text in said], shown.lower()) == missing


def test_a_figure_that_a_narrow_cell_breaks_is_no_loss() -> None:
    cells = [Words("12345.60", flows=False), Words("67890.10", flows=False)]
    assert missing_words(cells, "12345. 67890.\r\n60 10") == ""
    assert missing_words(cells, "12345. 67890.\r\n60 11") == "67890.10"
    assert missing_words([Words("12345.60")], "12345.67890.\r\n60 10") == "12345.60"


def test_figures_that_the_page_counts_itself_are_not_compared(tmp_path: Path) -> None:
    paper = docx([Section("portrait", (body("第9页，共10页，总投资5000万元。"),))])
    path = tmp_path / "通知.docx"
    path.write_bytes(
        with_part(
            paper,
            "word/document.xml",
            part(paper, "word/document.xml").replace(
                "第9页，共10页".encode(),
                '第</w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>9</w:t></w:r></w:fldSimple>'
                '<w:r><w:t>页，共</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                "<w:r><w:instrText>NUMPAGES</w:instrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>10</w:t></w:r>'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>页'.encode(),
            ),
        )
    )
    assert missing_words(document_words(path), "第1页，共2页，总投资5000万元。") == ""
    assert missing_words(document_words(path), "第9页，共10页，总投资5001万元。") == "5000"


#: What a failing office does, and what is then said; none may count as success.
FAILURES = {
    "没有输出": "exit 0", "被杀": "kill -9 $$", "磁盘已满": 'head -c 100 /dev/zero > /dev/full; exit 1',
    "配置被占用": "echo 'user installation is locked' >&2; exit 81",
    "截断": 'printf "%%PDF-1.6" > "$out/$(basename "$last" .docx).pdf"',
    "乱码": 'head -c 500 /dev/urandom > "$out/$(basename "$last" .docx).pdf"',
    "只读": 'chmod 500 "$out"; cat "$last/x" > "$out/x" && exit 0', "挂起": "sleep 30",
}  # fmt: skip


def test_nine_failures_are_all_reported(paper: Path, fake_office: FakeOffice, tmp_path: Path) -> None:
    reported = {}
    for kind, script in FAILURES.items():
        result = convert([paper], office=fake_office(script), limits=Limits(single=1))[0]
        reported[kind] = result.reason if result.pdf is None else ""
    bomb = tmp_path / "大.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", bytes(257 * 1024 * 1024))
    reported["压缩炸弹"] = convert([bomb], office=fake_office("exit 0"))[0].reason
    print(f"\nPDF失败{len(reported)}种：报告{sum(map(bool, reported.values()))}种")
    assert all(reported.values())
