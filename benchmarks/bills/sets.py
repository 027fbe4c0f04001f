"""The shared sets under one roof: files of ``../shared/data`` and their truth, in the harness's own terms."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from . import einvoices, printed
from .generator import bills_of, vendors
from .generator.make import Bill, Line
from .truth import FIELDS, DataError, Document, accepted, lines_of

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"
INVOICES = FOLDER / "invoices_invoice2data"
HYBRIDS = FOLDER / "invoices_zugferd_embedded"
EINVOICES = FOLDER / "einvoice_xml"
RECEIPTS = FOLDER / "receipts_sroie_pdf"
SEED, VENDORS = 20261121, 200
KINDS = ("invoice", "credit_note", "reminder", "proforma", "order_confirmation", "delivery_note", "statement")

#: Other names of the seller that the document prints, where the truth tells a trade name only.
_PRINTED = {
    "FlipkartInvoice": ["WS Retail Services Pvt. Ltd."],
    "Orlen": ["Polski Koncern Naftowy ORLEN S.A."],
    "SammyMaystoneLinesTest": ["Sammy Maystone"],
    "oyo": ["Oravel Stays Private Limited"],
    "free_fiber": ["Free Service Abonné"],
}
#: What the truth of a file tells wrongly: values of a peer's own patterns, which cut or take something else.
_WRONG = {
    ("Orlen", "number"): "F 1234K20/1234/12",
    ("AzureInterior", "iban"): None,  # "US1234567890" is a bank account, no IBAN
}


def invoices() -> list[Document]:
    """Invoices of the invoice2data project; its truth is what its own templates say of them."""
    return [_invoice(path) for path in sorted(INVOICES.glob("*.json"))]


def _invoice(path: Path) -> Document:
    told = json.loads(path.read_text("utf-8"))[0]
    fields = {
        "vendor": [told["issuer"], told.get("partner_name"), *_PRINTED.get(path.stem, ())],
        "number": told["invoice_number"],
        "date": told["date"],
        "due_date": told.get("date_due"),
        "currency": told["currency"],
        "net": told.get("amount_untaxed"),
        "tax": told.get("amount_tax"),
        "total": told.get("amount"),
        "iban": told.get("iban"),
        "vat": told.get("vat") or told.get("static_vat"),
    }
    fields |= {name: _WRONG[path.stem, name] for name in fields if (path.stem, name) in _WRONG}
    pdf = path.with_suffix(".pdf")
    document = pdf if pdf.exists() else path.with_suffix(".txt")
    return Document(document.name, document, accepted(fields), lines_of(told.get("lines")))


def hybrids() -> list[Document]:
    """PDFs with their XML: the truth is of that XML."""
    rows = json.loads((HYBRIDS / "truth.json").read_text("utf-8"))
    return [_hybrid(row) for row in rows]


def _hybrid(row: dict) -> Document:
    fields = {name: row.get(name) for name in FIELDS} | {"vendor": row["seller"]}
    kind = "credit_note" if row["type"] == "381" or row["total"].startswith("-") else "bill"
    return Document(
        row["file"],
        HYBRIDS / row["file"],
        accepted(fields),
        row["lines"] or None,
        "",
        kind,
    )


def hybrids_without_xml() -> list[Document]:
    """The same as plain PDFs. What they do not print is not scored (``extra["hidden"]``), nor lines, which short
    profiles leave out, nor the kind, which some files tell wrongly on purpose."""
    found = []
    for document in hybrids():
        text = printed.text_of(document.path)
        hidden = [name for name, values in document.truth.items() if not _stands_in(text, name, values)]
        told = {name: values for name, values in document.truth.items() if name not in hidden}
        extra = {"hidden": hidden}
        found.append(replace(document, truth=told, lines=None, kind="", variant="no_xml", extra=extra))
    return found


def _stands_in(text: str, name: str, values: Sequence[str]) -> bool:
    return any(printed.is_printed(text, name, value) for value in values)


def receipts() -> list[Document]:
    """Receipts of Malaysia: seller, date, total."""
    rows = json.loads((RECEIPTS / "truth.json").read_text("utf-8"))
    return [_receipt(row) for row in rows]


def _receipt(row: dict) -> Document:
    fields = {"vendor": row["company"], "date": row.get("date"), "total": row["total"]}
    return Document(row["file"], RECEIPTS / row["file"], accepted(fields))


def einvoice_files() -> list[Document]:
    """E-invoices in XML: the truth is read from the same XML by a second, plain reader of the bench."""
    files = sorted(EINVOICES.rglob("*.xml"))
    documents = [einvoices.document(path, path.relative_to(EINVOICES).as_posix()) for path in files]
    return [document for document in documents if document]


def generated(seed: int = SEED, n: int = VENDORS, bills: int = 1) -> list[Document]:
    """Bills of vendors that do not exist, a layout each."""
    return [as_document(bill) for vendor in vendors(seed, n) for bill in bills_of(vendor, seed, bills)]


def odd(seed: int = SEED, n: int = VENDORS, bills: int = 1) -> list[Document]:
    """Layouts that have to be learned: made to be read wrong at first."""
    made = vendors(seed + 2, n, is_odd=True)
    return [as_document(bill) for vendor in made for bill in bills_of(vendor, seed, bills)]


def generated_others(seed: int = SEED, n: int = VENDORS) -> list[Document]:
    """Documents of which some are to be booked and some are not: told by their kind alone."""
    found = []
    for at, vendor in enumerate(vendors(seed + 1, n)):
        (bill,) = bills_of(vendor, seed, 1, KINDS[at % len(KINDS)])
        found.append(replace(as_document(bill), truth={}, lines=None))
    return found


def as_document(bill: Bill) -> Document:
    """What is printed of a bill is its truth."""
    vendor, style = bill.vendor, bill.vendor.style
    fields = {
        "vendor": vendor.name,
        "number": bill.number,
        "date": bill.date,
        "due_date": bill.due if style.has_due or style.has_terms == "until" else None,
        "currency": vendor.country.currency if style.sign else None,
        "net": bill.net,
        "tax": bill.tax,
        "total": bill.total,
        "iban": vendor.iban,
        "vat": vendor.vat,
    }
    lines = [_printed(line, style.columns) for line in bill.lines]
    kind = {"invoice": "bill"}.get(bill.kind, bill.kind)
    name = (
        f"{vendor.country.code}-{vendor.email.partition('@')[2]}-{bill.number.replace('/', '_').replace(' ', '')}.pdf"
    )
    return Document(name, Path(name), accepted(fields), lines_of(lines), "", kind, {"bill": bill})


def _printed(line: Line, columns: Sequence[str]) -> dict:
    told = {"text": line.text, "total": line.total}
    if "quantity" in columns:
        told |= {"quantity": line.quantity, "unit_price": line.unit_price}
    return told | ({"tax_rate": line.rate} if "rate" in columns else {})


Loader = Callable[..., list[Document]]
#: name -> (loader, folder that must be there)
SETS: dict[str, tuple[Loader, Path | None]] = {
    "einvoices": (einvoice_files, EINVOICES),
    "hybrids": (hybrids, HYBRIDS),
    "hybrids-no-xml": (hybrids_without_xml, HYBRIDS),
    "invoices": (invoices, INVOICES),
    "receipts": (receipts, RECEIPTS),
    "generated": (generated, None),
    "odd": (odd, None),
    "generated-kinds": (generated_others, None),
}
VARIANTS = ("image", "degraded")
#: Sets whose pictures are read too.
PICTURED = ("hybrids-no-xml", "invoices", "receipts", "generated")


def names() -> list[str]:
    found = []
    for name in SETS:
        found.append(name)
        found += [f"{name}-{variant}" for variant in VARIANTS if name in PICTURED]
    return found


def load(name: str, seed: int = SEED) -> list[Document]:
    """:param seed: of documents that are generated
    :raise DataError: the shared data is not there
    """
    variant = next((variant for variant in VARIANTS if name.endswith(f"-{variant}")), "")
    loader, folder = SETS[name.removesuffix(f"-{variant}") if variant else name]
    if folder and not folder.is_dir():
        raise DataError(f"no measuring data in {folder}; --data DIR measures any other folder")
    documents = loader() if folder else loader(seed)
    return [replace(document, variant=variant) for document in documents] if variant else documents
