"""How the columns of a bank's CSV or XLSX files were read last time."""

from odoo import api, fields, models


class AiBankImportMapping(models.Model):
    """One per journal and header of the sheet; the next file with this header is read alike."""

    _name = "ai.bank.import.mapping"
    _description = "Remembered Statement Columns"
    _order = "write_date desc, id desc"
    _rec_name = "signature"

    journal_id = fields.Many2one("account.journal", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="journal_id.company_id", store=True)
    signature = fields.Char(required=True, readonly=True, help="The key of the sheet's header.")
    mapping = fields.Json(required=True, readonly=True)

    _signature_uniq = models.UniqueIndex("(journal_id, signature)", "The columns of a header are remembered once.")

    @api.model
    def _remember(self, journal, signature, mapping):
        """Keep ``mapping`` (a dict) for the next file of this journal with this header."""
        # Nobody but the importer writes here, on behalf of the person who chose the columns.
        found = self.sudo().search([("journal_id", "=", journal.id), ("signature", "=", signature)], limit=1)
        if found:
            found.mapping = mapping
        else:
            self.sudo().create({"journal_id": journal.id, "signature": signature, "mapping": mapping})

    @api.model
    def _recall(self, signature, journal=None):
        """The remembered mapping record of a header: this journal's, else another one's of the allowed companies."""
        companies = journal.company_id if journal else self.env.companies
        found = self.sudo().search([("signature", "=", signature), ("company_id", "in", companies.ids)])
        own = found.filtered(lambda mapping: mapping.journal_id == journal) if journal else found
        return own[:1] or found[:1]
