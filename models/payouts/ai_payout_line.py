"""A row of a payout, and what it pays."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .payout_words import HOWS, KINDS

#: What a person may say of a row.
CHOICES = ("item_id", "is_left")


class AiPayoutLine(models.Model):
    _name = "ai.payout.line"
    _inherit = "ai.journal.mixin"
    _description = "Payout Row"
    _order = "payout_id, sequence, id"

    payout_id = fields.Many2one("ai.payout", required=True, readonly=True, index=True, ondelete="cascade")
    provider_id = fields.Many2one(related="payout_id.provider_id", store=True)
    company_id = fields.Many2one(related="payout_id.company_id", store=True, index=True)
    journal_id = fields.Many2one(related="payout_id.journal_id", store=True)
    currency_id = fields.Many2one(related="payout_id.currency_id")
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(list(KINDS.items()), required=True, readonly=True)
    date = fields.Date(readonly=True)
    reference = fields.Char(readonly=True)
    customer = fields.Char(readonly=True)
    text = fields.Char(string="Description", readonly=True)
    amount = fields.Monetary(readonly=True, help="Before fees.")
    fee = fields.Monetary(readonly=True)
    fee_tax = fields.Monetary(readonly=True, string="Tax in Fee")
    net = fields.Monetary(readonly=True)
    original_amount = fields.Float(readonly=True, digits=(16, 2), help="In the customer's currency.")
    original_currency = fields.Char(readonly=True)
    source_line = fields.Integer(string="Line of the File", readonly=True)
    how = fields.Selection(list(HOWS.items()), string="Explained By", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    found_item_ids = fields.Many2many("account.move.line", "ai_payout_line_found_rel", readonly=True, string="Pays")
    candidate_ids = fields.Many2many("account.move.line", "ai_payout_line_candidate_rel", readonly=True)
    item_id = fields.Many2one(
        "account.move.line",
        string="Pays (Chosen)",
        index="btree_not_null",
        ondelete="set null",
        help="What a person said.",
    )
    is_left = fields.Boolean(string="Leave on Clearing", help="A person said that nothing in the books is paid by it.")
    state = fields.Selection(related="payout_id.state")

    def write(self, vals):
        """A person says what a row pays, and the payout is proposed anew; everything else is the file's."""
        self.check_access("write")
        if self.env.su:
            return super().write(vals)
        if not set(vals) <= set(CHOICES):
            raise UserError(self.env._("A row stands as its file says. You choose what it pays."))
        self.env["ai.payout"]._check_taker()
        if any(line.payout_id.state != "taken" for line in self):
            raise UserError(self.env._("The payout is booked. Undo it first."))
        if vals.get("item_id"):
            vals = {**vals, "is_left": False}
            self._check_item(self.env["account.move.line"].browse(vals["item_id"]))
        elif vals.get("is_left"):
            vals = {**vals, "item_id": False}
        result = super().write(vals)
        self.env["ai.audit.log"]._append(
            "payout_row_chosen", self.payout_id, [{"rows": len(self), **vals} for _payout in self.payout_id]
        )
        self.env["ai.suggestion"].propose("ai.payout", self.payout_id.ids)
        return result

    @api.model
    def _note(self, found):
        """Keep what explains each row, in a fixed number of queries.

        :param found: {payout id: {row id: ``engine.payouts.Found``}}; other rows of these payouts go by their kind
        """
        self.flush_model()
        self.env.cr.execute(
            SQL("UPDATE ai_payout_line SET how = 'account', partner_id = NULL WHERE payout_id = ANY(%s)", list(found))
        )
        rows = {key: each for by_row in found.values() for key, each in by_row.items()}
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_payout_line l SET how = v.how, partner_id = v.partner
                  FROM unnest(%s::int[], %s::text[], %s::int[]) AS v(id, how, partner) WHERE l.id = v.id
                """,
                list(rows),
                [each.how for each in rows.values()],
                [each.partner for each in rows.values()],
            )
        )
        self._replace_relation("found_item_ids", found, rows, lambda each: [p.reopens or p.item for p in each.parts])
        self._replace_relation("candidate_ids", found, rows, lambda each: each.candidates)
        self.invalidate_model(flush=False)

    @api.model
    def _replace_relation(self, name, payouts, rows, items_of):
        field = self._fields[name]
        table, line, item = map(SQL.identifier, (field.relation, field.column1, field.column2))
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s IN (SELECT id FROM ai_payout_line WHERE payout_id = ANY(%s))",
                table,
                line,
                list(payouts),
            )
        )
        pairs = [(key, item_id) for key, each in rows.items() for item_id in dict.fromkeys(items_of(each))]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s, %s) SELECT * FROM unnest(%s::int[], %s::int[]) ON CONFLICT DO NOTHING",
                table,
                line,
                item,
                [key for key, _item in pairs],
                [item_id for _key, item_id in pairs],
            )
        )

    def _check_item(self, item):
        """An open item of this company that somebody owes, or that stands on the clearing account."""
        self.ensure_one()
        item.check_access("read")
        provider = self.payout_id.provider_id.sudo()
        fits = (
            item.company_id == self.company_id
            and item.parent_state == "posted"
            and (item.account_id.account_type == "asset_receivable" or item.account_id == provider.clearing_account_id)
        )
        if not fits:
            raise UserError(
                self.env._(
                    "%(name)s can't be paid by this row: choose an open item of a customer.", name=item.display_name
                )
            )
        if self.kind != "chargeback" and (item.reconciled or item.amount_residual_currency * self.amount <= 0):
            raise UserError(self.env._("%(name)s is not open for such a row.", name=item.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Rows come from settlement files."))
        return super().create(vals_list)
