"""A camera: what of a scene it gets right and wrong on the way to a file."""

from dataclasses import dataclass

from repigment.errors import RepigmentError
from repigment.optics.spectral import light
from repigment.pictures.sensors import sensitivities

Balance = str | tuple[float, float, float]
FORMS = {"jpeg": (8,), "png": (8, 16), "tiff": (8, 16)}  # files, and the bits of a channel that they can hold
SUBSAMPLINGS = ("4:4:4", "4:2:2", "4:2:0")
RANGES = {
    "width": (16, 16384),
    "exposure": (0.01, 10),
    "noise": (0, 100),
    "blur": (0, 100),
    "tilt": (-60, 60),
    "roll": (-360, 360),
    "uneven": (0, 90),
    "vignetting": (0, 90),
    "contrast": (0, 1),
    "quality": (1, 100),
}


@dataclass(frozen=True, slots=True)
class CameraModel:
    """How a scene becomes a file.

    `sensor` names the sensitivities, `lamp` the light. `width` is in pixels. `exposure` is the linear level that a
    perfect white reaches, 1 being the most a file can hold. `white_balance` is "grey" (neutral under the lamp), the
    name of a light that the camera wrongly believes in, or three gains on top of the right balance. `noise` is a
    factor on shot and read noise (`sensor_electrons`, `sensor_read`; 0 is none), drawn from `seed`. `blur` is a
    Gaussian's sigma in pixels. `tilt` degrees turn the skin away about its vertical axis, `roll` clockwise in the
    picture. `uneven` is the per cent by which light falls from the left edge to the right, `vignetting` that by which
    it falls from the middle to the corners. `contrast` bends the tones as phones do, 0 not at all. `form` is "jpeg"
    (with `quality` and `subsampling`), "png" or "tiff", with 8 or 16 `bits` a channel (JPEG: 8).

    Raises RepigmentError for what does not exist or lies outside of its range.

    >>> CameraModel(lamp="A", white_balance="D65").exposure
    0.8
    """

    sensor: str = "nikon-5100"
    lamp: str = "D65"
    width: int = 1600
    exposure: float = 0.8
    white_balance: Balance = "grey"
    noise: float = 1.0
    blur: float = 0.0
    tilt: float = 0.0
    roll: float = 0.0
    uneven: float = 0.0
    vignetting: float = 0.0
    contrast: float = 0.0
    form: str = "jpeg"
    quality: int = 92
    subsampling: str = "4:2:0"
    bits: int = 8
    seed: int = 0

    def __post_init__(self) -> None:
        sensitivities(self.sensor)
        light(self.lamp)
        self._check_balance()
        for name, (low, high) in RANGES.items():
            given = getattr(self, name)
            if not low <= given <= high:
                raise RepigmentError(f"{name} of a camera cannot be {given:g}", allowed=f"{low:g} to {high:g}")
        if self.form not in FORMS:
            raise RepigmentError(f"a camera writes no {self.form!r}", allowed=", ".join(FORMS))
        if self.bits not in FORMS[self.form]:
            bits = " or ".join(str(each) for each in FORMS[self.form])
            raise RepigmentError(f"{self.form} holds no {self.bits} bits a channel", allowed=bits)
        if self.subsampling not in SUBSAMPLINGS:
            raise RepigmentError(
                f"no chroma subsampling is called {self.subsampling!r}", allowed=", ".join(SUBSAMPLINGS)
            )

    def _check_balance(self) -> None:
        if isinstance(self.white_balance, str):
            if self.white_balance != "grey":
                light(self.white_balance)
        elif len(self.white_balance) != 3 or not all(gain > 0 for gain in self.white_balance):
            raise RepigmentError(
                f"{self.white_balance} is no white balance",
                allowed="grey, the name of a light, or three gains above 0",
            )
