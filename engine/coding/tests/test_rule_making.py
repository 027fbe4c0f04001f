from datetime import date
from decimal import Decimal

import pytest

from engine.coding import CodingLine, Part, Rule, Template
from engine.coding.rule_findings import covers, findings
from engine.coding.rule_making import Conditions, Past, offered, preview, telling_words
from engine.learning import Case

FUEL, OFFICE, RENT = (Template((Part(account),)) for account in (624, 610, 613))


def line(text, amount="-50", partner=None, payee="", name="", journal=3):
    payee = payee or (f"partner:{partner}" if partner else "")
    case = Case(1, date(2026, 3, 1), payee, text, Decimal(amount), "EUR", name=name)
    return CodingLine(case, 1, journal, partner)


def past(*rows):
    return [Past(line(text, payee=payee, **values), template.label) for text, payee, template, values in rows]


def rule(key=1, template=FUEL, **values):
    return Rule(key, template, **values)


def test_words_that_tell_a_payee():
    assert telling_words("SEPA Kartenzahlung SHELL 4711 Gent de B2B co OCT") == ["SHELL", "GENT"]


def test_a_known_partner_is_the_condition():
    found = offered(line("CARD 1", partner=7), FUEL.label, [])
    assert found == Conditions(partner=7, sign=-1)


def test_the_word_that_only_this_payee_has_is_asked_for():
    before = past(
        ("POS SHELL 12 GENT", "name:SHELL", FUEL, {}),
        ("POS SHELL 17 BRUGGE", "name:SHELL", OFFICE, {}),
        ("POS COLRUYT GENT", "name:COLRUYT", OFFICE, {}),
    )
    assert offered(line("POS SHELL 99 GENT"), FUEL.label, before).tokens == ("SHELL",)


def test_what_was_coded_wrongly_before_does_not_make_the_rule_narrower():
    before = past(*[("SHELL GENT", "name:SHELL", OFFICE, {})] * 5, ("SHELL BRUGGE", "name:SHELL", OFFICE, {}))
    assert offered(line("SHELL BRUGGE"), FUEL.label, before).tokens == ("SHELL",)


def test_words_are_added_until_one_payee_is_left():
    before = past(
        ("CITY PARKING GENT", "a", FUEL, {}), ("CITY LIBRARY GENT", "b", OFFICE, {}), ("PARKING EAST", "c", RENT, {})
    )
    assert set(offered(line("CITY PARKING GENT"), FUEL.label, before).tokens) == {"CITY", "PARKING"}


def test_a_kind_of_payee_that_is_coded_alike_needs_no_place():
    before = past(
        ("GENT TANKSTELLE 12", "a", FUEL, {}), ("NAMUR TANKSTELLE 13", "b", FUEL, {}), ("KOELN HOTEL", "c", RENT, {})
    )
    assert offered(line("KOELN TANKSTELLE 66"), FUEL.label, before).tokens == ("TANKSTELLE",)


def test_no_word_is_added_that_leaves_nothing_of_the_past():
    before = past(("GENT TANKSTELLE", "a", FUEL, {}), ("NAMUR TANKSTELLE", "b", OFFICE, {}))
    assert offered(line("BONN TANKSTELLE"), FUEL.label, before).tokens == ("TANKSTELLE",)


def test_without_a_past_the_name_is_the_guess():
    assert offered(line("CARD 4711 x", name="Shell Belgium NV"), FUEL.label, []).tokens == ("SHELL", "BELGIUM")
    assert offered(line("Card payment Shell Gent centre"), FUEL.label, []).tokens == ("SHELL", "GENT")


def test_an_account_number_is_the_last_resort_and_nothing_is_nothing():
    assert offered(line("123 456", payee="account:BE68"), FUEL.label, []).payee == "account:BE68"
    assert offered(line("123 456"), FUEL.label, []) is None


def test_a_word_that_tells_two_codings_apart_is_asked_for():
    shop, video = ("AMAZON MARKETPLACE", "name:AMAZON", OFFICE, {}), ("AMAZON PRIME", "name:AMAZON", RENT, {})
    found = offered(line("AMAZON PRIME"), RENT.label, past(shop, shop, video, video))
    assert found.tokens == ("AMAZON", "PRIME") or found.tokens == ("PRIME",)
    once = offered(line("AMAZON TRIAL", name="Amazon"), FUEL.label, past(shop, shop, video, video))
    assert once.tokens == ("AMAZON",)


def test_an_amount_that_tells_two_codings_apart_is_asked_for():
    rows = [("ADOBE", "name:ADOBE", RENT, {"amount": "-24.19"})] * 2 + [
        ("ADOBE", "name:ADOBE", OFFICE, {"amount": "-300"})
    ]
    found = offered(line("ADOBE", "-24.19"), RENT.label, past(*rows))
    assert (found.least, found.most) == (Decimal("24.19"), Decimal("24.19"))


