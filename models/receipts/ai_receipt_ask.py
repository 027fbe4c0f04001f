"""Asking card holders for receipts: questions with a page to upload to, one mail a person."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .ai_receipt import MISSING

_NAMED = 3


class AiReceipt(models.Model):
    _name = "ai.receipt"
    _inherit = "ai.receipt"

    def action_ask(self):
        """Mail the card holders of these receipts now; what they upload is attached to the entries.

        :raise UserError: where nobody is known to be asked
        """
        self._check_reviewer()
        missing = self.filtered(lambda receipt: receipt.state == MISSING)
        nobody = missing.filtered(lambda receipt: not receipt.holder_id)
        if nobody:
            raise UserError(
                self.env._(
                    "Nobody is known to ask for %(count)s of these: %(names)s. Choose a card holder in the list, or "
                    "let a manager list the cards under Configuration.",
                    count=len(nobody),
                    names="; ".join(receipt._told() for receipt in nobody[:_NAMED]),
                )
            )
        waiting = missing._waiting()
        waiting.action_remind()
        fresh = missing.filtered(lambda receipt: receipt.id not in set(waiting.mapped("res_id")))
        for holder, receipts in fresh.grouped("holder_id").items():
            self.env["ai.question"]._ask(receipts, {**self._receipt_question(), "partner_id": holder.id})
        for receipt in missing.sudo():
            receipt.write({"asked_at": fields.Datetime.now(), "times_asked": receipt.times_asked + 1})
        names = ", ".join(missing.holder_id.sudo().mapped("name"))
        return self.env["ai.suggestion"]._notice(
            self.env._("%(names)s: asked for %(count)s receipts.", names=names, count=len(missing))
        )

    def _waiting(self):
        """Questions to the holders of these that are not answered yet: they are reminded instead of asked twice."""
        found = self.env["ai.question"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "=", "sent")]
        )
        holders = {receipt.id: receipt.holder_id for receipt in self}
        return found.filtered(lambda question: question.partner_id == holders[question.res_id])

    @api.model
    def _receipt_question(self):
        return {
            "question": self.env._("Please send the receipt or the invoice of this payment."),
            "answers": [self.env._("I have none"), self.env._("This was not mine")],
            "wants_file": True,
            "send_now": True,
        }

    # === WHAT QUESTIONS ASK OF THEIR RECORD === #

    def _ai_question_facts(self):
        return self._lines().sudo()._ai_question_facts()

    def _ai_question_entry(self):
        return self._lines().sudo().move_id

    def _ai_is_settled(self):
        return self.state != MISSING
