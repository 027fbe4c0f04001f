"""What came in from outside: stored raw and committed before anybody works out what it means."""

from odoo import fields, models


class SyncIntake(models.Model):
    _name = "sync.intake"
    _description = "Intake"
    _order = "id desc"
    _log_access = False
    _ai_is_target = True

    connection_id = fields.Many2one("sync.connection", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade", index=True)
    source = fields.Selection(
        [("hook", "Webhook"), ("poll", "Poll"), ("mail", "Mail"), ("folder", "Folder")], required=True, readonly=True
    )
    message_id = fields.Char(required=True, readonly=True, help="The sender's id: a second one is dropped.")
    received_at = fields.Datetime(readonly=True)
    headers = fields.Json(readonly=True, groups="ai_bookkeeper.ai_bookkeeper_group_manager")
    body = fields.Binary(attachment=False, readonly=True, groups="ai_bookkeeper.ai_bookkeeper_group_manager")
    size = fields.Integer(readonly=True)
    correlation_id = fields.Char(readonly=True)
    outcome = fields.Char(readonly=True)

    _message_uniq = models.UniqueIndex("(connection_id, message_id)", "It came in before.")
