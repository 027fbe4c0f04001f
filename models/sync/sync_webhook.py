"""Telling an address what happened in the books."""

from odoo import fields, models


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "mail.thread"
    _description = "Webhook"
    _order = "sequence, id"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    url = fields.Char(required=True, tracking=True)
    events = fields.Json(default=list, help="Names of events; empty: all.")

    def _job_values(self, events):
        """Jobs for those of ``events`` (records of ``sync.event``, committed, in order) that these webhooks want.

        :return: a list of dicts for ``sync.job._enqueue``
        """
        raise NotImplementedError
