"""What people decided, one row a lesson: the only thing that the learner learns from."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.coding import Template

SOURCES = [
    ("person", "Decided by a person"),
    ("group", "One of many accepted together"),
    ("history", "Posted before the addon"),
    ("sample", "Coded blind for an audit"),
    ("outside", "Coded anew in Odoo"),
]
COLUMNS = (
    "company_id",
    "scope",
    "res_model",
    "res_id",
    "suggestion_id",
    "history_id",
    "source",
    "weight",
    "date",
    "payee",
    "payee_name",
    "text",
    "amount",
    "currency_id",
    "journal_id",
    "transaction_code",
    "label",
    "lines",
    "partner_id",
    "user_id",
    "is_error",
)
INSERT = f"""
INSERT INTO ai_learning_event (create_uid, create_date, write_uid, write_date, {", ".join(COLUMNS)})
VALUES %s RETURNING id
"""
COPIED = tuple(name for name in COLUMNS if name not in ("history_id", "user_id", "is_error"))
_TAKE_BACK = f"""
INSERT INTO ai_learning_event (create_uid, create_date, write_uid, write_date, forgets_id, {", ".join(COPIED)},
                               history_id, user_id, is_error)
SELECT %(user)s, %(now)s, %(user)s, %(now)s, e.id, {", ".join(f"e.{name}" for name in COPIED)}, %(history)s,
       %(user)s, %(error)s AND e.source <> 'history'
  FROM ai_learning_event e
 WHERE e.id = ANY(%(ids)s) AND e.forgets_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM ai_learning_event f WHERE f.forgets_id = e.id)
