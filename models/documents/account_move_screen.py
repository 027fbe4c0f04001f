"""The bill's own form: how far its document is, and the way to picture and evidence. Findings are alerts there."""

from odoo import api, fields, models
from odoo.exceptions import UserError

ROLES = (
    "ai_bookkeeper.ai_bookkeeper_group_reviewer,ai_bookkeeper.ai_bookkeeper_group_manager,"
    "ai_bookkeeper.ai_bookkeeper_group_auditor"
)
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    ai_bill = fields.Json(compute="_compute_ai_bill", groups=ROLES, help="What the form shows of the bill's document.")

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_ai_bill(self):
        bills = self.filtered(lambda move: move.id and move.is_purchase_document(include_receipts=True))
        (self - bills).ai_bill = False
        if not bills:
            return
        suggestions = self.env["ai.suggestion"]
        found = suggestions._bill_documents(bills.ids, filed=True)
        documents = self.env["ai.document"].browse(found.values())
        by_move = {document.move_id.id: document._screen_document() for document in documents}
        can_decide = self.env.user.has_group(REVIEWER)
        for bill in bills:
            document = by_move.get(bill.id)
            bill.ai_bill = {"document": document, "can_decide": can_decide} if document else False

    def action_ai_open_document(self):
        """Open the picture of this bill's document beside what was read and what is proposed."""
        self.ensure_one()
        self.check_access("read")
        document_id = self.env["ai.suggestion"]._bill_documents(self.ids, filed=True).get(self.id)
        if not document_id:
            raise UserError(self.env._("No document was read for this bill. Attach one, or upload it under Bills."))
        return self.env["ai.document"].browse(document_id).action_open_screen()
