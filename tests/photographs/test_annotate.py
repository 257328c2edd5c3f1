import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from repigment.errors import RepigmentError
from repigment.photographs.annotate import LINE, annotate
from repigment.photographs.measure import measure
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import vitiligo
from tests.photographs.rendered import shot


def test_the_picture_shows_the_edge_and_holds_no_metadata(tmp_path: Path) -> None:
    found = shot(vitiligo("IV").with_card(), tmp_path, reference_skin=(20, 20, 80, 80))
    data = annotate(found)
    assert data == annotate(found)
    picture = Image.open(io.BytesIO(data))
    assert picture.info == {} and len(picture.getexif()) == 0
    levels = np.asarray(picture.convert("RGB")).astype(int)
    line = np.abs(levels - LINE["lighter"]).sum(axis=-1) < 40
    assert found.seen is not None
    rows, columns = np.nonzero(line)
    edge = np.concatenate(found.seen.lesions[0].contours)
    assert abs(columns.mean() - edge[:, 0].mean()) < 5 and abs(rows.mean() - edge[:, 1].mean()) < 5
    assert picture.height > found.seen.photograph.shape[0]  # the numbers stand below


def test_what_is_hatched_is_said_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("cv2.putText", lambda picture, text, *_: said.append(text))
    annotate(shot(vitiligo("IV").with_card(), tmp_path))
    assert said and not any("hatched in red" in each for each in said)
    annotate(shot(vitiligo("IV").with_card(), tmp_path, CameraModel(width=900, exposure=1.6)))
    assert any("hatched in red: not measured" in each for each in said)


def test_nothing_measured_is_nothing_to_draw(tmp_path: Path) -> None:
    Image.new("RGB", (600, 400), (40, 90, 200)).save(tmp_path / "sky.png")
    with pytest.raises(RepigmentError, match="nothing in this photograph was measured"):
        annotate(measure(tmp_path / "sky.png"))
