"""E-invoices: what their XML says is taken as it is, and compared with the picture that people see."""

from odoo import fields, models

from ...engine import extraction
from ...engine.extraction import Page, Reading
from ...readers.attached import attached
from ...readers.document import DocumentError, einvoice, read_apart

#: For the picture of an e-invoice: of a long one the first pages are enough to compare.
MOST_SECONDS = 20.0


class AiDocument(models.Model):
    _inherit = "ai.document"

    invoice_number = fields.Integer(readonly=True, help="Which invoice of an XML file that holds several, from 1.")

    def _invoices(self, scan):
        """(name, content, invoices as JSON of readings) of the first e-invoice that a file is or carries.

        :raise DocumentError: the file is XML, and can't be read as an e-invoice
        """
        for name, content in scan.embedded:
            try:
                found = einvoice.read_all(content)
            except DocumentError:
                if not scan.pages:
                    raise
                # A broken file inside a PDF: what is printed is read.
                continue
            if found:
                return name, content, found
        return "", b"", []

    def _einvoice_reading(self, pages, scan):
        """(Reading, source) of an e-invoice; None when the file is none.

        :raise DocumentError: the file is XML and no e-invoice
        """
        name, content, invoices = self._invoices(scan)
        if not invoices:
            return None if scan.pages else self._foreign_reading(scan)
        number = self.invoice_number or 1
        if len(invoices) > 1 and not self.invoice_number:
            self.invoice_number = 1
            self._split_invoices(len(invoices), scan)
        if len(invoices) == 1:
            self.decoded = self._decode(name, content)
        reading = Reading.from_json(invoices[min(number, len(invoices)) - 1])
        return self._compared(reading, pages or self._picture_pages(content)), "xml"

    def _foreign_reading(self, scan):
        """An XML that only a decoder of Odoo knows: one of a country's own module."""
        [(name, content)] = scan.embedded[:1] or [("", b"")]
        decoded = self._decode(name, content) if content else None
        if not decoded or not decoded["lines"]:
            raise DocumentError("no_invoice")
        self.decoded = decoded
        return _of_decoded(decoded), "xml"

    # === THE PICTURE === #

    def _picture_pages(self, content):
        """Pages of the picture that came with a plain XML: beside it in the mail, or inside it."""
        if not self.picture_id:
            self._keep_attached(content)
        if not self.picture_id:
            return []
        try:
            scan = read_apart(self.picture_id.raw or b"", self.picture_id.name, images=True, seconds=MOST_SECONDS)
        except DocumentError:
            # The XML is what counts; a picture that can't be read says nothing against it.
            return []
        self._keep_pages(scan.pages, scan)
        return scan.pages

    def _keep_attached(self, content):
        """The first PDF or picture inside the XML becomes a file of the draft, for people to look at."""
        for name, data in attached(content)[:1]:
            self.picture_id = self.env["ir.attachment"].create(
                {"name": name, "raw": data, "res_model": "account.move", "res_id": self.move_id.id}
            )

    def _compared(self, reading, pages):
        """The XML's reading with what its picture says against it."""
        if not any(page.words for page in pages):
            return reading
        seen = extraction.extract(
            tuple(Page.from_json(page.to_json()) for page in pages), self._context(self.company_id)
        )
        told = reading.to_json()
        words = " ".join(word[0] for page in pages for word in page.words)
        problems = [[code, values] for code, values in extraction.agree(reading, seen, words)]
        return Reading.from_json({**told, "problems": [*told["problems"], *problems]})

    # === SEVERAL INVOICES IN ONE FILE === #

    def _split_invoices(self, count, scan):
        """A draft for each further invoice of the file."""
        for number in range(2, count + 1):
            self._part(invoice_number=number)._store_scan(scan)


def _of_decoded(decoded):
    """A reading of what Odoo's decoder wrote on its scratch entry."""
    names = {
        "number": "ref",
        "date": "invoice_date",
        "due_date": "invoice_date_due",
        "currency": "currency",
        "payment_reference": "payment_reference",
        "order_reference": "origin",
        "vendor_iban": "iban",
        "net": "net",
        "tax": "tax",
        "total": "total",
    }
    told = {name: decoded[key] for name, key in names.items() if decoded[key]}
    return Reading.from_json(
        {
            "kind": "credit_note" if decoded["move_type"].endswith("refund") else "bill",
            "fields": {
                name: {"value": value, "text": value, "confidence": 1.0, "source": "xml"}
                for name, value in told.items()
            },
            "items": [
                {
                    "text": line["label"],
                    "total": line["amount"],
                    "quantity": line["quantity"],
                    "unit_price": line["price_unit"],
                    "discount": line["discount"],
                }
                for line in decoded["lines"]
            ],
            "taxes": [],
            "problems": [],
            "reasons": [["einvoice", {"format": "odoo"}]],
            "language": "",
            "is_gross": False,
        }
    )
