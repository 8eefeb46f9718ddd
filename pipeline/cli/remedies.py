"""How each remedy is done at a terminal; said in brackets behind the sentence that asks for it."""

import re
from collections.abc import Mapping

from pipeline.errors import Remedy

HOW: Mapping[Remedy, str] = {
    Remedy.MAKE: "gongwen run",
    Remedy.MAKE_ANEW: "gongwen run --force",
    Remedy.MAKE_OWN_WAY: "用编它的命令",
    Remedy.FEWER_PROCESSES: "gongwen run --jobs 1",
    Remedy.PRINT: "gongwen pdf",
    Remedy.ARCHIVE: "gongwen archive",
    Remedy.CHECK: "gongwen check",
    Remedy.RECEIVE: "gongwen receive 文件",
    Remedy.RENAME: "gongwen rename 原名称 新名称",
    Remedy.VERIFY_REGISTER: "gongwen register --verify",
    Remedy.RESTORE_REGISTER: "gongwen register --restore 备份文件；链尾另加--known 链尾",
    Remedy.ACCEPT_END: "--known 链尾",
    Remedy.CHECK_TEMPLATES: "gongwen templates check",
    Remedy.LIST_FIELDS: "gongwen fields --kind 文书",
    Remedy.CHOOSE_WORKSPACE: "先cd到工作区的文件夹，或加-C 文件夹名；新建用gongwen init 文件夹名",
    Remedy.START_WORKSPACE: "gongwen init 文件夹名",
}
_OF_FINDINGS: Mapping[str, Remedy] = {  # by the finding's code, or its rule
    "monthly-renamed": Remedy.RENAME,
    "declaration-dropped": Remedy.RENAME,
    "register": Remedy.RESTORE_REGISTER,
    "lost-report": Remedy.RECEIVE,
}


_NAMES = re.compile(r'("(?:[^"\\]|\\.)+") = ("(?:[^"\\]|\\.)+")')  # of a rename, as office.toml and a shell take them


def worded(sentence: str, remedy: Remedy | None) -> str:
    """``请重编（gongwen run）。``: the sentence with its full stop."""
    return _with(sentence, HOW[remedy] if remedy else "")


def finding_worded(sentence: str, code: str) -> str:
    """The sentence of a finding of that code, with what would help; a rename with the names that it proposes."""
    remedy = _OF_FINDINGS.get(code)
    if remedy is Remedy.RENAME and (names := _NAMES.search(sentence)):
        return _with(sentence, f"gongwen rename {names[1]} {names[2]}")
    return worded(sentence, remedy)


def _with(sentence: str, how: str) -> str:
    return f"{sentence.rstrip('。')}{f'（{how}）' if how else ''}。"
