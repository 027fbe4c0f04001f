"""Archives and mails: files out, nothing run, never more than the limits."""

import io
import unittest
import zipfile
from email.message import EmailMessage

from readers.attached import attached
from readers.parcel import Limits, kind, unpack
from readers.upload import picture_size

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (800).to_bytes(4, "big") + (600).to_bytes(4, "big")
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + (480).to_bytes(2, "big") + (640).to_bytes(2, "big") + b"\x03"


def archive(members, password=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    data = out.getvalue()
    if not password:
        return data
    # The flag "encrypted" in the local and in the central header of the one member.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        data = data[:place] + b"\x01" + data[place + 1 :]
    return data


def mail(*files, inner=None):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "Bill"
    message.set_content("See the file.")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if inner is not None:
        message.add_attachment(inner)
    return message


class TestParcel(unittest.TestCase):
    def test_what_is_one(self):
        for content, name, wanted in (
            (archive({"a.pdf": PDF}), "x.bin", "zip"),
            (archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "x.docx", ""),
            (mail().as_bytes(), "x.eml", "mail"),
            (b"hello", "x.eml", ""),
            (PDF, "x.zip", ""),
            (b"", "x.zip", ""),
        ):
            with self.subTest(name=name):
                self.assertEqual(kind(content, name), wanted)

    def test_files_come_out_under_plain_names(self):
        found = unpack(archive({"../../etc/a.pdf": PDF, "b\\c.png": PNG, "__MACOSX/._a.pdf": b"x", "notes.txt": "hi"}))
        self.assertEqual([name for name, _content in found.files], ["a.pdf", "c.png"])
        self.assertEqual(found.refused, (("notes.txt", "unknown"),))

    def test_a_mail_in_a_mail_in_an_archive(self):
        inner = mail(("bill.pdf", PDF))
        data = archive({"forwarded.eml": mail(inner=inner).as_bytes()})
        self.assertEqual([name for name, _content in unpack(data).files], ["bill.pdf"])

    def test_limits(self):
        bomb = archive({"a.pdf": b"%PDF-" + b"\x00" * 3_000_000})
        self.assertEqual(unpack(bomb, limits=Limits(size=1_000_000)).refused, (("a.pdf", "too_large"),))
        many = archive({f"{n}.pdf": PDF for n in range(10)})
        found = unpack(many, limits=Limits(files=4))
        self.assertEqual((len(found.files), found.refused[-1][1]), (4, "too_many"))
        nested = archive({"a.pdf": PDF})
        for _level in range(5):
            nested = archive({"in.zip": nested})
        self.assertEqual(unpack(nested).refused, (("in.zip", "too_deep"),))

    def test_what_can_not_be_opened(self):
        self.assertEqual(unpack(archive({"a.pdf": PDF}, password=True)).refused, (("a.pdf", "encrypted"),))
        self.assertEqual(unpack(b"PK\x03\x04 torn", "x.zip").refused, (("x.zip", "damaged"),))
        whole = archive({"a.pdf": PDF * 50})
        for end in range(4, len(whole), 7):
            unpack(whole[:end], "x.zip")

    def test_sizes_of_pictures(self):
        self.assertEqual(picture_size(PNG), (800, 600))
        self.assertEqual(picture_size(JPEG), (640, 480))
        self.assertEqual(picture_size(b"GIF89a\x10\x00\x20\x00"), (16, 32))
        for content in (b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x00" * 20, b"BM"):
            self.assertEqual(picture_size(content), (0, 0))


class TestAttached(unittest.TestCase):
    def test_pictures_of_an_e_invoice(self):
        import base64

        held = base64.b64encode(PDF).decode()
        xml = (
            '<Invoice xmlns="u" xmlns:c="b"><c:EmbeddedDocumentBinaryObject filename="../in.pdf">'
            f"{held[:20]}\n{held[20:]}</c:EmbeddedDocumentBinaryObject><Attachment>no base64 !</Attachment></Invoice>"
        )
        self.assertEqual(attached(xml.encode()), [("in.pdf", PDF)])

    def test_nothing_hostile(self):
        for content in (b"", b"<a", b'<!DOCTYPE x [<!ENTITY a "b">]><Invoice>&a;</Invoice>'):
            self.assertEqual(attached(content), [])
