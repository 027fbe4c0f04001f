"""A partner's bank accounts are part of what other systems keep of the partner."""

from odoo import models

FUNCTION = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_sync_partner_bank() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched integer[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        touched := touched || OLD.partner_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        touched := touched || NEW.partner_id;
    END IF;
    PERFORM ai_bookkeeper_emit('partner.changed', partner.company_id, 'res.partner', partner.id,
            '{"fields": ["bank_ids"]}')
       FROM res_partner partner WHERE partner.id = ANY(touched);
    RETURN NULL;
END $$
"""
TRIGGERS = {
    "ai_bookkeeper_sync_created": """
        AFTER INSERT OR DELETE ON res_partner_bank FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_sync_partner_bank()
    """,
    "ai_bookkeeper_sync_changed": """
        AFTER UPDATE OF acc_number, partner_id, active, allow_out_payment ON res_partner_bank FOR EACH ROW
        WHEN ((NEW.acc_number, NEW.partner_id, NEW.active, NEW.allow_out_payment)
              IS DISTINCT FROM (OLD.acc_number, OLD.partner_id, OLD.active, OLD.allow_out_payment))
        EXECUTE FUNCTION ai_bookkeeper_sync_partner_bank()
    """,
}


class ResPartnerBank(models.Model):
    _name = "res.partner.bank"
    _inherit = ["res.partner.bank", "sync.capture.mixin"]

    _sync_watched = frozenset(("acc_number", "partner_id", "active", "allow_out_payment"))

    def init(self):
        result = super().init()
        self._hook_table(FUNCTION, TRIGGERS)
        return result
