"""Invoices, bills, credit notes and receipts: created, posted, paid, reset, cancelled, reversed."""

from odoo import models

#: How far paid a document is: what rises is ``move.paid``, what falls ``move.unpaid``.
FUNCTION = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_sync_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    facts jsonb := jsonb_build_object('move_type', NEW.move_type, 'journal_id', NEW.journal_id);
    ranks CONSTANT jsonb := '{"partial": 1, "in_payment": 2, "paid": 3, "reversed": 3}';
    was varchar;
    now varchar := COALESCE(NEW.payment_state, 'not_paid');
    before integer;
    after integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM ai_bookkeeper_emit('move.created', NEW.company_id, 'account.move', NEW.id,
            facts || jsonb_build_object('state', NEW.state));
        RETURN NULL;
    END IF;
    IF OLD.state IS DISTINCT FROM NEW.state THEN
        PERFORM ai_bookkeeper_emit(
            CASE NEW.state WHEN 'posted' THEN 'move.posted' WHEN 'cancel' THEN 'move.cancelled' ELSE 'move.reset' END,
            NEW.company_id, 'account.move', NEW.id,
            facts || jsonb_build_object('state', NEW.state, 'was', OLD.state));
        IF NEW.state = 'posted' AND NEW.reversed_entry_id IS NOT NULL THEN
            PERFORM ai_bookkeeper_emit('move.reversed', move.company_id, 'account.move', move.id, jsonb_build_object(
                    'move_type', move.move_type, 'journal_id', move.journal_id, 'reversal_id', NEW.id))
               FROM account_move move WHERE move.id = NEW.reversed_entry_id AND move.move_type <> 'entry';
        END IF;
    END IF;
    was := COALESCE(OLD.payment_state, 'not_paid');
    before := COALESCE((ranks ->> was)::integer, 0);
    after := COALESCE((ranks ->> now)::integer, 0);
    -- What is computed while a draft is being made is not the state of a document.
    IF was <> now AND (before > after OR 'posted' IN (OLD.state, NEW.state)) THEN
        PERFORM ai_bookkeeper_emit(
            CASE WHEN before > after THEN 'move.unpaid'
                 WHEN after > 0 THEN 'move.paid'
                 WHEN now = 'blocked' THEN 'move.payment_blocked'
                 ELSE 'move.payment_released' END,
            NEW.company_id, 'account.move', NEW.id,
            facts || jsonb_build_object('payment_state', now, 'was', was));
    END IF;
    RETURN NULL;
END $$
"""
TRIGGERS = {
    "ai_bookkeeper_sync_created": """
        AFTER INSERT ON account_move FOR EACH ROW WHEN (NEW.move_type <> 'entry')
        EXECUTE FUNCTION ai_bookkeeper_sync_move()
    """,
    "ai_bookkeeper_sync_changed": """
        AFTER UPDATE OF state, payment_state ON account_move FOR EACH ROW
        WHEN (NEW.move_type <> 'entry' AND (
            OLD.state IS DISTINCT FROM NEW.state OR OLD.payment_state IS DISTINCT FROM NEW.payment_state))
        EXECUTE FUNCTION ai_bookkeeper_sync_move()
    """,
}


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "sync.capture.mixin"]

    _sync_watched = frozenset(("state", "payment_state"))

    def init(self):
        result = super().init()
        self._hook_table(FUNCTION, TRIGGERS)
        return result

    def write(self, vals):
        if "state" in vals:
            # One change after the other: a document that is reset and posted again was never only posted.
            self.flush_recordset(["state"])
        return super().write(vals)
