"""An agreement to settle what a partner owes against what is owed to it: chosen items, a question, an entry."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...engine.advances import Side, netted
from ..audit.readable import readable_items, sees_all_books
from ..suggestion.ai_suggestion import REVIEWER

PARTNER_TYPES = ("asset_receivable", "liability_payable")
STATES = [
    ("draft", "Draft"),
    ("asked", "Asked"),
    ("booked", "Booked"),
    ("undone", "Taken back"),
    ("rejected", "Rejected"),
]
#: Items that the dialog chooses by itself.
MOST_ITEMS = 200


class AiNetting(models.Model):
    """Nothing is netted without an agreement: who agreed, when and to what is recorded before anything is proposed."""

    _name = "ai.netting"
    _inherit = "ai.follow.mixin"
    _description = "Netting Agreement"
    _order = "date desc, id desc"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", required=True, index=True)
    date = fields.Date(required=True, default=fields.Date.context_today, string="Booking Date")
    agreement = fields.Text(string="What Was Agreed", help="With whom, and where it is written: a mail, a contract.")
    agreed_on = fields.Date()
    agreement_file = fields.Binary(string="Written Agreement", attachment=True)
    agreement_file_name = fields.Char()
    item_ids = fields.Many2many(
        "account.move.line", "ai_netting_item_rel", "netting_id", "move_line_id", string="Open Items"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    owed = fields.Monetary(compute="_compute_sums", string="Owed to Us")
    owing = fields.Monetary(compute="_compute_sums", string="Owed by Us")
    amount = fields.Monetary(compute="_compute_sums", string="Settles")
    suggestion_id = fields.Many2one("ai.suggestion", compute="_compute_suggestion")
    state = fields.Selection(STATES, compute="_compute_suggestion")

    # === ACCESS: AS FAR AS ITS ITEMS === #

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access or sees_all_books(self.env)):
            domain = Domain(domain) & Domain("id", "not in", self._hidden_ids())
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _hidden_ids(self):
        """Agreements that name an item which the user may not see; there are few."""
        every = self.sudo().search([("company_id", "in", self.env.companies.ids)])
        items = every.item_ids.sudo(False)
        hidden = items - readable_items(items)
        return every.filtered(lambda netting: netting.item_ids & hidden.sudo()).ids

    # === COMPUTE === #

    @api.depends("partner_id", "date")
    def _compute_name(self):
        for netting in self:
            netting.name = self.env._(
                "Netting with %(partner)s, %(date)s", partner=netting.partner_id.name or "", date=netting.date or ""
            )

    @api.depends("item_ids", "date", "company_id")
    def _compute_sums(self):
        for netting in self:
            owed, owing = netting._sides()
            netting.owed = float(sum((side.open for side in owed), Decimal(0)))
            netting.owing = float(sum((side.open for side in owing), Decimal(0)))
            netting.amount = float(netted(owed, owing).amount)

    def _compute_suggestion(self):
        found = self.env["ai.suggestion"]._visible(
            [("kind", "=", "netting"), ("res_model", "=", self._name), ("res_id", "in", self.ids)], order="id"
        )
        last = {suggestion.res_id: suggestion for suggestion in found}
        words = {"pending": "asked", "accepted": "asked", "failed": "asked", "applied": "booked", "undone": "undone"}
        for netting in self:
            suggestion = last.get(netting._origin.id)
            netting.suggestion_id = suggestion
            state = suggestion.state if suggestion else "draft"
            netting.state = "rejected" if state == "rejected" else words.get(state, "draft")

    @api.onchange("partner_id", "company_id")
    def _onchange_partner_id(self):
        """All that is open with this partner is chosen at first."""
        self.item_ids = self._open_items() if self.partner_id else False

    def _open_items(self):
        partner = self.partner_id.commercial_partner_id
        items = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "child_of", partner.ids),
                ("account_id.account_type", "in", PARTNER_TYPES),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual", "!=", 0),
            ],
            order="date_maturity, id",
            limit=MOST_ITEMS,
        )
        return readable_items(items)

    # === CHECKS === #

    @api.constrains("item_ids", "partner_id", "company_id")
    def _check_item_ids(self):
        for netting in self:
            items = netting.item_ids.sudo()
            wrong = items.filtered(
                lambda item, n=netting: (
                    item.company_id != n.company_id
                    or item.partner_id.commercial_partner_id != n.partner_id.commercial_partner_id
                    or item.account_id.account_type not in PARTNER_TYPES
                )
            )
            if wrong:
                raise ValidationError(
                    self.env._("Only open items of this partner in this company can be settled against each other.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_reviewer()
        return super().create(vals_list)

    def write(self, vals):
        self._check_reviewer()
        if not self.env.su and any(netting.state in ("asked", "booked") for netting in self):
            raise UserError(self.env._("It was proposed: reject the suggestion or undo it before changing anything."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        if any(netting.state != "draft" for netting in self):
            raise UserError(self.env._("An agreement that was proposed stays, for who looks later."))

    def _check_reviewer(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only bookkeeping reviewers do that. Ask a manager for that role."))

    # === PUBLIC === #

    def action_propose(self):
        """Ask whether to settle these items against each other; booked when a reviewer says yes."""
        self.ensure_one()
        self._check_reviewer()
        self.check_access("write")
        items = self.item_ids
        if items != readable_items(items).sorted(lambda item: items.ids.index(item.id)):
            raise AccessError(self.env._("It would settle a document that you may not see. Ask somebody who may."))
        if not (self.agreement or "").strip() or not self.agreed_on:
            raise UserError(self.env._("Say what was agreed and when: without an agreement nothing is netted."))
        # Proposing writes suggestions, which nobody may write by hand; role and rights were checked.
        suggestion = self.env["ai.proposer.netting"].sudo()._suggest_netting(self.sudo(), self.env.user)
        return {
            "type": "ir.actions.act_window",
            "res_model": "ai.suggestion",
            "res_id": suggestion.id,
            "views": [(False, "form")],
        }

    def action_open_suggestion(self):
        """Open what was proposed."""
        self.ensure_one()
        self.check_access("read")
        return self.env["ai.suggestion"]._action_for(
            [("res_model", "=", self._name), ("res_id", "=", self.id)], self.display_name
        )

    # === FACTS === #

    def _sides(self):
        """(what is owed to us, what we owe) as engine.advances.Side, foreign currency at the rate of the date."""
        owed, owing = [], []
        for item in self.item_ids._origin.filtered(lambda one: one.parent_state == "posted" and not one.reconciled):
            is_owed = item.account_id.account_type == "asset_receivable"
            worth = self._worth(item)
            side = Side(item.id, worth if is_owed else -worth, item.date_maturity or item.date)
            (owed if is_owed else owing).append(side)
        return owed, owing

    def _worth(self, item):
        """What is open, in the company's currency on the booking date; with the item's sign."""
        company = self.company_id
        if item.currency_id == company.currency_id:
            return Decimal(str(item.amount_residual))
        amount = item.currency_id._convert(
            item.amount_residual_currency, company.currency_id, company, self.date or fields.Date.today()
        )
        return Decimal(str(amount))
