"""What a cash discount takes from base and tax of its document."""

from odoo import models


class AiBankEntry(models.AbstractModel):
    _name = "ai.bank.entry"
    _inherit = "ai.bank.entry"

    def _discount_parts(self, item, row):
        """Net and VAT of a discount, by core's own counterparts; None where core makes none.

        :param item: account.move.line of the document's term
        :param dict row: the write-off of the proposal
        :return: {net, vat, taxes: names}, in the document's currency with the sign of the row
        """
        invoice = item.move_id
        if not invoice.invoice_payment_term_id.early_discount or not invoice.is_invoice():
            return None
        sign = 1 if float(row["amount"]) > 0 else -1
        found = invoice._get_invoice_counterpart_amls_for_early_payment_discount(
            [{"aml": item, "amount_currency": item.amount_currency, "balance": item.balance}], 0.0
        )
        base, tax = (
            sum(values["amount_currency"] for kind in kinds for values in found[kind])
            for kinds in (("term_lines", "base_lines"), ("tax_lines",))
        )
        # Core's lines stand opposite the document's: a discount on a receivable is a debit.
        if not item.currency_id.compare_amounts(abs(base + tax), abs(float(row["amount"]))):
            repartitions = [values.get("tax_repartition_line_id") for values in found["tax_lines"]]
            taxes = self.env["account.tax.repartition.line"].browse(repartitions).tax_id
            return {
                "net": item.currency_id.round(sign * abs(base)),
                "vat": item.currency_id.round(sign * abs(tax)),
                "taxes": taxes.mapped("name"),
            }
        return None
