"""Whether a VAT id can be one, by its country's own checks (python-stdnum)."""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from ..billing.told import vat_parts
from ..text import squeeze

#: Countries whose numbers stdnum files under another name.
_ALIASES = {"EL": "GR", "XI": "GB"}


def is_valid(vat: str, country: str = "") -> bool | None:
    """None when there is no id, no country, or no check known for the country."""
    prefix, number = vat_parts(vat)
    code = _ALIASES.get(prefix or country, prefix or country)
    module = get_cc_module(code, "vat") if code and number else None
    if module is None:
        return None
    return any(_passes(module, text) for text in dict.fromkeys((squeeze(vat), number)))


def _passes(module, text: str) -> bool:
    try:
        module.validate(text)
    except ValidationError:
        return False
    return True
