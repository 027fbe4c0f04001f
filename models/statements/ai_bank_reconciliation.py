"""An issued bank reconciliation statement: figures and items of a bank journal at the end of a day, as they were."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

#: Compared by identity, so no RPC client can forge it.
_ISSUING = object()

#: The database refuses what the ORM is told to refuse: only who issued it may be set to nobody, with that user.
IMMUTABLE = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_issued() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'An issued bank reconciliation statement is not changed';
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER ai_bank_reconciliation_issued
    BEFORE DELETE OR UPDATE OF journal_id, company_id, date, version, figures, digest, bank_balance, ledger_balance,
        difference, issued_at ON ai_bank_reconciliation
    FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_issued();
CREATE OR REPLACE TRIGGER ai_bank_reconciliation_kept BEFORE TRUNCATE ON ai_bank_reconciliation
    FOR EACH STATEMENT EXECUTE FUNCTION ai_bookkeeper_issued();
"""


class AiBankReconciliation(models.Model):
    """Issued, it stays: a later one of the same day is another version, and both are kept.

    Nobody has rights to write it; ``issue`` makes it for a reviewer.
    """

    _name = "ai.bank.reconciliation"
    _inherit = "ai.journal.mixin"
    _description = "Bank Reconciliation Statement"
    _order = "date desc, journal_id, version desc"
    _check_company_auto = True
    _ai_is_target = True

    journal_id = fields.Many2one(
        "account.journal", required=True, readonly=True, check_company=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    date = fields.Date(string="As Of", required=True, readonly=True)
    version = fields.Integer(required=True, readonly=True, default=1, aggregator=False)
    is_latest = fields.Boolean(compute="_compute_is_latest", search="_search_is_latest")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    bank_balance = fields.Monetary(string="Balance by Bank", readonly=True, aggregator=False)
    ledger_balance = fields.Monetary(readonly=True, aggregator=False)
    difference = fields.Monetary(readonly=True, aggregator=False)
    figures = fields.Json(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of figures and items; the audit log holds it too.")
    note = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", string="Issued By", readonly=True, ondelete="set null")
    issued_at = fields.Datetime(required=True, readonly=True)

    _version_uniq = models.UniqueIndex(
        "(journal_id, date, version)", "Somebody issued this statement at the same time. Open it again."
    )

    def init(self):
        """Make the database itself refuse every change of what was issued."""
        self.env.cr.execute(IMMUTABLE)

    # === COMPUTE === #

    @api.depends("journal_id", "date", "version")
    def _compute_display_name(self):
        for statement in self:
            # The journal's name, for who may see the statement of it.
            name = f"{statement.journal_id.sudo().name} {statement.date or ''}"
            if statement.version > 1:
                name = self.env._("%(name)s, version %(version)s", name=name, version=statement.version)
            statement.display_name = name

    @api.depends("journal_id", "date", "version")
    def _compute_is_latest(self):
        newest = set(self._newest_ids())
        for statement in self:
            statement.is_latest = statement.id in newest

    def _search_is_latest(self, operator, value):
        if operator != "in" or set(value) == {True, False}:
            return NotImplemented
        return [("id", "in" if True in value else "not in", self._newest_ids())]

    @api.model
    def _newest_ids(self):
        self.flush_model(["journal_id", "date", "version"])
        self.env.cr.execute(
            """SELECT DISTINCT ON (journal_id, date) id FROM ai_bank_reconciliation
             ORDER BY journal_id, date, version DESC"""
        )
        return [row[0] for row in self.env.cr.fetchall()]

    # === IMMUTABLE === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("ai_issuing") is not _ISSUING:
            raise UserError(self.env._("Statements are issued on their screen, not made by hand."))
        return super().create(vals_list)

    # pylint: disable=method-required-super
    def write(self, vals):
        raise UserError(self.env._("An issued statement is not changed. Issue a new version of it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        raise UserError(self.env._("An issued statement is kept. Issue a new version of it."))

    # === RIGHTS === #

    @api.model
    def _check_reader(self):
        roles = ",".join(f"ai_bookkeeper.ai_bookkeeper_group_{role}" for role in ("reviewer", "manager", "auditor"))
        if not (self.env.su or self.env.user.has_groups(roles)):
            raise AccessError(self.env._("Reconciliation statements are for reviewers, managers and auditors."))
        for name in ("account.journal", "account.move", "account.bank.statement.line"):
            self.env[name].check_access("read")

    @api.model
    def _check_issuer(self):
        if not (self.env.su or self.env.user.has_group("ai_bookkeeper.ai_bookkeeper_group_reviewer")):
            raise AccessError(self.env._("Only a Bookkeeping Reviewer issues reconciliation statements."))

    @api.model
    def _issue(self, values):
        # Nobody has rights to make them; who issues was checked.
        return self.sudo().with_context(ai_issuing=_ISSUING).create(values)
