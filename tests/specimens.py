"""One specimen of each form, for tests and for the pictures in docs/: invented district, invented matter."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.word import house_style as house
from pipeline.word.annexes import annex_head, annex_notes
from pipeline.word.heads import Notice, briefing_head, document_number, red_head, signed_number, title
from pipeline.word.imprint import imprint
from pipeline.word.ooxml import Cell, Section, Table, body, docx, heading, millimetres, paragraph
from pipeline.word.signatures import joint_signature, remark, signature
from tests.letter_form import letter_header, letter_number
from tests.whole_papers import fitted, preprinted, with_estimated_last_page

_COMMITTEE, _GOVERNMENT, _CONGRESS = "中共示例区委员会", "示例区人民政府", "示例区人大常委会"
_PLAN = "《示例区2027年经济社会发展重点项目计划》"
_TEXT = (
    "为全面落实区委、区政府关于重点项目建设的部署，充分发挥项目对全区经济社会发展的带动作用，按照突出重点、"
    "突出规模、突出效益的原则，在广泛征求意见的基础上，现将有关事项通知如下，请结合实际认真贯彻执行。"
)
_FIGURES = (
    "2027年全区共安排重点项目86项，总投资412.60亿元，当年计划投资158.30亿元。其中，促进开工项目21项，"
    "加快建设项目33项，竣工投产项目18项，前期储备项目14项。各责任单位应按月报送进度、手续和问题。"
)
_COPIED = "市委办公室，市人民政府办公室，市发展和改革委员会，区人大常委会办公室，区政协办公室，区人武部，区人民法院，区人民检察院"
_NOTICES = (Notice("000001", is_copy_number=True), Notice("机密★1年"), Notice("特急"))


def _foot(copied: str = _COPIED) -> str:
    return imprint([("抄送", f"{copied}。", "")], "中共示例区委办公室", "2027年1月16日印发")


def _paper(blocks: Sequence[str], header: str = "", *more: Section) -> bytes:
    sections = (Section("portrait", tuple(blocks), letter=bool(header)), *more)
    return with_estimated_last_page(fitted(docx(sections, header)))


def joint_notice(
    organs: Sequence[str] = (_COMMITTEE, _GOVERNMENT), notices: Sequence[Notice] = (), paragraphs: int = 4,
    copied: str = _COPIED,
) -> bytes:  # fmt: skip
    """通知 of several organs with seals."""
    return _paper(
        [
            red_head(organs, notices=notices),
            document_number("示党发〔2027〕1号"),
            title("　".join(organs) + f"关于印发{_PLAN}的通知"),
            paragraph(house.ADDRESSEE, "各镇、街道，区直各部门、单位："),
            *[body(_TEXT if number % 2 == 0 else _FIGURES, keep_next=number == paragraphs - 1)
              for number in range(paragraphs)],
            joint_signature(organs, "2027年1月15日"),
            _foot(copied),
        ]
    )  # fmt: skip


def three_organs() -> bytes:
    return joint_notice((_COMMITTEE, _GOVERNMENT, _CONGRESS), _NOTICES)


def single_notice(organ: str = _GOVERNMENT, matter: str = "关于印发" + _PLAN + "的通知") -> bytes:
    """通知 of one organ, with 份号, 密级 and 紧急程度."""
    return _paper(
        [
            red_head((organ,), notices=_NOTICES),
            document_number("示政发〔2027〕8号"),
            title(organ + matter),
            paragraph(house.ADDRESSEE, "各镇、街道，区直各部门、单位："),
            body(_TEXT),
            body(_FIGURES, keep_next=True),
            annex_notes(("示例区2027年经济社会发展重点项目计划",)),
            signature(organ, "2027年1月15日"),
            _foot(),
        ]
    )


def to_superior(signers: Sequence[str] = ("王建国",)) -> bytes:
    """请示 with 签发人 and 附注."""
    return _paper(
        [
            red_head((_GOVERNMENT,)),
            signed_number("示政发〔2027〕9号", signers),
            title(f"{_GOVERNMENT}关于审定2027年度重点项目计划的请示"),
            paragraph(house.ADDRESSEE, "示例市人民政府："),
            body(_TEXT),
            body(_FIGURES),
            body("妥否，请批示。", keep_next=True),
            signature(_GOVERNMENT, "2027年1月9日"),
            remark("联系人：张强，联系电话：0000-0000000"),
            _foot("市发展和改革委员会"),
        ]
    )


def letter(paragraphs: int = 6) -> bytes:
    """函 in letter form."""
    return _paper(
        [
            letter_number("示政函〔2027〕3号", _NOTICES[:1] + _NOTICES[2:]),
            title(f"{_GOVERNMENT}关于征求2027年重点项目计划意见的函"),
            paragraph(house.ADDRESSEE, "示例市发展和改革委员会："),
            *[body(_TEXT if number % 2 == 0 else _FIGURES, keep_next=number == paragraphs - 1)
              for number in range(paragraphs)],
            signature(_GOVERNMENT, "2027年1月9日"),
            imprint([("抄送", "市人民政府办公室。", "")], ruled=False),
        ],
        letter_header(_GOVERNMENT),
    )  # fmt: skip


def bulletin() -> bytes:
    """简报."""
    return _paper(
        [
            briefing_head("重大项目包联工作简报", "第3期（总第15期）", "示例区重大项目领导小组办公室", "2027年3月31日",
                          "内部资料　注意保存"),
            title("3月份全区重点项目推进情况"),
            heading("一、总体进展"),
            *[body(_FIGURES) for _ in range(8)],
            imprint([("报", "区委、区人大、区政府、区政协主要领导。", ""), ("送", "领导小组各成员单位。", "")],
                    "示例区重大项目领导小组办公室", "共印60份"),
        ]
    )  # fmt: skip


def report() -> bytes:
    """报告 without a red head, not sealed."""
    return _paper(
        [
            title("示例区重大项目领导小组办公室关于2027年度重点项目工作考核情况的报告"),
            paragraph(house.ADDRESSEE, "区委、区政府："),
            body(_TEXT),
            body(_FIGURES, keep_next=True),
            signature("区重大项目领导小组办公室", "2027年12月31日", sealed=False),
        ]
    )


def scheme(name: str = "新能源汽车零部件产业园标准化厂房及配套基础设施建设项目") -> bytes:
    """方案 with an annex that holds the project's name in a table."""
    table = Table(millimetres(14, 66, 34, 42), padding=50)
    rows = [table.row([Cell(text, house.TABLE_TEXT) for text in ("1", name, "示例区工信局", "完成主体")])]
    annex = (
        annex_head("附件", f"{name}2027年工作清单"),
        table.build(table.head(("序号", "项目名称", "责任单位", "内容"), house.TABLE_HEAD), *rows),
    )
    blocks = [
        title(f"{name}2027年推进方案"),
        heading("一、项目概况"),
        body(_FIGURES),
        body(_TEXT, keep_next=True),
        annex_notes((f"{name}2027年工作清单",)),
        signature("示例区工信局", "2027年1月31日"),
    ]
    return _paper(blocks, "", Section("portrait", annex))


