"""Statement or document: told by content."""

import unittest

from readers.arrival import ArrivalError, sort

CAMT = (
    b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt/></Document>'
)
UBL = b'<?xml version="1.0"?>\n<!-- x --><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
CII = b'\xef\xbb\xbf<rsm:CrossIndustryInvoice xmlns:rsm="urn:un"><a/></rsm:CrossIndustryInvoice>'
CSV = b"Date;Text;Amount\n2026-01-01;Rent;-10,00\n2026-01-02;Sale;20,00\n"


class TestArrival(unittest.TestCase):
    def test_sorts(self):
        for content, name, wanted in (
            (b"%PDF-1.7 ...", "statement.csv", ("document", "pdf")),
            (b"\x89PNG\r\n\x1a\n....", "x", ("document", "png")),
            (UBL, "x", ("document", "xml")),
            (CII, "x.xml", ("document", "xml")),
            (CAMT, "invoice.pdf", ("statement", "camt.053")),
            (b":20:X\r\n:25:1234\r\n:28C:1\r\n:60F:C260101EUR1,\r\n", "x", ("statement", "mt940")),
            (CSV, "bank.csv", ("statement", "csv")),
            (CSV, "", ("statement", "csv")),
        ):
            with self.subTest(name=name, wanted=wanted):
                self.assertEqual(sort(content, name), wanted)

    def test_refused(self):
        for content, code in (
            (b" \n", "empty"),
            (b'{"type": "x", "a": 1, "b": 2}\n{"type": "x", "a": 1, "b": 2}', "unknown"),
            (b"Hello, dear, sir\n", "unknown"),
            (b"<html><body>Invoice</body></html>", "unknown_xml"),
            (b"<svg xmlns='x'><script/></svg>", "unknown_xml"),
            (b"MZ\x90\x00\x03\x00\x00\x00", "unknown"),
            (b"\xd0\xcf\x11\xe0aaaa", "old_workbook"),
        ):
            with self.subTest(content=content[:20]), self.assertRaises(ArrivalError) as caught:
                sort(content, "bank.csv")
            self.assertEqual(caught.exception.code, code)


if __name__ == "__main__":
    unittest.main()
