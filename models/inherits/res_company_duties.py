"""A one-person company says so: declared with a reason, logged, printed on exports."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_one_person = fields.Boolean(
        string="One Person Keeps the Books",
        readonly=True,
        copy=False,
        help="Nobody can check the bookkeeper here: one person proposes, decides and pays. "
        "Declared by a manager, and printed on exports.",
    )
    ai_one_person_by_id = fields.Many2one("res.users", string="Declared By", readonly=True, copy=False)
    ai_one_person_at = fields.Datetime(string="Declared At", readonly=True, copy=False)
    ai_one_person_reason = fields.Char(string="Reason", readonly=True, copy=False)

    def _ai_declare_one_person(self, declared, reason):
        """Declare (or take back) that one person does everything in these companies.

        :param bool declared: whether one person keeps the books
        :param str reason: why; needed both ways
        :raise AccessError: for anybody but a bookkeeping manager of these companies
        """
        self._ai_check_manager()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why. The reason is logged and printed on exports."))
        changing = self.filtered(lambda company: company.ai_one_person != declared)
        # Companies are written by administrators only; the declaration is the bookkeeping manager's.
        changing.sudo().write(
            {
                "ai_one_person": declared,
                "ai_one_person_by_id": self.env.uid if declared else False,
                "ai_one_person_at": fields.Datetime.now() if declared else False,
                "ai_one_person_reason": reason.strip() if declared else False,
            }
        )
        payload = {"declared": declared, "reason": reason.strip()}
        self.env["ai.audit.log"]._append("duty_declared", changing, [payload] * len(changing))

    def _ai_check_manager(self):
        """Bookkeeping managers govern the companies that they work in; the company itself is an administrator's."""
        if self.env.su or (self.env.user.has_group(MANAGER) and self <= self.env.user.company_ids):
            return
        raise AccessError(self.env._("Only bookkeeping managers of the company do this. Ask one of them."))

    def _ai_save_settings(self, values):
        """Write bookkeeping settings as their manager; what changed is logged where it is written.

        :param dict values: field names that begin with ``ai_`` and are listed among the settings
        """
        self._ai_check_manager()
        known = set(self.env["ai.settings"]._setting_names())
        if set(values) - known:
            raise UserError(self.env._("This is no bookkeeping setting: %(names)s", names=sorted(set(values) - known)))
        self.sudo().write(values)

    def _ai_one_person_text(self):
        """The sentence that exports of this company print; empty when duties are separated."""
        self.ensure_one()
        company = self.sudo()
        if not company.ai_one_person:
            return ""
        template = self.env._(
            "%(company)s declares that one person proposes, decides and pays: duties are not separated. "
            "Declared by %(name)s on %(date)s: %(reason)s"
        )
        return template % {
            "company": company.name,
            "name": company.ai_one_person_by_id.name or "",
            "date": format_date(self.env, company.ai_one_person_at),
            "reason": company.ai_one_person_reason or "",
        }
