"""Which kind of picture a file is, by what is in it and not by what it is called."""

from pathlib import PurePath

from repigment.errors import RepigmentError

HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
BEGINNINGS = {  # first bytes
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
    b"GIF8": "GIF",
    b"BM": "BMP",
}
SUFFIXES = {
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "PNG": {".png", ".apng"},
    "TIFF": {".tif", ".tiff"},
    "WEBP": {".webp"},
    "HEIC": {".heic", ".heif", ".hif"},
    "GIF": {".gif"},
    "BMP": {".bmp", ".dib"},
}
READ = "JPEG, PNG, TIFF, HEIC, WebP, BMP or GIF"
EVERY_SUFFIX = frozenset().union(*SUFFIXES.values())


def kind_of(data: bytes, name: str) -> str:
    """The kind of picture whose first bytes `data` has: a key of SUFFIXES; RepigmentError if it is none that is read.

    >>> kind_of(bytes([255, 216, 255, 224]), "arm.png")
    'JPEG'
    """
    for beginning, kind in BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "HEIC"
    raise RepigmentError(
        "it is no photograph that can be read: no picture begins as this file does",
        where=name,
        allowed=READ,
        remedy="if it opens in a viewer, save it from there as JPEG or PNG",
    )


def note_of_suffix(kind: str, name: str) -> tuple[str, ...]:
    """A note if the file is called as another kind of picture.

    >>> note_of_suffix("JPEG", "arm.png")
    ('called .png, but it is a JPEG: read as that',)
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES[kind] or suffix not in EVERY_SUFFIX:
        return ()
    return (f"called {suffix}, but it is a {kind}: read as that",)
