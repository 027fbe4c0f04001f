"""Merged partners: events, jobs, deliveries and bindings move to the one that stays."""

from odoo import models
from odoo.tools import SQL

PARTNER = "res.partner"


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _name = "base.partner.merge.automatic.wizard"
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_reference_fields(self, src_partners, dst_partner):
        result = super()._update_reference_fields(src_partners, dst_partner)
        self._merge_bindings(src_partners.ids, dst_partner.id)
        for model in self._sync_models():
            model.flush_model()
            # A running job is the runner's: it knows the partner it began with, and its binding is cleared away.
            running = SQL("AND state <> 'running'") if model._name == "sync.job" else SQL()
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET res_id = %s WHERE res_model = %s AND res_id = ANY(%s) %s",
                    SQL.identifier(model._table),
                    dst_partner.id,
                    PARTNER,
                    src_partners.ids,
                    running,
                )
            )
            model.invalidate_model()
        self._merge_order(src_partners.ids, dst_partner.id)
        return result

    def _sync_models(self):
        """Tables of the sync desk whose rows are about a record."""
        return [
            model
            for name, model in self.env.items()
            if name.startswith("sync.") and model._auto and {"res_model", "res_id"} <= model._fields.keys()
        ]

    def _merge_bindings(self, src_ids, dst_id):
        """A subscriber has one binding with a partner: that of the one that stays, else the newest."""
        self.env["sync.binding"].flush_model()
        self.env.cr.execute(
            SQL(
                """DELETE FROM sync_binding WHERE id IN (
                    SELECT id FROM (
                        SELECT id, row_number() OVER (
                                   PARTITION BY COALESCE(webhook_id, 0), COALESCE(connection_id, 0)
                                   ORDER BY res_id = %s DESC, event_id DESC NULLS LAST, id DESC) AS place
                          FROM sync_binding WHERE res_model = %s AND res_id = ANY(%s)) ranked
                     WHERE place > 1)""",
                dst_id,
                PARTNER,
                [*src_ids, dst_id],
            )
        )

    def _merge_order(self, src_ids, dst_id):
        """Jobs of both run one after the other from now on."""
        self.env.cr.execute(
            SQL(
                """UPDATE sync_job SET order_key = regexp_replace(order_key, %s, %s)
                    WHERE res_model = %s AND res_id = %s AND state <> 'running' AND order_key ~ %s""",
                f"(:{PARTNER}:)({'|'.join(map(str, src_ids))})$",
                rf"\1{dst_id}",
                PARTNER,
                dst_id,
                f":{PARTNER}:({'|'.join(map(str, src_ids))})$",
            )
        )
