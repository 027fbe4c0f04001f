from datetime import date
from decimal import Decimal

import pytest

from engine.coding import CodingLine, Part, Rule, Template
from engine.coding.rules import Book, amounts, applies, first, is_safe_pattern
from engine.learning import Case

FUEL = Template((Part(624, (15,)),))
LOAN = Template((Part(170), Part(650)))


def line(text="SHELL STATION 4711 GENT", amount="-61.20", partner=None, **values):
    case = {"payee": "", "name": "", "currency": "EUR", **values}
    journal = case.pop("journal", 3)
    return CodingLine(Case(1, date(2026, 3, 1), text=text, amount=Decimal(amount), **case), 1, journal, partner)


def rule(key=1, template=FUEL, **values):
    return Rule(key, template, **values)


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        ({"tokens": ("SHELL",)}, True),
        ({"tokens": ("SHELL", "GENT")}, True),
        ({"tokens": ("SHELL", "PARIS")}, False),
        ({"tokens": ("SHEL",)}, False),
        ({"phrase": "shell  station"}, True),
        ({"phrase": "station shell"}, False),
        ({"without": "station"}, False),
        ({"without": "credit note"}, True),
        ({"pattern": r"station \d{4}"}, True),
        ({"pattern": r"^STATION"}, False),
        ({"sign": -1}, True),
        ({"sign": 1}, False),
        ({"least": Decimal("61.20"), "most": Decimal("61.20")}, True),
        ({"least": Decimal("61.21")}, False),
        ({"most": Decimal("61.19")}, False),
        ({"most": Decimal(100), "currency": "USD"}, False),
        ({"tokens": ("SHELL",), "currency": "USD"}, True),
        ({"journals": frozenset({3})}, True),
        ({"journals": frozenset({4})}, False),
        ({"partner": 9}, False),
        ({"partners": frozenset({8, 9})}, False),
        ({"payee": "name:SHELL"}, False),
    ],
)
def test_a_rule_applies_when_all_its_conditions_hold(conditions, holds):
    assert applies(rule(**conditions), line()) is holds


def test_the_payee_is_known_by_key_or_by_the_name_that_the_bank_tells():
    asked = rule(payee="name:SHELL BELGIUM")
    assert applies(asked, line(payee="name:SHELL BELGIUM"))
    assert applies(asked, line(payee="partner:7", partner=7, name="Shell Belgium NV"))
    assert not applies(asked, line(payee="partner:7", partner=7, name="Total"))
    assert applies(rule(partner=7), line(partner=7))


def test_words_of_the_payees_name_count_as_text():
    assert applies(rule(tokens=("TOTAL",)), line("CARD 4711", name="Total Énergies"))


def test_the_first_rule_in_order_speaks():
    wide, narrow = rule(1, tokens=("SHELL",)), rule(2, tokens=("SHELL", "GENT"))
    other = rule(3, tokens=("TOTAL",))
    assert first([narrow, wide], line()).key == 2
    assert first([other], line()) is None
    book = Book([rule(4, partner=8), other, wide, narrow, rule(5, phrase="gent")])
    assert book.first(line()).key == 1
    assert [found.key for found in book.all(line(partner=8))] == [4, 1, 2, 5]
    assert book.first(line("NOTHING")) is None


def test_a_book_says_what_the_rules_say_one_by_one():
    rules = [
        rule(1, tokens=("SHELL", "GENT")),
        rule(2, partner=4, tokens=("GENT",)),
        rule(3, partner=4),
        rule(4, sign=1),
        rule(5, partners=frozenset({4, 5})),
    ]
    for each in (line(), line(partner=4), line("GENT", partner=4), line("X", "5"), line("X", partner=5), line("X")):
        assert Book(rules).first(each) == first(rules, each)


def test_parts_make_up_the_amount_to_the_cent():
    split = rule(template=LOAN, shares=(Decimal("33.3333"), Decimal("66.6667")))
    for cents in range(1, 400):
        amount = Decimal(-cents).scaleb(-2)
        parts = amounts(split, amount)
        assert parts is None or sum(parts) == amount
    assert amounts(rule(), Decimal("-61.20")) == (Decimal("-61.20"),)
    assert amounts(rule(), Decimal(-61), places=0) == (Decimal(-61),)


def test_fixed_amounts_come_first_and_go_with_the_payment():
    loan = rule(template=LOAN, shares=(Decimal(100), Decimal(100)), fixed=(None, Decimal(50)))
    assert amounts(loan, Decimal("-800.10")) == (Decimal("-750.10"), Decimal("-50.00"))
    assert amounts(loan, Decimal("-49.00")) is None
    fee = rule(template=LOAN, shares=(Decimal(100), Decimal(0)), fixed=(None, Decimal(-3)))
    assert amounts(fee, Decimal(97)) == (Decimal("100.00"), Decimal("-3.00"))


def test_shares_below_hundred_leave_the_rest_open():
    assert amounts(rule(shares=(Decimal(60),)), Decimal("-10.00")) == (Decimal("-6.00"),)


def test_a_part_of_nothing_is_not_booked():
    tiny = rule(template=LOAN, shares=(Decimal("0.1"), Decimal("99.9")))
    assert amounts(tiny, Decimal("0.01")) is None


@pytest.mark.parametrize(
    "pattern", [r"SHELL.*GENT", r"^FEE [0-9]+", r"(rent|lease) 20\d\d", r"a\+b\*c", r"[a-z(+*]+\s*x"]
)
def test_patterns_in_bounded_time_are_read(pattern):
    assert is_safe_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(a|a)*b",
        r"(x{2}){9}",
        r"(a)\1",
        r".*.*.*.*x",
        "(",
        "a" * 300,
        r"(?P<q>a)(?P=q)",
        "a?" * 30 + "a" * 30,
        "(a|a)" * 20,
    ],
)
def test_patterns_that_could_take_forever_are_not(pattern):
    assert not is_safe_pattern(pattern)
