"""Documents made worse, always in the same way: without their XML, as images, as images of a bad scanner."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import cv2
import numpy as np
import pypdf
import pypdfium2
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from . import fonts
from .generator import drawing
from .truth import Document

DPI = 200
TURN = 3.0  # degrees to either side
QUALITY = 40  # of JPEG
_EMBEDDING = ("/AF", "/Names", "/Metadata")


def content(document: Document) -> tuple[bytes, str]:
    """The bytes to read and the name they come under, of the document's variant."""
    path = document.path
    if "bill" in document.extra:
        data = drawing.pdf(document.extra["bill"], document.extra.get("scale", 1.0))
    else:
        data = _of_file(path)
    name = path.with_suffix(".pdf").name if path.suffix == ".txt" else path.name
    if document.variant == "no_xml":
        return without_xml(data), name
    if not document.variant:
        return data, name
    images = rendered(data)
    if document.variant == "degraded":
        seed = zlib.crc32(document.name.encode())
        images = [degraded(image, np.random.default_rng((seed, page))) for page, image in enumerate(images)]
    return packed(images, document.variant == "degraded", Path(name).stem)


def _of_file(path: Path) -> bytes:
    return drawn_text(path.read_text("utf-8")) if path.suffix == ".txt" else path.read_bytes()


def without_xml(data: bytes) -> bytes:
    """The PDF without its embedded files; what it shows stays as it was."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    writer = pypdf.PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    for key in _EMBEDDING:
        writer._root_object.pop(pypdf.generic.NameObject(key), None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rendered(data: bytes) -> list[np.ndarray]:
    """Each page as an image of height x width x 3 (RGB, 8 bits) at ``DPI``."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.render(scale=DPI / 72).to_numpy()[:, :, :3][:, :, ::-1].copy() for page in pdf]


def degraded(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Turned by up to ``TURN`` degrees, out of focus, in a shadow from one side."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-TURN, TURN), 1.0)
    image = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.8, 1.4))
    return _in_shadow(image, random)


def _in_shadow(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    height, width = image.shape[:2]
    angle = random.uniform(0, 2 * np.pi)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = np.cos(angle) * (columns / width - 0.5) + np.sin(angle) * (rows / height - 0.5)
    light = 1 - random.uniform(0.3, 0.5) / (1 + np.exp(-8 * (slope - random.uniform(-0.2, 0.2))))
    return np.clip(image * light[:, :, None], 0, 255).astype(np.uint8)


def packed(images: list[np.ndarray], is_jpeg: bool, stem: str) -> tuple[bytes, str]:
    """One page as PNG or JPEG, several as a PDF that holds nothing but pictures."""
    pages = [Image.fromarray(image) for image in images]
    out = io.BytesIO()
    if len(pages) > 1:
        quality = QUALITY if is_jpeg else 95
        pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=quality)
        return out.getvalue(), f"{stem}.pdf"
    if is_jpeg:
        pages[0].save(out, "JPEG", quality=QUALITY, dpi=(DPI, DPI))
        return out.getvalue(), f"{stem}.jpg"
    pages[0].save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue(), f"{stem}.png"


def drawn_text(text: str) -> bytes:
    """Plain text as a page of fixed width."""
    pdfmetrics.registerFont(TTFont("mono", fonts.path("mono")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(842, 595), invariant=1)
    lines = canvas.beginText(24, 565)
    lines.setFont("mono", 8)
    lines.textLines(text, trim=0)
    canvas.drawText(lines)
    canvas.save()
    return out.getvalue()
