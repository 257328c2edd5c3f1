"""Photographs with what is in them known, and files that no camera would write."""

import io
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SKIN = (205, 160, 135)  # sRGB of light skin
Levels = NDArray[Any]


def skin_levels(height: int = 240, width: int = 320, sigma: float = 0.0, noise: float = 2.0) -> Levels:
    """Skin with a brown spot in it, levels of sRGB (height, width, 3)."""
    import cv2

    y, x = np.mgrid[:height, :width]
    spot = ((x - 0.4 * width) ** 2 + (y - 0.5 * height) ** 2 < (0.25 * height) ** 2)[..., None]
    levels = np.where(spot, np.array([140.0, 95.0, 75.0]), np.array(SKIN, float))
    if sigma:
        levels = cv2.GaussianBlur(levels, (0, 0), sigma)
    levels = levels + np.random.default_rng(4).normal(0, noise, levels.shape)
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)


def encoded(levels: Levels, kind: str, **saving: Any) -> bytes:
    """A file of 8-bit levels by Pillow."""
    buffer = io.BytesIO()
    Image.fromarray(levels).save(buffer, kind, **saving)
    return buffer.getvalue()


def jpeg_that_says(data: bytes, width: int, height: int) -> bytes:
    """A JPEG whose header claims another size."""
    start = data.index(b"\xff\xc0") + 5
    return data[:start] + struct.pack(">HH", height, width) + data[start + 4 :]


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_that_says(width: int, height: int, data: bytes, depth: int = 8) -> bytes:
    """A PNG in colour with any size in its header and `data` as its packed rows."""
    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def deep_tiff(levels: Levels, orientation: int = 1) -> bytes:
    """A plain TIFF of 16 bits a channel, byte by byte."""
    height, width, _ = levels.shape
    data = levels.astype("<u2").tobytes()
    entries = [
        (256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, 8 + len(data) + 2 + 12 * 10 + 4), (259, 3, 1, 1),
        (262, 3, 1, 2), (273, 4, 1, 8), (274, 3, 1, orientation), (277, 3, 1, 3), (278, 3, 1, height),
        (279, 4, 1, len(data)),
    ]  # fmt: skip
    table = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *each) for each in entries)
    return (
        b"II*\0"
        + struct.pack("<I", 8 + len(data))
        + data
        + table
        + struct.pack("<I", 0)
        + struct.pack("<3H", 16, 16, 16)
    )


def profile(primaries: Any, name: str, gamma: float) -> bytes:
    """An ICC profile with the XYZ of its primaries under D50 as columns and one gamma."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(65536 * each)) for each in values)

    text = name.encode()
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text) + 1) + text + bytes(79),
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1.0, 0.8249),
    }
    for letter, column in zip(b"rgb", np.transpose(primaries), strict=True):
        tags[bytes([letter]) + b"XYZ"] = b"XYZ " + bytes(4) + fixed(*column)
        tags[bytes([letter]) + b"TRC"] = b"para" + bytes(4) + struct.pack(">HH", 0, 0) + fixed(gamma)
    body, table, start = b"", struct.pack(">I", len(tags)), 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I", start + len(body)) + bytes(4) + struct.pack(">I", 0x02400000) + b"mntrRGB XYZ " + bytes(12)
    head += b"acsp" + bytes(28) + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + table + body
