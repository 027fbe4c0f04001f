"""From a file to its pages: which way each is read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from . import kinds, ocr, pdf, picture, signed
from .groups import group
from .limits import Limits
from .page import OCR, DocumentError, Page, Scan
from .words import Seen, as_json, covers, in_lines

_OCR_DPI = 300
#: How many pixels wide a picture is that is shown to a person.
SHOWN_WIDTH = 1400
_MOST_WIDTH = 4000
#: What a text of somebody else's OCR is worth, as nobody tells.
_FOREIGN_OCR = 0.9


def read(
    content: bytes,
    filename: str = "",
    *,
    limits: Limits | None = None,
    languages: Sequence[str] = (),
    images: bool = False,
    first: int = 1,
    seconds: float | None = None,
) -> Scan:
    """Read a file in this process; what comes from outside is read by :func:`read_apart`.

    :param languages: codes of Tesseract ("deu"), likely ones first
    :param images: whether the pages' pictures are wanted too
    :param first: page of the file to begin with; what it carries comes with the first page only
    :param seconds: after which no other page is begun that may take longer; ``Scan.next`` says where to go on
    :raise DocumentError: when nothing of it can be read; a page that fails says so in its ``problem``
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        raise DocumentError("too_large", size=len(content), limit=limits.size)
    inner = signed.content_of(content)
    if inner is not None:
        content, filename = inner, filename.removesuffix(".p7m")
    media_type = kinds.media_type(content, filename)
    if media_type == kinds.XML:
        return Scan(media_type, embedded=((filename or "document.xml", content),))
    reading = _Reading(content, media_type, limits, tuple(languages), images)
    reading.slice(first, seconds)
    return reading.pdf() if media_type == kinds.PDF else reading.pictures()


def render(content: bytes, page: Page | int, width: int, *, limits: Limits | None = None) -> bytes:
    """PNG of a page as its words' boxes lie on it, this many pixels wide.

    :param page: of a :class:`Scan`, or the number of a page that was not turned
    :raise DocumentError: as :func:`read`; ``no_page``
    """
    limits = limits or Limits()
    page = page if isinstance(page, Page) else Page(page, 0.0, 0.0)
    origin = page.origin or page.number
    content = signed.content_of(content) or content
    media_type = kinds.media_type(content)
    width = max(16, min(width, _MOST_WIDTH))
    if media_type == kinds.PDF:
        with pdf.opened(content, limits) as document:
            if not 1 <= origin <= len(document):
                raise DocumentError("no_page", page=origin)
            return _shown(pdf.PdfPage(document, origin - 1).picture(width), page, width)
    if media_type not in kinds.IMAGES:
        raise DocumentError("no_page", page=origin)
    for number, (image, _width, _height) in enumerate(picture.frames(content, media_type, limits), 1):
        if number == origin:
            return _shown(picture.scaled(image, _MOST_WIDTH if page.part else width), page, width)
    raise DocumentError("no_page", page=origin)


def _shown(array, page, width):
    """PNG of the part that a page shows, turned as it was."""
    if page.part or page.turned:
        from . import photo, upright

        array = photo.cut(array, page.part) if page.part else array
        array = upright.turned(array, page.turned)
    return picture.png(picture.narrowed(array, width))


