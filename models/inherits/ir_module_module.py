"""The addon goes only when its log was exported."""

from odoo import models
from odoo.exceptions import UserError

ADDON = "ai_bookkeeper"


class IrModuleModule(models.Model):
    _name = "ir.module.module"
    _inherit = "ir.module.module"

    def write(self, vals):
        """Every way to uninstall marks the module first: the list of apps, calls over the API, the command line."""
        if vals.get("state") == "to remove" and ADDON in self.mapped("name"):
            self._ai_check_exported()
        return super().write(vals)

    def module_uninstall(self):
        """Who calls this by itself passes the gate here. A server that is loading has passed it, and must not stop now:
        ``uninstall_hook`` keeps what was logged since."""
        if ADDON in self.mapped("name") and self.env.registry.ready:
            self._ai_check_exported()
        return super().module_uninstall()

    def _ai_check_exported(self):
        count = self.env["ai.audit.export"].sudo()._uncovered()
        if count:
            raise UserError(
                self.env._(
                    "Uninstalling AI Bookkeeper deletes its audit log, and %(count)s rows of it were not exported. "
                    "Open Bookkeeping, Reporting, Exports of Evidence, click on New Export, choose 'Whole log', and "
                    "keep the file. Then uninstall again.",
                    count=count,
                )
            )
