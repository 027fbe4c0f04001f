"""Partners: created, and changed in what other systems keep of them."""

from odoo import models

#: Not what Odoo counts and computes by itself (ranks, sanitized numbers, portal and mail states).
WATCHED = (
    "active",
    "city",
    "company_id",
    "company_registry",
    "country_id",
    "email",
    "is_company",
    "lang",
    "name",
    "parent_id",
    "phone",
    "property_account_position_id",
    "property_payment_term_id",
    "property_supplier_payment_term_id",
    "ref",
    "state_id",
    "street",
    "street2",
    "type",
    "vat",
    "website",
    "zip",
)
FUNCTION = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_sync_partner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM ai_bookkeeper_emit('partner.created', NEW.company_id, 'res.partner', NEW.id,
            jsonb_build_object('is_company', NEW.is_company));
    ELSE
        -- Which fields, not their values: those are read by who may.
        PERFORM ai_bookkeeper_emit('partner.changed', NEW.company_id, 'res.partner', NEW.id, jsonb_build_object(
            'fields', (SELECT jsonb_agg(after.key ORDER BY after.key)
                         FROM jsonb_each(to_jsonb(NEW)) after JOIN jsonb_each(to_jsonb(OLD)) before USING (key)
                        WHERE after.key = ANY(TG_ARGV) AND after.value IS DISTINCT FROM before.value)));
    END IF;
    RETURN NULL;
END $$
"""
NEW, OLD = (", ".join(f"{row}.{name}" for name in WATCHED) for row in ("NEW", "OLD"))
ARGUMENTS = ", ".join(f"'{name}'" for name in WATCHED)
TRIGGERS = {
    "ai_bookkeeper_sync_created": """
        AFTER INSERT ON res_partner FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_sync_partner()
    """,
    "ai_bookkeeper_sync_changed": f"""
        AFTER UPDATE OF {", ".join(WATCHED)} ON res_partner FOR EACH ROW
        WHEN (({NEW}) IS DISTINCT FROM ({OLD})) EXECUTE FUNCTION ai_bookkeeper_sync_partner({ARGUMENTS})
    """,
}


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "sync.capture.mixin"]

    _sync_watched = frozenset(WATCHED)

    def init(self):
        result = super().init()
        self._hook_table(FUNCTION, TRIGGERS)
        return result
