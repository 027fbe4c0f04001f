"""Rules that people see, preview and switch off: what is always coded the same way."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...engine.coding.rule_making import tells

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
SIGNS = [("in", "Receipts"), ("out", "Payments")]
#: What a released rule may not become without its manager.
MEANING = {
    *("company_id", "tokens", "without", "payee", "partner_id", "set_partner_id", "sign", "least", "most"),
    *("currency_id", "journal_ids", "line_ids", "applies_to"),
}
#: What the nightly check writes, and nobody else.
CHECKED = {"finding", "finding_rule_id", "finding_name", "finding_count", "past_count", "past_same", "checked_at"}


class AiRule(models.Model):
    """All conditions hold: its lines are proposed, before memory and prediction are asked."""

    _name = "ai.rule"
    _description = "Coding Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    tokens = fields.Char(string="Words", help="Words that the bank text must hold, all of them, in any order.")
    without = fields.Char(string="Not with", help="Not when the bank text holds this.")
    payee = fields.Char(help="By what the payee is recognised: account number, or the name that the bank tells.")
    partner_id = fields.Many2one("res.partner", check_company=True, help="Only for payments with this partner.")
    set_partner_id = fields.Many2one(
        "res.partner", string="Partner of the Booking", check_company=True, help="The partner of what is booked."
    )
    sign = fields.Selection(SIGNS, string="Direction")
    least = fields.Monetary(string="From")
    most = fields.Monetary(string="To", help="Without sign. 0 means no limit.")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id, help="Of the amounts of this rule."
    )
    journal_ids = fields.Many2many(
        "account.journal", check_company=True, domain="[('type', 'in', ('bank', 'cash', 'credit'))]"
    )
    line_ids = fields.One2many("ai.rule.line", "rule_id", copy=True)
    is_released = fields.Boolean(
        string="Released", copy=False, help="Policies may accept what this rule proposes. A manager releases it."
    )
    suggestion_id = fields.Many2one(
        "ai.suggestion", readonly=True, copy=False, ondelete="set null", help="The correction it was made from."
    )
    changed_at = fields.Datetime(
        readonly=True, copy=False, help="Since when it says what it says: a backtest uses it from then on."
    )

    _amounts = models.Constraint("CHECK(least >= 0 AND most >= 0)", "Amounts of a rule have no sign.")

    @api.constrains("tokens", "payee", "partner_id")
    def _check_narrow(self):
        for rule in self:
            if not rule._is_narrow():
                raise ValidationError(
                    self.env._(
                        "'%(name)s' would code everything: give it a word that tells who is paid, or a partner.",
                        name=rule.name,
                    )
                )

    def _is_narrow(self):
        return bool(any(map(tells, self._token_words())) or self.payee or self.partner_id)

    @api.constrains("least", "most")
    def _check_amounts(self):
        for rule in self:
            if rule.most and rule.least > rule.most:
                raise ValidationError(
                    self.env._("'%(name)s' holds for no amount: From is larger than To.", name=rule.name)
                )

    # === RELEASE === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_release(any(values.get("is_released") for values in vals_list))
        rules = super().create([{**values, "changed_at": fields.Datetime.now()} for values in vals_list])
        rules._check_parts()
        rules._log_change("created", vals_list)
        return rules

    def write(self, vals):
        if CHECKED & set(vals):
            return self._write_checked(vals)
        self._check_release(vals.get("is_released"))
        speaks_anew = bool((MEANING | {"active"}) & set(vals))
        result = super().write({**vals, "changed_at": fields.Datetime.now()} if speaks_anew else vals)
        if "line_ids" in vals:
            self._check_parts()
        self._log_change("changed", [vals] * len(self))
        if MEANING & set(vals):
            self._take_back_release()
        if speaks_anew:
            for rule in self:
                rule._speak()
        return result

    def _write_checked(self, vals):
        """Without a word in the log: it tells what people change."""
        if not self.env.su or set(vals) - CHECKED:
            raise AccessError(self.env._("What the check found is written by the check."))
        return super().write(vals)

    def unlink(self):
        self._log_change("deleted", [{}] * len(self))
        return super().unlink()

    def _check_release(self, released):
        if released and not self._is_manager():
            raise AccessError(self.env._("A manager lets policies accept what a rule proposes. Ask one."))

    def _is_manager(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _take_back_release(self):
        """What a manager released is not what it says now: the manager looks again."""
        released = self.filtered("is_released")
        if released and not self._is_manager():
            released.write({"is_released": False})

    def _check_parts(self):
        """A rule books something, and no more than there is."""
        for rule in self:
            lines = rule.line_ids
            if not lines:
                raise ValidationError(self.env._("'%(name)s' says no account. Add one.", name=rule.name))
            shared = lines.filtered(lambda line: not line.fixed)
            if sum(shared.mapped("share")) > 100.00001 or any(line.share <= 0 for line in shared):
                raise ValidationError(
                    self.env._("The percentages of '%(name)s' must be above 0 and make up 100 at most.", name=rule.name)
                )

    def _log_change(self, change, values):
        payloads = [
            {"change": change, "rule": rule.name, "values": {key: str(row[key]) for key in sorted(row)}}
            for rule, row in zip(self, values, strict=True)
        ]
        self.env["ai.audit.log"]._append("rule_changed", self, payloads)
