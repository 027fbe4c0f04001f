"""Files that want to hurt: each ends in a DocumentError with a code, in a process of its own, in time."""

import io
import os
import subprocess
import sys
import time
import zlib

import pypdf
import pytest

from readers.document import DocumentError, Limits, read_apart, render_apart
from readers.document.apart import _CHILD
from readers.document.tests import papers


def code(content, name="file.bin", **limits):
    with pytest.raises(DocumentError) as raised:
        read_apart(content, name, limits=Limits(**limits))
    return raised.value.code


def encrypted():
    writer = pypdf.PdfWriter(io.BytesIO(papers.pdf()))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png_bomb(side=60_000):
    """A picture of billions of pixels in a few kilobytes."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf_bomb(size=600_000_000):
    """A page whose content unpacks to very much."""
    packer = zlib.compressobj(9)
    piece = b"0 0 m 1 1 l S\n" * 100_000
    packed = b"".join(packer.compress(piece) for _count in range(size // len(piece))) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 5\n0000000000 65535 f \n" + rows
    return bytes(out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


def test_codes():
    assert code(b"") == "empty"
    assert code(b"  \n\n ") == "empty"
    assert code(b"hello world", "bill.pdf") == "unknown"
    assert code(b"PK\x03\x04rest", "bill.pdf") == "unknown"
    assert code(b"<svg xmlns='x'><script>alert(1)</script></svg>", "logo.xml") == "unknown"
    assert code(b"<html><script>alert(1)</script></html>", "bill.pdf") == "unknown"
    assert code(b"%PDF-1.7\nnothing that follows is a PDF", "bill.pdf") == "damaged"
    assert code(b"\x89PNG\r\n\x1a\n" + os.urandom(500)) == "damaged"
    assert code(b"\xff\xd8\xff" + os.urandom(500)) == "damaged"
    assert code(encrypted()) == "encrypted"
    assert code(papers.pdf(*[("page",)] * 500)) == "too_many_pages"
    assert code(png_bomb()) == "too_large"
    assert code(b"%PDF-" + bytes(2000), size=1000) == "too_large"


def test_what_a_wrong_extension_says_does_not_count():
    scan = read_apart(papers.pdf(), "photo.jpg")
    assert scan.media_type == "application/pdf" and "Muster" in papers.words(scan.pages[0])


def test_a_page_that_unpacks_to_everything_ends_in_time():
    start = time.monotonic()
    content = pdf_bomb()
    assert len(content) < 3_000_000
    try:
        scan = read_apart(content, limits=Limits(seconds=5, memory=300_000_000))
    except DocumentError as error:
        assert error.code in ("too_slow", "crashed", "too_large", "damaged")
    else:
        assert all(not page.words for page in scan.pages)
    assert time.monotonic() - start < 40


def test_the_same_words_come_from_a_process_apart():
    from readers.document import read

    content = papers.pdf()
    apart, here = read_apart(content, images=True), read(content, images=True)
    assert [page.to_json() for page in apart.pages] == [page.to_json() for page in here.pages]
    assert (apart.images, apart.documents, apart.total) == (here.images, here.documents, here.total)
    assert render_apart(content, 1, 300).startswith(b"\x89PNG")


def test_broken_at_every_place():
    content = papers.pdf()
    for place in range(0, len(content), max(1, len(content) // 12)):
        broken = content[:place] + os.urandom(8) + content[place + 8 :]
        try:
            read_apart(broken, "bill.pdf", limits=Limits(seconds=20))
        except DocumentError as error:
            assert error.code in ("damaged", "encrypted", "unknown", "crashed"), error.code


def test_the_child_goes_with_its_parent():
    """A worker that is killed leaves no reader behind."""
    script = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, {str(_CHILD)!r}], stdin=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    for _try in range(100):
        if not os.path.exists(f"/proc/{child}") or "(defunct)" in _state(child):
            return
        time.sleep(0.1)
    raise AssertionError("the reading process lives on")


def _state(pid):
    try:
        with open(f"/proc/{pid}/stat") as stream:
            return "(defunct)" if stream.read().split(") ")[1][0] == "Z" else ""
    except OSError:
        return "(defunct)"
