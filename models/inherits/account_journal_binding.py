"""Where posting binds in law: no policy posts there unless a manager opens the journal."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
#: France and its territories: a validated entry may not be changed (LPF A47 A-1, CGI 286 I 3 bis).
FRENCH = ("FR", "MF", "MQ", "NC", "PF", "RE", "GF", "GP", "TF", "BL", "PM", "YT", "WF")
#: Countries whose tax office clears or takes sales invoices in real time: what is posted there is issued.
CLEARANCE = (
    *("SA", "IT", "PL", "RO", "HU", "ES", "RS", "GR", "TR", "EG", "JO", "KE", "IN", "MY", "VN", "TW"),
    *("MX", "BR", "CL", "CO", "PE", "AR", "EC", "CR", "GT", "UY", "DO", "PA", "BO", "PY"),
)
LAWS = {
    "hash": _lt("Posted entries of this journal are secured with a hash: they can't be changed."),
    "clearance": _lt("Sales documents of this journal are cleared with or reported to the tax office when posted."),
    "french": _lt("French law: posted entries can't be changed."),
    "german": _lt("German law (GoBD): posted entries can't be changed without a trace."),
    "audit_trail": _lt("The company keeps a restricted audit trail: posted entries can't be deleted."),
}


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = "account.journal"

    ai_open_to_policies = fields.Boolean(
        string="Policies May Post",
        readonly=True,
        copy=False,
        help="A manager opened this journal: policies accept what is posted here, though posting binds in law.",
    )
    ai_binding_text = fields.Char(compute="_compute_ai_binding_text", string="Why Posting Binds")

    def _compute_ai_binding_text(self):
        for journal in self:
            law = journal.sudo()._ai_law()
            journal.ai_binding_text = self.env._(LAWS[law]) if law else False

    def _ai_binding_laws(self):
        """{journal id: name of the law by which posting binds}; empty text where none does or a manager opened it."""
        return {journal.id: "" if journal.ai_open_to_policies else journal._ai_law() for journal in self.sudo()}

    def _ai_law(self):
        self.ensure_one()
        company = self.company_id
        countries = {company.account_fiscal_country_id.code, company.country_id.code}
        if self.restrict_mode_hash_table:
            return "hash"
        if self._ai_clears(countries):
            return "clearance"
        if countries & set(FRENCH):
            return "french"
        if "DE" in countries:
            return "german"
        return "audit_trail" if company.restrictive_audit_trail else ""

    def _ai_clears(self, countries):
        """Whether posting sends to the tax office: by Odoo's own formats where installed, else by the country."""
        formats = self.edi_format_ids if "edi_format_ids" in self._fields else ()
        if any(edi_format._needs_web_services() for edi_format in formats):
            return True
        return self.type == "sale" and bool(countries & set(CLEARANCE))

    # === THE MANAGER'S SWITCH === #

    def action_ai_open_to_policies(self):
        """Let policies accept what is posted in these journals, though posting binds in law. Logged."""
        return self._ai_open(True)

    def action_ai_close_to_policies(self):
        """Policies ask again in these journals; what waits for its sign-off asks too. Logged."""
        return self._ai_open(False)

    def _ai_open(self, is_open):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers open a journal to policies."))
        self.check_access("read")
        changing = self.filtered(lambda journal: journal.ai_open_to_policies != is_open)
        # Journals are written by accounting administrators; this switch is the bookkeeping manager's.
        changing.sudo().with_context(ai_journal_gate=self.env.registry).write({"ai_open_to_policies": is_open})
        payloads = [{"ai_open_to_policies": is_open, "law": journal.sudo()._ai_law()} for journal in changing]
        self.env["ai.audit.log"]._append("setting_changed", changing, payloads)
        self.env["ai.suggestion"]._review_journals(changing)
        return True

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("ai_open_to_policies") for vals in vals_list):
            raise UserError(self._ai_gate_text())
        return super().create(vals_list)

    def write(self, vals):
        # The registry as the gate's key: no caller over the network can hold it.
        if "ai_open_to_policies" in vals and self.env.context.get("ai_journal_gate") is not self.env.registry:
            raise UserError(self._ai_gate_text())
        return super().write(vals)

    def _ai_gate_text(self):
        return self.env._("A journal is opened to policies with its own button, by a bookkeeping manager.")
