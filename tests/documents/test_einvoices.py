"""E-invoices: nothing guessed, nothing left behind, the picture beside the XML."""

import base64
import io

from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from .common import ROWS, DocumentCase, pdf

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ID>PM-2026-117</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:DueDate>2026-04-01</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>{attached}
  <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Paper Mill Ltd</cbc:Name></cac:PartyName>
  <cac:PartyTaxScheme><cbc:CompanyID>BE0477472701</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
  </cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
  <cac:PayeeFinancialAccount><cbc:ID>BE71096123456769</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:TaxTotal><cbc:TaxAmount currencyID="USD">15.00</cbc:TaxAmount><cac:TaxSubtotal>
  <cbc:TaxableAmount currencyID="USD">100.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="USD">15.00</cbc:TaxAmount>
  <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>15</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
  </cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="USD">100.00</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="USD">115.00</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount currencyID="USD">{total}</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">2</cbc:InvoicedQuantity>
  <cbc:LineExtensionAmount currencyID="USD">100.00</cbc:LineExtensionAmount>
  <cac:Item><cbc:Name>Copy paper A4</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>
  <cbc:Percent>15</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="USD">50.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>"""
ATTACHED = """<cac:AdditionalDocumentReference><cbc:ID>picture</cbc:ID><cac:Attachment>
  <cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="inv.pdf">{}</cbc:EmbeddedDocumentBinaryObject>
  </cac:Attachment></cac:AdditionalDocumentReference>"""


#: What is printed when nothing contradicts.
PRINTED = [
    (x, y, {"VAT GB 123 4567 82": "VAT BE 0477.472.701", "Amount": "Amount USD"}.get(text, text)) for x, y, text in ROWS
]


def ubl(total="115.00", picture=None):
    attached = ATTACHED.format(base64.b64encode(picture).decode()) if picture else ""
    return UBL.format(total=total, attached=attached).encode()


def hybrid(content, xml):
    """A PDF that carries its e-invoice."""
    writer = OdooPdfFileWriter()
    writer.cloneReaderDocumentRoot(OdooPdfFileReader(io.BytesIO(content), strict=False))
    writer.addAttachment("factur-x.xml", xml, "text/xml")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestEInvoices(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.make_partner("Paper Mill Ltd", vat="BE0477472701")

    def assertRead(self, document):
        self.assertEqual((document.state, document.error, document.source), ("read", False, "xml"))
        fields = {name: row["value"] for name, row in document.reading["fields"].items()}
        self.assertEqual(
            (fields["number"], fields["date"], fields["due_date"], fields["net"], fields["tax"], fields["total"]),
            ("PM-2026-117", "2026-03-02", "2026-04-01", "100.00", "15.00", "115.00"),
        )
        self.assertEqual((fields["vendor"], fields["vendor_vat"]), ("Paper Mill Ltd", "BE0477472701"))
        self.assertUntouched(document.move_id)

    def test_a_plain_one(self):
        document = self.taken_in(("bill.xml", ubl()))
        self.assertRead(document)
        self.assertEqual((document.page_count, document.picture_id.ids), (0, []))

    def test_what_odoo_makes_of_it_is_kept_and_nothing_else(self):
        counts = [self.env[name].search_count([]) for name in ("account.move", "res.partner", "res.partner.bank")]
        document = self.taken_in(("bill.xml", ubl()))
        after = [self.env[name].search_count([]) for name in ("account.move", "res.partner", "res.partner.bank")]
        self.assertEqual(after, [counts[0] + 1, *counts[1:]])
        decoded = document.decoded
        self.assertEqual(decoded["partner_id"], self.vendor.id)
        self.assertEqual((decoded["ref"], decoded["currency"], decoded["total"]), ("PM-2026-117", "USD", "115.00"))
        self.assertEqual(decoded["iban"], "BE71096123456769")
        [line] = decoded["lines"]
        self.assertEqual((line["label"], line["quantity"], line["amount"]), ("Copy paper A4", "2.0", "100.00"))
        self.assertEqual(line["tax_ids"], self.company_data["default_tax_purchase"].ids)
        self.assertTrue(line["account_id"])

    def test_a_vendor_that_odoo_would_make_is_not_made(self):
        self.vendor.unlink()
        document = self.taken_in(("bill.xml", ubl()))
        self.assertRead(document)
        self.assertFalse(document.decoded["partner_id"])
        self.assertFalse(self.env["res.partner"].search([("vat", "=", "BE0477472701")]))

    def test_inside_a_pdf(self):
        document = self.taken_in(("bill.pdf", hybrid(pdf(PRINTED), ubl())))
        self.assertRead(document)
        self.assertEqual((document.page_count, document.reading["problems"]), (1, []))
        self.assertTrue(document.thumbnail)

    def test_the_picture_inside_the_xml_is_shown(self):
        document = self.taken_in(("bill.xml", ubl(picture=pdf(PRINTED))))
        self.assertRead(document)
        self.assertEqual((document.picture_id.raw, document.picture_id.res_id), (pdf(PRINTED), document.move_id.id))
        self.assertEqual(document.page_count, 1)
        self.assertTrue(document.page_words(1))
        self.assertEqual(document.reading["problems"], [])

    def test_a_picture_that_says_something_else(self):
        other = {"100.00": "800.00", "15.00": "120.00", "115.00": "920.00"}
        rows = [(x, y, other.get(text, text)) for x, y, text in PRINTED]
        document = self.taken_in(("bill.pdf", hybrid(pdf(rows), ubl())))
        self.assertEqual(document.source, "xml")
        told = {(code, values["field"]) for code, values in document.reading["problems"]}
        self.assertIn(("picture", "total"), told)
        self.assertEqual(document.reading["fields"]["total"]["value"], "115.00")

    def test_what_is_no_e_invoice_says_so(self):
        document = self.taken_in(("order.xml", b"<?xml version='1.0'?><Order><Line>1</Line></Order>"))
        self.assertEqual((document.state, document.error_code), ("failed", "no_invoice"))
        self.assertIn("XML", document.error)

    def test_hostile_xml(self):
        entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Invoice>&a;</Invoice>'
        laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
        laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' + laughs + b"]><Invoice>&l9;</Invoice>"
        for content in (entity, laughs, ubl()[:900]):
            with self.subTest(content=content[:60]):
                document = self.taken_in(("bill.xml", content))
                self.assertEqual(document.state, "failed")
                self.assertIn("kept", document.error)
                self.assertNotIn("root:", str(document.reading))
