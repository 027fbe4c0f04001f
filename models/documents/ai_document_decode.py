"""Odoo's own decoder of e-invoices, on a scratch entry that is taken back: what it resolves is kept as facts."""

import logging

from odoo import models

_logger = logging.getLogger(__name__)

#: No followers, no mails, no notes: nobody shall hear of an entry that never was.
QUIET = {
    "ai_scratch": True,
    "disable_attachment_import": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
    "skip_is_manually_modified": True,
}


class _TakenBack(Exception):
    """Ends the savepoint in which the scratch entry was made."""


class AiDocument(models.Model):
    _inherit = "ai.document"

    def _decode(self, name, content):
        """What Odoo makes of an e-invoice for this draft, as JSON; None when it has no decoder, or that fails.

        Partners, products and accounts that it would make are not made: they are left out.
        """
        self.ensure_one()
        told = {}
        try:
            with self.env.cr.savepoint():
                told = self._decoded_on_scratch(name, content)
                raise _TakenBack
        except _TakenBack:
            return self._with_existing(told) if told else None
        except Exception:
            # A decoder that stumbles over a file must not keep it from being read.
            _logger.info("Odoo's decoder could not read document %s", self.id, exc_info=True)
            return None

    def _decoded_on_scratch(self, name, content):
        moves = self.env["account.move"].with_company(self.company_id).with_context(**QUIET)
        file_data = {
            "name": name,
            "raw": content,
            "mimetype": "application/xml",
            "attachment": self.env["ir.attachment"],
            "origin_attachment": self.attachment_id,
        }
        file_data["xml_tree"] = moves._get_xml_tree(file_data)
        file_data["import_file_type"] = moves._get_import_file_type(file_data)
        file_data["origin_import_file_type"] = file_data["import_file_type"]
        scratch = moves.create({"move_type": self.move_id.move_type, "journal_id": self.journal_id.id})
        decoder = scratch._get_edi_decoder(file_data, new=True)
        if not decoder or decoder["decoder"](scratch, file_data, True):
            return None
        return scratch._ai_decoded()

    def _with_existing(self, told):
        """Without the records that the decoder made and that are gone with the scratch entry."""
        lines = told["lines"]
        for model, name in (("product.product", "product_id"), ("account.account", "account_id")):
            known = set(self.env[model].browse({line[name] for line in lines if line[name]}).exists().ids)
            for line in lines:
                line[name] = line[name] if line[name] in known else False
        taxes = set(self.env["account.tax"].browse({tax for line in lines for tax in line["tax_ids"]}).exists().ids)
        for line in lines:
            line["tax_ids"] = [tax for tax in line["tax_ids"] if tax in taxes]
        partner = self.env["res.partner"].browse(told["partner_id"] or ()).exists()
        return {**told, "partner_id": partner.id}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _ai_decoded(self):
        """What a decoder wrote on this entry, as JSON."""
        self.ensure_one()
        return {
            "move_type": self.move_type,
            "partner_id": self.partner_id.id,
            "currency": self.currency_id.name,
            "ref": self.ref or "",
            "invoice_date": _day(self.invoice_date),
            "invoice_date_due": _day(self.invoice_date_due),
            "payment_reference": self.payment_reference or "",
            "origin": self.invoice_origin or "",
            "iban": self.partner_bank_id.sanitized_acc_number or "",
            "net": _amount(self, self.amount_untaxed),
            "tax": _amount(self, self.amount_tax),
            "total": _amount(self, self.amount_total),
            "lines": [line._ai_decoded() for line in self.invoice_line_ids if line.display_type == "product"],
        }


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _ai_decoded(self):
        return {
            "label": self.name or "",
            "product_id": self.product_id.id,
            "account_id": self.account_id.id,
            "tax_ids": self.tax_ids.ids,
            "quantity": str(self.quantity),
            "price_unit": str(self.price_unit),
            "discount": str(self.discount),
            "amount": _amount(self.move_id, self.price_subtotal),
        }


def _amount(move, value):
    return f"{value:.{move.currency_id.decimal_places}f}"


def _day(value):
    return value.isoformat() if value else ""
