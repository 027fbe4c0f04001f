"""A rule before it is made: what it asks for, what it books, and what it would have coded on the past year."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

RULE_FIELDS = (
    *("name", "company_id", "tokens", "without", "payee", "partner_id", "set_partner_id", "sign", "least", "most"),
    *("currency_id", "journal_ids", "sequence", "suggestion_id"),
)


class AiRuleOffer(models.TransientModel):
    _name = "ai.rule.offer"
    _description = "Make a Coding Rule"
    _check_company_auto = True

    rule_id = fields.Many2one("ai.rule", readonly=True, ondelete="cascade")
    suggestion_id = fields.Many2one("ai.suggestion", readonly=True, ondelete="cascade")
    name = fields.Char()
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    tokens = fields.Char(string="Words", help="Words that the bank text must hold, all of them, in any order.")
    without = fields.Char(string="Not with", help="Not when the bank text holds this.")
    payee = fields.Char()
    partner_id = fields.Many2one("res.partner", check_company=True, help="Only for payments with this partner.")
    set_partner_id = fields.Many2one(
        "res.partner", string="Partner", check_company=True, help="The partner of what is booked."
    )
    sign = fields.Selection(lambda self: self.env["ai.rule"]._fields["sign"].selection, string="Direction")
    least = fields.Monetary(string="From")
    most = fields.Monetary(string="To", help="Without sign. 0 means no limit.")
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    journal_ids = fields.Many2many(
        "account.journal", check_company=True, domain="[('type', 'in', ('bank', 'cash', 'credit'))]"
    )
    line_ids = fields.One2many("ai.rule.offer.line", "offer_id")
    anyway = fields.Boolean(string="It is right anyway")
    sentence = fields.Char(compute="_compute_preview")
    is_broad = fields.Boolean(compute="_compute_preview")
    preview_html = fields.Html(compute="_compute_preview", sanitize=False, string="On the Past Year")

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        values = super().default_get(fields)
        context = self.env.context
        rules = self.env["ai.rule"]
        if context.get("default_rule_id"):
            return {**values, **rules.browse(context["default_rule_id"])._offer_values()}
        if context.get("active_model") == "ai.suggestion" and context.get("active_id"):
            return {**values, **rules.offer(context["active_id"])}
        return values

    @api.model
    def _copied(self):
        return RULE_FIELDS

    # === PREVIEW === #

    @api.depends(
        *("tokens", "without", "payee", "partner_id", "sign", "least", "most", "currency_id", "journal_ids"),
        *("line_ids.account_id", "line_ids.share", "line_ids.fixed", "line_ids.tax_ids"),
        "line_ids.analytic_distribution",
    )
    @api.depends_context("lang")
    def _compute_preview(self):
        for offer in self:
            found = self.env["ai.rule"].preview_of(offer._values())
            offer.sentence = found["sentence"]
            offer.is_broad = bool(found["breadth"])
            offer.preview_html = offer._html(found)

    def _values(self):
        """What is chosen, as values of a rule."""
        self.ensure_one()
        values = self._convert_to_write({name: self[name] for name in RULE_FIELDS})
        values["name"] = self.name or (self.tokens or "").title() or self.partner_id.name or self.payee
        lines = [line._values() for line in self.line_ids if line.account_id]
        return {**values, "line_ids": [fields.Command.clear(), *map(fields.Command.create, lines)]}

    def _html(self, found):
        if not found["can_speak"]:
            return Markup("<p class='text-muted mb-0'>%s</p>") % self.env._("Give it words, a payee or a partner.")
        sentences = Markup("").join(Markup("<p class='mb-1'>%s</p>") % text for text in self._sentences(found))
        return sentences + self._rows_html(found["rows"])

    def _sentences(self, found):
        if not found["count"]:
            yield self.env._("No line that people coded since %(day)s fits it.", day=self._day(found["since"]))
        elif not self.line_ids.account_id:
            yield self.env._(
                "It is about %(count)s lines since %(day)s.", count=found["count"], day=self._day(found["since"])
            )
        else:
            bold = {name: Markup("<b>%s</b>") % found[name] for name in ("count", "same", "differs")}
            template = self.env._(
                "Since %(day)s it would have coded %(count)s lines: %(same)s as people did, %(differs)s otherwise."
            )
            yield Markup(template) % {"day": self._day(found["since"]), **bold}
        if found["waiting"]:
            yield self.env._("Waiting lines that fit it: %(count)s.", count=found["waiting"])
        if found["breadth"]:
            yield (
                Markup("<span class='text-danger'>%s</span>")
                % {
                    "contradicted": self.env._(
                        "It takes lines of other payees that people coded otherwise: add a word."
                    ),
                    "everything": self.env._("That is about many payees at once: add a word that only this one has."),
                }[found["breadth"]]
            )

    def _rows_html(self, rows):
        if not rows:
            return Markup("")
        words = {
            "differs": (self.env._("Otherwise"), "text-bg-warning"),
            "waiting": (self.env._("Waits"), "text-bg-info"),
            "same": (self.env._("As booked"), "text-bg-success"),
        }
        body = Markup("").join(
            Markup(
                "<tr><td class='text-nowrap'>%s</td><td class='text-break'>%s</td>"
                "<td class='text-end text-nowrap'>%s</td><td>%s</td><td><span class='badge %s'>%s</span></td></tr>"
            )
            % (
                self._day(row["date"]),
                row["text"],
                formatLang(self.env, row["amount"], currency_obj=self.env["res.currency"].browse(row["currency_id"])),
                row["did"],
                words[row["outcome"]][1],
                words[row["outcome"]][0],
            )
            for row in rows
        )
        head = Markup("").join(
            Markup("<th class='%s'>%s</th>") % pair
            for pair in (
                ("", self.env._("Date")),
                ("", self.env._("Bank Text")),
                ("text-end", self.env._("Amount")),
                ("", self.env._("People Coded It to")),
                ("", ""),
            )
        )
        return Markup(
            "<div class='o_ai_rule_rows overflow-auto'><table class='table table-sm mb-0'><thead><tr>%s</tr></thead>"
            "<tbody>%s</tbody></table></div>"
        ) % (head, body)

    def _day(self, day):
        return format_date(self.env, day)

    # === DOING === #

    def action_make(self):
        """Make the rule; it speaks for what waits at once."""
        self.ensure_one()
        made = self.env["ai.rule"].make(self._values(), self.anyway)
        rule = self.env["ai.rule"].browse(made["rule_id"])
        message = self.env._("%(when)s: %(what)s", when=rule.condition_text, what=rule.booking_text)
        if made["waiting"]:
            message += " · " + self.env._("%(count)s waiting lines are proposed anew", count=made["waiting"])
        return self._notice(self.env._("Rule made"), message)

    def action_save(self):
        """Change the rule that is tried out."""
        self.ensure_one()
        self.rule_id.write(self._values())
        return {"type": "ir.actions.act_window_close"}

    def _notice(self, title, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": title,
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class AiRuleOfferLine(models.TransientModel):
    _name = "ai.rule.offer.line"
    _inherit = "analytic.mixin"
    _description = "Line of a Rule Before It Is Made"
    _check_company_auto = True

    offer_id = fields.Many2one("ai.rule.offer", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="offer_id.company_id")
    currency_id = fields.Many2one(related="offer_id.currency_id")
    account_id = fields.Many2one(
        "account.account", required=True, check_company=True, domain="[('account_type', '!=', 'off_balance')]"
    )
    share = fields.Float(default=100.0, string="Percent", digits=(7, 4), help="Of what fixed amounts leave.")
    fixed = fields.Monetary(string="Fixed Amount", help="Instead of a percentage. 0: the percentage counts.")
    tax_ids = fields.Many2many("account.tax", check_company=True, domain="[('type_tax_use', '!=', 'none')]")
    label = fields.Char()

    def _values(self):
        self.ensure_one()
        return {
            "account_id": self.account_id.id,
            "share": self.share,
            "fixed": self.fixed,
            "tax_ids": [fields.Command.set(self.tax_ids.ids)],
            "analytic_distribution": self.analytic_distribution,
            "label": self.label,
        }
