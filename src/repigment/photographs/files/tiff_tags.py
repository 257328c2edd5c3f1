"""Tags of a TIFF, read before anything else of it is believed (TIFF 6.0, section 2; BigTIFF)."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

BIG = 43  # the version BigTIFF
MOST = 16  # numbers of one tag: one a channel
MOST_ENTRIES = 65_535  # a tag is a number of two bytes and stands once; libtiff reads no more either
KINDS = {1: "B", 3: "H", 4: "I", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}  # whole numbers by their type
EXIF, INTEROPERABILITY = 34665, 40965  # tags that lead to a directory, the second in the first


class _Layout(NamedTuple):
    """Order of bytes, where the place of the first directory stands, and the kinds of a count and of a place."""

    order: str
    head: int
    many: str
    word: str


class _Entry(NamedTuple):
    tag: int
    kind: int
    of: int  # how many numbers
    inside: int  # where its numbers stand, or the place of them


def numbers(data: bytes, tag: int) -> tuple[int, ...]:
    """The whole numbers that the first picture of a TIFF has under a `tag`, none if it has no such tag.

    struct.error where the file is cut short, ValueError as of `check_directories`.

    >>> numbers(b"II*" + bytes([0, 8, 0, 0, 0, 1, 0, 83, 1, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0]), 339)
    (3,)
    """
    layout = _layout(data)
    return _numbers(data, layout, _first(data, layout), tag)


def check_directories(data: bytes) -> None:
    """ValueError where a directory says that it has more entries than there are tags: a decoder would read them all.

    Of the directories of a BigTIFF those that are read are looked at: of the first two pictures, and what EXIF leads
    to; in others the count has two bytes.
    """
    layout = _layout(data)
    if layout.many == "H":
        return
    start = _first(data, layout)
    with suppress(struct.error):  # cut short: for the decoder to say
        for _ in range(2):
            end = start + struct.calcsize(f"={layout.many}") + _entry(layout).size * _count(data, layout, start)
            with suppress(struct.error):
                _check_led_to(data, layout, start)
            (start,) = struct.unpack_from(layout.order + layout.word, data, end)
            if not start:
                return


def _check_led_to(data: bytes, layout: _Layout, start: int) -> None:
    """ValueError where a directory that the one at `start` leads to by way of EXIF has too many entries."""
    for tag in (EXIF, INTEROPERABILITY):
        start = next(iter(_numbers(data, layout, start, tag)), 0)
        if start <= 0:
            return
        _count(data, layout, start)


def _layout(data: bytes) -> _Layout:
    order = "<" if data[:2] == b"II" else ">"
    (version,) = struct.unpack_from(f"{order}H", data, 2)
    return _Layout(order, 8, "Q", "Q") if version == BIG else _Layout(order, 4, "H", "I")


def _first(data: bytes, layout: _Layout) -> int:
    return int(struct.unpack_from(layout.order + layout.word, data, layout.head)[0])


def _entry(layout: _Layout) -> struct.Struct:
    return struct.Struct(f"{layout.order}HH{2 * layout.word}")


def _count(data: bytes, layout: _Layout, start: int) -> int:
    (count,) = struct.unpack_from(layout.order + layout.many, data, start)
    if count > MOST_ENTRIES:
        raise ValueError(f"a directory of {count} entries")
    return int(count)


def _entries(data: bytes, layout: _Layout, start: int) -> Iterator[_Entry]:
    entry, first = _entry(layout), start + struct.calcsize(f"={layout.many}")
    for at in range(_count(data, layout, start)):
        place = first + at * entry.size
        tag, kind, count, _ = entry.unpack_from(data, place)
        yield _Entry(tag, kind, count, place + entry.size - struct.calcsize(f"={layout.word}"))


def _numbers(data: bytes, layout: _Layout, start: int, tag: int) -> tuple[int, ...]:
    """At most MOST whole numbers under a `tag` of the directory at `start`."""
    for each in _entries(data, layout, start):
        if each.tag == tag and each.kind in KINDS:
            kind = f"{layout.order}{min(each.of, MOST)}{KINDS[each.kind]}"
            whole = struct.calcsize(f"={KINDS[each.kind]}") * each.of
            here = whole <= struct.calcsize(f"={layout.word}")
            at = each.inside if here else struct.unpack_from(layout.order + layout.word, data, each.inside)[0]
            return struct.unpack_from(kind, data, at)
    return ()
