"""Pictures: from a file to arrays of grey, and back to PNG. Arrays are numpy's: rows from above, values 0..255."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from .kinds import HEIC
from .limits import Limits
from .page import DocumentError

#: Pixels per inch that are believed; others (0, 1, 72 of phones) say nothing about paper.
_LEAST_DPI, _MOST_DPI = 90, 1300
#: What a picture is taken for that does not say how large its paper is: the width of A4 in points.
_WIDTH = 595.0


def _library():
    try:
        from PIL import Image
    except ImportError:
        raise DocumentError("no_pictures") from None
    return Image


def frames(content: bytes, media_type: str, limits: Limits) -> Iterator[tuple]:
    """Each picture of a file: ``(image of Pillow, width, height)`` in points, turned as its camera says.

    :raise DocumentError: ``damaged``, ``too_large`` (values ``pixels``, ``limit``), ``too_many_pages``, ``no_heic``
    """
    image_class = _library()
    image_class.MAX_IMAGE_PIXELS = None  # counted below, with a limit of our own
    if media_type == HEIC:
        _register_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = image_class.open(io.BytesIO(content))
            yield from _frames(image, limits)
    except DocumentError:
        raise
    except MemoryError:
        raise DocumentError("too_large") from None
    except Exception as error:  # Pillow's plug-ins raise nearly anything on broken files
        raise DocumentError("damaged", error=type(error).__name__) from None


def _register_heic():
    try:
        import pillow_heif
    except ImportError:
        raise DocumentError("no_heic") from None
    pillow_heif.register_heif_opener()


def _frames(image, limits):
    from PIL import ImageOps

    count = getattr(image, "n_frames", 1) if image.format in ("TIFF", "MPO") else 1
    if image.format == "MPO":
        count = 1
    if count > limits.pages:
        raise DocumentError("too_many_pages", pages=count, limit=limits.pages)
    for index in range(count):
        image.seek(index)
        pixels = image.width * image.height
        if pixels > limits.pixels:
            raise DocumentError("too_large", pixels=pixels, limit=limits.pixels)
        if image.format == "JPEG":
            image.draft("L", (_MOST_SIDE, _MOST_SIDE))
        dpi = _dpi(image)
        upright = _on_white(ImageOps.exif_transpose(image))
        if dpi and upright.width != image.width and upright.width != image.height:
            dpi = 0
        width = upright.width / dpi * 72.0 if dpi else _WIDTH
        yield upright, width, width * upright.height / max(upright.width, 1)


#: Cameras make more pixels than letters need.
_MOST_SIDE = 3600


def _dpi(image):
    told = image.info.get("dpi") or (0, 0)
    try:
        dpi = float(told[0])
    except (TypeError, ValueError, IndexError):
        return 0.0
    return dpi if _LEAST_DPI <= dpi <= _MOST_DPI else 0.0


def _on_white(image):
    """Without transparency, which would turn black, in red, green and blue or grey."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        from PIL import Image

        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    if image.mode.startswith("I") or image.mode == "F":
        return _deep(image)
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _deep(image):
    """Grey with 16 bits, which Pillow cuts instead of scaling."""
    low, high = image.getextrema()
    scale = 255.0 / (high - low) if high > low else 1.0
    return image.point(lambda value: value * scale - low * scale).convert("L")


def png(array) -> bytes:
    """An array (grey, or red, green and blue) as PNG."""
    image = _library().fromarray(array)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def scaled(image, width: int):
    """An image of Pillow as an array, this many pixels wide at most."""
    import numpy

    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), reducing_gap=2.0)
    return numpy.asarray(image)


def narrowed(array, width: int):
    """An array that is no wider than this many pixels."""
    if array.shape[1] <= width:
        return array
    return scaled(_library().fromarray(array), width)
