"""What a careful person would have noticed before booking or paying, with the record it points to."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from .finding_words import ACTIONS, DIFFERS, FINDINGS, GONE, LABELS, OPEN

OPEN_STATE, DISMISSED, GONE_STATE = "open", "dismissed", "gone"
_DATES = ("date", "booked", "first", "last")
_AMOUNTS = ("amount", "usual", "limit")


class AiFinding(models.Model):
    """One finding about one record; see ``engine.anomaly.Finding``. Dismissed with a reason, it stays dismissed."""

    _name = "ai.finding"
    _inherit = "ai.target.mixin"
    _description = "Finding"
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, string="About")
    code = fields.Char(required=True, readonly=True)
    severity = fields.Selection([("stop", "Stops"), ("warn", "Warns")], required=True, readonly=True)
    key = fields.Char(required=True, readonly=True, help="The same as long as it is the same finding.")
    values = fields.Json(readonly=True)
    twin_model = fields.Char(readonly=True)
    twin_id = fields.Many2oneReference(model_field="twin_model", readonly=True)
    state = fields.Selection(
        [(OPEN_STATE, "Open"), (DISMISSED, "Dismissed"), (GONE_STATE, "No longer so")],
        required=True,
        default=OPEN_STATE,
        readonly=True,
    )
    dismissed_by_id = fields.Many2one("res.users", readonly=True)
    dismissed_at = fields.Datetime(readonly=True)
    reason = fields.Char(readonly=True)
    found_at = fields.Datetime(related="create_date", string="Found")
    text = fields.Char(compute="_compute_text", string="What Was Found")
    twin_name = fields.Char(compute="_compute_text", string="The Other")
    target_name = fields.Char(compute="_compute_target_name", string="Document")
    actions = fields.Json(
        compute="_compute_actions", help="[{method, label}]: what may be done about it beside dismissing."
    )

    _record_idx = models.Index("(res_model, res_id)")
    _open_idx = models.Index("(company_id, severity) WHERE state = 'open'")
    _key_uniq = models.UniqueIndex("(res_model, res_id, key)", "This finding is known already.")

    @api.model
    def _target_models(self):
        """Entries and bank lines: what findings are about."""
        return ["account.move", "account.bank.statement.line"]

    # === WORDS === #

    @api.depends("code", "values", "twin_model", "twin_id")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_text(self):
        names, currencies = self._twin_names(), self._currencies()
        for finding in self:
            finding.twin_name = names.get((finding.twin_model, finding.twin_id), "")
            template = self.env._(FINDINGS[finding.code]) if finding.code in FINDINGS else finding.code
            told = finding.values or {}
            currency = currencies.get(told.get("currency")) or finding.company_id.sudo().currency_id
            shown = {name: finding._shown(name, value, currency) for name, value in told.items()}
            shown.update(twin=finding.twin_name, what=finding._difference(shown))
            finding.text = template % defaultdict(str, shown)

    def _currencies(self):
        """{ISO code: currency} of what these findings name; one that is switched off is printed on bills too."""
        codes = {(finding.values or {}).get("currency") for finding in self} - {None, ""}
        known = self.env["res.currency"].with_context(active_test=False)
        return {currency.name: currency for currency in known.search([("name", "in", sorted(codes))])}

    def _shown(self, name, value, currency):
        if name in _DATES:
            return format_date(self.env, value) if value else ""
        if name in _AMOUNTS:
            return formatLang(self.env, float(value), currency_obj=currency)
        return value

    def _difference(self, shown):
        """What the picture says differently, where that is known."""
        if not {"field", "xml", "text"} <= set(shown):
            return ""
        template = self.env._(DIFFERS)
        return template % defaultdict(str, shown)

    def _twin_names(self):
        """{(model, id): name} of the records they point to, as far as the reader may see them."""
        wanted = defaultdict(set)
        for finding in self:
            if finding.twin_model in self.env and finding.twin_id:
                wanted[finding.twin_model].add(finding.twin_id)
        names = {}
        hidden = self.env._(GONE)
        for model, ids in wanted.items():
            records = self.env[model].browse(ids).exists()
            seen = records._filtered_access("read")
            names.update({(model, key): hidden for key in ids})
            names.update({(model, record.id): self._told_name(record) for record in seen})
        return names

    def _told_name(self, record):
        if record._name == "account.move" and record.ref and record.ref not in record.display_name:
            return f"{record.display_name} ({record.ref})"
        return record.display_name

    def _compute_target_name(self):
        for model, findings in self.grouped("res_model").items():
            records = self.env[model].browse(findings.mapped("res_id")).exists()._filtered_access("read")
            names = {record.id: self._told_name(record) for record in records}
            names.update(self._draft_names(records) if model == "account.move" else {})
            for finding in findings:
                finding.target_name = names.get(finding.res_id, "")

    def _draft_names(self, moves):
        """{id: what is proposed for it}: drafts are all called the same."""
        drafts = moves.filtered(lambda move: move.state == "draft" and not move.ref)
        # The drafts themselves were read by the reader's own rights.
        suggestions = (
            self.env["ai.suggestion"]
            .sudo()
            .search(
                [("res_model", "=", "account.move"), ("res_id", "in", drafts.ids), ("label", "!=", False)], order="id"
            )
        )
        return {suggestion.res_id: suggestion.label for suggestion in suggestions}

    @api.depends("code", "state", "twin_id")
    @api.depends_context("lang")
    def _compute_actions(self):
        for finding in self:
            methods = list(ACTIONS.get(finding.code, ())) if finding.state == OPEN_STATE else []
            if finding.twin_id and finding.twin_model != "res.company":
                methods.append(OPEN)
            finding.actions = [{"method": name, "label": self.env._(LABELS[name])} for name in methods]
