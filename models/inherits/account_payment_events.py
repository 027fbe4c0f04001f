"""Payments: registered, reconciled with documents, matched with the bank, and back."""

from odoo import models

FUNCTION = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_sync_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    facts jsonb := jsonb_build_object('payment_type', NEW.payment_type, 'journal_id', NEW.journal_id);
    live CONSTANT varchar[] := '{in_process,paid}';
    was varchar;
    was_reconciled boolean := FALSE;
    was_matched boolean := FALSE;
    is_reconciled boolean := COALESCE(NEW.is_reconciled, FALSE);
    is_matched boolean := COALESCE(NEW.is_matched, FALSE);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        was := OLD.state;
        was_reconciled := COALESCE(OLD.is_reconciled, FALSE);
        was_matched := COALESCE(OLD.is_matched, FALSE);
    END IF;
    IF NEW.state = ANY(live) AND NOT COALESCE(was = ANY(live), FALSE) THEN
        PERFORM ai_bookkeeper_emit('payment.registered', NEW.company_id, 'account.payment', NEW.id,
            facts || jsonb_build_object('state', NEW.state));
    ELSIF was = ANY(live) AND NOT NEW.state = ANY(live) THEN
        PERFORM ai_bookkeeper_emit(CASE NEW.state WHEN 'draft' THEN 'payment.reset' ELSE 'payment.cancelled' END,
            NEW.company_id, 'account.payment', NEW.id, facts || jsonb_build_object('state', NEW.state, 'was', was));
    END IF;
    -- A draft is reconciled with nothing, whatever is computed while it is being made.
    IF (was_reconciled, was_matched) IS DISTINCT FROM (is_reconciled, is_matched)
       AND (NEW.state = ANY(live) OR was = ANY(live)) THEN
        PERFORM ai_bookkeeper_emit(
            CASE WHEN (is_reconciled AND NOT was_reconciled) OR (is_matched AND NOT was_matched)
                 THEN 'payment.reconciled' ELSE 'payment.unreconciled' END,
            NEW.company_id, 'account.payment', NEW.id,
            facts || jsonb_build_object('is_reconciled', is_reconciled, 'is_matched', is_matched));
    END IF;
    RETURN NULL;
END $$
"""
TRIGGERS = {
    "ai_bookkeeper_sync_created": """
        AFTER INSERT ON account_payment FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_sync_payment()
    """,
    "ai_bookkeeper_sync_changed": """
        AFTER UPDATE OF state, is_reconciled, is_matched ON account_payment FOR EACH ROW
        WHEN ((OLD.state, OLD.is_reconciled, OLD.is_matched)
              IS DISTINCT FROM (NEW.state, NEW.is_reconciled, NEW.is_matched))
        EXECUTE FUNCTION ai_bookkeeper_sync_payment()
    """,
}


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "sync.capture.mixin"]

    _sync_watched = frozenset(("state", "is_reconciled", "is_matched"))

    def init(self):
        result = super().init()
        self._hook_table(FUNCTION, TRIGGERS)
        return result

    def write(self, vals):
        if "state" in vals:
            # One change after the other, as for documents.
            self.flush_recordset(["state"])
        return super().write(vals)
