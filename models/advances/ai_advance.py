"""Money on account: open items of bank lines and payments that no document explains yet, read live."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..suggestion.ai_suggestion import REVIEWER

BUCKETS = [("new", "Under 30 days"), ("month", "30 to 90 days"), ("quarter", "90 to 365 days"), ("year", "Over a year")]


class AiAdvance(models.Model):
    """One open item; its id is the item's. Items of bank and cash journals are found by partial indexes."""

    _name = "ai.advance"
    _inherit = "ai.journal.mixin"
    _description = "Money on Account"
    _auto = False
    _order = "date, id"
    _rec_name = "name"

    name = fields.Char(readonly=True, string="Text")
    move_id = fields.Many2one("account.move", readonly=True, string="Entry")
    journal_id = fields.Many2one("account.journal", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    date = fields.Date(readonly=True)
    side = fields.Selection([("customer", "From a customer"), ("vendor", "To a vendor")], readonly=True)
    amount = fields.Monetary(readonly=True, currency_field="company_currency_id", string="Received or Paid")
    residual = fields.Monetary(readonly=True, currency_field="company_currency_id", string="On Account")
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    residual_currency = fields.Monetary(readonly=True, currency_field="currency_id", string="In Its Currency")
    currency_id = fields.Many2one("res.currency", readonly=True)
    age = fields.Integer(readonly=True, string="Days", aggregator="max")
    bucket = fields.Selection(BUCKETS, readonly=True, string="Age")
    declared = fields.Monetary(
        compute="_compute_declared",
        currency_field="company_currency_id",
        string="Tax Declared",
        help="Tax that was declared on this money and waits for its invoice.",
    )
    suggestion_state = fields.Selection(
        [("asks", "Asks"), ("proposed", "Proposed"), ("none", "")],
        compute="_compute_suggestion_state",
        string="Suggested",
    )

    @property
    def _table_query(self):
        side = """
            SELECT aml.id, aml.name, aml.move_id, aml.journal_id, aml.company_id, aml.partner_id, aml.date,
                   '%s' AS side, ABS(aml.balance) AS amount, ABS(aml.amount_residual) AS residual,
                   aml.company_currency_id, ABS(aml.amount_residual_currency) AS residual_currency, aml.currency_id,
                   CURRENT_DATE - aml.date AS age,
                   CASE WHEN CURRENT_DATE - aml.date < 30 THEN 'new' WHEN CURRENT_DATE - aml.date < 90 THEN 'month'
                        WHEN CURRENT_DATE - aml.date < 365 THEN 'quarter' ELSE 'year' END AS bucket
              FROM account_move_line aml
              JOIN account_account a ON a.id = aml.account_id AND a.account_type = '%s'
              JOIN account_journal j ON j.id = aml.journal_id AND j.type IN ('bank', 'cash', 'credit')
             WHERE aml.parent_state = 'posted' AND aml.reconciled IS NOT TRUE AND aml.amount_residual %s 0
        """
        customers = side % ("customer", "asset_receivable", "<")
        vendors = side % ("vendor", "liability_payable", ">")
        return SQL(f"{customers} UNION ALL {vendors}")

    def _compute_declared(self):
        declared = self.env["ai.proposer.advance"]._declared(self.ids)
        for advance in self:
            found = declared.get(advance.id)
            advance.declared = float(found.tax) if found else 0.0

    def _compute_suggestion_state(self):
        waiting = self._about(("pending", "accepted"))
        by_move = {suggestion.res_id: suggestion for suggestion in waiting if suggestion.res_model == "account.move"}
        by_item = {item.move_line_id.id: item.suggestion_id for item in waiting.sudo().item_ids}
        for advance in self:
            found = by_move.get(advance.move_id.id) or by_item.get(advance.id)
            advance.suggestion_state = "none" if not found else "asks" if found.is_question else "proposed"

    def _about(self, states=None):
        """Suggestions about this money: the tax on it, or a document that it would pay."""
        about = Domain("res_model", "=", "account.move") & Domain("res_id", "in", self.move_id.ids)
        found = Domain("kind", "=", "advance") & (about | Domain("item_ids.move_line_id", "in", self.ids))
        return self.env["ai.suggestion"]._visible(found & Domain("state", "in", states) if states else found)

    # === PUBLIC === #

    def action_look(self):
        """Look again: the tax on this money, and the open documents of its partners that it could pay."""
        self._check_reviewer()
        self.check_access("read")
        companies = self.company_id
        documents = self.env["account.move"].search(
            [
                ("company_id", "in", companies.ids),
                ("commercial_partner_id", "in", self.partner_id.commercial_partner_id.ids),
                ("move_type", "in", ("out_invoice", "in_invoice")),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
            ]
        )
        moves = self.move_id + documents
        # Looking writes suggestions, which nobody may write by hand; the role and the right to read were checked.
        self.env["ai.proposer.advance"].sudo()._look(moves.sudo())
        found = self._suggestions(moves)
        if not found:
            return self.env["ai.suggestion"]._notice(self.env._("Nothing to propose for it now."))
        return self.env["ai.suggestion"]._action_for([("id", "in", found.ids)], self.env._("Money on Account"))

    def action_open_entry(self):
        """Open the entry of the bank line or payment."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_open_suggestions(self):
        """Open what is proposed, or was decided, about this money."""
        self.check_access("read")
        found = self._about()
        return self.env["ai.suggestion"]._action_for([("id", "in", found.ids)], self.env._("Money on Account"))

    def _suggestions(self, moves):
        return self.env["ai.suggestion"]._visible(
            [
                ("kind", "=", "advance"),
                ("res_model", "=", "account.move"),
                ("res_id", "in", moves.ids),
                ("state", "=", "pending"),
            ]
        )

    @api.model
    def _check_reviewer(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only bookkeeping reviewers do that. Ask a manager for that role."))
