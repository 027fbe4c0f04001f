"""PDF files with text: words, boxes, lines; which layers are believed."""

import pypdf
import pytest

from readers.document import DocumentError, Limits, group, read, render
from readers.document.page import Page
from readers.document.tests import papers
from readers.document.textlayer import is_garbage
from readers.document.words import Seen, in_lines


def test_words_have_boxes_and_lines():
    (page,) = read(papers.pdf(), "bill.pdf").pages
    assert page.source == "text" and (page.width, page.height) == (595, 842)
    assert papers.words(page)[:3] == ["Muster", "Buerobedarf", "GmbH"]
    assert {word[5] for word in page.words} == set(range(len(papers.LINES)))
    word, x0, y0, x1, y1, _line, confidence = page.words[0]
    assert confidence == 1.0
    assert x0 == pytest.approx(60 / 595, abs=0.01) and y0 < 80 / 842 < y1 < y0 + 0.03
    assert x0 < x1 < 0.3, word


def test_every_box_lies_on_its_ink():
    content = papers.pdf()
    (page,) = read(content).pages
    shown = papers.picture(content)
    height, width = shown.shape[:2]
    for word, x0, y0, x1, y1, *_rest in page.words:
        inside = shown[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1]
        assert inside.min() < 100, word


def test_what_nobody_sees_is_not_read():
    """White on white, outside the page, below a picture: it would say one thing to people and another here."""
    import io

    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number, line in enumerate(papers.LINES):
        canvas.drawString(60, 760 - number * 30, line)
    canvas.setFillGray(0.6)
    canvas.drawString(60, 300, "small grey print is read")
    canvas.drawString(60, -200, "OUTSIDE 999.00")
    canvas.drawString(800, 400, "BESIDE 999.00")
    canvas.drawString(60, 200, "COVERED 999.00")
    cover = papers.file(papers.picture(papers.pdf(()), 20))
    canvas.drawImage(ImageReader(io.BytesIO(cover)), 50, 180, 300, 50)
    canvas.setFillGray(1)
    canvas.drawString(60, 250, "WHITE 999.00")
    canvas.showPage()
    canvas.save()
    (page,) = read(out.getvalue()).pages
    text = papers.text(page)
    assert "Total amount due EUR 119.00" in text and "small grey print is read" in text
    assert "999.00" not in text


@pytest.mark.parametrize("degrees", (90, 180, 270))
def test_a_page_that_is_turned_is_read_as_shown(degrees):
    import io

    writer = pypdf.PdfWriter(io.BytesIO(papers.pdf()))
    writer.pages[0].rotate(degrees)
    out = io.BytesIO()
    writer.write(out)
    (page,) = read(out.getvalue()).pages
    assert {"Muster", "Total", "119.00"} <= set(papers.words(page))
    first = next(word for word in page.words if word[0] == "Muster")
    centre = {90: (0.9, 0.15), 180: (0.8, 0.9), 270: (0.1, 0.8)}[degrees]
    assert (first[1], first[2]) == pytest.approx(centre, abs=0.1)


def test_garbage_is_told_from_language():
    def seen(text):
        return [Seen(word, 0, 0, 1, 1) for word in text.split()]

    assert is_garbage([])
    assert is_garbage(seen("\ue001\ue002\ue003 \ue004\ue005"))
    assert is_garbage(seen("5HFKQXQJ WXQGHQ QXPPHU GDWXP EHWUDJ JHVDPW VWHXHU QHWWR EUXWWR NXQGH"))
    assert not is_garbage(seen("Rechnung Nummer 4711 vom Datum zahlbar sofort ohne Abzug Betrag"))
    assert not is_garbage(seen("Счёт фактура номер дата итого к оплате"))
    assert not is_garbage(seen("चालान संख्या दिनांक कुल राशि"))
    assert not is_garbage(seen("12 34,50 2026-01-01 119.00"))


def test_rows_follow_their_words():
    row = [Seen(text, x, 10 + y, x + 9, 20 + y) for text, x, y in (("b", 20, 1), ("a", 0, 0), ("c", 40, 2))]
    below = [Seen("d", 0, 24, 9, 34)]
    assert [[word.text for word in line] for line in in_lines(below + row)] == [["a", "b", "c"], ["d"]]


def test_pages_that_count_themselves_are_told_apart():
    def page(number, text):
        return Page(number, 595, 842, words=tuple((word, 0, 0, 1, 1, 0, 1.0) for word in text.split()))

    counted = [page(1, "Page 1 of 2"), page(2, "Page 2 of 2"), page(3, "Seite 1 von 1")]
    assert group(counted) == ((1, 2), (3,))
    assert group(counted[:2]) == ((1, 2),)
    assert group([page(1, "Page 1 of 1"), page(2, "terms")]) == ((1, 2),), "only where it is sure"
    assert group([page(1, "Page 1 of 2"), page(2, "Page 1 of 2")]) == ((1, 2),)


def test_long_files_are_read_in_slices():
    content = papers.pdf(*[papers.LINES] * 5)
    scan = read(content, seconds=0.000001)
    assert ([page.number for page in scan.pages], scan.next, scan.total) == ([1], 2, 5)
    scan = read(content, first=2)
    assert ([page.number for page in scan.pages], scan.next, scan.total) == ([2, 3, 4, 5], 0, 5)


def test_a_page_is_rendered():
    content = papers.pdf()
    assert render(content, 1, 400).startswith(b"\x89PNG")
    with pytest.raises(DocumentError, match="no_page"):
        render(content, 2, 400)


def test_too_many_pages_are_refused_with_their_number():
    with pytest.raises(DocumentError) as raised:
        read(papers.pdf(*[("page",)] * 12), limits=Limits(pages=10))
    assert (raised.value.code, raised.value.values) == ("too_many_pages", {"pages": 12, "limit": 10})
