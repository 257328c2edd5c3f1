"""One tag of a TIFF, read before anything else of it is believed (TIFF 6.0, section 2; BigTIFF)."""

import struct

SHORT, BIG = 3, 43  # the type of numbers of two bytes, and the version BigTIFF
MOST = 16  # numbers of one tag: one a channel


def shorts(data: bytes, tag: int) -> tuple[int, ...]:
    """The numbers of two bytes that the first picture of a TIFF has under a `tag`, none if it has no such tag.

    struct.error where the file is cut short.

    >>> shorts(b"II*" + bytes([0, 8, 0, 0, 0, 1, 0, 83, 1, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0]), 339)
    (3,)
    """
    order = "<" if data[:2] == b"II" else ">"
    (version,) = struct.unpack_from(f"{order}H", data, 2)
    head, many, word = (8, "Q", "Q") if version == BIG else (4, "H", "I")
    (start,) = struct.unpack_from(order + word, data, head)
    (entries,) = struct.unpack_from(order + many, data, start)
    entry = struct.Struct(f"{order}HH{word}")
    room = struct.calcsize(f"={word}")
    for at in range(entries):
        place = start + struct.calcsize(f"={many}") + at * (entry.size + room)
        found, kind, count = entry.unpack_from(data, place)
        if (found, kind) == (tag, SHORT):
            inside = place + entry.size
            count = min(count, MOST)
            where = inside if 2 * count <= room else struct.unpack_from(order + word, data, inside)[0]
            return struct.unpack_from(f"{order}{count}H", data, where)
    return ()
