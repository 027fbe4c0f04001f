"""May this be spent? One person's answer about one bill. It books nothing and pays nothing: it takes a block off."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

WAITING, APPROVED, REFUSED, WITHDRAWN = "waiting", "approved", "refused", "withdrawn"
STATES = [(WAITING, "Waits"), (APPROVED, "Approved"), (REFUSED, "Refused"), (WITHDRAWN, "Not needed")]
NOTE_LIMIT = 1000
GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


class AiApproval(models.Model):
    """People read these records; only the methods here write them."""

    _name = "ai.approval"
    _inherit = ["ai.target.mixin", "ai.link.mixin"]
    _description = "Approval of Spending"
    _order = "id desc"
    _check_company_auto = True

    _link_scope = "ai_bookkeeper-approve"
    _link_path = "/ai_bookkeeper/approve/"

    state = fields.Selection(STATES, required=True, default=WAITING, readonly=True, index=True)
    move_id = fields.Many2one(
        "account.move", required=True, readonly=True, index=True, ondelete="cascade", check_company=True, string="Bill"
    )
    res_model = fields.Char(required=True, readonly=True, default="account.move")
    res_id = fields.Many2oneReference(model_field="res_model", compute="_compute_res_id", store=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="restrict", string="Approver"
    )
    rule_id = fields.Many2one("ai.approval.rule", readonly=True, ondelete="set null", index="btree_not_null")
    needs_all = fields.Boolean(readonly=True, default=True, help="Off: one of those asked is enough.")
    allows_booker = fields.Boolean(readonly=True)
    # As they stood when the person was asked: another amount or vendor is another question.
    vendor_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    question = fields.Char(readonly=True, string="Why It Is Asked")
    asked_by_id = fields.Many2one("res.users", readonly=True)
    asked_at = fields.Datetime(readonly=True)
    decided_at = fields.Datetime(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, help="Empty: who holds the link, without signing in.")
    note = fields.Text(readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _once_uniq = models.UniqueIndex(
        "(move_id, partner_id) WHERE state = 'waiting'", "This person is asked about this bill already."
    )

    @api.model
    def _target_models(self):
        return ["account.move"]

    @api.depends("move_id")
    def _compute_res_id(self):
        for approval in self:
            approval.res_id = approval.move_id.id

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for approval in self:
            approval.is_mine = approval.partner_id == self.env.user.partner_id

    @api.depends("move_id", "partner_id")
    def _compute_display_name(self):
        for approval in self:
            approval.display_name = f"{approval.move_id.display_name}: {approval.partner_id.name}"

    # === DECIDING === #

    def _decide(self, state, note=""):
        """What the approver said. Called by the page of the link and by the signed-in approver only.

        :raise UserError: in words for the page
        """
        self.ensure_one()
        note = (note or "").strip()
        if state not in (APPROVED, REFUSED):
            raise UserError(self.env._("Approve or refuse it."))
        if len(note) > NOTE_LIMIT:
            raise UserError(self.env._("The note is too long: at most %(limit)s characters.", limit=NOTE_LIMIT))
        if state == REFUSED and not note:
            raise UserError(self.env._("Say why you refuse it: whoever booked the bill has to talk to the vendor."))
        if self.state != WAITING or not self._is_current():
            raise UserError(self._why_closed())
        self._check_not_own()
        self.sudo().write(
            {
                "state": state,
                "note": note or False,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": False if self.env.user._is_public() else self.env.uid,
            }
        )
        self._close_others(state)
        self._log("spending_approved" if state == APPROVED else "spending_refused")
        self._tell(state)
        if self.move_id._ai_spending_state() == APPROVED:
            self.move_id._ai_release_payment()

    def _check_not_own(self):
        booker = self.asked_by_id.sudo().partner_id
        if not self.allows_booker and booker == self.partner_id:
            raise UserError(
                self.env._("You booked this bill, so somebody else approves it. Ask a bookkeeping manager to route it.")
            )

    def _close_others(self, state):
        """One refusal, or one approval where one is enough, settles the matter."""
        others = self.sudo().move_id.ai_approval_ids.filtered(lambda row: row.state == WAITING and row != self)
        if state == REFUSED or not self.needs_all:
            others.filtered(lambda row: state == REFUSED or not row.needs_all).state = WITHDRAWN

    def _is_current(self):
        """Whether the bill is still what the person was asked about."""
        move = self.sudo().move_id
        same = move.currency_id == self.currency_id and move.commercial_partner_id == self.vendor_id
        return move.state != "cancel" and same and not move.currency_id.compare_amounts(move.amount_total, self.amount)

    def _why_closed(self):
        if self.state == WAITING:
            return self.env._("The bill was changed after you were asked. You get a new mail if it still needs you.")
        if self.state == WITHDRAWN:
            return self.env._("Your approval is not needed any more.")
        return self.env._("You have answered this already. Thank you.")

    # === PEOPLE OF THE BOOKS === #

    def action_open_page(self):
        """Open the page on which the signed-in approver answers."""
        self.ensure_one()
        self.check_access("read")
        if self.sudo().partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("Somebody else is asked for this approval. Only they answer."))
        return {"type": "ir.actions.act_url", "url": self.sudo()._path(), "target": "self"}

    def action_remind(self):
        """Mail these approvers again, however often they were reminded."""
        self._check_role("reviewer", "manager")
        for approval in self.filtered(lambda row: row.state == WAITING):
            approval.sudo()._remind()
        return True

    def action_withdraw(self, reason=None):
        """Managers decide that a bill needs this approval no more; it may then be paid.

        :param str reason: kept in the audit log and on the bill
        """
        self._check_role("manager")
        reason = " ".join(str(reason or "").split())
        if not reason or len(reason) > NOTE_LIMIT:
            raise UserError(self.env._("Say in a few words why the approval is not needed."))
        open_rows = self.filtered(lambda row: row.state in (WAITING, REFUSED))
        open_rows.sudo().write({"state": WITHDRAWN, "decided_at": fields.Datetime.now(), "decided_by_id": self.env.uid})
        open_rows._log("spending_withdrawn", reason)
        for move in open_rows.move_id:
            move.sudo()._ai_say(self.env._("Approval taken back: %(reason)s", reason=reason), self.env.user.partner_id)
        open_rows.move_id._ai_release_payment()
        return True

    def action_open_bill(self):
        """Open the bill."""
        return self._open_target()

    def _check_role(self, *roles):
        if not (self.env.su or any(self.env.user.has_group(f"{GROUP}{role}") for role in roles)):
            raise AccessError(self.env._("Only the bookkeeping does this. Ask a bookkeeping manager."))
        self.check_access("read")
        for records in self._targets().values():
            records.check_access("write")

    # === TELLING === #

    def _log(self, event, reason=""):
        """In the audit log of the bill: who was asked or answered, in the erasable part."""
        for approval in self.sudo():
            payload = {"approval_id": approval.id, "amount": str(approval.amount), "spending": approval.state}
            identity = {"partner": approval.partner_id.name, **({"reason": reason} if reason else {})}
            self.env["ai.audit.log"]._append(event, approval.move_id, [payload], [identity])

    def _tell(self, state):
        """On the bill's chatter, and a task for who booked it when it was refused."""
        move = self.sudo().move_id
        names = {"name": self.partner_id.name, "note": self.note or ""}
        if state == APPROVED:
            said = self.env._("%(name)s approved the spending. %(note)s", **names)
        else:
            said = self.env._("%(name)s refused the spending: %(note)s", **names)
        move._ai_say(said, self.partner_id)
        if state == REFUSED and self.asked_by_id.active:
            move.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Spending refused: talk to the vendor"),
                note=plaintext2html(said),
                user_id=self.asked_by_id.id,
            )
