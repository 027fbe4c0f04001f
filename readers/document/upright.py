"""Setting a picture of a page upright and even before its letters are read: light, size, quarter turns, skew."""

from __future__ import annotations

import cv2
import numpy

#: Letters as tall as Tesseract reads best, in pixels (capitals and digits).
_LETTER = 32.0
#: In percent: capitals and letters with strokes upwards are as tall as this one.
_TALL_ONES = 70
_MOST_GROWTH, _MOST_SHRINK = 3.0, 0.3
_MOST_PIXELS = 30_000_000
#: Width at which the skew is looked for.
_LOOK = 900
_MOST_SKEW, _COARSE, _FINE = 8.0, 0.5, 0.1
#: Below this a turn costs more sharpness than it gives.
_LEAST_SKEW = 0.15
_LOOK_AT = 1500


def evenly_lit(gray):
    """Without shadow: what is near is as bright as paper where there are no letters."""
    height, width = gray.shape
    factor = max(height, width) / 400
    small = cv2.resize(gray, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA) if factor > 1 else gray
    paper = cv2.dilate(small, numpy.ones((7, 7), numpy.uint8))
    paper = cv2.medianBlur(paper, 15)
    paper = cv2.GaussianBlur(paper, (0, 0), 3)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(gray, numpy.maximum(paper, 1), scale=255)


def ink(gray):
    """White letters on black, from an evenly lit picture."""
    _level, binary = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return binary


def letters(binary):
    """Boxes of what may be letters: rows of ``x, y, width, height``."""
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(binary, connectivity=8)
    boxes = stats[1:, :4]
    area = stats[1:, 4]
    sides = boxes[:, 2:4]
    high = binary.shape[0] / 8
    is_letter = (sides.max(axis=1) < high) & (sides.min(axis=1) >= 2) & (sides.max(axis=1) >= 5) & (area >= 8)
    return boxes[is_letter]


def growth(gray) -> float:
    """By which an upright picture is enlarged so that its letters are as tall as they should be. Heights only: blurred
    letters of a word touch each other."""
    boxes = letters(ink(gray))
    if len(boxes) < 20:
        return 1.0
    tall = numpy.percentile(boxes[:, 3], _TALL_ONES)
    room = (_MOST_PIXELS / gray.size) ** 0.5
    return float(min(max(_LETTER / max(tall, 1.0), _MOST_SHRINK), _MOST_GROWTH, room))


def is_sideways(gray) -> bool:
    """Whether the lines of text run from top to bottom: gaps between the letters of a line are smaller than those
    between lines, so that smearing along the lines makes long streaks."""
    binary = ink(_looked_at(gray))
    boxes = letters(binary)
    if len(boxes) < 20:
        return False
    centres = boxes[:, :2] + boxes[:, 2:4] / 2
    across = _neighbours(centres[:, 0], centres[:, 1], boxes[:, 2], boxes[:, 3])
    along = _neighbours(centres[:, 1], centres[:, 0], boxes[:, 3], boxes[:, 2])
    return along > 1.3 * across


def _neighbours(run, level, lengths, heights):
    """How many letters have another one close behind them on the same level."""
    order = numpy.argsort(run)
    run, level, lengths, heights = run[order], level[order], lengths[order], heights[order]
    found = 0
    for step in range(1, 25):
        gap = run[step:] - run[:-step]
        size = (numpy.maximum(heights[step:], heights[:-step]) + numpy.maximum(lengths[step:], lengths[:-step])) / 2
        is_level = numpy.abs(level[step:] - level[:-step]) < 0.35 * size
        found += int(numpy.count_nonzero(is_level & (gap < 1.3 * size) & (gap > 0.2 * size)))
    return found


def skew(gray) -> float:
    """Degrees counter-clockwise by which the lines of text rise; turning clockwise by them makes the page straight.

    The sum of squares of the rows' ink is largest where the rows are lines of text (Postl 1986).
    """
    binary = ink(_looked_at(gray))
    scale = _LOOK / max(binary.shape)
    if scale < 1:
        binary = cv2.resize(binary, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rough = _best(binary, numpy.arange(-_MOST_SKEW, _MOST_SKEW + _COARSE / 2, _COARSE))
    return _best(binary, numpy.arange(rough - _COARSE, rough + _COARSE + _FINE / 2, _FINE))


def _best(binary, angles):
    height, width = binary.shape
    scores = []
    for angle in angles:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), -float(angle), 1.0)
        rows = cv2.warpAffine(binary, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=numpy.float64)
        scores.append(float(numpy.square(numpy.diff(rows)).sum()))
    return float(angles[int(numpy.argmax(scores))])


def _looked_at(gray):
    scale = _LOOK_AT / max(gray.shape)
    return cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray


def turned(picture, degrees: float):
    """A picture (grey or coloured) turned clockwise: quarters exactly, the rest about its middle on white ground; its
    size changes by quarters only."""
    quarters = round(degrees / 90)
    rest = degrees - 90 * quarters
    picture = numpy.rot90(picture, -quarters) if quarters % 4 else picture
    if abs(rest) < 0.01:
        return numpy.ascontiguousarray(picture)
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -rest, 1.0)
    white = (255,) * (picture.shape[2] if picture.ndim == 3 else 1)
    options = {"flags": cv2.INTER_CUBIC, "borderMode": cv2.BORDER_CONSTANT, "borderValue": white}
    return cv2.warpAffine(numpy.ascontiguousarray(picture), turn, (width, height), **options)


def resized(gray, factor: float):
    if abs(factor - 1) < 0.1:
        return gray
    method = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(gray, None, fx=factor, fy=factor, interpolation=method)


def straight(gray) -> tuple[object, float]:
    """The picture with its lines level, and by how many degrees clockwise it was turned (less than a quarter)."""
    degrees = skew(gray)
    if abs(degrees) < _LEAST_SKEW:
        return gray, 0.0
    return turned(gray, degrees), degrees


def sharpened(gray):
    """With edges as they were before the lens blurred them (unsharp mask)."""
    return cv2.addWeighted(gray, 1.7, cv2.GaussianBlur(gray, (0, 0), 2.0), -0.7, 0)
