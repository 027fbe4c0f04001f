"""What an uploaded file is told to be, by its content alone."""

from __future__ import annotations

import unittest

from ..upload import safe_name, sniff


class TestUpload(unittest.TestCase):
    def test_pictures_and_pdf(self):
        for content, extension in (
            (b"%PDF-1.7\n", "pdf"),
            (b"\xff\xd8\xff\xe0", "jpg"),
            (b"\x89PNG\r\n\x1a\n", "png"),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
            (b"\x00\x00\x00\x18ftypheic", "heic"),
        ):
            with self.subTest(extension):
                self.assertEqual(sniff(content)[1], extension)

    def test_everything_else(self):
        for content in (
            b"",
            b"<html>%PDF-1.4",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"MZ\x90\x00",
            b"PK\x03\x04",
            b"\x00\x00\x00\x00\x00\x00\x00\x00WEBP",
            b"GIF89a<script>",
            b" %PDF-1.4",
        ):
            with self.subTest(content):
                self.assertIsNone(sniff(content))

    def test_names(self):
        for name, expected in (
            ("scan.png", "scan.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\me\\bill.exe", "bill.pdf"),
            ('<img src="x" onerror="y">.html', "img src=x onerror=y.pdf"),
            ("a\r\nSet-Cookie.pdf", "aSet-Cookie.pdf"),
            ("....", "file.pdf"),
            ("", "file.pdf"),
            ("x" * 300, "x" * 80 + ".pdf"),
            ("Rechnung März 2026.PDF", "Rechnung März 2026.pdf"),
        ):
            with self.subTest(name):
                self.assertEqual(safe_name(name, "pdf"), expected)


if __name__ == "__main__":
    unittest.main()
