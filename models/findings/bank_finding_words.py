"""The sentences of findings about bank accounts, statements and expected payments, and what may be done about them."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

BANK_FINDINGS = {}
BANK_LABELS = {}
BANK_ACTIONS = {}
