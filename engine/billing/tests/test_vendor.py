"""Whose bill it is: numbers before names, never a near-twin, asked where two fit."""

import pytest

from engine.billing.told import domain_of, likeness, phone_key, same_phone, same_vat
from engine.billing.vendor import Vendor, keys, near_names, resolve

ACME = Vendor(
    1,
    names=("Acme Widgets BV",),
    vats=("BE0477472701",),
    ibans=("BE68539007547034",),
    phones=("+32 2 555 12 12",),
    addresses=(("Rue de la Loi 16", "1000", "Bruxelles"),),
    mails=("billing@acme-widgets.be",),
    country="BE",
    bills=4,
)
OTHER = Vendor(2, names=("Acme Gadgets NV",), vats=("BE0202239951",), country="BE")


def test_vat_wins_over_name_and_spelling():
    choice = resolve({"vendor": "ACME WIDGETS", "vendor_vat": "BE 0477.472.701"}, (ACME, OTHER))
    assert (choice.key, choice.how) == (1, "vat")
    assert resolve({"vendor": "Quite Renamed", "vendor_vat": "0477472701"}, (ACME, OTHER)).key == 1


def test_an_account_of_another_name_is_asked():
    choice = resolve({"vendor": "Factoring Bank", "vendor_iban": "BE68 5390 0754 7034"}, (ACME,))
    assert choice.key is None and not choice.is_new
    assert choice.alternatives[0].key == 1
    assert resolve({"vendor": "Acme Widgets", "vendor_iban": "BE68539007547034"}, (ACME,)).key == 1


def test_never_a_near_twin():
    choice = resolve({"vendor": "Acme Widget B.V."}, (ACME, OTHER))
    assert choice.key is None and not choice.is_new and choice.alternatives[0].key == 1
    with_mail = resolve({"vendor": "Acme Widget B.V.", "vendor_email": "info@acme-widgets.be"}, (ACME, OTHER))
    assert with_mail.key == 1


def test_a_different_vat_id_is_somebody_else():
    choice = resolve({"vendor": "Acme Widgets", "vendor_vat": "BE0417497106"}, (ACME,))
    assert choice.key is None and not choice.is_new
    assert ("vendor_other_vat", {"value": "BE0417497106"}) in choice.reasons


def test_one_slip_in_a_scanned_vat_id_is_no_other_vendor():
    assert resolve({"vendor": "Acme Widgets", "vendor_vat": "BE0477472707"}, (ACME,)).key == 1


def test_two_of_one_name_are_asked_unless_something_tells_them_apart():
    twin = Vendor(3, names=("Acme Widgets",), phones=("+32 3 222 11 11",), country="BE")
    assert resolve({"vendor": "Acme Widgets"}, (ACME, twin)).key is None
    assert (
        resolve({"vendor": "Acme Widgets", "vendor_phone": "03 222 11 11", "vendor_country": "BE"}, (ACME, twin)).key
        == 3
    )


def test_a_stranger_is_proposed_as_new():
    choice = resolve({"vendor": "Bakkerij Peeters", "vendor_city": "Gent"}, (ACME, OTHER))
    assert choice.is_new and choice.proposed == {"name": "Bakkerij Peeters", "city": "Gent"}
    assert not resolve({}, (ACME,)).is_new


def test_an_archived_vendor_is_asked_about():
    archived = Vendor(4, names=("Old Mill Ltd",), vats=("GB123456789",), is_active=False)
    choice = resolve({"vendor": "Old Mill Ltd", "vendor_vat": "GB123456789"}, (archived,))
    assert choice.key is None and not choice.is_new and choice.reasons[0][0] == "vendor_archived"


def test_what_people_accepted_is_known():
    market = Vendor(5, names=("Amazon EU SARL",), known_as=("AMZN Mktp",))
    assert resolve({"vendor": "AMZN MKTP"}, (market,)).key == 5


def test_order_of_the_vendors_does_not_matter():
    told = {"vendor": "Acme Widgets", "vendor_phone": "+3225551212"}
    assert resolve(told, (ACME, OTHER)) == resolve(told, (OTHER, ACME))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("BE0477472701", "0477.472.701", True),
        ("BE477472701", "BE0477472701", True),
        ("EL123456789", "GR123456789", True),
        ("CHE-123.456.788 MWST", "CHE123456788", True),
        ("DE123456789", "FR123456789", False),
        ("", "", False),
        ("VAT", "VAT", False),
    ],
)
def test_vat_ids(one, other, same):
    assert same_vat(one, other) is same


def test_phones_and_domains():
    assert same_phone(phone_key("02 555 12 12", "BE"), phone_key("+32 2 5551212"))
    assert phone_key("12") == ""
    assert domain_of("https://www.shop.acme.co.uk/x") == "acme.co.uk"
    assert (
        domain_of("someone@gmail.com") == domain_of("nothing") == domain_of("co.uk") == domain_of("a@example.com") == ""
    )


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("Müller Elektro GmbH", "MUELLER ELEKTRO", 1, 1),
        ("Müller Elektro GmbH", "Schmidt Elektro GmbH", 0, 0.79),
        ("IKEA", "IKEA Deutschland GmbH & Co. KG", 0.8, 0.99),
        ("Global Services Ltd", "Global Solutions Ltd", 0, 0.79),
        ("Blue Yonder", "Blue Yondr", 0.9, 0.99),
        ("", "Acme", 0, 0),
    ],
)
def test_names(one, other, low, high):
    assert low <= likeness(one, other) <= high


def test_keys_and_sieve():
    assert keys({"vendor": "Acme Widgets BV", "vendor_vat": "BE 0477 472 701"}) == (
        "vat:BE0477472701",
        "name:ACMEWIDGETS",
    )
    assert near_names([{"vendor": "Müller"}], [(1, "Mueller GmbH"), (2, "Zander")]) == {1}
