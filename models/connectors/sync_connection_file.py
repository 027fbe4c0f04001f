"""Where files of a connection go."""

from odoo import api, fields, models


class SyncConnection(models.Model):
    _inherit = "sync.connection"

    takes_files = fields.Boolean(compute="_compute_takes_files")
    document_journal_id = fields.Many2one(
        "account.journal",
        string="Documents Go To",
        domain="[('type', '=', 'purchase'), ('company_id', '=', company_id)]",
        check_company=True,
        help="Empty: the first purchase journal.",
    )
    bank_journal_id = fields.Many2one(
        "account.journal",
        string="Statements Without Account Number",
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', company_id)]",
        check_company=True,
        help="Of files that name no account. Empty: a person is asked. Files that name one go to its journal.",
    )

    @api.depends("kind")
    def _compute_takes_files(self):
        for connection in self:
            connection.takes_files = bool(connection.kind and getattr(connection._connector(), "_takes_files", False))
