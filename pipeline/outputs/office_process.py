"""One LibreOffice process: found, started with a profile of its own, ended with all its children."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import PdfError
from pipeline.outputs.office_watch import marked, without_mark

_NAMES = ("soffice", "libreoffice", "soffice.exe", "libreoffice7.6", "libreoffice24.8", "libreoffice25.2")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/opt/apps/*libreoffice*/files/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_EXPORT = (
    'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"},'
    '"ExportBookmarks":{"type":"boolean","value":"false"}}'
)
# No macro runs, no link is followed, nothing is fetched: the proxy leads nowhere.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_NOT_STARTED = {
    125: "临时文件夹不能写入",
    126: "不是可以执行的程序",
    127: "程序不存在",
}  # of the shell that was to become it


def find_office() -> Path:
    """The LibreOffice program: GONGWEN_SOFFICE, the PATH, then the usual places. Raises ``PdfError``."""
    chosen = os.environ.get("GONGWEN_SOFFICE")
    if chosen:
        if Path(chosen).is_file():
            return Path(chosen)
        raise PdfError(f"环境变量GONGWEN_SOFFICE指向的{chosen}不存在，或不是文件")
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    for pattern in _all_places():
        folder = Path(pattern)
        for place in sorted(Path(folder.anchor).glob(str(folder.relative_to(folder.anchor))), reverse=True):
            if place.is_file():
                return place
    raise PdfError("没有找到LibreOffice，不能生成PDF。请安装LibreOffice 7.4以上版本（含Writer）后重试")


def _all_places() -> tuple[str, ...]:
    roots = (os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"))
    return _PLACES + tuple(f"{root}/LibreOffice*/program/soffice.exe" for root in roots if root)


def write_profile(folder: Path) -> None:
    """A fresh profile that forbids macros, links and the network."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path if path.startswith("Inet") else "Office." + path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>\n",
        "utf-8",
    )


def convert_folder(
    office: Path, sources: Sequence[Path], target: Path, profile: Path, fonts: Path, seconds: float
) -> bool:
    """Convert ``sources`` into ``target``; False where the time ran out. Its exit status is not looked at:
    what lies in ``target`` decides. ``profile`` stands in a watched folder. Raises ``PdfError`` where the program
    can't be started, OSError where the folder can't be written."""
    command = [
        str(office),
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        "--convert-to", _EXPORT, "--outdir", str(target), *map(str, sources),
    ]  # fmt: skip
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(profile.parent))  # what it leaves there goes with ours
    environment = {**os.environ, **temporary, "FONTCONFIG_FILE": str(fonts), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        process = subprocess.Popen(
            marked(profile.parent, command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=sys.platform != "win32",
        )
    except OSError as problem:
        raise PdfError(f"LibreOffice（{office}）无法启动：系统错误{problem.errno}") from None
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
        without_mark(profile.parent, process.pid)
    if reason := _NOT_STARTED.get(process.returncode):
        raise PdfError(f"LibreOffice（{office}）无法启动：{reason}")
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and whatever it started; the launcher's child does the work and would live on."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