RETURNING id
"""


class AiLearningEvent(models.Model):
    """A lesson, or one taken back: ``forgets_id`` names the lesson that counts no more. Rows are never changed."""

    _name = "ai.learning.event"
    _description = "Lesson"
    _order = "id desc"
    _inherit = "ai.target.mixin"
    _log_access = True

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    scope = fields.Char(required=True, default="bank_coding", help="The kind of suggestion that learns from it.")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    suggestion_id = fields.Many2one("ai.suggestion", index="btree_not_null", ondelete="set null")
    history_id = fields.Many2one("ai.learning.history", index="btree_not_null", ondelete="set null")
    source = fields.Selection(SOURCES, required=True)
    weight = fields.Float(required=True, default=1.0, digits=(4, 3), aggregator="avg")
    date = fields.Date(required=True, help="Of the payment.")
    payee = fields.Char(help="By what the payee is recognised again.")
    payee_name = fields.Char(string="Payee")
    text = fields.Char(string="Bank Text")
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one("res.currency", required=True)
    journal_id = fields.Many2one("account.journal", ondelete="set null")
    transaction_code = fields.Char()
    label = fields.Char(required=True, help="Accounts, taxes and analytic distribution, as engine.coding.Template.")
    lines = fields.Json(help="The coding with its amounts, as in a proposal.")
    partner_id = fields.Many2one("res.partner", ondelete="set null")
    user_id = fields.Many2one("res.users", string="Decided By", ondelete="set null")
    is_error = fields.Boolean(
        string="Machine Was Wrong", help="The machine had said something else, or it was corrected later."
    )
    forgets_id = fields.Many2one("ai.learning.event", index="btree_not_null", ondelete="cascade", string="Takes Back")
    taken_back_ids = fields.One2many("ai.learning.event", "forgets_id")
    status = fields.Selection(
        [("counts", "Counts"), ("forgotten", "Taken back"), ("takes_back", "Takes one back")],
        compute="_compute_status",
        search="_search_status",
    )
    coding_text = fields.Char(compute="_compute_coding_text", string="Coded To")

    _target_idx = models.Index("(res_model, res_id)")
    _scope_idx = models.Index("(company_id, scope, id)")
    _user_idx = models.Index("(user_id, id)")

    # === SHOWN === #

    @api.depends("forgets_id", "taken_back_ids")
    def _compute_status(self):
        for event in self.sudo():
            event.status = "takes_back" if event.forgets_id else "forgotten" if event.taken_back_ids else "counts"

    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = {
            "takes_back": Domain("forgets_id", "!=", False),
            "forgotten": Domain("forgets_id", "=", False) & Domain("taken_back_ids", "!=", False),
            "counts": Domain("forgets_id", "=", False) & Domain("taken_back_ids", "=", False),
        }
        return Domain.OR([domain for status, domain in found.items() if status in value])

    @api.depends("label")
    def _compute_coding_text(self):
        words = self._coding_words(self.mapped("label"))
        for event in self:
            event.coding_text = words[event.label]

    @api.model
    def _coding_words(self, labels):
        """{label: accounts and taxes in words}; a text that is no template is shown as it is."""
        templates = {label: self._template(label) for label in set(labels)}
        parts = [part for template in templates.values() if template for part in template.parts]
        # Names only, of what the lessons that the user may see book to.
        accounts = self.env["account.account"].sudo().browse({part.account for part in parts}).exists()
        taxes = self.env["account.tax"].sudo().browse({tax for part in parts for tax in part.taxes}).exists()
        names = {account.id: account.display_name for account in accounts}
        tax_names = {tax.id: tax.name for tax in taxes}
        return {
            label: " + ".join(self._part_words(part, names, tax_names) for part in template.parts)
            if template
            else label
            for label, template in templates.items()
        }

    @api.model
    def _part_words(self, part, names, tax_names):
        gone = self.env._("deleted")
        taxes = ", ".join(tax_names.get(tax, gone) for tax in part.taxes)
        account = names.get(part.account, gone)
        return f"{account} ({taxes})" if taxes else account

    @api.model
    def _template(self, label):
        try:
            return Template.from_label(label)
        except (ValueError, TypeError, IndexError):
            return None

    def action_open_record(self):
        """Open what the lesson is about."""
        return self._open_target()

    # === WRITING === #

    def write(self, vals):  # pylint: disable=method-required-super
        """A lesson stays as it was; another one takes it back."""
        raise UserError(self.env._("A lesson is never changed. Undo the booking, or code it anew: that counts."))

    @api.model
    def _insert(self, rows):
        """Write lessons; what the same records taught before counts no more. A handful of queries.

        :param rows: dicts of ``COLUMNS``; all of one scope, model and company
        :return: ids in the order of ``rows``
        """
        if not rows:
            return []
        self._replace(rows)
        now, uid = self.env.cr.now(), self.env.uid
        values = [(uid, now, uid, now, *(self._plain(row.get(name)) for name in COLUMNS)) for row in rows]
        found = self.env.cr.execute_values(INSERT, values, page_size=1000, fetch=True)
        return [row[0] for row in found]

    @api.model
    def _replace(self, rows):
        """What the same records taught before counts no more; it was wrong where it said something else."""
        # A bill teaches a lesson a line.
        labels = {(row["res_id"], row["label"]) for row in rows}
        older = self._live(rows[0]["scope"], rows[0]["res_model"], {res_id for res_id, _label in labels})
        same = older.filtered(lambda lesson: (lesson.res_id, lesson.label) in labels)
        same._take_back(False)
        (older - same)._take_back(True)

    @api.model
    def _plain(self, value):
        if isinstance(value, list | dict):
            return json.dumps(value)
        return value

    @api.model
    def _live(self, scope, model, res_ids):
        """The lessons about these records that count."""
        rows = self.env.execute_query(
            SQL(
                """SELECT e.id FROM ai_learning_event e
                    WHERE e.scope = %s AND e.res_model = %s AND e.res_id = ANY(%s) AND e.forgets_id IS NULL
                      AND NOT EXISTS (SELECT 1 FROM ai_learning_event f WHERE f.forgets_id = e.id)
                    ORDER BY e.id""",
                scope,
                model,
                list(res_ids),
            )
        )
        return self.sudo().browse([row[0] for row in rows])

    def _take_back(self, is_error, history=None):
        """Unlearn these lessons; returns how many. One query.

        :param bool is_error: the machine is held to have been wrong; what people had booked before it is no error of it
        :param history: the run over history that all of them came from, when the whole of it is forgotten
        """
        if not self:
            return 0
        self.env.cr.execute(
            SQL(
                _TAKE_BACK,
                user=self.env.uid,
                now=self.env.cr.now(),
                error=bool(is_error),
                ids=self.ids,
                history=history,
            )
        )
        self.env["ai.learning.event"].invalidate_model(["status", "taken_back_ids"], flush=False)
        return self.env.cr.rowcount
