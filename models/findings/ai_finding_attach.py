"""The same cost twice: the bill becomes a document of the entry that has the cost, instead of a new payable."""

from odoo import models
from odoo.exceptions import UserError

from .ai_finding import OPEN_STATE

LINE = "account.bank.statement.line"


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    def action_attach(self):
        """Attach the files of this draft to the record that has its cost, and cancel the draft.

        :raises UserError: where there is no such record, or the draft was booked meanwhile
        :raises AccessError: for who may not decide, or not write the bill or the other record
        """
        self.ensure_one()
        self._check_person()
        target = self._attach_target()
        move = self._moves()
        if self.state != OPEN_STATE or move.state != "draft":
            raise UserError(self.env._("This bill was decided meanwhile. Open it to see how."))
        target.check_access("write")
        move.check_access("write")
        self._copy_files(move, target)
        self._close_bill(move, target)
        self._set_dismissed(self.env._("Attached to %(name)s.", name=target.display_name))
        self._log_decision("cost_attached")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The document is attached to %(name)s.", name=target.display_name),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _attach_target(self):
        twin = self.env[self.twin_model].browse(self.twin_id).exists() if self.twin_model in self.env else None
        if not twin or not self.code.startswith("cost_"):
            raise UserError(self.env._("There is no entry to attach it to."))
        twin.check_access("read")
        return twin.move_id if twin._name == LINE else twin

    def _copy_files(self, move, target):
        """Copies: the originals stay with the draft, which keeps what came in."""
        files = self.env["ir.attachment"].search([("res_model", "=", move._name), ("res_id", "=", move.id)])
        copies = [file.copy({"res_model": target._name, "res_id": target.id}) for file in files]
        body = self.env._("The bill for this cost, which came in as %(bill)s.", bill=move.display_name)
        # Not taken for a new bill: posting a comment with files would have them imported.
        target.with_context(disable_attachment_import=True).message_post(
            body=body, attachment_ids=[file.id for file in copies]
        )

    def _close_bill(self, move, target):
        why = self.env._("Its cost is booked already: %(name)s.", name=target.display_name)
        # The suggestion's states are written by its own gate only; who decides was checked.
        self.env["ai.suggestion"].sudo()._supersede_open(move, why)
        move.button_cancel()
        move.message_post(body=why)
