"""Odoo's own reconciliation models read as rules of coding. Community keeps them, but nothing there applies them."""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...engine.coding import Part, Rule, Template
from ...engine.coding.rules import is_safe_pattern
from ...engine.text import words


class AccountReconcileModel(models.Model):
    _inherit = "account.reconcile.model"

    ai_read_text = fields.Char(compute="_compute_ai_read", string="As a Coding Rule")
    ai_can_copy = fields.Boolean(compute="_compute_ai_read")

    @api.depends(
        *("match_label", "match_label_param", "match_partner_ids", "match_amount", "mapped_partner_id"),
        *("line_ids.account_id", "line_ids.amount_type", "line_ids.amount_string"),
    )
    @api.depends_context("lang")
    def _compute_ai_read(self):
        texts = {
            "": self.env._("proposes, after the addon's own rules; a person decides"),
            "no_account": self.env._("not read: it says no account"),
            "broad": self.env._("not read: it asks for no text and no partner, so it is a button for people"),
            "pattern": self.env._("not read: its regular expression could take forever, or is none"),
            "amounts": self.env._("not read: it takes amounts out of the text, or fixed ones after percentages"),
        }
        for model in self:
            code = model._ai_unread()
            model.ai_read_text = texts[code]
            model.ai_can_copy = not code and model.match_label in (False, "contains")

    def ai_copy_to_rule(self) -> dict:
        """Try this model out as a rule of the addon, which a manager can release for policies."""
        self.ensure_one()
        self.check_access("read")
        self.env["ai.rule"].browse().check_access("create")
        if not self.ai_can_copy:
            raise UserError(self.env._("This model cannot be copied: make a rule of your own."))
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_rule_offer_action")
        defaults = {f"default_{name}": value for name, value in self._ai_copied().items()}
        return {**action, "context": {"dialog_size": "extra-large", **defaults}}

    def _ai_copied(self):
        """Values of a rule like this one; of several partners the first."""
        rows = self._ai_amounts()
        lines = [
            {
                "account_id": line.account_id.id,
                "share": float(share) if not fixed else 100.0,
                "fixed": abs(float(fixed)) if fixed else 0.0,
                "tax_ids": [Command.set(line.tax_ids.ids)],
                "analytic_distribution": line.analytic_distribution,
                "label": line.label,
            }
            for line, share, fixed in rows
        ]
        return {
            "name": self.name,
            "company_id": self.company_id.id,
            "tokens": " ".join(word.text for word in words(self.match_label_param or "")),
            "partner_id": self.match_partner_ids[:1].id,
            "least": self.match_amount_min if self.match_amount in ("greater", "between") else 0.0,
            "most": self.match_amount_max if self.match_amount in ("lower", "between") else 0.0,
            "journal_ids": [Command.set(self.match_journal_ids.ids)],
            "line_ids": [Command.create(line) for line in lines],
        }

    @api.model
    def _ai_rules(self, company):
        """The models of ``company`` that can be read as rules, in their order.

        :return: tuple of ``engine.coding.Rule`` with negative keys; none is released: whoever may change these models
            is not necessarily a manager
        """
        # They are proposals to whoever decides; who may open the model's form is another question.
        found = self.sudo().search([("company_id", "in", [company.id, *company.parent_ids.ids])])
        return tuple(rule for model in found if not model._ai_unread() for rule in model._ai_to_engine())

    def _ai_unread(self):
        """Why this model is not read as a rule, as a code; empty when it is."""
        self.ensure_one()
        if self.mapped_partner_id or not self.line_ids.account_id:
            return "no_account"
        if not self._ai_is_narrow():
            return "broad"
        if self.match_label == "match_regex" and not is_safe_pattern(self.match_label_param or ""):
            return "pattern"
        return "" if self._ai_amounts() else "amounts"

    def _ai_is_narrow(self):
        """It asks for a text that is there, or for partners; a preset without either is a button for people."""
        has_text = self.match_label in ("contains", "match_regex") and (self.match_label_param or "").strip()
        return bool(has_text or self.match_partner_ids)

    def _ai_amounts(self):
        """[(line, percent of what fixed amounts leave, fixed amount)]; None when they are read from the text, or fixed
        amounts come after a share of the whole."""
        rows, left = [], Decimal(100)
        for line in self.line_ids.filtered("account_id"):
            amount = Decimal(str(line.amount))
            if line.amount_type == "fixed" and left == 100:
                rows.append((line, Decimal(0), amount))
            elif line.amount_type == "percentage":
                rows.append((line, left * amount / 100, None))
                left -= rows[-1][1]
            elif line.amount_type == "percentage_st_line" and not any(fixed for _line, _share, fixed in rows):
                rows.append((line, amount, None))
                left -= amount
            else:
                return None
        is_sound = all(share > 0 or fixed for _line, share, fixed in rows) and left >= 0
        return rows if is_sound else None

    def _ai_to_engine(self):
        """One rule; one a direction when amounts are fixed, because those have a sign of their own."""
        rows = sorted(self._ai_amounts(), key=lambda row: _part(row[0]).account)
        if not any(fixed for _line, _share, fixed in rows):
            return (self._ai_rule(rows, None),)
        return tuple(self._ai_rule(rows, sign) for sign in (1, -1))

    def _ai_rule(self, rows, sign):
        lines = [line for line, _share, _fixed in rows]
        partners = {line.partner_id.id for line in lines}
        labels = tuple(line.label or "" for line in lines)
        text = (self.match_label_param or "").strip()
        return Rule(
            key=-self.id,
            template=Template(tuple(_part(line) for line in lines)),
            sign=sign,
            phrase=text if self.match_label == "contains" else "",
            without=text if self.match_label == "not_contains" else "",
            pattern=text if self.match_label == "match_regex" else "",
            partners=frozenset(self.match_partner_ids.ids),
            least=_bound(self.match_amount_min) if self.match_amount in ("greater", "between") else None,
            most=_bound(self.match_amount_max) if self.match_amount in ("lower", "between") else None,
            journals=frozenset(self.match_journal_ids.ids),
            shares=tuple(share for _line, share, _fixed in rows),
            # Theirs is positive for a credit, as amounts of the bank are; ours goes along with the payment.
            fixed=tuple(fixed * sign if fixed else None for _line, _share, fixed in rows),
            label=next(filter(None, labels), ""),
            labels=labels,
            name=self.name,
            set_partner=next(iter(partners)) if len(partners) == 1 and partners != {False} else None,
        )


def _part(line):
    analytic = tuple(sorted((line.analytic_distribution or {}).items()))
    return Part(line.account_id.id, tuple(sorted(line.tax_ids.ids)), analytic)


def _bound(amount):
    return Decimal(str(amount))
