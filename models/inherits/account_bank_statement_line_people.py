"""Bank lines that wait for people: what a dialog proposes to ask, and parking."""

from odoo import models
from odoo.exceptions import UserError

from ...engine.vocabulary import MANUAL, PARK_REASONS


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = "account.bank.statement.line"

    def action_ai_park(self, reason: str, note: str | None = None):
        """Book these lines to the company's clarification account; a person's booking, undone like any other.

        :param reason: one of ``vocabulary.PARK_REASONS``
        :param note: what would settle it
        :raise UserError: without a clarification account, or for a line that is settled
        """
        suggestions = self.env["ai.suggestion"]
        suggestions.browse()._check_decider()
        self.check_access("write")
        if reason not in PARK_REASONS:
            raise UserError(self.env._("Unknown reason: %(reason)s.", reason=reason))
        if any(line.is_reconciled for line in self):
            raise UserError(self.env._("A reconciled line can't be parked. Undo it first."))
        note = " ".join((note or "").split())[:200]
        for line in self:
            account = line.company_id.sudo().ai_clarification_account_id
            if not account:
                raise UserError(
                    self.env._(
                        "%(company)s has no clarification account. A manager names one in the settings.",
                        company=line.company_id.name,
                    )
                )
            rows = [
                {
                    "account_id": account.id,
                    "amount": str(line._ai_decimal(line.amount)),
                    "label": note or line.payment_ref or "",
                    "reason": MANUAL,
                }
            ]
            values = {"write_off": rows, "partner_id": line.partner_id.id}
            parked = suggestions.browse(line.ai_book_by_hand(values))
            # What the booking means beside its accounts; nobody may write suggestions by hand.
            parked.sudo().write({"park_reason": reason, "park_note": note or False})
            parked._log("parked", [{"reason": reason}])
        return True

    def _ai_park_and_tell(self, reason, note):
        self.action_ai_park(reason, note)
        accounts = ", ".join(self.company_id.sudo().ai_clarification_account_id.mapped("display_name"))
        waiting = self.filtered(lambda line: not line.is_reconciled)
        message = self.env._("%(count)s parked on %(account)s.", count=len(self - waiting), account=accounts)
        if waiting:
            message = self.env._(
                "%(count)s wait for a second person, who must accept the parking too.", count=len(waiting)
            )
        return self.env["ai.suggestion"]._notice(message)

    # === WHAT DIALOGS BEGIN WITH === #

    def _ai_subject_defaults(self):
        self.check_access("read")
        lines = self.filtered(lambda line: not line.is_reconciled)
        return {"line_ids": [(6, 0, lines.ids)], "suggestion_ids": [(5, 0, 0)]}

    def _ai_question_defaults(self):
        """A question and answers that fit money in or money out."""
        answers = [self.env._("Business, I add the receipt"), self.env._("Private"), self.env._("I don't know")]
        question = self.env._("What was this payment for?")
        if self and all(line.amount > 0 for line in self):
            answers = [self.env._("A customer's payment"), self.env._("Private money"), self.env._("I don't know")]
            question = self.env._("What is this money for?")
        names = {f"answer_{number}": text for number, text in enumerate(answers, 1)}
        return {**self._ai_subject_defaults(), "question": question, **names}

    def _ai_ask_and_tell(self, *values):
        return self.env["ai.question"]._asked_notice(self.action_ai_ask(*values))
