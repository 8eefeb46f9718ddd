"""A small workspace of csv ledgers, and reports that units send to it."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pipeline.records.receipt_line import RegisterLine
from pipeline.registers.register import Register
from pipeline.tasks.desk import Told
from pipeline.tasks.receive import receive
from pipeline.tasks.taking import Received
from pipeline.workspace import Workspace
from pipeline.workspace.office_toml_writing import office_toml_text

HEAD = "序号,项目名称,责任单位,本月计划投资（万元）,本月完成投资（万元）,本年完成投资（万元）,形象进度,实际开工时间,实际竣工时间,存在问题"
PROJECTS = ("甲厂房项目", "乙道路项目")
UNIT, OTHER = "区住建局", "区水务局"


def at(text: str) -> datetime:
    """``03-14 09:30`` of 2027."""
    return datetime.strptime(f"2027-{text}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local wall time


def office(root: Path) -> Workspace:
    """Two units, three declared projects; templates are there so that documents can be made."""
    inputs = root / "inputs"
    (inputs / "2027" / "名册").mkdir(parents=True)
    (inputs / "2027" / "申报").mkdir()
    (inputs / "office.toml").write_text(office_toml_text(), "utf-8")
    units = [f"{n},{name},钱某乙,项目科,孙某丙,李某丁" for n, name in enumerate((UNIT, OTHER), 1)]
    _write(
        inputs / "2027" / "名册" / "责任单位名册.csv",
        ["2027年责任单位名册", "序号,单位名称,分管领导,责任科室,责任人,联络员", *units],
    )
    head = (
        "序号,项目名称,四个一批,所属行业,项目单位,建设地点,建设内容及规模,建设年限,总投资（万元）,已累计完成投资（万元）,"
        "当年计划投资（万元）,当年形象进度目标,资金来源,责任单位,协办单位,具体任务,责任人,"
        "申报报告,项目建议书或可研,批准文件,营业执照或筹建文件"
    )
    rows = [
        f"{n},{name},加快建设,基础设施,示例公司,示例路,道路,2026年3月—2028年10月,50000,10000,20000,主体完工,"
        f"企业自筹,{unit},,服务,孙某丙,有,有,有,有"
        for n, (name, unit) in enumerate(((PROJECTS[0], UNIT), (PROJECTS[1], UNIT), ("丙水厂项目", OTHER)), 1)
    ]
    _write(inputs / "2027" / "申报" / "申报表.csv", ["2027年重点项目申报表", head, *rows])
    shutil.copytree(Path(__file__).parents[1] / "templates", root / "templates")
    return Workspace.open(root)


def row(number: int, name: str, done: str = "100", year: str = "300", unit: str = UNIT) -> str:
    return f"{number},{name},{unit},100,{done},{year},主体施工,,,无"


def report(
    folder: Path,
    name: str = "月报.csv",
    rows: Iterable[str] | None = None,
    title: str = f"{UNIT}2027年3月重点项目月报",
) -> Path:
    """A monthly report of both projects, without a mistake unless ``rows`` make one."""
    path = folder / name
    told = list(rows) if rows is not None else [row(n, each) for n, each in enumerate(PROJECTS, 1)]
    _write(path, [title, HEAD, *told])
    return path


def take(workspace: Workspace, *files: Path, when: str = "03-27 09:30", told: Told | None = None) -> list[Received]:
    return list(receive(workspace, files, at(when), at(when), told))


def take_one(workspace: Workspace, path: Path, when: str = "03-27 09:30", told: Told | None = None) -> Received:
    (received,) = take(workspace, path, when=when, told=told)
    return received


def ledger_files(workspace: Workspace) -> set[str]:
    """Working copies of monthly reports."""
    folder = workspace.inputs / "2027" / "月报"
    return {path.relative_to(workspace.root).as_posix() for path in folder.rglob("*") if path.is_file()}


def lines(workspace: Workspace) -> tuple[RegisterLine, ...]:
    return Register.open(workspace).lines()


def verified(workspace: Workspace) -> bool:
    return Register.open(workspace).verify() == ()


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
