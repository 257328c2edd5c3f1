"""Files that are there whole or not at all, and what is kept from one run to the next."""

import contextlib
import errno
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from threading import get_ident

import numpy as np
from numpy.typing import NDArray

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


def refusal(error: OSError, path: Path, what: str) -> RepigmentError:
    """The message for something that the system would not write."""
    reason = REASONS.get(error.errno or 0, error.strerror or "the system refused")
    return RepigmentError(
        f"{what} cannot be written: {reason}",
        where=str(path),
        remedy="name a place that you may write to, on a disk with room; what was finished is kept",
    )


def save(content: str | bytes, path: Path, what: str) -> None:
    """Write `content` (text as UTF-8) to `path` in one step, with its folders; RepigmentError if that is impossible.

    A reader of `path` sees the old file or the new one, never a part. `what` names the thing in the message.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise refusal(error, path, what) from error


def cache_folder() -> Path:
    """`repigment` inside the user's cache folder (XDG_CACHE_HOME, otherwise ~/.cache)."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "repigment"


def remembered(name: str, made_from: str, size: int, make: Callable[[], NDArray[np.float64]]) -> NDArray[np.float64]:
    """The array (size,) that `make` gives, kept in the cache folder for as long as `made_from` stays the same.

    Without a folder to write to, or with a file that is not whole, it is made again and nothing else changes.
    """
    path = cache_folder() / f"{name}-{hashlib.sha256(made_from.encode()).hexdigest()[:16]}.npy"
    with contextlib.suppress(OSError, ValueError, EOFError):
        kept = np.load(path, allow_pickle=False)
        if kept.shape == (size,) and kept.dtype == float:
            return np.asarray(kept)
    found = np.asarray(make(), float).ravel()
    data = io.BytesIO()
    np.save(data, found, allow_pickle=False)
    with contextlib.suppress(RepigmentError):
        save(data.getvalue(), path, name)
    return found
