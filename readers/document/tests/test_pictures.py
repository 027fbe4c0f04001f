"""Scans and photos, by the real Tesseract: what was drawn is read, however it lies."""

import io

import cv2
import numpy
import pytest
from PIL import Image

from readers.document import ocr, read, render
from readers.document.tests import papers

#: Texts that must be read from every picture below.
NEEDED = ("INV-2026-0815", "2026-03-14", "119.00", "Muster", "100.00")


@pytest.fixture(scope="module")
def drawn():
    assert ocr.is_available(), "tesseract is missing: bin/setup installs it"
    return papers.picture(papers.pdf())


def assert_read(page):
    assert page.source == "ocr" and not page.problem
    missing = [needed for needed in NEEDED if needed not in papers.text(page)]
    assert not missing, (missing, papers.text(page))


def assert_boxes_on_ink(content, page):
    shown = cv2.imdecode(numpy.frombuffer(render(content, page, 1400), numpy.uint8), cv2.IMREAD_GRAYSCALE)
    height, width = shown.shape
    on_ink = []
    for _text, x0, y0, x1, y1, *_rest in page.words:
        inside = shown[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1]
        on_ink.append(inside.size > 0 and inside.min() < 140)
    assert sum(on_ink) >= 0.95 * len(on_ink)


@pytest.mark.parametrize("suffix", (".png", ".jpg", ".webp", ".tiff"))
def test_kinds_of_pictures(drawn, suffix):
    (page,) = read(papers.file(drawn, suffix), "photo.bin").pages
    assert_read(page)


def test_heic(drawn):
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(drawn)).save(out, quality=80)
    scan = read(out.getvalue(), "IMG_0001.HEIC")
    assert scan.media_type == "image/heic"
    assert_read(scan.pages[0])


@pytest.mark.parametrize("degrees", (-3.0, 1.7, 3.0))
def test_a_crooked_scan_is_straightened(drawn, degrees):
    content = papers.file(papers.shadowed(papers.skewed(drawn, degrees)), ".jpg")
    (page,) = read(content).pages
    assert_read(page)
    assert (page.turned + 180) % 360 - 180 == pytest.approx(degrees, abs=0.3)
    assert_boxes_on_ink(content, page)


@pytest.mark.parametrize("quarters", (1, 2, 3))
def test_a_turned_page_is_set_upright(drawn, quarters):
    content = papers.file(numpy.rot90(drawn, quarters))
    (page,) = read(content).pages
    assert_read(page)
    assert page.turned == pytest.approx(90 * quarters, abs=1)
    assert page.width < page.height
    assert_boxes_on_ink(content, page)


def test_capitals_upside_down_are_no_cyrillic():
    lines = ("MARKET HALL", "TAX INVOICE 0042", "CASH 20.00", "TOTAL RM 11.90", "CHANGE 8.10", "THANK YOU, COME AGAIN")
    content = papers.file(numpy.rot90(papers.picture(papers.pdf(lines)), 2))
    (page,) = read(content).pages
    assert "TOTAL RM 11.90" in papers.text(page)
    assert page.turned == pytest.approx(180, abs=1)


def test_no_time_is_said_page_by_page(drawn):
    from readers.document import Limits

    out = io.BytesIO()
    Image.fromarray(drawn).save(out, "TIFF", save_all=True, append_images=[Image.fromarray(drawn)])
    scan = read(out.getvalue(), limits=Limits(seconds=0.01))
    assert [page.problem for page in scan.pages] == ["too_slow", "too_slow"] and not scan.next


def test_a_scan_in_a_pdf(drawn):
    (page,) = read(papers.scan(drawn)).pages
    assert_read(page)


def test_a_stamp_is_no_text_layer(drawn):
    import pypdf

    scanned = pypdf.PdfReader(io.BytesIO(papers.scan(drawn))).pages[0]
    size = (float(scanned.mediabox.width), float(scanned.mediabox.height))
    stamp = pypdf.PdfReader(io.BytesIO(papers.pdf(("",) * 13 + ("RECEIVED-4711",), size=size))).pages[0]
    writer = pypdf.PdfWriter()
    writer.add_page(scanned)
    writer.pages[0].merge_page(stamp)
    out = io.BytesIO()
    writer.write(out)
    (page,) = read(out.getvalue()).pages
    assert_read(page)
    assert "RECEIVED-4711" in papers.text(page)


def test_pages_of_a_tiff_are_one_document(drawn):
    out = io.BytesIO()
    first, second = Image.fromarray(drawn), Image.fromarray(drawn)
    first.save(out, "TIFF", save_all=True, append_images=[second])
    scan = read(out.getvalue(), "fax.tif")
    assert scan.documents == ((1, 2),)
    assert_read(scan.pages[1])


def test_receipts_on_one_photo_are_documents_of_their_own(drawn):
    other = papers.picture(papers.pdf([*papers.LINES[:1], "Receipt number R-77", "Total amount EUR 12.30"]))
    content = papers.file(papers.on_table(drawn, other[:900]), ".jpg")
    scan = read(content, images=True)
    assert scan.documents == ((1,), (2,)) and set(scan.images) == {1, 2}
    assert_read(scan.pages[0])
    assert "R-77" in papers.text(scan.pages[1]) and "INV-2026-0815" not in papers.text(scan.pages[1])
    for page in scan.pages:
        assert_boxes_on_ink(content, page)


def test_other_languages_are_seen_and_read():
    lines = (
        "Rechnung Nummer 2026-77",
        "Datum 14.03.2026",
        "Übertragungsgebühr für den Monat März",
        "Gesamtbetrag und Umsatzsteuer",
        "Bitte zahlen Sie den Betrag von 119,00 EUR auf das Konto der Bank",
        "Kunde: Böhm & Söhne, Größe 12",
    )
    content = papers.file(papers.picture(papers.pdf(lines)))
    assert {"Übertragungsgebühr", "März", "Söhne,"} <= set(papers.words(read(content).pages[0]))


def test_an_empty_page_has_no_words():
    content = papers.file(numpy.full((800, 600, 3), 255, numpy.uint8))
    (page,) = read(content).pages
    assert page.words == ()


def test_a_script_of_its_own_is_told_and_read():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from readers.document.tests.papers import font

    pdfmetrics.registerFont(TTFont("wide", font()))
    lines = (
        "Счёт на оплату номер 815",
        "Поставщик Общество Ромашка",
        "Покупатель Торговый дом",
        "Итого к оплате 119.00",
    )
    content = papers.file(papers.picture(papers.pdf([*lines, *lines], name="wide")))
    text = papers.text(read(content).pages[0])
    assert "Поставщик" in text and "оплате" in text
