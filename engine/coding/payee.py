"""By what a payee is recognised again: a partner, an account number, or the name that the bank tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache

from ..text import FILLERS, LEGAL_FORMS, core_name, is_digits, squeeze, words

#: What banks print before or after the name of a payee: how it was paid, on what day, in which currency.
_BANK_WORDS = frozenset(
    """
    ACH AMOUNT ATM AUTOMATIC AUTOPAY BACS BANCONTACT BANK BANKING BETALING BETAALAUTOMAAT BIC CARD CARDNO CARTE CB CCY
    CHAPS CHARGE CHEQUE CHECK CONTACTLESS CREDIT CREDITOR DATE DATED DATUM DD DDR DEBIT DEBITCARD DEBITOR DIRECT DOM
    DOMICILIERING EBA EFT EINZUG EREF EUR EURO FACTURE FP FPO GBP GELDAUTOMAAT GIRO GIROCARD IBAN INST INSTANT INT
    INTERNATIONAL INTERNET INVOICE INV KARTE KARTENZAHLUNG KAARTBETALING KREF LASTSCHRIFT LEVY MANDATE MANDAT MASTERCARD
    MOBILE MREF NO NR NUMBER ONLINE ORDER OVERSCHRIJVING PAIEMENT PAYMENT PAYMENTS PAYMT PIN POINT POS PRELEVEMENT
    PURCHASE PURCH RECEIPT RECURRING REF REFERENCE REFERENCIA REM REMITTANCE RTGS SALE SEPA SO STANDING SVWZ SWIFT
    TERMINAL TIME TO TRANSACTION TRANSFER TRF TRX TXN UBERWEISUNG USD VERWENDUNGSZWECK VIA VIR VIREMENT VISA WEB
    ZAHLUNG ZAR CHF JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC MON TUE WED THU FRI SAT SUN BY FROM AT ON IN
    YOUR OUR AN VON BEI
    JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER JANUAR FEBRUAR MARZ MAERZ MAI JUNI
    JULI OKTOBER DEZEMBER JANVIER FEVRIER MARS AVRIL JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE JANUARI
    FEBRUARI MAART MEI AUGUSTUS Q1 Q2 Q3 Q4
    """.split()
)
#: Words of a text that name its payee: more would tell one shop of a chain from another.
_TOLD_WORDS = 2
_SHORTEST = 2


def payee_key(partner: int | None, account_number: str, name: str, text: str) -> str:
    """``partner:<id>``, ``account:<number>`` or ``name:<words>``, the first that is known; empty when nothing is.

    :param partner: that the line carries, or that is sure to be behind it
    :param account_number: of the other side
    :param name: of the other side, as the bank tells it
    :param text: of the line; a payee is looked for in it when the bank tells no name
    """
    if partner:
        return f"partner:{partner}"
    number = squeeze(account_number)
    if number:
        return f"account:{number}"
    told = core_name(name) if name else ()
    told = told or payee_words(text)
    return f"name:{' '.join(told)}" if told else ""


@lru_cache(maxsize=65536)
def payee_words(text: str) -> tuple[str, ...]:
    """The words of a bank text that say who was paid: the first that are no number and say nothing about the payment.

    A text of nothing but such words ("CARD PAYMENT") names nobody.
    """
    found: list[str] = []
    for word in words(text):
        if _tells(word.text):
            found.append(word.text)
        elif found and word.text not in FILLERS:
            # What follows a number or a date is a place, a reference, another payee.
            break
        if len(found) == _TOLD_WORDS:
            break
    return tuple(found)


def _tells(word: str) -> bool:
    if len(word) < _SHORTEST or any(is_digits(char) for char in word):
        return False
    return word not in _BANK_WORDS and word not in FILLERS and word not in LEGAL_FORMS


class Payers:
    """Which partner people put on payments of this account number or name; only where it is always the same one.

    Learned in order of date, so that a replay knows at each line what was known then.
    """

    def __init__(self) -> None:
        self._partners: dict[str, Counter[int]] = defaultdict(Counter)

    def learn(self, partner: int | None, account_number: str, name: str, text: str, count: int = 1) -> None:
        """A line that people booked with ``partner``."""
        key = payee_key(None, account_number, name, text)
        if partner and key:
            self._partners[key][partner] += count

    def partner_of(self, account_number: str, name: str, text: str) -> int | None:
        """The partner behind this payer, or None where people said nothing or several things."""
        known = self._partners.get(payee_key(None, account_number, name, text))
        return next(iter(known)) if known and len(known) == 1 else None
