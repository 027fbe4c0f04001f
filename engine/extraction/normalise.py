"""What a person clicks or types, and what a layout points at, in the normal form of its field."""

from __future__ import annotations

import re
from decimal import Decimal

import phonenumbers
from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError

from ..text import fold
from . import amounts, days
from .context import Context
from .currencies import CODES, meanings
from .reading import AMOUNT_FIELDS, DATE_FIELDS

#: Longest value of a field of text.
TEXT_LIMIT = 200
_CODES = ("vendor_vat", "buyer_vat", "vendor_iban", "vendor_bic")
_NOT_CODE = re.compile(r"[^A-Z0-9+*]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LABEL_END = re.compile(r"^[^\d:]{2,30}:\s*(?=\S)")


def normalise(field: str, text: str, language: str, context: Context) -> str:
    """The value of ``text`` in the form of ``reading.FIELDS``; empty when it can't be one.

    :param language: of the document, empty when not known
    """
    text = " ".join(text.split())
    if not text:
        return ""
    if field in AMOUNT_FIELDS:
        return _amount(text)
    if field in DATE_FIELDS:
        return _date(text, language, context)
    if field in _CODES:
        return _code(field, text)
    special = {"currency": _currency, "vendor_phone": _phone, "vendor_email": _email}.get(field)
    if special:
        return special(text, context)
    return text[:TEXT_LIMIT].strip(" ;,|")


def _amount(text: str) -> str:
    """The only amount of the text, or the last one written as money."""
    mark = amounts.decimal_mark([text])
    found = [one for one in amounts.find(text, mark) if not one.is_percent]
    money = [one for one in found if one.is_money] or found
    if not money:
        return ""
    value = money[-1].value
    return format(value if value.as_tuple().exponent <= -2 else value.quantize(Decimal("0.01")), "f")


def _date(text: str, language: str, context: Context) -> str:
    order = days.order([text])
    is_day_first = context.is_day_first if order is None else order
    found = days.find(text, is_day_first, language)
    return found[0].value.isoformat() if len(found) == 1 else ""


def _code(field: str, text: str) -> str:
    text = _LABEL_END.sub("", text)
    code = _NOT_CODE.sub("", fold(text))
    if field == "vendor_iban":
        code = code.removeprefix("IBAN")
        try:
            return iban_numbers.validate(code, check_country=False)
        except ValidationError:
            return ""
    if field == "vendor_bic":
        code = code.removeprefix("BIC").removeprefix("SWIFT")
        return code if len(code) in (8, 11) else ""
    return code if 4 <= len(code) <= 20 and any(map(str.isdigit, code)) else ""


def _currency(text: str, _context: Context) -> str:
    code = fold(text).strip()
    if code in CODES:
        return code
    codes = meanings(text)
    return codes[0] if codes else ""


def _phone(text: str, context: Context) -> str:
    try:
        number = phonenumbers.parse(text, context.buyer.country or None)
    except phonenumbers.NumberParseException:
        return text[:TEXT_LIMIT] if sum(map(str.isdigit, text)) >= 6 else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str, _context: Context) -> str:
    found = _EMAIL.search(text)
    return found.group().lower() if found else ""
