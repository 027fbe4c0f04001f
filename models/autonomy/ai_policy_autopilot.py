"""Policies on autopilot: a tolerated error rate and a money cap, no threshold; gates say how far they have come."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AiPolicy(models.Model):
    _name = "ai.policy"
    _inherit = "ai.policy"

    gate_ids = fields.One2many("ai.gate", "policy_id", readonly=True, string="Gates")
    gate_text = fields.Char(compute="_compute_gate_text", string="How Far It Has Come")

    _error_rate_range = models.Constraint(
        "CHECK(max_error_rate > 0 AND max_error_rate <= 0.5)", "The tolerated error rate lies above 0, up to a half."
    )
    _sample_rate_range = models.Constraint(
        "CHECK(sample_rate >= 0 AND sample_rate <= 1)", "The share of samples lies between 0 and 100 %."
    )

    @api.constrains("mode", "max_amount")
    def _check_autopilot_cap(self):
        for policy in self:
            if policy.mode == "autopilot" and not policy.max_amount:
                raise ValidationError(
                    self.env._(
                        "'%(name)s' is on autopilot: say up to which amount it may book alone.", name=policy.name
                    )
                )

    @api.constrains("mode", "sample_rate")
    def _check_autopilot_sample(self):
        for policy in self:
            if policy.mode == "autopilot" and not policy.sample_rate:
                raise ValidationError(
                    self.env._(
                        "'%(name)s' is on autopilot: a share of what it books alone must be coded blind, else nobody "
                        "would notice when it errs.",
                        name=policy.name,
                    )
                )

    @api.depends("mode", "max_error_rate", "gate_ids.state", "gate_ids.missing")
    @api.depends_context("lang", "uid")
    def _compute_gate_text(self):
        for policy in self:
            policy.gate_text = policy._gate_text() if policy.mode == "autopilot" else False

    def _gate_text(self):
        gates = self.gate_ids
        open_ones = gates.filtered(lambda gate: gate.state != "closed")
        if open_ones:
            return self.env._("%(open)s of %(all)s gates are open.", open=len(open_ones), all=len(gates))
        nearest = gates.filtered("missing_words").sorted("missing")[:1]
        if nearest:
            return self.env._(
                "Everything asks. Nearest to opening: %(gate)s, %(missing)s.",
                gate=nearest.display_name,
                missing=nearest.missing_words,
            )
        return self.env._("Everything asks until enough was decided to say how often it errs.")

    # === FOR THE ENGINE === #

    def _gates(self, company):
        if self.mode != "autopilot":
            return {}
        return self.env["ai.gate"]._engine_gates(self._origin, company)

    # === CHANGED === #

    def write(self, vals):
        result = super().write(vals)
        if {"mode", "max_error_rate", "max_amount", "kind", "journal_ids", "active", "company_id"} & vals.keys():
            self._look_at_gates()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._look_at_gates()
        return policies

    def _look_at_gates(self):
        """Another tolerance, or another cap, is another question: the gates are counted anew."""
        autopilots = self.filtered(lambda policy: policy.mode == "autopilot" or policy.gate_ids)
        for policy in autopilots:
            # Who sets policies need not see every journal that they are for.
            companies = policy.company_id or self.env["res.company"].sudo().search([])
            self.env["ai.gate"].sudo()._look(companies)

    def action_open_gates(self):
        """Open the gates of this policy."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_gate_action")
        return {**action, "domain": [("policy_id", "=", self.id)], "context": {}}
