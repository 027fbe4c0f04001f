"""What a language model may be asked about one kind of document."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.extraction.reading import BILL, CREDIT_NOTE, RECEIPT, UNKNOWN
from ...engine.outside import ALLOWED

KINDS = [(BILL, "Bills"), (CREDIT_NOTE, "Credit notes"), (RECEIPT, "Receipts"), (UNKNOWN, "Not recognised")]
USUAL = (BILL, CREDIT_NOTE, RECEIPT)


class AiModelAllowance(models.Model):
    """An allow-list: what is not named here is never asked for, and a kind without a line is never sent."""

    _name = "ai.model.allowance"
    _description = "What a Language Model May Be Asked"
    _rec_name = "kind"
    _order = "provider_id, kind"

    provider_id = fields.Many2one("ai.model.provider", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="provider_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, string="Documents")
    is_on = fields.Boolean(string="May Be Sent", default=True)
    field_names = fields.Char(
        string="Fields",
        required=True,
        default=lambda self: ", ".join(ALLOWED),
        help="Names of the fields that may be asked for, with commas between them.",
    )

    _kind_uniq = models.Constraint("unique (provider_id, kind)", "Each kind of document has one line.")

    @api.constrains("field_names")
    def _check_field_names(self):
        for allowance in self:
            unknown = [name for name in allowance._names() if name not in ALLOWED]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "A language model is not asked for %(names)s. It may be asked for: %(allowed)s.",
                        names=", ".join(unknown),
                        allowed=", ".join(ALLOWED),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        allowances = super().create(vals_list)
        allowances._log()
        return allowances

    def write(self, vals):
        done = super().write(vals)
        self._log()
        return done

    def _log(self):
        """What may leave from now on."""
        for line in self:
            told = {"kind": line.kind, "is_on": line.is_on, "fields": list(line._names())}
            self.env["ai.audit.log"]._append("model_changed", line.provider_id, [{"allowance": told}])

    @api.model
    def _make_usual(self, provider):
        self.create([{"provider_id": provider.id, "kind": kind} for kind in USUAL])

    def _names(self):
        words = " ".join(text or "" for text in self.mapped("field_names")).replace(",", " ").split()
        return tuple(dict.fromkeys(words))
