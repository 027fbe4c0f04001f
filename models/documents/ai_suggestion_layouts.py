"""Accepting a bill teaches the layout of its vendor; undoing it unlearns."""

from dataclasses import replace

from odoo import models

from ...engine.extraction import Found
from ...engine.extraction.reading import AMOUNT_FIELDS
from ...engine.text import core_name
from .ai_document import READ

#: Keys of the proposal and the field of the reading that they come from.
SAID_BY = {
    "ref": "number",
    "invoice_date": "date",
    "payment_reference": "payment_reference",
    "iban": "vendor_iban",
    "currency": "currency",
    "net": "net",
    "tax": "tax",
    "total": "total",
}


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _learn(self, source=None):
        result = super()._learn(source)
        accepted = self.filtered(lambda suggestion: suggestion.decision == "person" or source == "sample")
        # Nobody writes lessons but the addon.
        lessons = self.env["ai.document.lesson"].sudo()
        lessons._learn(accepted.sudo()._read_documents(), accepted.sudo())
        return result

    def _unlearn(self, is_error=True):
        result = super()._unlearn(is_error)
        lessons = self.env["ai.document.lesson"].sudo()
        lessons.search([("suggestion_id", "in", self.ids), ("counts", "=", True)])._take_back()
        return result

    def _read_documents(self):
        """{suggestion: the newest read document of the entry that it is for}"""
        moves = self.filtered(lambda suggestion: suggestion.res_model == "account.move")
        found = self.env["ai.document"].search(
            [("move_id", "in", moves.mapped("res_id")), ("state", "=", READ)], order="id"
        )
        by_move = {document.move_id.id: document for document in found}
        return {each: by_move[each.res_id] for each in moves if each.res_id in by_move}


class AiDocument(models.Model):
    _inherit = "ai.document"

    def _accepted_reading(self, suggestion, vendor):
        """(reading as it was accepted, {field: Found} that the person had changed): by clicking, typing, or on the
        suggestion itself."""
        reading = self._reading(self)
        corrections = {name: found for name, found in reading.fields.items() if found.source == "person"}
        if suggestion.is_edited:
            for key, name in SAID_BY.items():
                value = (suggestion.proposal or {}).get(key)
                if value and name not in corrections and not _same(name, value, reading.value(name)):
                    corrections[name] = Found(str(value), str(value), None, 1.0, "person")
        if core_name(reading.value("vendor")) != core_name(vendor.name or "") and "vendor" not in corrections:
            corrections["vendor"] = Found(vendor.name, vendor.name, None, 1.0, "person")
        return replace(reading, fields={**reading.fields, **corrections}), corrections


def _same(name, value, other):
    if name in AMOUNT_FIELDS and value and other:
        return abs(float(value) - float(other)) < 0.005
    return str(value) == other