class _Reading:
    def __init__(self, content, media_type, limits, languages, images):
        self.content = content
        self.media_type = media_type
        self.limits = limits
        self.languages = languages
        self.is_shown = images
        self.images: dict[int, bytes] = {}
        self.start = time.monotonic()
        self.until = self.start + limits.seconds
        self.total = 0
        self.next = 0

    def slice(self, first, seconds):
        self.first = max(first, 1)
        self.pause = self.start + seconds if seconds else None

    def _is_enough(self, number, slowest):
        """Whether the slice ends before page ``number``."""
        if number <= self.first or not self.pause or time.monotonic() + slowest <= self.pause:
            return False
        self.next = number
        return True

    def pdf(self):
        pages, slowest = [], 0.0
        with pdf.opened(self.content, self.limits) as document:
            self.total = len(document)
            embedded = tuple(pdf.embedded(document)) if self.first == 1 else ()
            for number in range(self.first, self.total + 1):
                if self._is_enough(number, slowest):
                    break
                begun = time.monotonic()
                pages.append(self._pdf_page(document, number))
                slowest = max(slowest, time.monotonic() - begun)
        return self._scan(pages, embedded)

    def _pdf_page(self, document, number):
        try:
            source = pdf.PdfPage(document, number - 1)
        except DocumentError as error:
            return Page(number, 0.0, 0.0, problem=error.code)
        words = source.words()
        page = Page(number, round(source.width, 2), round(source.height, 2))
        if source.is_readable(words):
            page = self._of_layer(page, source, words)
        elif source.is_blank():
            page = replace(page, words=as_json(in_lines(words), page.width, page.height))
        else:
            page = self._of_picture(page, lambda: source.picture(self._pixels(source.width), is_gray=True), words)
        if self.is_shown:
            self.images[number] = _shown(source.picture(SHOWN_WIDTH), page, SHOWN_WIDTH)
        return page

    def _of_layer(self, page, source, words):
        if source.is_scan_with_text():
            words = [replace(word, confidence=_FOREIGN_OCR) for word in words]
            page = replace(page, source=OCR)
        return replace(page, words=as_json(in_lines(words), page.width, page.height))

    def _pixels(self, points):
        return int(min(max(points, 1.0) / pdf.POINTS * _OCR_DPI, _MOST_WIDTH))

    def _of_picture(self, page, picture_of, layer=()):
        """:param picture_of: gives the picture in grey when it is called
        :param layer: words of a text layer that is not all that the page shows
        """
        page = replace(page, source=OCR)
        kept = [] if pdf.is_garbage(layer) else layer
        if not ocr.is_available():
            return replace(page, problem="no_ocr", words=as_json(in_lines(kept), page.width, page.height))
        try:
            from . import scanned

            sight = scanned.read_picture(picture_of(), self.languages, self.until)
        except ImportError:
            return replace(page, problem="no_pictures")
        except DocumentError as error:
            return replace(page, problem=error.code)
        words = sight.words if sight.turned else _with(sight, kept, page)
        words = as_json(in_lines(words), sight.width, sight.height)
        return replace(_lying(page, sight.turned), words=words, turned=round(sight.turned, 2))

    def pictures(self):
        pages, slowest = [], 0.0
        for number, (image, width, height) in enumerate(picture.frames(self.content, self.media_type, self.limits), 1):
            self.total = number
            if number < self.first or self.next:
                continue
            if self._is_enough(number, slowest):
                continue
            begun = time.monotonic()
            pages += self._frame(Page(number, round(width, 2), round(height, 2), OCR, origin=number), image)
            slowest = max(slowest, time.monotonic() - begun)
        if self.total == 1:
            pages = [replace(page, number=number) for number, page in enumerate(pages, 1)]
        return self._scan(pages)

    def _frame(self, page, image):
        try:
            import numpy

            from . import photo
        except ImportError:
            return [replace(page, problem="no_pictures")]
        gray = numpy.asarray(image.convert("L"))
        parts = photo.papers(gray)
        if not parts:
            pages = [self._of_picture(page, lambda: gray)]
        else:
            pages = [self._paper(page, gray, part) for part in parts]
        if self.is_shown:
            array = picture.scaled(image, _MOST_WIDTH if parts else SHOWN_WIDTH)
            for number, each in enumerate(pages):
                self.images[page.number + number] = _shown(array, each, SHOWN_WIDTH)
        return pages

    def _paper(self, page, gray, part):
        from . import photo

        seen = photo.cut(gray, part)
        height, width = seen.shape[:2]
        size = {"width": round(page.width * width / gray.shape[1], 2)}
        size["height"] = round(size["width"] * height / width, 2)
        return self._of_picture(replace(page, part=part, **size), lambda: seen)

    def _scan(self, pages, embedded=()):
        return Scan(
            self.media_type,
            tuple(pages),
            embedded,
            group(pages),
            self.images,
            total=self.total,
            next=self.next,
        )


def _with(sight, layer, page):
    """Words that were recognised, and those of the layer where nothing was."""
    across, down = sight.width / max(page.width, 1.0), sight.height / max(page.height, 1.0)
    scaled = [
        Seen(word.text, word.x0 * across, word.y0 * down, word.x1 * across, word.y1 * down, word.confidence)
        for word in layer
    ]
    return sight.words + [word for word in scaled if not any(covers(word, other) for other in sight.words)]


def _lying(page, degrees):
    """The page with its sides changed where it was turned by a quarter."""
    if round(degrees / 90) % 2:
        return replace(page, width=page.height, height=page.width)
    return page
