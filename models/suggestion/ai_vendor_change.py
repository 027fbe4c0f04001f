"""Who created a partner or changed its bank accounts: they don't accept that vendor's next bill."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.vocabulary import APPLIED

#: Changes of these vendors by this person that no bill, accepted or made by somebody else, has followed yet.
OPEN_CHANGES = """
    SELECT DISTINCT p.commercial_partner_id
      FROM ai_vendor_change c
      JOIN res_partner p ON p.id = c.partner_id
     WHERE c.user_id = %(user)s
       AND p.commercial_partner_id = ANY(%(vendors)s)
       AND NOT EXISTS (
           SELECT 1
             FROM ai_vendor_bill b
             JOIN res_partner v ON v.id = b.partner_id
            WHERE v.commercial_partner_id = p.commercial_partner_id AND b.user_id <> c.user_id AND b.at > c.at)
"""


class AiVendorChange(models.Model):
    """One row per change. Real foreign keys, so that a merge of partners moves them."""

    _name = "ai.vendor.change"
    _description = "Change of a Vendor"
    _log_access = False
    _order = "id desc"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade", readonly=True)
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade", readonly=True)
    change = fields.Selection([("created", "Created"), ("bank", "Bank account changed")], required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True)

    @api.model
    def _note(self, partners, change):
        """The acting person did this to these partners; one query."""
        # The clock, not the transaction's time: a bill accepted just before releases nothing.
        self.env.cr.execute(
            SQL(
                """INSERT INTO ai_vendor_change (partner_id, user_id, change, at)
                   SELECT id, %s, %s, clock_timestamp() AT TIME ZONE 'UTC' FROM res_partner WHERE id = ANY(%s)""",
                self.env.uid,
                change,
                partners.ids,
            )
        )

    @api.model
    def _conflicting(self, vendors):
        """Which of these commercial partners the acting person created or changed, with no bill since that somebody
        else accepted. One query."""
        if not vendors:
            return vendors
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env.cr.execute(SQL(OPEN_CHANGES, user=self.env.uid, vendors=vendors.ids))
        return vendors.browse([row[0] for row in self.env.cr.fetchall()])


class AiVendorBill(models.Model):
    """A bill of a vendor that a person accepted: it releases the changes that other people made before."""

    _name = "ai.vendor.bill"
    _description = "Accepted Bill of a Vendor"
    _log_access = False
    _order = "id desc"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade", readonly=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="cascade", readonly=True)
    suggestion_id = fields.Many2one("ai.suggestion", ondelete="cascade", index=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True)

    @api.model
    def _note(self, vendors):
        """``vendors``: {suggestion id: commercial partner} of bills that the acting person just accepted."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO ai_vendor_bill (suggestion_id, partner_id, user_id, at)
                   SELECT v.suggestion, v.vendor, %s, clock_timestamp() AT TIME ZONE 'UTC'
                     FROM unnest(%s::int[], %s::int[]) AS v(suggestion, vendor)""",
                self.env.uid,
                list(vendors),
                [vendor.id for vendor in vendors.values()],
            )
        )

    @api.model
    def _forget_undone(self, suggestions):
        """An undone bill released nothing."""
        undone = suggestions.filtered(lambda suggestion: suggestion.state != APPLIED)
        self.sudo().search([("suggestion_id", "in", undone.ids)]).unlink()
