"""What the queue of documents shows and sorts by: what was read, how far each is, and what the file looks like."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.vocabulary import ACCEPTED, APPLIED, FAILED, PENDING, REJECTED

#: How far a document is, in the order of the queue's columns. The first three are of the document itself.
PROGRESS = (
    "queued",
    "reading",
    "failed",
    "held",
    "question",
    "decide",
    "second",
    "read",
    "rejected",
    "booked",
    "not_bill",
)
#: Of several suggestions of one draft, the one that tells how far it is: what is open goes before what was decided.
RANKS = (PENDING, ACCEPTED, FAILED, APPLIED, REJECTED)


class AiDocument(models.Model):
    _name = "ai.document"
    _inherit = "ai.document"

    vendor_name = fields.Char(compute="_compute_read", store=True, string="Vendor")
    number = fields.Char(compute="_compute_read", store=True, string="Bill Number")
    bill_date = fields.Date(compute="_compute_read", store=True)
    total = fields.Monetary(compute="_compute_read", store=True, aggregator=False)
    currency_id = fields.Many2one("res.currency", compute="_compute_read", store=True)
    progress = fields.Selection(
        [
            ("queued", "Waits to be read"),
            ("reading", "Being read"),
            ("failed", "Can't be read"),
            ("held", "Stopped"),
            ("question", "Asks"),
            ("decide", "To decide"),
            ("second", "Second approval"),
            ("read", "Nothing proposed"),
            ("rejected", "Rejected"),
            ("booked", "Booked"),
            ("not_bill", "Not a bill"),
        ],
        compute="_compute_progress",
        search="_search_progress",
    )
    warning = fields.Char(compute="_compute_warning", help="What somebody should look at before it is booked.")
    age = fields.Char(compute="_compute_age", help="Since it was received.")
    draft_name = fields.Char(related="move_id.name", string="Entry")

    @api.depends("reading")
    def _compute_read(self):
        codes = {self._read_value(document.reading, "currency") for document in self} - {""}
        # Currencies that are switched off are printed on bills too; a lookup of names, no data of others.
        known = self.env["res.currency"].sudo().with_context(active_test=False).search([("name", "in", list(codes))])
        currencies = {currency.name: currency.id for currency in known}
        for document in self:
            reading = document.reading
            document.vendor_name = self._read_value(reading, "vendor")
            document.number = self._read_value(reading, "number")
            document.bill_date = self._as_date(self._read_value(reading, "date"))
            document.total = self._as_number(self._read_value(reading, "total"))
            currency_id = currencies.get(self._read_value(reading, "currency"))
            document.currency_id = currency_id or document.company_id.currency_id

    @api.depends("move_id")
    @api.depends_context("lang", "uid")
    def _compute_warning(self):
        domain = [("res_model", "=", "account.move"), ("res_id", "in", self.move_id.ids), ("state", "=", "open")]
        told = self.env["ai.finding"].search(domain, order="severity, id").grouped("res_id")
        for document in self:
            found = told.get(document.move_id.id)
            document.warning = " ".join(found.mapped("text")) if found else False

    @api.depends("create_date")
    @api.depends_context("lang", "tz")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for document in self:
            received = fields.Datetime.context_timestamp(document, document.create_date or fields.Datetime.now()).date()
            days = (today - received).days
            words = {0: self.env._("today"), 1: self.env._("yesterday")}
            document.age = words.get(days) or self.env._("%(days)s days ago", days=days)

    @api.model
    def _read_value(self, reading, name):
        """The value of a field of a reading, empty when it was not read."""
        return str((((reading or {}).get("fields") or {}).get(name) or {}).get("value") or "")

    @api.model
    def _as_date(self, text):
        try:
            return fields.Date.to_date(text) or False
        except ValueError:
            return False

    @api.model
    def _as_number(self, text):
        try:
            return float(text or 0)
        except ValueError:
            return 0.0

    # === HOW FAR IT IS === #

    @api.depends("state", "move_id.state")
    def _compute_progress(self):
        rows = {}
        stored = self.filtered("id")
        if stored:
            self.env["ai.suggestion"].flush_model(["state", "is_question", "res_model", "res_id"])
            self.env["account.move"].flush_model(["state"])
            self.env["ai.finding"].flush_model(["state", "severity", "res_model", "res_id"])
            self.flush_model(["state", "move_id"])
            query = SQL("SELECT d.id, %s FROM ai_document d WHERE d.id = ANY(%s)", self._progress_sql("d"), stored.ids)
            rows = dict(self.env.execute_query(query))
        for document in self:
            document.progress = rows.get(document.id, document.state)

    @api.model
    def _progress_sql(self, alias):
        """A document that was read is as far as the suggestion for its draft; one booked by hand is booked."""
        document = SQL.identifier(alias)
        return SQL(
            """CASE WHEN %(document)s.state <> 'read' THEN %(document)s.state ELSE COALESCE((
                   SELECT CASE s.state WHEN 'pending' THEN CASE WHEN s.is_question THEN 'question'
                                       WHEN EXISTS (SELECT 1 FROM ai_finding f
                                                     WHERE f.res_model = 'account.move' AND f.res_id = s.res_id
                                                       AND f.state = 'open' AND f.severity = 'stop') THEN 'held'
                                       ELSE 'decide' END
                                       WHEN 'failed' THEN 'decide' WHEN 'accepted' THEN 'second'
                                       WHEN 'applied' THEN 'booked' END
                     FROM ai_suggestion s
                    WHERE s.res_model = 'account.move' AND s.res_id = %(document)s.move_id AND s.state = ANY(%(open)s)
                 ORDER BY array_position(%(open)s, s.state), s.id DESC LIMIT 1
               ), (SELECT 'booked' FROM account_move m WHERE m.id = %(document)s.move_id AND m.state = 'posted'
               ), (SELECT 'rejected' FROM ai_suggestion s
                    WHERE s.res_model = 'account.move' AND s.res_id = %(document)s.move_id AND s.state = 'rejected'
                    LIMIT 1
               ), 'read') END""",
            document=document,
            open=list(RANKS[:-1]),
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "progress":
            return self._progress_sql(alias)
        return super()._field_to_sql(alias, field_expr, query)

    def _search_progress(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = [progress for progress in value if progress in PROGRESS]
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL("%s = ANY(%s)", self._progress_sql(alias), wanted),
        )
