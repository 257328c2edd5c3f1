"""Whether a PNG holds all the rows that it says: Pillow paints those that are missing black, without a word."""

import struct
import zlib
from collections.abc import Iterator

HEAD = 8  # bytes of the signature
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type (PNG 11.2.1)
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
AT_ONCE = 1 << 20


def _chunks(data: bytes, wanted: bytes) -> Iterator[bytes]:
    at = HEAD
    while at + 12 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if name == wanted:
            yield data[at + 8 : at + 8 + size]
        at += 12 + size


def _expected(data: bytes) -> int:
    width, height, depth, colours, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, HEAD + 8)
    bits = depth * CHANNELS[colours]
    total = 0
    for left, top, across, down in PASSES if interlaced else ((0, 0, 1, 1),):
        columns, rows = max(0, -(-(width - left) // across)), max(0, -(-(height - top) // down))
        total += rows * (1 + -(-columns * bits // 8)) if columns else 0
    return total


def is_short(data: bytes) -> bool:
    """Whether the packed rows of a PNG are fewer than its header says; unpacked a megabyte at a time and dropped."""
    left = _expected(data)
    packer = zlib.decompressobj()
    for chunk in _chunks(data, b"IDAT"):
        while chunk and left > 0:
            left -= len(packer.decompress(chunk, AT_ONCE))
            chunk = packer.unconsumed_tail
    return left > 0
