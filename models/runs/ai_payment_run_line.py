"""One payment or collection of a file."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.text import squeeze

#: (state before, after) that a person may set; the rest follows bookings.
BY_HAND = {"sent": "rejected", "rejected": "sent"}


class AiPaymentRunLine(models.Model):
    _name = "ai.payment.run.line"
    _inherit = "ai.follow.mixin"
    _description = "Order of a Payment File"
    _order = "run_id desc, sequence, id"
    _check_company_auto = True
    _follows = {"run_id": "ai.payment.run"}

    run_id = fields.Many2one("ai.payment.run", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    sequence = fields.Integer(readonly=True)
    end_to_end = fields.Char(string="End-to-End ID", readonly=True)
    end_to_end_key = fields.Char(compute="_compute_keys", store=True, index="btree_not_null")
    name = fields.Char(string="Other Side", readonly=True)
    account_number = fields.Char(string="Account", readonly=True)
    account_key = fields.Char(compute="_compute_keys", store=True)
    text = fields.Char(readonly=True)
    mandate = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null", check_company=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one(related="run_id.currency_id")
    sign = fields.Integer(compute="_compute_sign", store=True)
    state = fields.Selection(
        [("sent", "Sent"), ("booked", "Booked"), ("rejected", "Refused"), ("returned", "Came Back")],
        required=True,
        default="sent",
        readonly=True,
    )
    reason = fields.Char(string="Why", readonly=True)
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", string="Bank Line", readonly=True, index="btree_not_null", ondelete="set null"
    )
    return_line_id = fields.Many2one(
        "account.bank.statement.line", string="Returned On", readonly=True, index="btree_not_null", ondelete="set null"
    )
    item_ids = fields.Many2many(
        "account.move.line",
        "ai_payment_run_item_rel",
        "order_id",
        "move_line_id",
        string="Paid",
        readonly=True,
        groups="account.group_account_readonly",
    )

    _sent_idx = models.Index("(run_id) WHERE state = 'sent'")

    @api.depends("end_to_end", "account_number")
    def _compute_keys(self):
        for line in self:
            line.end_to_end_key = squeeze(line.end_to_end or "") or False
            line.account_key = squeeze(line.account_number or "") or False

    @api.depends("run_id.direction")
    def _compute_sign(self):
        for line in self:
            line.sign = -1 if line.run_id.direction == "credit" else 1

    @api.depends("name", "end_to_end")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or line.end_to_end or self.env._("Order %(number)s", number=line.sequence)

    # === BY HAND === #

    def action_refused(self):
        """The bank did not execute these orders."""
        return self._by_hand("sent", self.env._("Refused by the bank, says %(name)s", name=self.env.user.name))

    def action_sent_again(self):
        """They were executed after all, or sent once more."""
        return self._by_hand("rejected", False)

    def _by_hand(self, before, reason):
        self.env["ai.payment.run"]._check_taker()
        self.check_access("read")
        wrong = self.sudo().filtered(lambda line: line.state != before or line.statement_line_id)
        if wrong:
            raise UserError(
                self.env._("%(name)s follows its bank line. Undo the booking instead.", name=wrong[0].display_name)
            )
        runs = self.sudo().run_id
        self.sudo().write({"state": BY_HAND[before], "reason": reason})
        self.env["ai.audit.log"]._append(
            "run_changed",
            runs,
            [{"orders": (run.line_ids & self.sudo()).ids, "state": BY_HAND[before]} for run in runs],
        )
        runs.sudo(self.env.su)._propose()
        return True

    # === WITH BANK LINES === #

    @api.model
    def _booked(self, line, details):
        """A bank line was booked as orders of a file: ``details`` is what its suggestion keeps of them.

        :param dict details: ``{"id", "orders": [[order id, [item ids]] ...], "missing": [order ids]}``
        """
        paid = dict(details.get("orders") or [])
        orders = self._of_company(line, [*paid, *(details.get("missing") or [])])
        for order in orders.filtered(lambda order: order.state == "sent"):
            if order.id in paid:
                items = self.env["account.move.line"].sudo().browse(paid[order.id]).exists()
                order.write({"state": "booked", "statement_line_id": line.id, "item_ids": [(6, 0, items.ids)]})
            else:
                reason = self.env._("Not in the bank's sum of %(date)s", date=line.date)
                order.write({"state": "rejected", "statement_line_id": line.id, "reason": reason})

    @api.model
    def _came_back(self, line, order_ids):
        orders = self._of_company(line, order_ids).filtered(lambda order: order.state == "booked")
        orders.write({"state": "returned", "return_line_id": line.id, "reason": line.transaction_type or False})

    @api.model
    def _unbooked(self, lines):
        """The bookings of these bank lines were undone."""
        # Nobody writes orders by hand.
        orders = self.sudo().search([("statement_line_id", "in", lines.ids), ("state", "in", ("booked", "rejected"))])
        orders.write({"state": "sent", "statement_line_id": False, "reason": False, "item_ids": [(5, 0, 0)]})
        back = self.sudo().search([("return_line_id", "in", lines.ids), ("state", "=", "returned")])
        back.write({"state": "booked", "return_line_id": False, "reason": False})

    @api.model
    def _of_company(self, line, order_ids):
        """These orders, if they are the company's: ids in evidence are data."""
        orders = self.sudo().browse([order_id for order_id in order_ids if isinstance(order_id, int)]).exists()
        return orders.filtered(lambda order: order.company_id == line.company_id)
