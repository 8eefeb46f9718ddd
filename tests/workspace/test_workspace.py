"""office.toml and the folders of a workspace."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import OutputError, Remedy, WorkspaceError
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.papers.paper_kinds import build_templates
from pipeline.records.limits import DEFAULT_LIMITS
from pipeline.records.settings import OfficeSettings
from pipeline.tasks.start import start_workspace
from pipeline.workspace import Workspace, load_settings
from pipeline.workspace.office_toml_writing import add_rename, office_toml_text
from pipeline.workspace.settings_remarks import settings_remarks


def _load(folder: Path, text: str) -> OfficeSettings:
    path = folder / "office.toml"
    path.write_text(text, "utf-8")
    return load_settings(path)


def test_the_written_file_reads_back_as_the_defaults(tmp_path: Path) -> None:
    assert _load(tmp_path, office_toml_text()) == OfficeSettings()


def test_settings_are_taken(tmp_path: Path) -> None:
    text = (
        '["办公室"]\n"区名" = "甲区"\n["考核"]\n"折算系数" = 0.2\n"折算基准分" = 70\n'
        '["考核权重"]\n"形象进度" = 3\n["列名确认"]\n"完成额" = "本月完成投资"\n["外币汇率"]\n"美元" = 7.1\n'
    )
    settings = _load(tmp_path, text)
    assert settings.district == "甲区"
    assert (settings.assessment.factor, settings.assessment.baseline) == (Decimal("0.2"), Decimal(70))
    assert settings.assessment.weights["形象进度"] == 3
    assert settings.headings == {"完成额": "本月完成投资"}
    assert settings.exchange_rates == {"美元": Decimal("7.1")}


def test_limits_of_reading_can_be_raised(tmp_path: Path) -> None:
    limits = _load(tmp_path, '["读取限额"]\n"行数" = 50000\n"秒数" = 60\n').limits
    assert (limits.rows, limits.seconds, limits.cells) == (50_000, 60, DEFAULT_LIMITS.cells)
    with pytest.raises(WorkspaceError, match="整数"):
        _load(tmp_path, '["读取限额"]\n"行数" = "很多"\n')


@pytest.mark.parametrize(
    ("level", "addressees", "reported"),
    [
        ("", "各镇、街道，区直各部门、单位", "区委、区人大、区政府、区政协主要领导"),
        ("县", "各镇、街道，县直各部门、单位", "县委、县人大、县政府、县政协主要领导"),
        ("旗", "各镇、街道，旗直各部门、单位", "旗委、旗人大、旗政府、旗政协主要领导"),
    ],
)
def test_who_is_addressed_follows_the_level(tmp_path: Path, level: str, addressees: str, reported: str) -> None:
    settings = _load(tmp_path, f'["办公室"]\n"层级" = "{level}"\n' if level else "")
    assert (settings.addressees, settings.reported_to) == (addressees, reported)
    stated = _load(tmp_path, '["计划"]\n"主送机关" = ""\n["简报"]\n"报" = "区委主要领导"\n')
    assert (stated.addressees, stated.reported_to) == ("", "区委主要领导")


_NUMBERS = [
    (section, key)
    for section, values in tomllib.loads(office_toml_text()).items()
    for key, value in values.items()
    if isinstance(value, int | float) and not isinstance(value, bool) and section != "考核权重"
]


@pytest.mark.parametrize(("section", "key"), _NUMBERS)
def test_every_number_has_a_range(tmp_path: Path, section: str, key: str) -> None:
    def refusal(value: int) -> str:
        try:
            _load(tmp_path, f'["{section}"]\n"{key}" = {value}\n')
        except WorkspaceError as problem:
            return str(problem)
        return ""

    said = re.search(r"“(.+?)”不能是负数，应不小于(\d+)，不大于(\d+)，现为-1$", refusal(-1))
    assert said, refusal(-1)
    assert said[1] == key
    least, most = int(said[2]), int(said[3])
    assert [bool(refusal(value)) for value in (least - 1, least, most, most + 1)] == [
        True,
        False,
        False,
        True,
    ]
    assert f"应不小于{least}，不大于{most}，现为" in refusal(10**20 + 7)
    if section == "读取限额":
        assert least > 0


def test_the_ranges_are_of_all_numbers() -> None:
    assert len(_NUMBERS) == 24


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[办公室]", "英文引号"),
        ('["办公室"]\n"区名" = "甲\n', "第2行"),
        ('["办公市"]', "是否应为“办公室”"),
        ('["办公室"]\n"机关代号" = "甲"', "是否应为“机关代字”"),
        ('["办公室"]\n"区名" = 3', "应为文字"),
        ('["简报"]\n"印数" = true', "应为整数"),
        ('["简报"]\n"印数" = -1', "不能是负数"),
        ('["考核"]\n"折算系数" = nan', "应为数字"),
        ('["考核"]\n"折算上限" = -1', "应不小于0"),
        ('["考核"]\n"折算上限" = -0.1', "应不小于0"),
        ('["计划"]\n"成文日期" = 2027年1月15日', "第2行的日期应写成2027-01-15这样，不写“年月日”，不加引号"),
        ('["计划"]\n"成文日期" = "2027-01-15"', "应为日期，写成2027-01-15这样，不加引号"),
        ('["单位别名"]\n"区工业和信息化局" = 3', "应写成"),
        ('["单位别名"]\n"甲" = "乙"\n"乙" = "甲"', "回到原名"),
        ('["计划"]\n"成文日期" = 2027-01-15T08:00:00', "应为日期"),
        ('["考核权重"]\n"形像进度" = 1', "是否应为“形象进度”"),
        ('["考核权重"]\n"形象进度" = "1"', "数字"),
        ('["列名确认"]\n"完成额" = ["x"]', "不是字段名"),
        ('["列名确认"]\n"完成额" = "本月投资完成"', "不是字段名"),
        ('["办公室"]\n"层级" = "州"', "“层级”应为区、县、旗或市，现为“州”"),
        ('["外币汇率"]\n"美元" = inf', "数字"),
        ('["外币汇率"]\n"美元" = 10001', "应为0至10000的数字"),
        ('["外币汇率"]\n"美元" = 7.1234567890123456', "应为0至10000的数字"),
        ('["考核权重"]\n"形象进度" = 99999999999999999999', "应为0至1000的数字"),
        (
            '["简报"]\n"印数" = 3\n["考核"]\n["简报"]\n',
            r'第4行的\["简报"\]前面已经有一节，请把两节的内容合在一处',
        ),
        ('["简报"]\n"印数" = 3\n"印数" = 4\n', r'第3行的名称（"印数" = 4）前面已经写过，请只保留一处'),
        ('"简报" = {"印数" = 3, "印数" = 4}\n', "前面已经写过，请只保留一处"),
        ('["简报"]\n"印数" = ' + "[" * 5000, "套了太多层"),
        ('["简报"]\n"印数" = ' + "9" * 5000, "有一个数字长达几千位"),
        ('["简报"]\n"印数" = ' + "9" * 4000, r"不大于9999，现为9{60}…（共4000字）"),
        ('["办公室"]\n"默认金额单位" = "千元"', "千元"),
        (
            "\n".join(['["考核权重"]', *(f'"{p}" = 0' for p in OfficeSettings().assessment.weights)]),
            "全部为0",
        ),
    ],
)
def test_a_mistake_is_named_with_what_to_mend(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(WorkspaceError, match=words):
        _load(tmp_path, text)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8", "utf-8-sig"])
def test_another_encoding_is_read_and_said(tmp_path: Path, encoding: str) -> None:
    start_workspace(tmp_path, 2027)
    path = tmp_path / "inputs" / "office.toml"
    path.write_bytes('["办公室"]\n"样例" = true\n"区名" = "甲区"\n["项目更名"]\n"旧" = "新"\n'.encode(encoding))
    assert load_settings(path).district == "甲区"
    said = settings_remarks(Workspace.open(tmp_path))
    assert [sentence[:28] for sentence in said] == ["inputs/office.toml不是UTF-8编码，已照常读取"[:28]] * (
        not encoding.startswith("utf-8")
    )
    assert add_rename(path, "甲", "乙")
    assert load_settings(path).renames == {"旧": "新", "甲": "乙"}
    assert settings_remarks(Workspace.open(tmp_path)) == ()


def test_an_encoding_that_nobody_knows_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_bytes(b'["\xff\xff"]')
    with pytest.raises(WorkspaceError, match="编码选UTF-8"):
        load_settings(tmp_path / "office.toml")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "“区名”还是“示例区”"),
        ({"样例": "true"}, ""),
        ({"区名": '"云山区"'}, "“区委”、“区政府”、“编印单位”、“机关代字”不是本区的"),
        ({"区名": '"云山县"', "区委": '"中共云山县委员会"', "区政府": '"云山县人民政府"', "编印单位": '"云山县重大办"', "机关代字": '"云党发"'}, "“区名”是“云山县”，“层级”是“区”，两处不一致；“层级”应为区、县、旗、市之一"),
        ({"区名": '"云山自治县"', "层级": '"县"'}, "不是本县的"),
        ({"区名": '"云山区"', "区委": '"中共云山区委员会"', "编印单位": '"云山区重大办"', "机关代字": '"云党发"'}, "“区政府”不是本区的"),
        ({"区名": '"云山区"', "区委": '"中共云山区委员会"', "区政府": '"云山区人民政府"', "编印单位": '"云山区重大办"', "机关代字": '"云党发"'}, ""),
    ],
)  # fmt: skip
def test_names_of_another_district_are_said(tmp_path: Path, changes: dict[str, str], words: str) -> None:
    (tmp_path / "inputs").mkdir()
    lines = ['["办公室"]', *(f'"{key}" = {value}' for key, value in changes.items())]
    (tmp_path / "inputs" / "office.toml").write_text("\n".join(lines), "utf-8")
    said = settings_remarks(Workspace.open(tmp_path))
    assert [words in sentence for sentence in said] == ([True] if words else [])


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"不是工作区.*请指明工作区的文件夹") as caught:
        Workspace.open(tmp_path)
    assert caught.value.remedy is Remedy.CHOOSE_WORKSPACE
    (tmp_path / "inputs").mkdir()
    workspace = Workspace.open(tmp_path)
    with pytest.raises(WorkspaceError, match=r"office\.toml"):
        workspace.settings()
    with pytest.raises(WorkspaceError, match="2027年度"):
        workspace.ledger_files(2027)
    with pytest.raises(WorkspaceError, match=r"计划\.docx"):
        workspace.template("计划.docx")


def test_a_new_workspace_is_complete_and_keeps_what_is_there(tmp_path: Path) -> None:
    written, kept = start_workspace(tmp_path, 2028)
    assert len(written) == 2 + len(build_templates()) + len(LEDGER_KINDS)
    assert kept == []
    toml = tmp_path / "inputs" / "office.toml"
    toml.write_text("# 改过", "utf-8")
    written, kept = start_workspace(tmp_path, 2028)
    assert written == []
    assert toml.read_text("utf-8") == "# 改过"
    assert Workspace.open(tmp_path).years() == [2028]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError, match="无法在"):
        start_workspace(tmp_path / "file" / "below", 2027)