def test_receipts_say_nothing_about_payments():
    before = past(("SHELL", "x", OFFICE, {"amount": "50"}))
    found = offered(line("SHELL GENT"), FUEL.label, before)
    assert (found.sign, found.tokens) == (-1, ("SHELL", "GENT"))


def test_the_preview_says_what_people_did():
    before = past(("SHELL", "a", FUEL, {}), ("SHELL", "a", OFFICE, {}), ("TOTAL", "b", FUEL, {}))
    found = preview(rule(tokens=("SHELL",)), before)
    assert (len(found.same), len(found.differs), found.payees, found.total, found.breadth) == (1, 1, 1, 3, "")


def test_breadth_is_told_by_contradictions_and_by_payees():
    before = past(*[("PAY", f"p{n}", OFFICE, {}) for n in range(3)], *[("PAY", "a", FUEL, {})] * 20)
    assert preview(rule(tokens=("PAY",)), before).breadth == "contradicted"
    habit = past(*[("PAY", "a", OFFICE, {})] * 20)
    assert preview(rule(tokens=("PAY",)), habit).breadth == "", "a habit of one payee may change"
    before = past(*[("PAY", f"p{n}", FUEL, {}) for n in range(11)], *[("OTHER", "q", FUEL, {})] * 40)
    assert preview(rule(tokens=("PAY",)), before).breadth == "everything"
    assert preview(rule(tokens=("PAY",)), before * 1 + past(*[("OTHER", "q", FUEL, {})] * 40)).breadth == ""


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ({"tokens": ("A",)}, {"tokens": ("A", "B")}, True),
        ({"tokens": ("A", "B")}, {"tokens": ("A",)}, False),
        ({"tokens": ("A",)}, {"tokens": ("A",), "sign": 1}, True),
        ({"tokens": ("A",), "sign": -1}, {"tokens": ("A",)}, False),
        ({"partner": 4}, {"partner": 4, "tokens": ("A",)}, True),
        ({"partners": frozenset({4, 5})}, {"partner": 4}, True),
        ({"partners": frozenset({4, 5})}, {"partner": 6}, False),
        ({"journals": frozenset({1})}, {"tokens": ("A",)}, False),
        ({"journals": frozenset({1, 2})}, {"journals": frozenset({1})}, True),
        ({"least": Decimal(5)}, {"least": Decimal(6), "most": Decimal(7)}, True),
        ({"most": Decimal(5)}, {"least": Decimal(1)}, False),
        ({"least": Decimal(5), "currency": "EUR"}, {"least": Decimal(6), "currency": "USD"}, False),
        ({"fixed": (Decimal(5),)}, {"tokens": ("A",)}, False),
        ({"phrase": "a"}, {"phrase": "a", "sign": 1}, True),
    ],
)
def test_a_rule_covers_another_when_it_asks_for_no_more(wide, narrow, expected):
    assert covers(rule(1, **wide), rule(2, **narrow)) is expected


def test_findings_of_rules_together():
    before = past(
        *[("SHELL GENT", "a", FUEL, {})] * 4,
        ("RENT HOUSE", "b", RENT, {}),
        *[("COFFEE", f"c{n}", OFFICE, {}) for n in range(4)],
    )
    rules = [
        rule(1, FUEL, tokens=("SHELL",)),
        rule(2, OFFICE, tokens=("SHELL", "GENT")),
        rule(3, OFFICE, tokens=("GENT",)),
        rule(4, OFFICE, tokens=("RENT",)),
        rule(5, RENT, tokens=("NOBODY",)),
        rule(6, FUEL, tokens=("COFFEE",)),
        rule(-7, OFFICE, phrase="coffee", sign=1),
        rule(-7, OFFICE, phrase="coffee", sign=-1),
    ]
    found = findings(rules, before)
    assert {key: each.code for key, each in found.items()} == {
        **{1: "", 2: "hidden", 3: "conflict", 4: "", 5: "dead", 6: "contradicted", -7: "conflict"}
    }
    assert (found[1].spoke, found[1].same, found[2].by, found[3].by, found[3].count) == (4, 4, 1, 1, 4)
    assert (found[4].spoke, found[4].same) == (1, 0)


def test_without_a_past_no_rule_is_dead():
    assert findings([rule(1, tokens=("A",))], [])[1].code == ""


def test_of_equally_telling_words_the_one_of_more_lines_is_asked_for():
    before = past(("BRUGGE SHELL", "a", FUEL, {}), ("GENT SHELL", "a", FUEL, {}))
    assert offered(line("BRUGGE SHELL"), FUEL.label, before).tokens == ("SHELL",)
