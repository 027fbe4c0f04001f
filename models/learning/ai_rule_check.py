"""What is the matter with rules: hidden by others, contradicting them or people, never speaking, closed accounts."""

from dataclasses import replace

from odoo import api, fields, models

from ...engine.coding.rule_findings import Finding, findings
from ...engine.coding.rule_making import CONTRADICTED, FEWEST_CONTRADICTIONS

FINDINGS = [
    ("hidden", "Never speaks"),
    ("conflict", "Conflicts"),
    ("contradicted", "People coded otherwise"),
    ("disagreed", "People disagree"),
    ("everything", "Too broad"),
    ("dead", "No line in a year"),
    ("account", "Account is closed"),
]


class AiRule(models.Model):
    _inherit = "ai.rule"

    finding = fields.Selection(FINDINGS, readonly=True, copy=False, string="Look At")
    finding_rule_id = fields.Many2one("ai.rule", readonly=True, copy=False, ondelete="set null")
    finding_name = fields.Char(readonly=True, copy=False)
    finding_count = fields.Integer(readonly=True, copy=False)
    finding_text = fields.Char(compute="_compute_finding_text", string="What Is Wrong")
    past_count = fields.Integer(readonly=True, copy=False, string="Past Year")
    past_same = fields.Integer(readonly=True, copy=False, string="As Booked")
    checked_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("finding", "finding_name", "finding_count", "past_count")
    @api.depends_context("lang")
    def _compute_finding_text(self):
        for rule in self:
            words = {"name": rule.finding_name or "", "count": rule.finding_count, "all": rule.past_count}
            template = self._finding_words().get(rule.finding)
            rule.finding_text = template % words if template else False

    @api.model
    def _finding_words(self):
        return {
            "hidden": self.env._("“%(name)s” stands before it and takes every line: reorder them, or switch one off."),
            "conflict": self.env._("“%(name)s” stands before it and codes %(count)s of its lines otherwise."),
            "contradicted": self.env._("People coded %(count)s of its %(all)s lines of the past year otherwise."),
            "disagreed": self.env._("People changed or turned down %(count)s of its proposals."),
            "everything": self.env._("It is about %(all)s lines of the past year, of many payees: add a word."),
            "dead": self.env._("No line of the past year fits it: switch it off, or look at its words."),
            "account": self.env._("It codes to an account that is closed: choose another."),
        }

    # === PUBLIC === #

    def action_check(self):
        """Look at all rules of the user's companies against the past year."""
        self.browse().check_access("write")
        for company in self.env.companies:
            self._check_company_rules(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_try(self):
        """Try conditions and accounts on the past year before saving them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_rule_offer_action")
        context = {"dialog_size": "extra-large", "default_rule_id": self.id}
        return {**action, "name": self.env._("Try on the Past Year"), "context": context}

    # === CHECKING === #

    @api.model
    def _cron_check(self):
        """Every night: the past moves on."""
        companies = self.sudo().search([]).company_id
        for company in companies:
            self._check_company_rules(company)
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies))
            companies -= company

    @api.model
    def _check_company_rules(self, company):
        # Findings belong to the rules, whoever asked for them; nobody writes them by hand.
        rules = self.sudo().search([("company_id", "=", company.id)])
        if not rules:
            return
        past, _since = self._past(company)
        spoken = self._for_company(company)
        found = findings(spoken, past)
        names = {rule.key: rule.name for rule in spoken}
        now = fields.Datetime.now()
        hits = rules._hit_counts()
        for rule in rules:
            finding = rule._judged(found.get(rule.id) or Finding(rule.id), hits[rule.id])
            rule._write_finding(finding, names, now)

    def _judged(self, finding, hits):
        """What people did with its proposals outweighs what the past says."""
        if self._closed_accounts():
            return replace(finding, code="account", by=None)
        wrong = hits["decided"] - hits["right"]
        if wrong >= FEWEST_CONTRADICTIONS and wrong > CONTRADICTED * hits["decided"]:
            return replace(finding, code="disagreed", by=None, count=wrong)
        return finding

    def _write_finding(self, finding, names, now):
        self.write(
            {
                "finding": finding.code or False,
                "finding_rule_id": finding.by if finding.by and finding.by > 0 else False,
                "finding_name": names.get(finding.by),
                "finding_count": finding.count,
                "past_count": finding.spoke,
                "past_same": finding.same,
                "checked_at": now,
            }
        )

    def _closed_accounts(self):
        return self.line_ids.account_id.filtered(lambda account: not account.active)
