"""E-invoices: each field of each format; what is no invoice; what wants to hurt."""

from decimal import Decimal

import pytest

from engine.extraction.reading import FIELDS, Reading
from readers.document import DocumentError, einvoice, read
from readers.document.tests.einvoices import fatturapa, ubl


def told(content):
    found = einvoice.read(content)
    reading = Reading.from_json(found)
    assert set(reading.fields) <= set(FIELDS)
    assert all((field.source, field.confidence) == ("xml", 1.0) for field in reading.fields.values())
    return reading, {name: field.value for name, field in reading.fields.items()}


def test_ubl():
    reading, values = told(ubl())
    assert reading.kind == "bill"
    assert values == {
        "number": "F-77",
        "date": "2026-03-02",
        "due_date": "2026-04-01",
        "service_from": "2026-02-01",
        "service_to": "2026-02-28",
        "currency": "EUR",
        "order_reference": "PO-5",
        "original_number": "F-70",
        "vendor": "Muster NV",
        "vendor_vat": "BE0477472701",
        "vendor_registry": "0477472701",
        "vendor_phone": "+32 9 1",
        "vendor_email": "bill@muster.be",
        "vendor_street": "Main street 1",
        "vendor_zip": "9000",
        "vendor_city": "Gent",
        "vendor_country": "BE",
        "vendor_iban": "BE71096123456769",
        "vendor_bic": "GKCCBEBB",
        "payment_reference": "+++123+++",
        "buyer": "Buyer GmbH",
        "buyer_vat": "DE123456788",
        "net": "90.00",
        "tax": "18.90",
        "total": "108.90",
        "prepaid": "8.90",
        "to_pay": "100.00",
    }
    line, allowance = reading.items
    assert (line.text, line.code) == ("Folder\nBlue, A4", "ART-1")
    assert (line.quantity, line.unit_price, line.total, line.tax_rate) == (20, 5, 100, 21)
    assert (allowance.text, allowance.total, allowance.tax_rate) == ("Loyalty", -10, 21)
    (part,) = reading.taxes
    assert (part.rate, part.base, part.tax, part.code) == (21, 90, Decimal("18.90"), "S")


def test_a_credit_note_has_positive_amounts_however_it_is_written():
    for content in (ubl("CreditNote", "381"), ubl(code="381"), ubl(sign="-"), ubl("CreditNote", "381", "-")):
        reading, values = told(content)
        assert (reading.kind, values["net"], values["total"]) == ("credit_note", "90.00", "108.90")
        assert sum(item.total for item in reading.items) == 90
        assert reading.items[0].quantity == 20


def test_fatturapa():
    reading, values = told(fatturapa())
    assert reading.kind == "bill"
    expected = {
        "vendor": "Maria Rossi",
        "vendor_vat": "IT01234567890",
        "vendor_street": "Via Roma 1",
        "buyer": "Acquisti SRL",
        "number": "12/A",
        "date": "2026-03-02",
        "due_date": "2026-04-30",
        "net": "1040.00",
        "tax": "228.80",
        "total": "1268.80",
        "withheld": "200.00",
        "to_pay": "1068.80",
        "vendor_iban": "IT60X0542811101000000123456",
    }
    assert {name: values[name] for name in expected} == expected
    assert [item.total for item in reading.items] == [1000, 40]
    assert [part.code for part in reading.taxes] == ["S", "AE"]
    assert told(fatturapa("TD04"))[0].kind == "credit_note"


def test_several_invoices_of_one_file():
    whole = fatturapa()
    body = whole[whole.index(b" <FatturaElettronicaBody>") : whole.index(b"</p:Fattura")]
    assert len(einvoice.read_all(whole.replace(body, body + body))) == 2


def test_an_envelope_is_opened():
    inner = ubl().split(b"?>", 1)[1]
    wrapped = b"<StandardBusinessDocument><Header/>" + inner + b"</StandardBusinessDocument>"
    assert told(wrapped)[1]["number"] == "F-77"


