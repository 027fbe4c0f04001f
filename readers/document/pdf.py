"""PDF files, by PDFium: its pages, its text layer, its pictures, what it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from .geometry import placer
from .limits import Limits
from .page import DocumentError
from .textlayer import is_garbage, words_of
from .words import Seen

POINTS = 72.0
#: Fewer words than this beside a picture or drawing that fills the page are a stamp, no text of the page.
_STAMP_WORDS = 25
#: Share of the page from which a picture is the page.
_PAGE_COVER = 0.4
#: So many lines and curves may be letters that were drawn.
_DRAWN_PATHS = 150
#: Width in pixels at which it is looked whether a word is seen, and the least difference in grey, of 255.
_LOOK, _LEAST_CONTRAST = 1000, 12
_OBJECTS_LOOKED_AT = 3000
_NAMES = re.compile(r"\.xml\Z", re.IGNORECASE)
#: Embedded files: what is larger is no invoice.
_EMBEDDED_BYTES = 20_000_000
_EMBEDDED_FILES = 50


def _library():
    try:
        import pypdfium2
    except ImportError:
        raise DocumentError("no_pdf") from None
    return pypdfium2


@contextmanager
def opened(content: bytes, limits: Limits):
    """An open document.

    :raise DocumentError: ``encrypted``, ``damaged``, ``too_many_pages`` (values ``pages``, ``limit``)
    """
    pdfium = _library()
    try:
        pdf = pdfium.PdfDocument(content)
        count = len(pdf)
    except pdfium.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() or "security" in str(error).lower() else "damaged"
        raise DocumentError(code) from None
    try:
        if count > limits.pages:
            raise DocumentError("too_many_pages", pages=count, limit=limits.pages)
        if not count:
            raise DocumentError("damaged")
        yield pdf
    finally:
        pdf.close()


class PdfPage:
    """One page of an open document. ``width``, ``height``: points, as it is shown."""

    def __init__(self, pdf, index: int):
        pdfium = _library()
        self._raw = pdfium.raw
        try:
            self._page = pdf[index]
        except pdfium.PdfiumError:
            raise DocumentError("damaged", page=index + 1) from None
        self.width, self.height = self._page.get_size()

    def words(self) -> list[Seen]:
        """The words of its text layer that are seen."""
        if not (self.width > 0 and self.height > 0):
            return []
        place = placer(self._raw, self._page, self.width, self.height)
        return self._seen(words_of(self._page.get_textpage(), self._raw, place))

    def _seen(self, words):
        """Without what nobody sees: white on white, outside the page, under a picture. What a person can't read is no
        part of the document, and a way to make it say two things."""
        inside = [word for word in words if 0 <= word.middle <= self.height and word.x1 > 0 and word.x0 < self.width]
        try:
            shown = self.picture(_LOOK, is_gray=True)
        except ImportError:
            return inside
        scale = shown.shape[1] / self.width
        return [word for word in inside if _is_on_ink(shown, word, scale)]

    def is_readable(self, words: list[Seen]) -> bool:
        """Whether these words of its layer are what the page shows."""
        if is_garbage(words):
            return False
        return len(words) >= _STAMP_WORDS or not self._is_drawn()

    def is_scan_with_text(self) -> bool:
        """Whether a picture fills it and its text is only there to be searched: somebody else's OCR."""
        return self._cover() >= _PAGE_COVER * 2 and self._is_text_hidden()

    def is_blank(self) -> bool:
        """Whether nothing is on it but text, if that."""
        kinds = (self._raw.FPDF_PAGEOBJ_IMAGE, self._raw.FPDF_PAGEOBJ_PATH, self._raw.FPDF_PAGEOBJ_SHADING)
        return not self.words() and not any(True for _found in self._objects(*kinds, self._raw.FPDF_PAGEOBJ_TEXT))

    def picture(self, width: int, *, is_gray: bool = False):
        """Its picture as an array of numpy, this many pixels wide."""
        scale = width / max(self.width, 1.0)
        bitmap = self._page.render(scale=scale, grayscale=is_gray, may_draw_forms=False, rev_byteorder=True)
        return bitmap.to_numpy().copy()

    def _objects(self, *kinds):
        for number, found in enumerate(self._page.get_objects(filter=kinds, max_depth=4)):
            if number >= _OBJECTS_LOOKED_AT:
                return
            yield found

    def _is_drawn(self):
        """Whether pictures or drawings fill the page."""
        if self._cover() >= _PAGE_COVER:
            return True
        paths = sum(1 for _path in self._objects(self._raw.FPDF_PAGEOBJ_PATH))
        return paths >= _DRAWN_PATHS

    def _cover(self):
        """The largest picture's share of the page."""
        most = 0.0
        for found in self._objects(self._raw.FPDF_PAGEOBJ_IMAGE):
            left, bottom, right, top = found.get_bounds()
            most = max(most, abs(right - left) * abs(top - bottom))
        return most / max(self.width * self.height, 1.0)

    def _is_text_hidden(self):
        modes = [
            self._raw.FPDFTextObj_GetTextRenderMode(found.raw) for found in self._objects(self._raw.FPDF_PAGEOBJ_TEXT)
        ]
        return bool(modes) and modes.count(self._raw.FPDF_TEXTRENDERMODE_INVISIBLE) >= 0.8 * len(modes)


def _is_on_ink(shown, word, scale):
    left, top = max(int(word.x0 * scale), 0), max(int(word.y0 * scale), 0)
    box = shown[top : int(word.y1 * scale) + 2, left : int(word.x1 * scale) + 2]
    return box.size > 0 and int(box.max()) - int(box.min()) >= _LEAST_CONTRAST


def embedded(pdf) -> Iterator[tuple[str, bytes]]:
    """XML files that a PDF carries: name and content."""
    pdfium = _library()
    for index in range(min(pdf.count_attachments(), _EMBEDDED_FILES)):
        try:
            attachment = pdf.get_attachment(index)
            name, content = attachment.get_name(), bytes(attachment.get_data())
        except (pdfium.PdfiumError, UnicodeDecodeError):
            continue
        if _NAMES.search(name) and 0 < len(content) <= _EMBEDDED_BYTES:
            yield name, content
