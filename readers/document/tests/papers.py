"""Documents drawn for the tests: as PDF with text, as picture, as photo."""

import io
import subprocess

import cv2
import numpy
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

LINES = (
    "Muster Buerobedarf GmbH",
    "Invoice number INV-2026-0815",
    "Invoice date 2026-03-14",
    "Customer Example Trading Ltd",
    "Paper A4 500 sheets 4 x 3.50 14.00",
    "Printer toner black 1 x 86.00 86.00",
    "Net amount EUR 100.00",
    "Value added tax 19 % EUR 19.00",
    "Total amount due EUR 119.00",
    "Please pay within fourteen days to the account below",
)


def font():
    """A font with letters of other scripts."""
    found = subprocess.run(["fc-match", "-f", "%{file}", "DejaVu Sans:charset=0416"], capture_output=True, check=True)
    return found.stdout.decode()


def pdf(*pages, size=(595, 842), name="Helvetica", **options):
    """A PDF with the lines of each page as text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, **options)
    for lines in pages or (LINES,):
        for number, line in enumerate(lines):
            canvas.setFont(name, 14)
            canvas.drawString(60, size[1] - 80 - number * 32, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(content, dpi=200):
    """The first page as an array of red, green and blue."""
    with pypdfium2.PdfDocument(content) as document:
        return document[0].render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3].copy()


def file(array, suffix=".png"):
    done, data = cv2.imencode(suffix, cv2.cvtColor(array, cv2.COLOR_RGB2BGR))
    assert done
    return data.tobytes()


def scan(array):
    """A PDF that holds nothing but a picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(array).save(out, "PDF", resolution=200)
    return out.getvalue()


def skewed(array, degrees):
    height, width = array.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(array, turn, (width, height), borderValue=(255, 255, 255))


def shadowed(array):
    light = numpy.linspace(1.0, 0.45, array.shape[1])[None, :, None]
    return (array * light).astype(numpy.uint8)


def on_table(*arrays, gap=120):
    """Papers side by side on a dark table."""
    height = max(array.shape[0] for array in arrays) + 2 * gap
    width = sum(array.shape[1] + gap for array in arrays) + gap
    table = numpy.full((height, width, 3), 60, numpy.uint8)
    left = gap
    for array in arrays:
        table[gap : gap + array.shape[0], left : left + array.shape[1]] = array
        left += array.shape[1] + gap
    return table


def words(page):
    return [word[0] for word in page.words]


def text(page):
    return " ".join(words(page))