def signed(content, *, pieces=0, is_endless=False):
    """Content in a CAdES envelope without signers, made by hand."""

    def part(tag, inner, is_endless=False):
        if is_endless:
            return bytes((tag, 0x80)) + inner + b"\x00\x00"
        size = len(inner).to_bytes(4, "big")
        return bytes((tag, 0x84)) + size + inner

    if pieces:
        cut = [content[start : start + pieces] for start in range(0, len(content), pieces)]
        octets = part(0x24, b"".join(part(0x04, piece) for piece in cut), is_endless)
    else:
        octets = part(0x04, content)
    data = part(0x30, bytes.fromhex("06092a864886f70d010701") + part(0xA0, octets, is_endless), is_endless)
    whole = part(0xA0, part(0x30, b"\x02\x01\x01" + part(0x31, b"") + data, is_endless), is_endless)
    return part(0x30, bytes.fromhex("06092a864886f70d010702") + whole, is_endless)


@pytest.mark.parametrize("options", ({}, {"pieces": 1000}, {"pieces": 1000, "is_endless": True}))
def test_a_signed_invoice_is_opened(options):
    import base64

    data = signed(fatturapa(), **options)
    for content in (data, base64.encodebytes(data)):
        scan = read(content, "IT01234567890_00001.xml.p7m")
        ((name, inner),) = scan.embedded
        assert name == "IT01234567890_00001.xml"
        assert told(inner)[1]["number"] == "12/A"


def test_broken_envelopes_are_no_documents():
    data = signed(fatturapa(), pieces=500, is_endless=True)
    for place in (*range(1, 60), 200, len(data) - 5):
        with pytest.raises(DocumentError):
            read(data[:place], "broken.p7m")
    deep = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\xa0\x80\x30\x80" * 5000
    with pytest.raises(DocumentError):
        read(deep, "deep.p7m")


def test_what_is_no_invoice():
    for content in (b"", b"hello", b"<order><id>1</id></order>", b"<Invoice><foo/></Invoice>", b"\x00\x01"):
        assert einvoice.read(content) is None
        assert not einvoice.is_einvoice(content)
    assert einvoice.is_einvoice(ubl())


def test_a_byte_order_mark_and_other_encodings():
    assert told(b"\xef\xbb\xbf" + ubl())[1]["number"] == "F-77"
    text = ubl().decode().replace("UTF-8", "UTF-16")
    assert told(text.encode("utf-16"))[1]["number"] == "F-77"
    latin = ubl().decode().replace("UTF-8", "ISO-8859-1").replace("Muster NV", "Müster NV")
    assert told(latin.encode("latin-1"))[1]["vendor"] == "Müster NV"


@pytest.mark.parametrize(
    "content",
    (
        b'<!DOCTYPE Invoice [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Invoice>&b;</Invoice>',
        b'<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>',
        b'<!DOCTYPE Invoice SYSTEM "http://127.0.0.1/x.dtd"><Invoice/>',
        b"<Invoice><ID>1</ID>",
        b"<Invoice>" + b"<a>" * 5000,
    ),
)
def test_hostile_xml_is_damaged(content):
    with pytest.raises(DocumentError) as raised:
        einvoice.read(content)
    assert raised.value.code == "damaged"


def test_deep_and_silly_values():
    deep = b"<Invoice><ID>1</ID>" + b"<a>" * 20000 + b"</a>" * 20000 + b"</Invoice>"
    assert einvoice.read(deep)["fields"]["number"]["value"] == "1"
    for silly in ("1e999999999", "NaN", "Infinity", "9" * 100, "abc", ""):
        content = ubl().replace(b">108.90<", f">{silly}<".encode())
        assert "total" in told(content)[1], "net and tax say it, or what is to be paid"


def test_a_plain_xml_comes_as_the_file_that_it_carries():
    content = ubl()
    scan = read(content, "bill.xml")
    assert (scan.media_type, scan.embedded, scan.pages) == ("application/xml", (("bill.xml", content),), ())
