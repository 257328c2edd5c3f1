"""A text file that is there whole or not at all."""

import contextlib
import errno
import os
from pathlib import Path

from repigment.errors import RepigmentError

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the place is read-only",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the path is a file",
    errno.EEXIST: "a part of the path is a file",
    errno.ENAMETOOLONG: "the name is too long",
}


def save(text: str, path: Path, what: str) -> None:
    """Write `text` as UTF-8 to `path` in one step, with its folders; RepigmentError when that is not possible.

    A reader of `path` sees the old file or the new one, never a part. `what` names the thing in the message.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise RepigmentError(
            f"{what} cannot be written: {REASONS.get(error.errno or 0, error.strerror or 'the system refused')}",
            where=str(path),
            remedy="name a file in a folder that you may write to, on a disk with room",
        ) from error
