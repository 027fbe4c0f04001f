"""Lines of the bank and entries of the books that mean the same, or have no answer on the other side."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .cut_over_words import FATES


class AiCutOverLine(models.Model):
    """One group; see ``engine.cutover.fate`` for what becomes of it."""

    _name = "ai.cut.over.line"
    _inherit = "ai.journal.mixin"
    _description = "Line of a Bank Cut-Over"
    _order = "place, id"

    cut_over_id = fields.Many2one("ai.cut.over", required=True, readonly=True, index=True, ondelete="cascade")
    state = fields.Selection(related="cut_over_id.state", related_sudo=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    journal_id = fields.Many2one("account.journal", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    place = fields.Integer(readonly=True)
    fate = fields.Selection(FATES, required=True, readonly=True, string="What Happens")
    bank_date = fields.Date(readonly=True)
    bank_amount = fields.Monetary(readonly=True, string="By Bank")
    bank_text = fields.Char(readonly=True)
    bank_count = fields.Integer(readonly=True, string="Lines")
    books_date = fields.Date(readonly=True, string="Booked On")
    books_amount = fields.Monetary(readonly=True, string="By Books")
    books_text = fields.Char(readonly=True, string="Entry")
    books_count = fields.Integer(readonly=True, string="Entries")
    bank_keys = fields.Json(readonly=True)
    item_keys = fields.Json(readonly=True)
    choices = fields.Json(readonly=True, help="Lists of journal items, of which a person picks one.")

    is_said = fields.Boolean(readonly=True, help="A person said something about it.")
    can_choose = fields.Boolean(readonly=True, help="There are entries that it could be.")

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("A cut-over is changed with its buttons."))
        return super().write(vals)

    # === DECIDING === #

    def action_take(self):
        """Import this bank line although it is older than the cut-over: the books lack it."""
        return self._say("taken", [key for line in self for key in line.bank_keys or ()])

    def action_move(self):
        """The bank will show this entry later: it becomes an outstanding item."""
        return self._say("moved", [key for line in self for key in line.item_keys or ()])

    def action_keep(self):
        """The entry is no movement of the bank: it stays on the account."""
        return self._say("kept", [key for line in self for key in line.item_keys or ()])

    def action_part(self):
        """These are no pair."""
        self.ensure_one()
        return self._pick([])

    def action_back(self):
        """Forget what was said about these lines."""
        keys = {key for line in self for key in (*(line.bank_keys or ()), *(line.item_keys or ()))}
        return self.cut_over_id._unsay(keys)

    def action_choose(self):
        """Say which entries this bank line is."""
        self.ensure_one()
        self.cut_over_id._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which Entry Is It?"),
            "res_model": "ai.cut.over.pick",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def _options(self):
        """What the bank line may be, for the dialog: the engine's choices, else every entry of that amount."""
        self.ensure_one()
        self.check_access("read")
        choices = self.choices or [
            row.item_keys
            for row in self.cut_over_id.line_ids
            if row.books_count and not row.bank_count and row.books_amount == self.bank_amount
        ]
        rows = {key: row for row in self.cut_over_id.line_ids for key in row.item_keys or ()}
        known = [[rows[key] for key in choice if key in rows] for choice in choices]
        return [
            {
                "item_keys": [key for row in found for key in row.item_keys],
                "date": found[0].books_date,
                "amount": sum(row.books_amount for row in found),
                "text": " · ".join(row.books_text or "" for row in found),
            }
            for found in known
            if found
        ]

    def _pick(self, items):
        """The bank line is these entries."""
        self.ensure_one()
        return self.cut_over_id._pair(self.bank_keys[0], items)

    def action_open_items(self):
        """Show the entries of this line."""
        self.ensure_one()
        self.check_access("read")
        items = self.env["account.move.line"].browse(self.item_keys or ()).exists()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Entries"),
            "res_model": "account.move",
            "domain": [("id", "in", items.move_id.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def _say(self, what, keys):
        if len(self.cut_over_id) != 1:
            raise UserError(self.env._("Choose lines of one cut-over."))
        return self.cut_over_id._say(what, keys)
