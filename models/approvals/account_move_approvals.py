"""Bills and who approves their spending: asked at posting, or before by hand; paid when it is approved."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import plaintext2html

from ..audit.readable import readable
from .ai_approval import APPROVED, REFUSED, WAITING, WITHDRAWN
from .ai_approval_route import PURCHASES

NONE = "none"
BOOKKEEPING = ",".join(f"ai_bookkeeper.ai_bookkeeper_group_{role}" for role in ("reviewer", "manager", "auditor"))


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    ai_ordered_by_id = fields.Many2one(
        "res.partner",
        string="Ordered By",
        copy=False,
        help="Who ordered what this bill is for: asked to approve it where a rule says so.",
    )
    # Whoever reads a bill need not be one of the bookkeeping: the state is for all, who was asked is not.
    ai_approval_ids = fields.One2many("ai.approval", "move_id", readonly=True, groups=BOOKKEEPING)
    ai_approval_state = fields.Selection(
        [(NONE, "Needs no approval"), (WAITING, "Waits for approval"), (APPROVED, "Approved"), (REFUSED, "Refused")],
        compute="_compute_ai_approval_state",
        compute_sudo=True,
        string="Spending",
    )

    @api.depends("ai_approval_ids.state")
    def _compute_ai_approval_state(self):
        for move in self:
            move.ai_approval_state = move._ai_spending_state()

    def _ai_spending_state(self):
        """Of the answers that count: one refusal refuses; whom nobody waits for any more is approved."""
        self.ensure_one()
        states = set(self.sudo().ai_approval_ids.mapped("state")) - {WITHDRAWN}
        return next((state for state in (REFUSED, WAITING, APPROVED) if state in states), NONE)

    def _post(self, soft=True):
        posted = super()._post(soft)
        self.env["ai.approval"]._route(posted)
        # Asked as a draft, it is held from now on; changed since, it may need nobody's approval any more.
        bills = posted.filtered(lambda move: move.move_type in PURCHASES)
        bills._ai_hold_payment()
        bills._ai_release_payment()
        return posted

    def _ai_payment_holds(self):
        holds = super()._ai_payment_holds()
        bills = self.sudo().filtered(lambda move: move.move_type in PURCHASES)
        for move in bills.filtered(lambda move: move.company_id.ai_approval_blocks_payment):
            state = move._ai_spending_state()
            if state in (WAITING, REFUSED):
                people = move.ai_approval_ids.grouped("state")[state].partner_id
                names = ", ".join(people.mapped("name"))
                text = self.env._("It waits for the approval of %(names)s.", names=names)
                if state == REFUSED:
                    text = self.env._(
                        "%(names)s refused the spending; a bookkeeping manager may overrule.", names=names
                    )
                holds.setdefault(move.id, []).append(text)
        return holds

    def _ai_drop_outdated_approvals(self):
        """Answers about another amount or vendor say nothing of this bill."""
        outdated = self.sudo().ai_approval_ids.filtered(lambda row: row.state != WITHDRAWN and not row._is_current())
        outdated.state = WITHDRAWN
        # The person may be asked anew in the same breath; the index must not see two open questions.
        outdated.flush_recordset(["state"])
        return outdated

    def _ai_orderers(self):
        """Who ordered it: told on the bill, or the buyers of its purchase orders where that app is installed."""
        self.ensure_one()
        if self.ai_ordered_by_id:
            return self.ai_ordered_by_id
        lines = self.invoice_line_ids
        if "purchase_line_id" not in lines._fields:
            return self.env["res.partner"]
        return lines.purchase_line_id.order_id.user_id.partner_id

    def _ai_say(self, text, author):
        self.message_post(
            body=plaintext2html(text),
            author_id=author.id,
            message_type="notification",
            subtype_xmlid="mail.mt_note",
        )

    def ai_ask_approval(self, partner_id=None, question=None):
        """Ask a person to approve the spending of these bills, drafts too; without one, whom the rules name.

        :return: ids of the approvals that were asked for
        """
        if not (self.env.su or self.env.user.has_group("ai_bookkeeper.ai_bookkeeper_group_reviewer")):
            raise AccessError(self.env._("Only reviewers ask for approval. Ask a bookkeeping manager."))
        self.check_access("write")
        if readable(self) != self:
            raise AccessError(self.env._("You may not see all of these bills. Ask a bookkeeping manager."))
        approvals = self.env["ai.approval"]
        if not partner_id:
            return approvals._route(self).ids
        question = " ".join(str(question or "").split())[:500]
        return approvals._ask_person(self, partner_id, question).ids

    def action_ai_open_approvals(self):
        """Open the approvals of this bill."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_approval_action")
        return {**action, "domain": [("move_id", "=", self.id)], "context": {}}