def landscape(rows: int = 40) -> bytes:
    """An annex on turned sheets, between text and imprint."""
    table = Table(millimetres(14, 70, 40, 40, 61), padding=50)
    content = [
        table.row([Cell(text, house.TABLE_CELL) for text in (str(number), f"示例产业园第{number}期项目", "12185", "5015", "主体封顶")])
        for number in range(1, rows + 1)
    ]  # fmt: skip
    head = table.head(("序号", "项目名称", "总投资", "年度计划投资", "形象进度"), house.TABLE_HEAD)
    annex = (annex_head("附件", "示例区2027年重点项目计划表", unit="单位：万元"), table.build(head, *content))
    text = [title(f"{_GOVERNMENT}关于下达2027年重点项目计划的通知"), body(_TEXT, keep_next=True),
            annex_notes(("示例区2027年重点项目计划表",)), signature(_GOVERNMENT, "2027年1月15日")]  # fmt: skip
    return _paper(text, "", Section("landscape", annex), Section("portrait", (body(_FIGURES), _foot())))


def longest() -> bytes:
    """The longest cases in one: title of 60 characters, 30 addressees, 12 annexes, a long 抄送 list."""
    matter = "关于进一步加强2027年全区经济社会发展重点项目建设用地审批、资金保障和安全生产监督管理有关工作事项的通知"
    units = "，".join(f"示例区第{number}街道办事处" for number in range(1, 31))
    names = [
        f"示例区2027年第{number}批重点项目责任单位、责任人、完成时限和具体任务分解安排一览表" for number in range(1, 13)
    ]
    return _paper(
        [
            red_head(("示例市示例高新技术产业开发区管理委员会",)),
            document_number("示高管发〔2027〕128号"),
            title(f"示例开发区管委会{matter}"),
            paragraph(house.ADDRESSEE, f"{units}："),
            body(_TEXT),
            body(_FIGURES, keep_next=True),
            annex_notes(names),
            signature("示例市示例高新技术产业开发区管理委员会", "2027年1月5日"),
            _foot("，".join(units.split("，")[:15])),
        ]
    )


SPECIMENS: Mapping[str, Callable[[], bytes]] = {
    "通知（两个机关联合）": joint_notice,
    "通知（三个机关联合）": three_organs,
    "通知（单独）": single_notice,
    "上行文（一个签发人）": to_superior,
    "上行文（两个签发人）": lambda: to_superior(("王建国", "李　伟")),
    "上行文（三个签发人）": lambda: to_superior(("王建国", "李　伟", "欧阳建")),
    "函": letter,
    "简报": bulletin,
    "报告": report,
    "方案": scheme,
    "横排附件": landscape,
    "套红纸": lambda: preprinted(joint_notice()),
    "最长内容": longest,
}


def write_specimens(folder: Path) -> None:
    """Write every specimen to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in SPECIMENS.items():
        (folder / f"{name}.docx").write_bytes(build())
