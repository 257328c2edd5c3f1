"""Rendered photographs whose truth is known, measured with the size of the card stated."""

from pathlib import Path

from repigment.evidence.parameters import value
from repigment.photographs.measure import Measurement, measure
from repigment.photographs.options import Options
from repigment.pictures.camera import CameraModel
from repigment.pictures.photograph import photograph
from repigment.pictures.scene import Scene


def across(scene: Scene) -> str:
    """mm across the six patches of the scene's card, as a user would measure them."""
    assert scene.card is not None
    patches = 6 * value("chart_patch") + 5 * value("chart_gap")
    return f"{scene.card.width * patches / value('chart_width'):.6f}"


def shot(scene: Scene, folder: Path, model: CameraModel | None = None, **options: object) -> Measurement:
    file = folder / "photograph.jpg"
    file.write_bytes(photograph(scene, model or CameraModel(width=900)))
    if scene.card is not None:
        options.setdefault("card", across(scene))
    return measure(file, Options(**options))  # type: ignore[arg-type]
