"""The sentences of findings about bank accounts, statements and expected payments, and what may be done about them."""

from odoo.tools.translate import LazyTranslate

from .expected_words import EXPECTED_ACTIONS, EXPECTED_FINDINGS, EXPECTED_LABELS

_lt = LazyTranslate(__name__)

BANK_FINDINGS = {**EXPECTED_FINDINGS}
BANK_LABELS = {**EXPECTED_LABELS}
BANK_ACTIONS = {**EXPECTED_ACTIONS}
