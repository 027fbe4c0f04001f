"""The same seed gives the same documents; what is told of them stands on them and adds up."""

from decimal import Decimal

import pytest
from stdnum import iban

from benchmarks.bills import pictures, sets
from benchmarks.bills.generator import bills_of, ubl, vendors
from benchmarks.bills.generator.places import COUNTRIES
from engine.extraction import Page
from readers.document import einvoice, read


def words(document):
    scan = read(*pictures.content(document))
    return " ".join(word.text for page in scan.pages for word in Page.from_json(page.to_json()).words)


def test_a_seed_is_a_set_of_documents():
    first, again = (pictures.content(sets.generated(3, 4)[2]) for _run in range(2))
    assert first == again
    assert first != pictures.content(sets.generated(4, 4)[2])


def test_amounts_add_up():
    for vendor in vendors(5, 40):
        for bill in bills_of(vendor, 5, 2):
            assert bill.net == sum(line.total for line in bill.lines)
            assert bill.total == bill.net + bill.tax
            assert not vendor.iban or iban.is_valid(vendor.iban)


def test_a_vendor_counts_his_bills():
    (vendor,) = vendors(6, 1)
    first, second = bills_of(vendor, 6, 2)
    assert second.date > first.date
    assert second.number != first.number


@pytest.mark.parametrize("document", sets.generated(7, len(COUNTRIES)), ids=lambda document: document.name)
def test_the_truth_is_printed(document):
    said = words(document).replace(" ", "").replace("\u00a0", "")
    bill = document.extra["bill"]
    for name in ("vendor", "number", "iban", "vat"):
        for value in document.truth.get(name, ()):
            assert value.replace(" ", "") in said
    assert f"{bill.total:.2f}"[-2:] in said


def test_an_einvoice_says_what_the_bill_says():
    (vendor,) = vendors(8, 1, ("BE",))
    (bill,) = bills_of(vendor, 8, 1)
    told = einvoice.read(ubl.xml(bill))
    fields = {name: field["value"] for name, field in told["fields"].items()}
    assert (fields["number"], fields["vendor"], fields["vendor_iban"]) == (bill.number, vendor.name, vendor.iban)
    assert [Decimal(fields[name]) for name in ("net", "tax", "total")] == [bill.net, bill.tax, bill.total]
    assert len(told["items"]) == len(bill.lines)
