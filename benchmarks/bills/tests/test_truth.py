"""Truths in many forms, and what counts as right."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.bills import compare, printed, truth
from benchmarks.bills.truth import DataError, Document
from engine.extraction import Item


def document(**told):
    return Document("a.pdf", Path("a.pdf"), truth.accepted(told), truth.lines_of(told.get("lines")))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("total", "RM 1,028.05", "1028.05"),
        ("total", "$8.2", "8.20"),
        ("total", -4, "-4.00"),
        ("date", "01-03-18", "2018-03-01"),
        ("date", "28 MAR 18", "2018-03-28"),
        ("date", "20171116", "2017-11-16"),
        ("date", "25032018", "2018-03-25"),
        ("vat", "DE 232 446 240", "DE232446240"),
    ],
)
def test_normal_form(name, value, expected):
    assert truth.normal(name, value) == expected


def test_what_cannot_be_read_says_so():
    with pytest.raises(DataError, match="date: 'soon'"):
        truth.normal("date", "soon")


@pytest.mark.parametrize(
    ("name", "told", "said", "is_right"),
    [
        ("vendor", "Bei Spiel GmbH", "BEI SPIEL G.m.b.H.", True),
        ("vendor", "Bei Spiel GmbH", "Bei Spiel", True),
        ("vendor", "Bei Spiel GmbH", "Theodor Est", False),
        ("vendor", "Bei Spiel GmbH", "", False),
        ("vendor", ["Free", "Free Service"], "free service", True),
        ("number", "RE-20140519/499", "re-20140519/ 499", True),
        ("number", "RE-20140519/499", "20140519/499", False),
        ("number", "#B1", "B1", True),
        ("vat", "7740001454", "PL7740001454", True),
        ("vat", "DE232446240", "232446240", True),
        ("vat", "DE232446240", "FR232446240", False),
        ("total", "10", "10.00", True),
        ("total", "10", "10.01", False),
        ("total", "10", "", False),
        ("date", "2026-02-03", "2026-03-02", False),
    ],
)
def test_right_or_wrong(name, told, said, is_right):
    assert compare.is_right(document(**{name: told}), name, said) is is_right


def test_only_a_credit_note_may_turn_the_sign():
    note = document(total="-233.47")
    assert compare.is_right(note, "total", "233.47", "credit_note")
    assert not compare.is_right(note, "total", "233.47", "bill")


def test_lines_count_only_as_far_as_they_are_told():
    told = document(lines=[{"name": "Screws\nM4", "qty": 2, "price_subtotal": 8.4}, {"line_note": "thanks"}])
    assert len(told.lines) == 1
    right = Item("Screws M4", Decimal("8.40"), Decimal(2))
    assert compare.lines_are_right(told, [right])
    assert not compare.lines_are_right(told, [right, right])
    assert not compare.lines_are_right(told, [Item("Screws M4", Decimal("8.41"), Decimal(2))])
    assert compare.line_totals(told, [Item("thanks", Decimal(1)), right]) == (1, 1)
    assert compare.line_totals(told, [Item("Nails", Decimal("8.40"))]) == (0, 1)


def test_anybodys_folder(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "truth.json").write_text(json.dumps({"a.pdf": {"vendor": "A", "total": 12, "lines": 3, "date": None}}))
    (found,) = truth.from_folder(tmp_path)
    assert found.truth == {"vendor": ("A",), "total": ("12.00",)}
    assert found.lines == 3


@pytest.mark.parametrize("told", ["[]", "{", '{"../b.pdf": {}}', '{"none.pdf": {}}', '{"a.pdf": 3}'])
def test_a_folder_that_cannot_be_measured(tmp_path, told):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "truth.json").write_text(told)
    (tmp_path.parent / "b.pdf").write_bytes(b"%PDF")
    with pytest.raises(DataError):
        truth.from_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "is_printed"),
    [
        ("total", "39077.22", True),
        ("total", "39077.23", False),
        ("total", "5.00", True),
        ("date", "2017-11-16", True),
        ("date", "2017-11-17", False),
        ("currency", "EUR", True),
        ("currency", "USD", False),
        ("number", "AV-2017-0005", True),
    ],
)
def test_what_stands_on_the_page(name, value, is_printed):
    page = "Avoir AV-2017-0005 du 16 novembre 2017\nTotal TTC 39 077,22 €, frais 5"
    assert printed.is_printed(page, name, value) is is_printed
