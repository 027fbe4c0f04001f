"""Try out a policy, also one that is not saved: what it would have decided on the last days."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import formatLang

#: What a policy says; the wizard holds its own copy, so that nothing acts while somebody tries.
COPIED = (
    "name",
    "sequence",
    "company_id",
    "kind",
    "journal_ids",
    "partner_scope",
    "partner_ids",
    "max_amount",
    "mode",
    "min_confidence",
    "second_approval_amount",
    "origin_agent",
)


class AiPolicyDryRun(models.TransientModel):
    _name = "ai.policy.dry.run"
    _description = "Try Out a Policy"
    _check_company_auto = True

    policy_id = fields.Many2one("ai.policy", readonly=True, ondelete="cascade")
    days = fields.Integer(string="Last Days", default=90, required=True)
    name = fields.Char(required=True, default=lambda self: self.env._("New policy"))
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    kind = fields.Selection(lambda self: self.env["ai.policy"]._fields["kind"].selection)
    journal_ids = fields.Many2many("account.journal", check_company=True)
    partner_scope = fields.Selection(
        lambda self: self.env["ai.policy"]._fields["partner_scope"].selection, required=True, default="all"
    )
    partner_ids = fields.Many2many("res.partner", check_company=True)
    max_amount = fields.Float(default=1000.0)
    mode = fields.Selection(
        lambda self: self.env["ai.policy"]._fields["mode"].selection, required=True, default="supervised"
    )
    min_confidence = fields.Float(default=0.95, digits=(5, 4))
    second_approval_amount = fields.Float()
    origin_agent = fields.Boolean()
    result = fields.Json(readonly=True)
    result_html = fields.Html(compute="_compute_result_html", sanitize=False)
    has_disagreements = fields.Boolean(compute="_compute_result_html")

    @api.model
    def _copied(self):
        return COPIED

    def _values(self):
        self.ensure_one()
        values = self._convert_to_write({name: self[name] for name in COPIED})
        return {name: values[name] for name in COPIED}

    def action_try(self):
        """Count anew with what is set now."""
        for wizard in self:
            wizard.result = self.env["ai.policy"].dry_run(wizard._values(), wizard.days, wizard.policy_id.id)
        return self._reopen()

    def action_save(self):
        """Make it the policy; from now on it decides."""
        self.ensure_one()
        values = self._values()
        if self.policy_id:
            self.policy_id.write(values)
            policy = self.policy_id
        else:
            policy = self.env["ai.policy"].create(values)
        return {
            "type": "ir.actions.act_window",
            "res_model": "ai.policy",
            "res_id": policy.id,
            "views": [(False, "form")],
        }

    def action_open_disagreements(self):
        """Open what it would have accepted and people did not."""
        self.ensure_one()
        ids = (self.result or {}).get("disagreements") or []
        return self.env["ai.suggestion"]._action_for([("id", "in", ids)], self.env._("Disagreements"))

    def _reopen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try Out a Policy"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    # === WORDS === #

    @api.depends("result")
    @api.depends_context("lang")
    def _compute_result_html(self):
        for wizard in self:
            wizard.result_html = wizard._as_html(wizard.result) if wizard.result else False
            wizard.has_disagreements = bool((wizard.result or {}).get("disagreements"))

    def _as_html(self, result):
        return (
            Markup("").join(Markup("<p>%s</p>") % line for line in self._lines(result))
            + self._html_table(self.env._("What people did with those it would have accepted"), self._outcomes(result))
            + self._html_table(self.env._("Why it would have asked"), self._asked(result))
        )

    def _number(self, value, digits=0):
        return formatLang(self.env, value, digits=digits)

    def _lines(self, result):
        """Sentences of the result; the figures in bold."""
        if not result["considered"]:
            return [self.env._("Nothing was proposed in these days, so nothing can be said.")]
        amount = formatLang(
            self.env,
            float(result["accepted_amount"]),
            currency_obj=(self.company_id or self.env.company).currency_id,
        )
        found = [
            self.env._(
                "%(for_it)s of %(considered)s suggestions are for this policy. It would have accepted %(accepted)s of "
                "them, %(amount)s in all.",
                for_it=self._bold(result["for_it"]),
                considered=self._bold(result["considered"]),
                accepted=self._bold(result["accepted"]),
                amount=Markup("<b>%s</b>") % amount,
            )
        ]
        if result["without_facts"]:
            found.append(
                self.env._(
                    "%(count)s are left out: proposed before facts were kept for this.", count=result["without_facts"]
                )
            )
        found.append(self._error_line(result))
        return found

    def _error_line(self, result):
        if not result["judged"]:
            return self.env._("People decided none of those yet, so nothing is known of its errors.")
        template = self.env._(
            "People decided %(judged)s of those and disagreed with %(wrong)s: %(rate)s %% wrong, with 95 %% "
            "certainty between %(low)s %% and %(high)s %%."
        )
        return Markup(template) % {
            "judged": self._bold(result["judged"]),
            "wrong": self._bold(result["wrong"]),
            "rate": Markup("<b>%s</b>") % self._number(100 * result["rate"], 1),
            "low": self._number(100 * result["low"], 1),
            "high": self._number(100 * result["high"], 1),
        }

    def _bold(self, value):
        return Markup("<b>%s</b>") % self._number(value)

    def _outcomes(self, result):
        words = {
            "agreed": self.env._("accepted unchanged"),
            "edited": self.env._("edited or booked otherwise"),
            "rejected": self.env._("rejected"),
            "undone": self.env._("undone later"),
            "outside": self.env._("changed outside"),
            "overtaken": self.env._("overtaken by the books before anybody decided"),
            "waiting": self.env._("not decided yet"),
        }
        return [(words[name], count) for name, count in result["outcomes"].items() if count]

    def _asked(self, result):
        word = self.env["ai.suggestion"]._policy_word
        values = {
            "amount": self._number(self.second_approval_amount, 2),
            "minimum": self._number(self.min_confidence, 2),
        }
        found = []
        for code, count in result["asked"].items():
            if code == "over":
                values["amount"] = self._number(self.max_amount, 2)
            found.append((word(code, values), count))
        return found

    def _html_table(self, title, rows):
        if not rows:
            return Markup("")
        body = Markup("").join(
            Markup('<tr><td>%s</td><td class="text-end">%s</td></tr>') % (text, self._number(count))
            for text, count in rows
        )
        return (
            Markup('<table class="table table-sm mb-3"><thead><tr><th colspan="2">%s</th></tr></thead>') % title
            + Markup("<tbody>%s</tbody></table>") % body
        )
