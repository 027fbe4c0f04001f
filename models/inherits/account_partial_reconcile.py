"""Partials are looked up by date: which payments of the last year may have been returned or made twice."""

from odoo import models


class AccountPartialReconcile(models.Model):
    _name = "account.partial.reconcile"
    _inherit = "account.partial.reconcile"

    _ai_recent_idx = models.Index("(company_id, max_date)")
