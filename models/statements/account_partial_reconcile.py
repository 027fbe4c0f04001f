"""Matchings are looked up by their day: what was open then is asked for any day."""

from odoo import models


class AccountPartialReconcile(models.Model):
    _name = "account.partial.reconcile"
    _inherit = "account.partial.reconcile"

    _ai_max_date_idx = models.Index("(max_date)")
