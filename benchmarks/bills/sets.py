"""The shared sets under one roof: files of ``../shared/data`` and their truth, in the harness's own terms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from . import einvoices
from .truth import FIELDS, DataError, Document, accepted, lines_of

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"
INVOICES = FOLDER / "invoices_invoice2data"
HYBRIDS = FOLDER / "invoices_zugferd_embedded"
EINVOICES = FOLDER / "einvoice_xml"
RECEIPTS = FOLDER / "receipts_sroie_pdf"

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
    """PDFs with their XML: the truth is of that XML. What the picture does not say is in ``extra["hidden"]``."""
    rows = json.loads((HYBRIDS / "truth.json").read_text("utf-8"))
    return [_hybrid(row) for row in rows]


def _hybrid(row: dict) -> Document:
    fields = {name: row.get(name) for name in FIELDS} | {"vendor": row["seller"]}
    is_credit_note = row["type"] == "381" or row["total"].startswith("-")
    hidden = [] if row["num_in_text"] else ["number"]
    return Document(
        row["file"],
        HYBRIDS / row["file"],
        accepted(fields),
        row["lines"] or None,
        "",
        is_credit_note,
        {"hidden": hidden},
    )


def hybrids_without_xml() -> list[Document]:
    """The same as plain PDFs: what is not printed is not scored, nor lines, which short profiles leave out."""
    found = []
    for document in hybrids():
        told = {name: values for name, values in document.truth.items() if name not in document.extra["hidden"]}
        found.append(replace(document, truth=told, lines=None, variant="no_xml"))
    return found


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


Loader = Callable[[], list[Document]]
#: name -> (what it is for, loader, folder that must be there)
SETS: dict[str, tuple[Loader, Path]] = {
    "einvoices": (einvoice_files, EINVOICES),
    "hybrids": (hybrids, HYBRIDS),
    "hybrids-no-xml": (hybrids_without_xml, HYBRIDS),
    "invoices": (invoices, INVOICES),
    "receipts": (receipts, RECEIPTS),
}
VARIANTS = ("image", "degraded")
#: Sets whose pictures are read too.
PICTURED = ("hybrids-no-xml", "invoices", "receipts")


def names() -> list[str]:
    found = []
    for name in SETS:
        found.append(name)
        found += [f"{name}-{variant}" for variant in VARIANTS if name in PICTURED]
    return found


def load(name: str) -> list[Document]:
    """:raise DataError: the shared data is not there"""
    variant = next((variant for variant in VARIANTS if name.endswith(f"-{variant}")), "")
    loader, folder = SETS[name.removesuffix(f"-{variant}") if variant else name]
    if not folder.is_dir():
        raise DataError(f"no measuring data in {folder}; --data DIR measures any other folder")
    documents = loader()
    return [replace(document, variant=variant) for document in documents] if variant else documents
