"""Why the disk refused something, as the user is told."""

import errno

_SENTENCES = {
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错（系统错误5）",
    errno.EEXIST: "已有同名的文件",
    errno.ENOENT: "文件或文件夹已不在",
    errno.EISDIR: "路径中该是文件的地方是一个文件夹",
    errno.ENAMETOOLONG: "文件名或路径过长",
    errno.ENOTDIR: "路径中该是文件夹的地方是一个文件",
    errno.EFBIG: "文件过大",
    errno.EXDEV: "要去的地方在另一个磁盘上",
    errno.ELOOP: "链接绕成了圈",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.EBUSY: "正被另一个程序使用",
    errno.EFBIG: "文件过大，磁盘存不下",
    errno.ESTALE: "网络盘已断开",
    errno.ENOTCONN: "网络盘已断开",
    errno.ETIMEDOUT: "网络盘没有回应",
    errno.EHOSTDOWN: "网络盘没有回应",
    errno.EHOSTUNREACH: "网络盘没有回应",
    errno.ENODEV: "磁盘已不在",
    errno.ENXIO: "磁盘已不在",
}


def reason(problem: OSError) -> str:
    """Why a file could not be read, written or moved, in Chinese."""
    if isinstance(problem, PermissionError):
        return "没有权限，或文件正被WPS、Word打开"
    return _SENTENCES.get(problem.errno or 0, f"系统错误{problem.errno}")
