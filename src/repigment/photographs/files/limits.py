"""How large a photograph may be, told before anything of it is unpacked."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value

MEGA = 1_000_000
SCAN = b"\xff\xda"  # begins a scan of a JPEG; inside of coded data 255 is always followed by 0 or a restart
REASONS = {
    errno.ENOENT: ("there is no such file", "look at the name and at the folder it is in"),
    errno.ENOTDIR: ("there is no such file", "look at the name and at the folder it is in"),
    errno.EACCES: ("you may not read it", "ask its owner, or copy it to where you may read it"),
    errno.EPERM: ("you may not read it", "ask its owner, or copy it to where you may read it"),
    errno.ENAMETOOLONG: ("the name is too long", "look at the name and at the folder it is in"),
    errno.ELOOP: ("it is a link that leads to itself", "name the file itself"),
}


def name_of(path: Path) -> str:
    """What a photograph is called in messages and results: the name of the file, never the folders it is in.

    >>> name_of(Path("clinic/patients/arm.jpg"))
    'arm.jpg'
    """
    return plain(path.name or str(path))


def plain(name: str) -> str:
    r"""A name, or a message with one, that can be written as UTF-8: bytes that are none are told as numbers.

    >>> print(plain("arm\udcff.jpg"))
    arm\xff.jpg
    """
    left = "surrogateescape" if os.name == "posix" else "surrogatepass"  # how names come that are no text
    return name.encode("utf-8", left).decode("utf-8", "backslashreplace")


def contents(path: Path) -> bytes:
    """All bytes of the photograph; the file is opened for reading only.

    RepigmentError if there is no such file, it is no file, it is empty, it may not be read, or it has more bytes than
    `photo_megabytes`: such a file is not read at all.
    """
    name = name_of(path)
    limit = int(value("photo_megabytes") * MEGA)
    try:
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            raise RepigmentError("it is a folder", where=name, remedy="name a photograph in it")
        if not stat.S_ISREG(about.st_mode):
            raise RepigmentError("it is no file but a device or a pipe", where=name, remedy="name a file")
        _within(about.st_size, limit, name)
        with path.open("rb") as file:
            data = file.read(limit + 1)  # it may have grown since
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte in it
        raise refused(error, name) from error
    _within(len(data), limit, name)
    if not data:
        raise RepigmentError(
            "the photograph is empty (0 bytes)", where=name, remedy="copy it again from the camera or the phone"
        )
    return data


def refused(error: OSError | ValueError, name: str) -> RepigmentError:
    """The message for a file or a folder that the system would not read."""
    number = error.errno if isinstance(error, OSError) else errno.ENOENT
    reason, remedy = REASONS.get(number or 0, ("the system refused to read it", "copy it to a disk of this computer"))
    return RepigmentError(reason, where=name, remedy=remedy)


def _within(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise RepigmentError(
            f"the photograph has {size / MEGA:.0f} megabytes",
            where=name,
            allowed=f"{limit // MEGA} megabytes at most",
            remedy="save it smaller, as JPEG",
        )


def check_size(width: int, height: int, name: str) -> None:
    """RepigmentError if a picture of `width` by `height` pixels is larger than `photo_megapixels`, or has no pixel."""
    if width < 1 or height < 1:
        raise RepigmentError(f"the picture says that it is {width} by {height} pixels", where=name)
    if width * height > value("photo_megapixels") * MEGA:
        raise too_large(name, f"{width} by {height} pixels, {width * height / MEGA:.0f} megapixels")


def too_large(name: str, size: str) -> RepigmentError:
    """The message for a picture with too many pixels; `size` tells how many."""
    return RepigmentError(
        f"the picture says that it has {size}",
        where=name,
        allowed=f"{value('photo_megapixels'):.0f} megapixels at most",
        remedy="save it smaller; 12 megapixels are more than is measured",
    )


def check_scans(data: bytes, width: int, height: int, name: str) -> None:
    """RepigmentError if a progressive JPEG would paint its pixels over and over: a small file that never ends.

    Each scan may touch all of the picture. Scans times pixels are bounded by `photo_scans` pictures of the largest
    size.
    """
    scans = data.count(SCAN)
    if scans * width * height > value("photo_scans") * value("photo_megapixels") * MEGA:
        raise RepigmentError(
            f"the JPEG paints its {width} by {height} pixels {scans} times over",
            where=name,
            remedy="open it in a viewer and save it again",
        )


@contextmanager
def foreign(name: str, kind: str) -> Iterator[None]:
    """Whatever a decoder makes of a damaged file becomes one RepigmentError.

    Decoders raise nearly every kind of exception on files that were made wrong, so that all of them are caught here
    and nowhere else.
    """
    try:
        yield
    except RepigmentError:
        raise
    except MemoryError as error:
        raise RepigmentError(
            f"there is not enough memory to unpack the {kind}", where=name, remedy="save it smaller"
        ) from error
    except Exception as error:
        raise RepigmentError(
            f"the {kind} is damaged or cut short",
            where=name,
            remedy="copy it again from the camera or the phone; if it opens in a viewer, save it from there as PNG",
        ) from error
