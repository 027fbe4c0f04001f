"""What decisions on bills teach: each line's account, taxes and analytic distribution, by vendor and text."""

from datetime import timedelta

from odoo import models

from ...engine.billing.lines import payee_of
from ...engine.coding import Template
from ..learning.weights import WEAK, is_group, weight_of
from .ai_proposer_bill_document import MOVE_MODEL, SCOPE

READ_AT_LEAST = timedelta(seconds=1)


class AiProposerBillDocument(models.AbstractModel):
    _name = "ai.proposer.bill_document"
    _inherit = "ai.proposer.bill_document"

    def _lessons(self, suggestions, source=None):
        """A lesson a line. What was accepted is what was booked, but for what somebody changed in Odoo later."""
        moves = {move.id: move for move in self._moves(suggestions).sudo()}
        is_hasty = self.env["ai.proposer.bank_coding"]._is_hasty()
        found = []
        for suggestion in suggestions:
            move = moves.get(suggestion.res_id)
            weight = self._weight(suggestion, source, is_hasty)
            if not move or not weight:
                continue
            is_outside = source == "outside"
            lines = self._booked_lines(move) if is_outside else suggestion.proposal["lines"]
            machine = self._machine_labels(suggestion)
            values = {
                "suggestion_id": suggestion.id,
                "source": source or ("group" if is_group(self._decision_row(suggestion)) else "person"),
                "weight": weight,
                "user_id": move.write_uid.id if is_outside else suggestion.decided_by_id.id or self.env.uid,
            }
            found += self._move_lessons(move, lines, machine, values)
        return found

    def _weight(self, suggestion, source, is_hasty):
        if source:
            return 1.0
        weight = weight_of(self._decision_row(suggestion))
        return min(weight, WEAK) if is_hasty else weight

    def _decision_row(self, suggestion):
        choices = (suggestion.evidence or {}).get("alternatives") or []
        looked = suggestion.decided_at and suggestion.opened_at and suggestion.decided_at - suggestion.opened_at
        return {
            "is_taken_back": False,
            "decision": suggestion.decision,
            "signed_off_by_id": suggestion.signed_off_by_id.id,
            "is_edited": suggestion.is_edited,
            "is_chosen": any(choice.get("key_full") == suggestion.fingerprint for choice in choices),
            "is_quick": looked is not False and looked is not None and looked < READ_AT_LEAST,
            "decided_with": suggestion.decided_with,
        }

    def _machine_labels(self, suggestion):
        """What the engine had said, line by line, before a person changed it; None of a question and of what others
        proposed."""
        if suggestion.origin != "engine":
            return None
        proposal = suggestion.proposal
        if suggestion.is_edited:
            proposal = self.env["ai.proposer.bank_coding"]._before_editing(suggestion)
        return [self._label(line) for line in proposal["lines"]] if proposal and proposal.get("lines") else None

    def _label(self, line):
        return Template.of_lines([line]).label if line.get("account_id") else ""

    def _booked_lines(self, move):
        return [
            {
                "account_id": item.account_id.id,
                "tax_ids": item.tax_ids.ids,
                "analytic_distribution": item.analytic_distribution or {},
                "amount": str(item.price_subtotal),
                "label": item.name or "",
            }
            for item in move.invoice_line_ids
            if item.display_type == "product"
        ]

    def _move_lessons(self, move, lines, machine, values):
        """:param list lines: as in a proposal
        :param machine: labels that the engine had said, in the order of the lines; None where it had said nothing"""
        partner = move.commercial_partner_id
        sign = 1 if move.move_type == "in_refund" else -1
        same = machine if machine and len(machine) == len(lines) else None
        found = []
        for place, line in enumerate(lines):
            label = self._label(line)
            if not label or not float(line["amount"]):
                continue
            said = same[place] if same else label if not machine or label in machine else ""
            found.append(
                {
                    "company_id": move.company_id.id,
                    "scope": SCOPE,
                    "res_model": MOVE_MODEL,
                    "res_id": move.id,
                    "date": move.invoice_date or move.date,
                    "payee": payee_of(partner.id, move.partner_id.name or "") or None,
                    "payee_name": partner.name or None,
                    "text": line.get("label") or None,
                    "amount": sign * abs(float(line["amount"])),
                    "currency_id": move.currency_id.id,
                    "journal_id": move.journal_id.id,
                    "label": label,
                    "lines": [line],
                    "partner_id": partner.id or None,
                    "is_error": said != label,
                    **values,
                }
            )
        return found

    # === HISTORY === #

    def _history_lessons(self, history, rows):
        """Lessons of posted bills that taught nothing yet."""
        moves = self.env[MOVE_MODEL].browse([row["id"] for row in rows])
        taught = set(self.env["ai.learning.event"]._live(SCOPE, MOVE_MODEL, moves.ids).mapped("res_id"))
        robot = self.env.ref("base.user_root").id
        found = []
        for move in moves:
            writer = move.write_uid.id
            is_wanted = history.is_automatic or history.user_ids or writer != robot
            if move.id not in taught and is_wanted:
                values = {"source": "history", "history_id": history.id, "weight": 1.0, "user_id": writer}
                found += self._move_lessons(move, self._booked_lines(move), None, values)
        return found
