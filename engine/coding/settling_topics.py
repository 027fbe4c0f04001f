"""What bank texts and account names call the same thing, in the languages of many charts."""

from __future__ import annotations

from ..text import words

TOPICS = {
    "wages": """WAGES WAGE SALARY SALARIES PAYROLL NETPAY LOHN LOHNE LOEHNE GEHALT GEHALTER GEHAELTER SALAIRE SALAIRES
        LOON LONEN SALARIS SALARISSEN REMUNERATIONS BEZOLDIGINGEN NOMINA STIPENDI""",
    "vat": "VAT BTW TVA MWST UST UMSATZSTEUER MEHRWERTSTEUER IVA GST MOMS",
    "payroll_tax": "PAYE LOHNSTEUER LOONHEFFING LOONBELASTING BEDRIJFSVOORHEFFING PRECOMPTE WITHHOLDING",
    "social": "SOCIAL RSZ ONSS URSSAF UIF SOZIALVERSICHERUNG KRANKENKASSE SOCIALE SOCIALES NIC PENSION PENSIOEN",
    "corporate_tax": "CORPORATE CORPORATION KORPERSCHAFTSTEUER KOERPERSCHAFTSTEUER VENNOOTSCHAPSBELASTING ISOC",
    "loan": """LOAN LOANS DARLEHEN LENING LENINGEN PRET EMPRUNT EMPRUNTS KREDIT CREDITLOAN MORTGAGE HYPOTHEEK HYPOTHEK
        PRESTAMO""",
    "stripe": "STRIPE", "paypal": "PAYPAL", "adyen": "ADYEN", "mollie": "MOLLIE", "sumup": "SUMUP", "klarna": "KLARNA",
    "square": "SQUARE", "worldpay": "WORLDPAY", "amex": "AMEX", "mastercard": "MASTERCARD",
    "owner": "DRAWINGS DRAWING PRIVATE PRIVATENTNAHME ENTNAHME PRIVE OWNER SHAREHOLDER DIVIDEND DIVIDENDS DIVIDENDE",
    "intercompany": "INTERCOMPANY INTERCO",
    "deposit": "DEPOSIT KAUTION CAUTION WAARBORG",
}  # fmt: skip
#: What tells the balances of one counterpart apart. Finer than the names of accounts are.
_FINER = {
    "vat": "VORSTEUER UMST USTVA UVA",
    "payroll_tax": "LST LOHNST PAYROLLTAX LB",
    "corporate_tax": "KST CORPTAX VPB IMPOTSOCIETES KOERPST",
    "dividend": "DIVIDEND DIVIDENDS DIVIDENDE DIVIDENDEN DIVIDENDO AUSSCHUTTUNG AUSSCHUETTUNG",
    "drawings": """DRAWING DRAWINGS PRIVATE PRIVATENTNAHME ENTNAHME PRIVE PRIVEOPNAME WITHDRAWAL PRELEVEMENTS
        WITHDRAWALS""",
    "contribution": """CONTRIBUTION CAPITAL EINLAGE PRIVATEINLAGE KAPITALEINLAGE APPORT INBRENG STORTING INJECTION
        APORTACION""",
    "expense": """EXPENSE EXPENSES SPESEN AUSLAGEN REISEKOSTEN REIMBURSEMENT REIMBURSE NOTE FRAIS ONKOSTEN ONKOSTENNOTA
        DECLARATIE GASTOS""",
    "advance": "ADVANCE ADVANCES VORSCHUSS AVANCE VOORSCHOT ANTICIPO IMPREST FLOAT",
    "card": "CARD KREDITKARTE CREDITCARD VISA MASTERCARD AMEX KREDITKAART CARTE KAARTAFREKENING",
}  # fmt: skip
#: Words as long as this may go on.
_LONG = 8


def _by_word(topics: dict[str, str]) -> dict[str, str]:
    return {word: name for name, told in topics.items() for word in told.split()}


_TOPIC_OF = _by_word(TOPICS)
_FINER_OF = _by_word(_FINER)


def topics_of(text: str) -> frozenset[str]:
    """Which of the things that payments settle a text names."""
    return frozenset(_TOPIC_OF[word.text] for word in words(text) if word.text in _TOPIC_OF)


#: Two words that mean one thing, before each of them is read.
_PAIRS = {
    ("PAYROLL", "TAX"): "payroll_tax",
    ("PAYROLL", "TAXES"): "payroll_tax",
    ("WAGE", "TAX"): "payroll_tax",
    ("WAGES", "TAX"): "payroll_tax",
    ("CORPORATE", "TAX"): "corporate_tax",
    ("CORPORATION", "TAX"): "corporate_tax",
    ("SOCIAL", "SECURITY"): "social",
    ("CREDIT", "CARD"): "card",
    ("SALES", "TAX"): "vat",
}


def topics_named(text: str) -> frozenset[str]:
    """The same, as finely as the balances of one counterpart are told apart; long words may go on ("...ANMELDUNG")."""
    told = [word.text for word in words(text)]
    found = set()
    place = 0
    while place < len(told):
        pair = _PAIRS.get(tuple(told[place : place + 2]))
        name = pair or _FINER_OF.get(told[place]) or _TOPIC_OF.get(told[place]) or _begun(told[place])
        if name:
            found.add(name)
        place += 2 if pair else 1
    return frozenset(found)


def _begun(word: str) -> str | None:
    """The topic whose word ``word`` begins with, for compounds: UMSATZSTEUERVORAUSZAHLUNG."""
    if len(word) <= _LONG:
        return None
    for end in range(len(word) - 1, _LONG - 1, -1):
        known = _TOPIC_OF.get(word[:end])
        if known:
            return known
    return None
