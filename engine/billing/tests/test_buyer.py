"""For whom a bill is."""

from engine.billing.buyer import OTHER, STRANGER, UNKNOWN, UNNAMED, US, OwnCompany, check

WE = OwnCompany(1, ("Demo Trading BV",), ("BE0477472701",), "BE", True)
SISTER = OwnCompany(2, ("Demo Transport BV",), ("BE0202239951",), "BE")


def test_us_by_id_or_name():
    assert check({"buyer_vat": "BE 0477.472.701", "buyer": "Whoever"}, (SISTER, WE)).state == US
    assert check({"buyer": "demo trading b.v."}, (SISTER, WE)).state == US


def test_a_sister_company():
    found = check({"buyer": "Demo Transport", "buyer_vat": "BE0202239951"}, (WE, SISTER))
    assert (found.state, found.key) == (OTHER, 2)


def test_a_stranger_and_a_contact_of_ours():
    assert check({"buyer": "Zander & Sons"}, (WE, SISTER)).state == STRANGER
    assert check({"buyer": "Mary Jones"}, (WE, SISTER), "Mary Jones, Demo Trading BV, Gent").state == US


def test_nothing_or_too_little_is_unknown():
    assert check({}, (WE,)).state == UNKNOWN
    assert check({"fields": {"buyer": {"value": "Zander", "confidence": 0.2}}}, (WE,)).state == UNKNOWN


def test_a_document_that_names_us_nowhere():
    assert check({}, (WE,), "Alpha GmbH Rechnung 4711 Total 100,00").state == UNNAMED
    assert check({}, (WE,), "Alpha GmbH to Demo Trading BV, Gent").state == US


def test_the_vendors_own_id_names_no_buyer():
    assert check({"vendor_vat": "DE136695976", "buyer_vat": "DE136695976"}, (WE,)).state == UNKNOWN
