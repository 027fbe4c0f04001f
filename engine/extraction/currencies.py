"""Currencies as they are printed: ISO 4217 codes, symbols, words."""

from __future__ import annotations

CODES = frozenset(
    """
    AED ALL AMD ARS AUD AZN BAM BDT BGN BHD BOB BRL BYN CAD CHF CLP CNY COP CRC CZK DEM DKK DOP DZD EGP EUR FRF GBP GEL
    GHS GTQ HKD HNL HRK HUF IDR ILS INR IRR ISK ITL JMD JOD JPY KES KRW KWD KZT LBP LKR LTL LVL MAD MDL MKD MMK MUR MXN
    MYR NGN NIO NLG NOK NPR NZD OMR PAB PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD SKK THB TND TRY TWD TZS UAH UGX
    USD UYU UZS VES VND XAF XOF XPF ZAR ZMW
    """.split()
)
#: Symbols that mean one currency, and those that mean several (first: what it is taken for when nothing tells).
SYMBOLS = {
    "€": ("EUR",),
    "£": ("GBP",),
    "₹": ("INR",),
    "¥": ("JPY", "CNY"),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "₪": ("ILS",),
    "₩": ("KRW",),
    "₫": ("VND",),
    "฿": ("THB",),
    "₱": ("PHP",),
    "₦": ("NGN",),
    "US$": ("USD",),
    "R$": ("BRL",),
    "A$": ("AUD",),
    "C$": ("CAD",),
    "S$": ("SGD",),
    "HK$": ("HKD",),
    "NZ$": ("NZD",),
    "MX$": ("MXN",),
    "$": ("USD", "CAD", "AUD", "MXN", "SGD", "NZD", "HKD", "ARS", "CLP", "COP", "MYR"),
}
BY_WORD = {
    "EURO": ("EUR",),
    "EUROS": ("EUR",),
    "RM": ("MYR",),
    "RS": ("INR", "PKR", "LKR", "MUR", "NPR"),
    "RS.": ("INR", "PKR", "LKR", "MUR", "NPR"),
    "KR": ("SEK", "NOK", "DKK", "ISK"),
    "KR.": ("DKK", "SEK", "NOK", "ISK"),
    "ZŁ": ("PLN",),
    "ZL": ("PLN",),
    "KČ": ("CZK",),
    "KC": ("CZK",),
    "FT": ("HUF",),
    "LEI": ("RON", "MDL"),
    "ЛВ": ("BGN",),
    "ЛВ.": ("BGN",),
    "ГРН": ("UAH",),
    "РУБ": ("RUB",),
    "SFR": ("CHF",),
    "FR.": ("CHF",),
    "TL": ("TRY",),
    "DM": ("DEM",),
    "RP": ("IDR",),
    "ДИН": ("RSD",),
    "DIN": ("RSD",),
    "S/": ("PEN",),
}
#: Currencies without decimals in daily use.
WHOLE = frozenset("JPY KRW VND CLP PYG ISK HUF IDR XAF XOF XPF UGX".split())


def meanings(printed: str) -> tuple[str, ...]:
    """What a printed symbol, word or code may mean, the likeliest first."""
    upper = printed.strip().upper()
    if upper in CODES:
        return (upper,)
    return SYMBOLS.get(upper) or BY_WORD.get(upper) or BY_WORD.get(upper.rstrip(".")) or ()
