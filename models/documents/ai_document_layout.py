"""What was learned of a vendor's documents: visible, to be switched off and forgotten, rebuilt from its lessons."""

import json

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.sql import SQL

from ...engine.extraction import Layout
from .field_words import field_name

DECIDERS = "ai_bookkeeper.ai_bookkeeper_group_reviewer,ai_bookkeeper.ai_bookkeeper_group_manager"
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
#: Layouts that a document is compared with: those used last.
MOST = 3000
#: By this the engine's answer leads back to the vendor.
KEY = "partner:%s"


class AiDocumentLayout(models.Model):
    """The layout of one vendor in one company. Only accepted documents write it; see ``ai.document.lesson``."""

    _name = "ai.document.layout"
    _inherit = "ai.target.mixin"
    _description = "Learned Layout"
    _order = "write_date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade", string="Vendor", check_company=True
    )
    res_model = fields.Char(required=True, readonly=True, default="res.partner")
    res_id = fields.Many2oneReference(
        model_field="res_model", compute="_compute_res_id", store=True, readonly=True, string="About"
    )
    active = fields.Boolean(default=True, readonly=True, help="Switched off, it reads nothing and goes on learning.")
    data = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    document_count = fields.Integer(
        readonly=True, string="Documents", aggregator=False, help="That people accepted, and that it was learned from."
    )
    lesson_ids = fields.One2many("ai.document.lesson", "layout_id", readonly=True, string="Learned From")
    knowledge = fields.Text(compute="_compute_knowledge", string="What It Knows")
    learned_at = fields.Datetime(readonly=True, string="Learned")

    _vendor_uniq = models.UniqueIndex("(company_id, partner_id)", "This vendor's layout is known already.")

    @api.model
    def _target_models(self):
        """Who may see the vendor sees what was learned of his documents."""
        return ["res.partner"]

    @api.depends("partner_id")
    def _compute_res_id(self):
        for layout in self:
            layout.res_id = layout.partner_id.id

    @api.depends("partner_id")
    def _compute_display_name(self):
        for layout in self:
            layout.display_name = layout.partner_id.display_name

    # === SHOWN === #

    @api.depends("data")
    @api.depends_context("lang")
    def _compute_knowledge(self):
        for layout in self:
            # The sentences say what is known; the record was asked for with the reader's own rights.
            told = (layout.sudo().data or {}).get("fields", {})
            lines = [self._sentence(name, known) for name, known in told.items()]
            layout.knowledge = "\n".join(line for line in lines if line)

    @api.model
    def _sentence(self, name, known):
        field = field_name(self.env, name)
        anchors = known.get("anchors") or []
        if known.get("constant"):
            return self.env._("%(field)s: always %(value)s", field=field, value=known["constant"])
        if anchors:
            return self._anchor_sentence(field, anchors[0])
        if known.get("days") is not None:
            return self.env._("%(field)s: not printed, %(days)s days after the date", field=field, days=known["days"])
        if known.get("absent"):
            return self.env._("%(field)s: there is none", field=field)
        return ""

    @api.model
    def _anchor_sentence(self, field, anchor):
        label = " ".join(reversed(anchor["left"]))
        above = " ".join(anchor["above"])
        tries = anchor["hits"] + anchor["misses"]
        values = {"field": field, "hits": anchor["hits"], "tries": tries}
        if label.strip("9 "):
            return self.env._(
                "%(field)s: beside «%(label)s», right on %(hits)s of %(tries)s documents", label=label, **values
            )
        if above.strip("9 "):
            return self.env._(
                "%(field)s: under «%(label)s», right on %(hits)s of %(tries)s documents", label=above, **values
            )
        return self.env._("%(field)s: by its place, right on %(hits)s of %(tries)s documents", **values)

    # === USED === #

    @api.model
    def _for_company(self, company):
        """``engine.extraction.Layout`` of each vendor whose layout is switched on, those learned last first."""
        self.flush_model(["company_id", "partner_id", "active", "data"])
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id, data FROM ai_document_layout
                    WHERE company_id = %s AND active AND data IS NOT NULL
                    ORDER BY learned_at DESC NULLS LAST, id DESC LIMIT %s""",
                company.id,
                MOST,
            )
        )
        return [Layout(KEY % partner, data if isinstance(data, dict) else json.loads(data)) for partner, data in rows]

    @api.model
    def _of_vendor(self, company, partner):
        """The layout of a vendor; made when there is none. The caller holds the right to accept his bills."""
        vendor = partner.commercial_partner_id
        domain = [("company_id", "=", company.id), ("partner_id", "=", vendor.id)]
        found = self.with_context(active_test=False).search(domain, limit=1)
        return found or self.create({"company_id": company.id, "partner_id": vendor.id})

    # === PUBLIC === #

    def action_switch_off(self):
        """Read no document by these layouts any more. They go on learning."""
        return self._switch(False)

    def action_switch_on(self):
        """Read by these layouts again."""
        return self._switch(True)

    def _switch(self, active):
        self._check_role(DECIDERS)
        self.sudo().write({"active": active})
        self.env["ai.audit.log"]._append("layout_switched", self, [{"active": active}] * len(self))
        return True

    def action_forget(self):
        """Delete what was learned of these vendors, for good; their documents and entries stay.

        :raises AccessError: for who is no manager
        """
        self._check_role(MANAGER)
        lost = [{"documents": layout.document_count} for layout in self]
        self.env["ai.audit.log"]._append("layout_forgotten", self, lost)
        self.sudo().unlink()
        return self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_document_layout_action")

    def _check_role(self, roles):
        if not (self.env.su or self.env.user.has_groups(roles)):
            raise AccessError(self.env._("You may not change what was learned. Ask a bookkeeping manager."))
        self.check_access("read")

    def action_open_vendor(self):
        """Open the vendor."""
        return self._open_target()

    # === LEARNING === #

    def _rebuild(self):
        """Learn anew from the lessons that count: what one taught can't be taken out of the rest."""
        for layout in self:
            lessons = layout.lesson_ids.filtered("counts").sorted("id")
            known = None
            for lesson in lessons:
                known = lesson._teach(known)
            layout._store(known, len(lessons))

    def _store(self, known, count):
        self.write(
            {
                "data": dict(known.data) if known else False,
                "document_count": count,
                "learned_at": fields.Datetime.now(),
            }
        )
