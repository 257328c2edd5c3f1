"""A photograph of a scene: through the lens, onto the sensor, into a file."""

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.pictures.camera import CameraModel
from repigment.pictures.files import encoded, quantised
from repigment.pictures.scene import Scene, paint
from repigment.pictures.sensors import own_matrix, raw_weights, sensitivities

Single = NDArray[np.float32]
Floats = NDArray[np.float64]
ROWS = 256  # of a picture whose noise is drawn at a time


def photograph(scene: Scene, camera: CameraModel | None = None) -> bytes:
    r"""The file that a camera makes of a scene; without metadata, and the same for the same scene, camera and seed.

    >>> from repigment.optics.tissue import Pigments
    >>> scene = Scene(Pigments(np.full((20, 30), 3.0), 0.02), 2.0, Pigments(3.0, 0.02))
    >>> photograph(scene, CameraModel(width=64))[:3]
    b'\xff\xd8\xff'
    """
    model = camera or CameraModel()
    levels = quantised(developed(exposed(scene, model), model), model.bits, model.contrast)
    return encoded(levels, model.form, model.quality, model.subsampling)


def exposed(scene: Scene, camera: CameraModel) -> Single:
    """What the sensor holds, (rows, columns, 3): balanced raw channels, 1 at most; noise of sd sqrt(c / N + r^2).

    N is `sensor_electrons`, r is `sensor_read`; the camera's `noise` multiplies the sd.
    """
    import cv2

    picture = paint(scene, raw_weights(sensitivities(camera.sensor), camera.lamp, camera.white_balance), camera.width)
    picture *= np.float32(camera.exposure)
    rows, columns = picture.shape[:2]
    if camera.uneven:
        picture *= np.linspace(1, 1 - camera.uneven / 100, columns, dtype=np.float32)[:, None]
    if camera.tilt or camera.roll:
        cloth = value("drape") * camera.exposure
        pose = _pose(camera, columns, rows)
        turned = cv2.warpPerspective(picture, pose, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=(cloth,) * 3)
        picture = np.asarray(turned, np.float32)
    if camera.vignetting:
        x, y = np.linspace(-1, 1, columns, dtype=np.float32), np.linspace(-1, 1, rows, dtype=np.float32)
        picture *= (1 - np.float32(camera.vignetting / 200) * (x**2 + y[:, None] ** 2))[..., None]
    if camera.blur:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), camera.blur), np.float32)
    if camera.noise:
        _disturb(picture, camera)
    return np.clip(picture, 0, 1, out=picture)


def developed(raw: Single, camera: CameraModel) -> Single:
    """Linear sRGB (rows, columns, 3) of the balanced raw channels, by the camera's own matrix."""
    import cv2

    return np.asarray(cv2.transform(raw, own_matrix(camera.sensor).astype(np.float32)), np.float32)


def view(scene: Scene, camera: CameraModel) -> Floats:
    """H (3, 3), from mm of the scene (x, y, 1) to pixels of the photograph; the first pixel's middle is (0, 0).

    >>> from repigment.optics.tissue import Pigments
    >>> scene = Scene(Pigments(np.full((20, 30), 3.0), 0.02), 2.0, Pigments(3.0, 0.02))
    >>> (view(scene, CameraModel(width=600)) @ [60, 40, 1]).tolist()
    [599.5, 399.5, 1.0]
    """
    scale = camera.width / scene.width
    straight = np.array([[scale, 0, -0.5], [0, scale, -0.5], [0, 0, 1]])
    return _pose(camera, camera.width, scene.rows(camera.width)) @ straight


def _pose(camera: CameraModel, columns: int, rows: int) -> Floats:
    """H (3, 3) from pixels of the straight picture to those of a turned one that shows all of it."""
    if not (camera.tilt or camera.roll):
        return np.eye(3)
    tilt, roll = np.radians(camera.tilt), np.radians(camera.roll)
    far = value("camera_distance") * columns
    rolled = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    tilted = np.array([[np.cos(tilt), 0, 0], [0, 1, 0], [np.sin(tilt) / far, 0, 1]])  # depth makes small
    centre = np.array([[1, 0, -(columns - 1) / 2], [0, 1, -(rows - 1) / 2], [0, 0, 1]])
    turned = tilted @ rolled @ centre
    ends = np.array([[-0.5, -0.5, 1], [columns - 0.5, -0.5, 1], [columns - 0.5, rows - 0.5, 1], [-0.5, rows - 0.5, 1]])
    seen = ends @ turned.T
    seen = seen[:, :2] / seen[:, 2:]
    middle, size = (seen.max(axis=0) + seen.min(axis=0)) / 2, np.ptp(seen, axis=0)
    fit = min(columns / size[0], rows / size[1])
    back = np.array(
        [[fit, 0, (columns - 1) / 2 - fit * middle[0]], [0, fit, (rows - 1) / 2 - fit * middle[1]], [0, 0, 1]]
    )
    found = back @ turned
    return found / found[2, 2]


def _disturb(picture: Single, camera: CameraModel) -> None:
    """Add noise in place, some rows at a time so that a large picture needs little memory."""
    rng = np.random.default_rng(camera.seed)
    electrons, read = np.float32(value("sensor_electrons")), np.float32(value("sensor_read"))
    for start in range(0, len(picture), ROWS):
        here = picture[start : start + ROWS]
        noise = rng.standard_normal(here.shape, np.float32)
        noise *= np.float32(camera.noise) * np.sqrt(np.maximum(here, 0) / electrons + read**2)
        here += noise
