"""Turning: what a page looked like, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable


def placer(raw, page, width: float, height: float) -> Callable[[float, float], tuple[float, float]]:
    """From units of a PDF page to points from the upper left corner of the page as it is shown.

    PDFium only tells whole pixels, so it is asked for a page that is much larger.
    """
    scale = 200
    told = [_on_device(raw, page, int(width * scale), int(height * scale), x, y) for x, y in _CORNERS]
    (x0, y0), (x1, y1), (x2, y2) = told
    a, d = (x1 - x0) / _REACH / scale, (y1 - y0) / _REACH / scale
    b, e = (x2 - x0) / _REACH / scale, (y2 - y0) / _REACH / scale
    c, f = x0 / scale, y0 / scale

    def place(x, y):
        return a * x + b * y + c, d * x + e * y + f

    return place


_REACH = 1000.0
_CORNERS = ((0.0, 0.0), (_REACH, 0.0), (0.0, _REACH))


def _on_device(raw, page, width, height, x, y):
    import ctypes

    found_x, found_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, ctypes.byref(found_x), ctypes.byref(found_y))
    return found_x.value, found_y.value
