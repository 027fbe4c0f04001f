"""An item of an issued statement, as it was."""

from odoo import fields, models

IMMUTABLE = """
CREATE OR REPLACE TRIGGER ai_bank_reconciliation_line_issued
    BEFORE DELETE OR UPDATE OF reconciliation_id, section, position, move_line_id, move_id, line_id, day, entry, amount,
        company_amount ON ai_bank_reconciliation_line
    FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_issued();
CREATE OR REPLACE TRIGGER ai_bank_reconciliation_line_kept BEFORE TRUNCATE ON ai_bank_reconciliation_line
    FOR EACH STATEMENT EXECUTE FUNCTION ai_bookkeeper_issued();
"""


class AiBankReconciliationLine(models.Model):
    """Plain numbers instead of foreign keys: what happens to the item later does not reach this row.

    Nobody has rights on it; the statement's screen reads it for who may see the statement.
    """

    _name = "ai.bank.reconciliation.line"
    _description = "Item of a Bank Reconciliation Statement"
    _order = "reconciliation_id, section, position"
    _log_access = False

    reconciliation_id = fields.Many2one(
        "ai.bank.reconciliation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    section = fields.Char(required=True, readonly=True)
    position = fields.Integer(required=True, readonly=True)
    move_line_id = fields.Integer(readonly=True)
    move_id = fields.Integer(readonly=True)
    line_id = fields.Integer(readonly=True, help="The bank statement line, if it is one's.")
    day = fields.Date(required=True, readonly=True)
    entry = fields.Char(readonly=True)
    label = fields.Char(readonly=True)
    partner_id = fields.Integer(readonly=True)
    partner_name = fields.Char(readonly=True)
    amount = fields.Float(required=True, readonly=True, digits=0)
    company_amount = fields.Float(required=True, readonly=True, digits=0)

    _section_idx = models.Index("(reconciliation_id, section, position)")

    def init(self):
        """Make the database itself refuse every change of what was issued."""
        self.env.cr.execute(IMMUTABLE)
