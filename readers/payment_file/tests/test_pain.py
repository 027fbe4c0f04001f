from decimal import Decimal

import pytest

from readers.bankfile import BankFileError
from readers.payment_file import read_pain

from .samples import credit_file, debit_file, status_report

ORDERS = [
    {"end_to_end": "E1", "amount": "100.00", "name": "Acme  Ltd", "account": "DE89 3704 0044 0532 0130 00",
     "text": "INV 7"},
    {"amount": "20.5", "name": "Ünal &amp; Co", "purpose": "SALA"},
]  # fmt: skip


@pytest.mark.parametrize("version", ["03", "09"])
def test_credit_transfers(version):
    found = read_pain(credit_file(ORDERS, version=version))
    [block] = found.blocks
    assert (found.format, found.message, found.notes) == ("pain.001", "MSG-1", ())
    assert (block.name, block.kind, str(block.date), block.batch) == ("RUN-1", "credit", "2026-03-10", True)
    assert (block.account, block.total, block.is_wages) == ("BE68539007547034", Decimal("120.50"), False)
    first, second = block.orders
    assert (first.end_to_end, first.name, first.account) == ("E1", "Acme Ltd", "DE89370400440532013000")
    assert (second.end_to_end, second.name, second.text) == ("", "Ünal & Co", "")


def test_wages_are_told_by_the_batch_or_by_every_order():
    assert read_pain(credit_file(ORDERS, purpose="SALA")).blocks[0].is_wages
    assert read_pain(credit_file([ORDERS[1], ORDERS[1]])).blocks[0].is_wages


def test_direct_debits():
    found = read_pain(debit_file([{**ORDERS[0], "mandate": "M-1"}]))
    [block] = found.blocks
    assert (found.format, block.kind, block.batch, block.owner) == ("pain.008", "debit", None, "Us")
    assert (block.orders[0].mandate, block.orders[0].name) == ("M-1", "Acme Ltd")


def test_a_status_report():
    found = read_pain(status_report("MSG-1", "RUN-1", {"E1": "AC04"}))
    [status] = found.statuses
    assert (status.message, status.block, status.end_to_end) == ("MSG-1", "RUN-1", "E1")
    assert status.is_rejected
    assert status.reason == "AC04"


def test_a_file_that_was_cut_is_told():
    found = read_pain(credit_file(ORDERS, count=3, total="500.00"))
    assert [code for code, _values in found.notes] == ["count_differs", "sum_differs"]


def refused(data):
    with pytest.raises(BankFileError) as error:
        read_pain(data)
    return error.value.code


def test_hostile_and_broken_files():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Document><MsgId>&b;</MsgId></Document>'
    assert refused(bomb) in ("entities_forbidden", "broken_xml")
    external = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document><MsgId>&a;</MsgId></Document>'
    assert refused(external) == "entities_forbidden"
    assert refused(b"") == "broken_xml"
    assert refused(b"\x00\x01") == "broken_xml"
    assert refused(credit_file(ORDERS)[:-20]) == "broken_xml"
    assert refused(b"<Document><BkToCstmrStmt/></Document>") == "no_payment_file"
    assert refused(credit_file([])) == "no_orders"
    assert refused(credit_file([{"amount": "1e5", "name": "x"}])) == "bad_amount"
    assert refused(credit_file([{"amount": "-5", "name": "x"}])) == "bad_amount"
    assert refused(credit_file([{"amount": "9" * 40, "name": "x"}])) == "amount_out_of_range"
    assert refused(credit_file(ORDERS, date="2026-13-01")) == "bad_date"
    assert refused(credit_file([ORDERS[0], {"amount": "1", "name": "x", "currency": "USD"}])) == "mixed_currency"
    assert refused(b" " * (20 * 1024 * 1024 + 1)) == "too_large"
