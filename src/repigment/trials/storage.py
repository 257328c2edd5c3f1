"""The folder of a trial: what was watched, ward by ward, so that a killed run can go on, and the finished tables."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from repigment.errors import RepigmentError
from repigment.saving import refusal, save
from repigment.trials.watch import COLUMNS, Seen

MANIFEST = "run.json"


@dataclass(frozen=True)
class Folder:
    """`path` holds run.json (which trial this is) and wards/0000.npy ... (what was watched)."""

    path: Path

    @classmethod
    def open(cls, path: Path, manifest: dict[str, Any], *, resume: bool) -> "Folder":
        """Take a folder for the run that `manifest` describes; RepigmentError if it holds another, or one to resume."""
        folder = cls(path)
        known = folder._manifest()
        if known is not None and known != manifest:
            raise RepigmentError(
                f"the folder holds another run ({_difference(known, manifest)})",
                where=str(path),
                remedy="choose another --out, or remove the folder",
            )
        if known is not None and not resume:
            raise RepigmentError(
                "the folder already holds this run",
                where=str(path),
                remedy="add --resume to go on with it, or choose another --out",
            )
        if known is None:
            folder._refuse_strangers()
            folder.write(MANIFEST, json.dumps(manifest, indent=2, sort_keys=True) + "\n")
        return folder

    def _manifest(self) -> dict[str, Any] | None:
        try:
            known = json.loads((self.path / MANIFEST).read_text("utf-8"))
        except FileNotFoundError:
            return None
        except NotADirectoryError as error:
            raise refusal(error, self.path, "the results") from error
        except (OSError, ValueError) as error:
            raise RepigmentError(
                f"{MANIFEST} cannot be read", where=str(self.path), remedy="choose another --out, or remove the folder"
            ) from error
        return known if isinstance(known, dict) else {"study": "something else"}

    def _refuse_strangers(self) -> None:
        if self.path.is_dir() and any(self.path.iterdir()):
            raise RepigmentError(
                "the folder is not empty and holds no run of repigment",
                where=str(self.path),
                remedy="choose an empty or a new folder for --out, so that nothing of yours is overwritten",
            )

    def write(self, name: str, content: str | bytes) -> None:
        """Write one file of the folder, whole or not at all."""
        save(content, self.path / name, name)

    def keep(self, ward: int, seen: Seen) -> None:
        """Write what was seen of a ward."""
        buffer = io.BytesIO()
        np.save(buffer, seen, allow_pickle=False)
        self.write(f"wards/{ward:04d}.npy", buffer.getvalue())

    def kept(self, ward: int) -> Seen | None:
        """What was seen of a ward, or None if it is not there whole."""
        try:
            seen: Seen = np.load(self.path / f"wards/{ward:04d}.npy", allow_pickle=False)
        except (FileNotFoundError, ValueError, EOFError):
            return None
        return seen if seen.ndim == 3 and seen.shape[2] >= len(COLUMNS) else None


class Memory:
    """The same without a folder."""

    def __init__(self) -> None:
        self._wards: dict[int, Seen] = {}

    def keep(self, ward: int, seen: Seen) -> None:
        """Remember what was seen of a ward."""
        self._wards[ward] = seen

    def kept(self, ward: int) -> Seen | None:
        """What was seen of a ward, or None."""
        return self._wards.get(ward)


def _difference(known: dict[str, Any], wanted: dict[str, Any]) -> str:
    names = sorted(name for name in {*known, *wanted} if known.get(name) != wanted.get(name))
    return ", ".join(f"{name}: there {known.get(name)!r}, now {wanted.get(name)!r}" for name in names)
