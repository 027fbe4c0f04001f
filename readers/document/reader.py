"""From a file to its pages: which way each is read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from . import kinds, ocr, pdf, picture
from .limits import Limits
from .page import OCR, TEXT, DocumentError, Page, Scan
from .words import as_json, in_lines

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
) -> Scan:
    """Read a file in this process; what comes from outside is read by :func:`read_apart`.

    :param languages: codes of Tesseract ("deu"), likely ones first
    :param images: whether the pages' pictures are wanted too
    :raise DocumentError: when nothing of it can be read; a page that fails says so in its ``problem``
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        raise DocumentError("too_large", size=len(content), limit=limits.size)
    media_type = kinds.media_type(content, filename)
    if media_type == kinds.XML:
        return Scan(media_type, embedded=((filename or "document.xml", content),))
    reading = _Reading(content, media_type, limits, tuple(languages), images)
    return reading.pdf() if media_type == kinds.PDF else reading.pictures()


def render(content: bytes, page: Page | int, width: int, *, limits: Limits | None = None) -> bytes:
    """PNG of a page as its words' boxes lie on it, this many pixels wide.

    :param page: of a :class:`Scan`, or the number of a page that was not turned
    :raise DocumentError: as :func:`read`; ``no_page``
    """
    limits = limits or Limits()
    page = page if isinstance(page, Page) else Page(page, 0.0, 0.0)
    origin = page.origin or page.number
    media_type = kinds.media_type(content)
    width = max(16, min(width, _MOST_WIDTH))
    if media_type == kinds.PDF:
        with pdf.opened(content, limits) as document:
            if not 1 <= origin <= len(document):
                raise DocumentError("no_page", page=origin)
            return picture.png(pdf.PdfPage(document, origin - 1).picture(width))
    if media_type not in kinds.IMAGES:
        raise DocumentError("no_page", page=origin)
    for number, (image, _width, _height) in enumerate(picture.frames(content, media_type, limits), 1):
        if number == origin:
            return picture.png(picture.scaled(image, width))
    raise DocumentError("no_page", page=origin)


class _Reading:
    def __init__(self, content, media_type, limits, languages, images):
        self.content = content
        self.media_type = media_type
        self.limits = limits
        self.languages = languages
        self.is_shown = images
        self.images: dict[int, bytes] = {}
        self.until = time.monotonic() + limits.seconds

    def pdf(self):
        with pdf.opened(self.content, self.limits) as document:
            embedded = tuple(pdf.embedded(document))
            pages = [self._pdf_page(document, index) for index in range(len(document))]
        return self._scan(pages, embedded)

    def _pdf_page(self, document, index):
        number = index + 1
        try:
            source = pdf.PdfPage(document, index)
        except DocumentError as error:
            return Page(number, 0.0, 0.0, problem=error.code)
        words = source.words()
        page = Page(number, round(source.width, 2), round(source.height, 2))
        if source.is_readable(words):
            page = self._of_layer(page, source, words)
        else:
            page = self._of_picture(page, lambda: source.picture(self._pixels(source.width), is_gray=True), words)
        if self.is_shown:
            self.images[number] = picture.png(source.picture(SHOWN_WIDTH))
        return page

    def _of_layer(self, page, source, words):
        if source.is_scan_with_text():
            words = [replace(word, confidence=_FOREIGN_OCR) for word in words]
            page = replace(page, source=OCR)
        return replace(page, words=as_json(in_lines(words), page.width, page.height))

    def _pixels(self, points):
        most = (self.limits.pixels / 4) ** 0.5
        return int(min(points / pdf.POINTS * _OCR_DPI, most, 4000))

    def _of_picture(self, page, picture_of, layer=()):
        if not ocr.is_available():
            return replace(page, source=OCR if not layer else TEXT, problem="no_ocr")
        try:
            gray = picture_of()
            words = ocr.recognise(gray, self._language(), seconds=self.until - time.monotonic())
        except DocumentError as error:
            return replace(page, source=OCR, problem=error.code)
        height, width = gray.shape[:2]
        return replace(page, source=OCR, words=as_json(in_lines(words), width, height))

    def _language(self):
        installed = ocr.languages()
        wanted = [code for code in self.languages if code in installed] or ["eng"]
        return "+".join(wanted)

    def pictures(self):
        import numpy

        pages = []
        for number, (image, width, height) in enumerate(picture.frames(self.content, self.media_type, self.limits), 1):
            page = Page(number, round(width, 2), round(height, 2), OCR)
            gray = numpy.asarray(image.convert("L"))
            pages.append(self._of_picture(page, lambda gray=gray: gray))
            if self.is_shown:
                self.images[number] = picture.png(picture.scaled(image, SHOWN_WIDTH))
        return self._scan(pages)

    def _scan(self, pages, embedded=()):
        group = tuple(page.number for page in pages)
        return Scan(self.media_type, tuple(pages), embedded, (group,), self.images)
