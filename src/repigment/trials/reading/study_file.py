"""Reading the text of a study's file, whatever kind of file it turns out to be."""

from pathlib import Path

from repigment.errors import RepigmentError

MOST_BYTES = 2**20
TOO_LONG = 10_000  # characters of a line
UTF16 = (b"\xff\xfe", b"\xfe\xff")
REMEDY = "give the path of a study in TOML; `repigment studies show true-v` prints one to copy"


def read_file(path: Path) -> str:
    """The text of a study's file; RepigmentError if it is no text of that size in UTF-8."""
    data = _bytes(path)
    if not data.strip():
        raise RepigmentError("the file is empty", where=str(path), remedy=REMEDY)
    if len(data) > MOST_BYTES:
        raise RepigmentError(
            "the file is too large to be a study", where=str(path), allowed="at most 1 MiB", remedy=REMEDY
        )
    if b"\0" in data and not data.startswith(UTF16):
        raise RepigmentError(
            "the file is binary, not text", where=str(path), allowed="TOML text in UTF-8", remedy=REMEDY
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RepigmentError(
            "the file is not UTF-8",
            where=str(path) + ("" if data.startswith(UTF16) else f", line {line}"),
            allowed="TOML text in UTF-8",
            remedy="save it again with the encoding UTF-8",
        ) from None


def _bytes(path: Path) -> bytes:
    """The first bytes of a file, one more than a study may have."""
    if path.is_dir():
        raise RepigmentError("this is a folder, not a file", where=str(path), remedy=REMEDY)
    if not path.is_file():
        raise RepigmentError("this is not an ordinary file", where=str(path), remedy=REMEDY)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RepigmentError(
            f"the file can't be read: {error.strerror}", where=str(path), remedy="check its permissions"
        ) from None
