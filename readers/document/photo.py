"""Papers on a photo: where each lies on a darker ground, and each cut out straight."""

from __future__ import annotations

import cv2
import numpy

#: Longest side of the picture in which papers are looked for.
_LOOK = 700
#: Share of the picture that a paper takes at least, and all of them at most: above, the picture is the paper.
_LEAST, _MOST = 0.04, 0.9
#: By how many of 255 paper is brighter than its ground, and how full its rectangle is.
_CONTRAST, _FULL = 45, 0.86
#: A paper's longer side is at most so many times the other, and at least so many pixels of the file.
_LONGEST, _LEAST_SIDE = 8.0, 150
_MOST_PAPERS = 12

Corners = tuple[float, ...]


def papers(gray) -> list[Corners]:
    """Corners of each paper as ``x, y`` in fractions, clockwise from the upper left; in reading order.

    Empty when the picture shows one page and nothing else, or when it can't be told.
    """
    scale = min(_LOOK / max(gray.shape), 1.0)
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
    smooth = cv2.medianBlur(small, 9)
    _level, paper = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if not _is_on_dark_ground(smooth, paper):
        return []
    paper = cv2.morphologyEx(paper, cv2.MORPH_CLOSE, numpy.ones((9, 9), numpy.uint8))
    paper = cv2.morphologyEx(paper, cv2.MORPH_OPEN, numpy.ones((9, 9), numpy.uint8))
    outlines, _tree = cv2.findContours(paper, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    size = small.shape[0] * small.shape[1]
    outlines = [outline for outline in outlines if cv2.contourArea(outline) > _LEAST * size / 4]
    if not outlines or not all(_is_paper(outline, size, scale) for outline in outlines):
        return []
    if len(outlines) > _MOST_PAPERS or sum(map(cv2.contourArea, outlines)) > _MOST * size:
        return []
    found = [_corners(outline, small.shape) for outline in outlines]
    return sorted(found, key=lambda corners: (round(min(corners[1::2]) * 4), min(corners[::2])))


def _is_on_dark_ground(smooth, paper):
    """Whether the ground is much darker than the paper all around the picture's edge."""
    is_paper = paper > 0
    if not 0.05 < is_paper.mean() < 0.95:
        return False
    edge = numpy.concatenate([is_paper[0], is_paper[-1], is_paper[:, 0], is_paper[:, -1]])
    return float(smooth[is_paper].mean() - smooth[~is_paper].mean()) > _CONTRAST and edge.mean() < 0.25


def _is_paper(outline, size, scale):
    width, height = cv2.minAreaRect(outline)[1]
    area = cv2.contourArea(outline)
    if min(width, height) <= 0 or area < _LEAST * size:
        return False
    is_shaped = max(width, height) / min(width, height) < _LONGEST and min(width, height) / scale > _LEAST_SIDE
    return is_shaped and area > _FULL * width * height


def _corners(outline, shape):
    height, width = shape
    points = cv2.boxPoints(cv2.minAreaRect(outline))
    rough = cv2.approxPolyDP(outline, 0.03 * cv2.arcLength(outline, True), True)
    if len(rough) == 4 and cv2.isContourConvex(rough):
        points = rough.reshape(4, 2)
    centre = points.mean(axis=0)
    around = numpy.argsort(numpy.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0]))
    points = points[around]
    first = int(numpy.argmin(points.sum(axis=1)))
    points = numpy.roll(points, -first, axis=0)
    return tuple(round(float(value), 5) for x, y in points for value in (x / width, y / height))


def cut(picture, corners: Corners):
    """A paper seen from above, as large as it is on the picture.

    :param picture: array, grey or coloured
    """
    height, width = picture.shape[:2]
    points = numpy.float32(corners).reshape(4, 2) * numpy.float32([width, height])
    sides = [float(numpy.linalg.norm(points[index] - points[(index + 1) % 4])) for index in range(4)]
    across, down = max(1, round(max(sides[0], sides[2]))), max(1, round(max(sides[1], sides[3])))
    target = numpy.float32([[0, 0], [across, 0], [across, down], [0, down]])
    turn = cv2.getPerspectiveTransform(points, target)
    return cv2.warpPerspective(picture, turn, (across, down), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
