"""A film of a course: one frame a visit with its week below, as GIF or MP4."""

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from repigment.errors import RepigmentError
from repigment.pictures.strip import INK, PAPER
from repigment.pictures.writing import captioned

FORMS = ("gif", "mp4")
SAMPLED = 16  # frames that the common palette of a GIF is taken from, and how wide each is there
SAMPLE_WIDTH = 160
STEADY = 2  # levels of 255 by which a place of a GIF may change and stay as it was
COLOURS, GREYS = 255, 6  # of a GIF, and those of them that are kept for writing
QUALITY = "18"  # constant rate factor of x264: about what the eye takes for the original
SAME = {"threads": "1", "mbtree": "0"}  # x264's macroblock tree reads memory that it has not written: bytes by chance
KEPT = "filter_units=remove_types=6"  # x264 writes its version and settings into a unit of type 6


def film(
    frames: Sequence[Image.Image], weeks: Sequence[float], form: str = "gif", seconds: float = 0.5, told: str = ""
) -> bytes:
    """A film of `frames`, each `seconds` long with its week and `told` as a caption, as the bytes of a GIF or MP4.

    All frames of a GIF share one palette, so that still skin does not flicker. The same frames give the same bytes;
    nothing else is written into the file. Raises RepigmentError for frames and weeks that do not belong together, an
    unknown form, and an MP4 where PyAV is not installed.

    >>> film([Image.new("RGB", (64, 48)), Image.new("RGB", (64, 48), "white")], [0, 4])[:6]
    b'GIF89a'
    """
    _check(frames, weeks, form, seconds)
    after = f", {told}" if told else ""
    shown = [captioned(each.convert("RGB"), f"week {week:g}{after}") for each, week in zip(frames, weeks, strict=True)]
    return _gif(shown, seconds) if form == "gif" else _mp4(shown, seconds)


def _check(frames: Sequence[Image.Image], weeks: Sequence[float], form: str, seconds: float) -> None:
    if form not in FORMS:
        raise RepigmentError(f"no film is written as {form!r}", allowed=" or ".join(FORMS))
    if not frames or len(frames) != len(weeks):
        raise RepigmentError(f"{len(weeks)} weeks do not belong to {len(frames)} frames", allowed="one week a frame")
    if len({frame.size for frame in frames}) > 1:
        raise RepigmentError("the frames of a film differ in size", allowed="one size")
    if not 0.02 <= seconds <= 60:
        raise RepigmentError(f"a frame cannot last {seconds:g} seconds", allowed="0.02 to 60")


def _palette(frames: Sequence[Image.Image]) -> Image.Image:
    """One palette for all frames, from some of them side by side."""
    chosen = [frames[i] for i in np.unique(np.linspace(0, len(frames) - 1, SAMPLED).round().astype(int))]
    size = (SAMPLE_WIDTH, max(1, round(SAMPLE_WIDTH * chosen[0].height / chosen[0].width)))
    sheet = Image.new("RGB", (size[0], size[1] * len(chosen)))
    for i, frame in enumerate(chosen):
        sheet.paste(frame.resize(size, Image.Resampling.BILINEAR), (0, i * size[1]))
    skin = sheet.quantize(COLOURS - GREYS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette() or []
    writing = np.linspace(INK, PAPER, GREYS).round().astype(int).ravel().tolist()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*skin[: 3 * (COLOURS - GREYS)], *writing])
    return palette


def _steady(frames: Sequence[Image.Image]) -> Iterator[Image.Image]:
    """The frames, in which a place that hardly changes does not: it would jump between two colours of the palette."""
    shown = np.asarray(frames[0])
    for frame in frames:
        now = np.asarray(frame)
        moved = (np.abs(now.astype(np.int16) - shown) > STEADY).any(axis=-1, keepdims=True)
        shown = np.where(moved, now, shown)
        yield Image.fromarray(shown)


def _coloured(frame: Image.Image, palette: Image.Image) -> Image.Image:
    """The frame in the colours of the palette; Pillow finds about the nearest, paper is to be white."""
    few = frame.quantize(palette=palette, dither=Image.Dither.NONE)
    paper = (np.asarray(frame) == PAPER).all(axis=-1)
    few.paste(len(palette.getpalette() or []) // 3 - 1, mask=Image.fromarray(paper))
    return few


def _gif(frames: Sequence[Image.Image], seconds: float) -> bytes:
    palette = _palette(frames)
    drawn = [_coloured(frame, palette) for frame in _steady(frames)]
    buffer = io.BytesIO()
    drawn[0].save(
        buffer, "GIF", save_all=True, append_images=drawn[1:], duration=round(1000 * seconds), loop=0, optimize=False
    )
    return buffer.getvalue()


def _mp4(frames: Sequence[Image.Image], seconds: float) -> bytes:
    try:
        import av
        from av.bitstream import BitStreamFilterContext
    except ImportError:
        raise RepigmentError(
            "an MP4 needs the library PyAV, which is not installed", remedy="pip install 'repigment[film]'"
        ) from None
    buffer = io.BytesIO()
    rate = Fraction(seconds).limit_denominator(1000)
    with av.open(buffer, "w", format="mp4", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libx264", rate=1 / rate, options={"crf": QUALITY, **SAME})
        stream.width, stream.height = (side + side % 2 for side in frames[0].size)
        stream.pix_fmt = "yuv420p"
        kept = BitStreamFilterContext(KEPT, stream)
        for frame in frames:
            for packet in stream.encode(av.VideoFrame.from_ndarray(_even(frame), format="rgb24")):
                for each in kept.filter(packet):
                    container.mux(each)
        for packet in stream.encode():
            for each in kept.filter(packet):
                container.mux(each)
    return buffer.getvalue()


def _even(frame: Image.Image) -> NDArray[np.uint8]:
    """The frame's pixels with even sides, as yuv420p needs them; its last row and column are repeated."""
    pixels = np.asarray(frame)
    return np.pad(pixels, ((0, frame.height % 2), (0, frame.width % 2), (0, 0)), mode="edge")
