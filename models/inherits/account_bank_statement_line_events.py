"""Bank lines: added, reconciled, and back."""

from odoo import models

FUNCTION = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_sync_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    company integer;
    journal integer;
BEGIN
    -- The line is written before what it takes over from its entry is.
    SELECT COALESCE(NEW.company_id, move.company_id), COALESCE(NEW.journal_id, move.journal_id)
      INTO company, journal FROM account_move move WHERE move.id = NEW.move_id;
    PERFORM ai_bookkeeper_emit(
        CASE WHEN TG_OP = 'INSERT' THEN 'bank_line.added'
             WHEN NEW.is_reconciled THEN 'bank_line.reconciled'
             ELSE 'bank_line.unreconciled' END,
        company, 'account.bank.statement.line', NEW.id, jsonb_build_object('journal_id', journal));
    RETURN NULL;
END $$
"""
TRIGGERS = {
    "ai_bookkeeper_sync_created": """
        AFTER INSERT ON account_bank_statement_line FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_sync_bank_line()
    """,
    "ai_bookkeeper_sync_changed": """
        AFTER UPDATE OF is_reconciled ON account_bank_statement_line FOR EACH ROW
        WHEN (COALESCE(OLD.is_reconciled, FALSE) <> COALESCE(NEW.is_reconciled, FALSE))
        EXECUTE FUNCTION ai_bookkeeper_sync_bank_line()
    """,
}


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = ["account.bank.statement.line", "sync.capture.mixin"]

    _sync_watched = frozenset(("is_reconciled",))

    def init(self):
        result = super().init()
        self._hook_table(FUNCTION, TRIGGERS)
        return result
