"""What the books say: which bank lines need a document, which have one. One query, whatever the number of lines."""

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .ai_receipt import LINE_MODEL, MISSING, RECEIVED

#: A purchase: an entry of a bank line paid out, on cost or fixed assets or with a purchase tax, that settles nothing
#: with a partner. VAT is what its purchase taxes put on balance sheet accounts: what is not deductible is cost.
FACTS = """
SELECT st.id AS res_id, st.company_id, st.journal_id, st.partner_id, m.date, st.amount, st.payment_ref AS label,
       COALESCE(partner.name, NULLIF(st.partner_name, ''), st.payment_ref) AS payee,
       COALESCE(j.currency_id, company.currency_id) AS currency_id,
       found.vat, found.accounts,
       EXISTS (SELECT FROM ir_attachment a WHERE a.res_field IS NULL
                  AND (a.res_model = 'account.move' AND a.res_id = m.id
                       OR a.res_model = 'account.bank.statement.line' AND a.res_id = st.id)) AS has_document
  FROM account_bank_statement_line st
  JOIN account_move m ON m.id = st.move_id
  JOIN account_journal j ON j.id = st.journal_id
  JOIN res_company company ON company.id = st.company_id
  LEFT JOIN res_partner partner ON partner.id = st.partner_id
  CROSS JOIN LATERAL (
      SELECT COALESCE(sum(aml.balance) FILTER (WHERE tax.type_tax_use = 'purchase'
                                               AND account.account_type NOT LIKE 'expense%%'), 0) AS vat,
             bool_or(account.account_type IN ('asset_receivable', 'liability_payable')) AS settles,
             array_agg(DISTINCT aml.account_id) FILTER (WHERE aml.tax_line_id IS NULL
                       AND aml.account_id <> ALL(%(exempt)s)
                       AND (account.account_type LIKE 'expense%%' OR account.account_type = 'asset_fixed'
                            OR EXISTS (SELECT FROM account_move_line_account_tax_rel rel
                                         JOIN account_tax own ON own.id = rel.account_tax_id
                                        WHERE rel.account_move_line_id = aml.id AND own.type_tax_use = 'purchase')))
             AS accounts
        FROM account_move_line aml
        JOIN account_account account ON account.id = aml.account_id
        LEFT JOIN account_tax tax ON tax.id = aml.tax_line_id
       WHERE aml.move_id = m.id
  ) found
 WHERE st.company_id = %(company)s AND st.amount < 0 AND st.is_reconciled AND m.state = 'posted'
   AND m.date >= %(since)s AND found.accounts IS NOT NULL AND NOT found.settles AND %(which)s
"""
_COPIED = ("journal_id", "partner_id", "date", "amount", "label", "payee", "currency_id", "vat", "account_names")


class AiReceipt(models.Model):
    _name = "ai.receipt"
    _inherit = "ai.receipt"

    @api.model
    def _refresh(self, company, line_ids=None):
        """Bring the receipts of a company, or of these bank lines of it, in step with the books.

        Runs as the superuser: what is missing does not depend on who looks. What was waived stays so.
        """
        self = self.sudo().with_company(company)
        facts = {row["res_id"]: row for row in self._facts(company.sudo(), line_ids)}
        domain = [("company_id", "=", company.id)]
        if line_ids is not None:
            domain.append(("res_id", "in", list(line_ids)))
        known = self.search(domain)
        gone = known.filtered(lambda receipt: receipt.res_id not in facts)
        gone.unlink()
        self._name_accounts(facts.values())
        for receipt in known - gone:
            receipt._follow(facts.pop(receipt.res_id))
        self._add(company, facts)

    @api.model
    def _facts(self, company, line_ids):
        self.env[LINE_MODEL].flush_model()
        self.env["account.move"].flush_model(["state", "date"])
        self.env["account.move.line"].flush_model()
        self.env["ir.attachment"].flush_model(["res_model", "res_id", "res_field"])
        return self.env.execute_query_dict(
            SQL(
                FACTS,
                company=company.id,
                since=company.ai_receipts_from or fields.Date.today(),
                exempt=company.ai_receipt_exempt_account_ids.ids,
                which=SQL("TRUE") if line_ids is None else SQL("st.id = ANY(%s)", list(line_ids)),
            )
        )

    @api.model
    def _name_accounts(self, facts):
        ids = {account_id for row in facts for account_id in row["accounts"]}
        names = {account.id: account.display_name for account in self.env["account.account"].browse(ids)}
        for row in facts:
            row["account_names"] = ", ".join(sorted(names[account_id] for account_id in row["accounts"]))[:250]

    def _follow(self, row):
        """Copy what changed; a document that came, or went, changes the state."""
        values = {name: row[name] for name in _COPIED if self._differs(name, row[name])}
        if row["has_document"] and self.state != RECEIVED:
            values.update(state=RECEIVED, received_at=fields.Datetime.now())
        elif not row["has_document"] and self.state == RECEIVED:
            values.update(state=MISSING, received_at=False)
        if values:
            self.write(values)

    def _differs(self, name, value):
        field = self._fields[name]
        if field.type == "monetary":
            return abs(self[name] - float(value)) > 1e-6
        mine = self[name].id if field.type == "many2one" else self[name]
        return (mine or None) != (value or None)

    @api.model
    def _add(self, company, facts):
        rows = [(row["res_id"], row["journal_id"], row["label"]) for row in facts.values()]
        holders = self.env["ai.payment.card"]._holders(company, rows)
        now = fields.Datetime.now()
        values = [
            {
                **{name: row[name] for name in _COPIED},
                "res_id": row["res_id"],
                "company_id": company.id,
                "holder_id": holders.get(row["res_id"]),
                "state": RECEIVED if row["has_document"] else MISSING,
                "received_at": now if row["has_document"] else False,
            }
            for row in facts.values()
        ]
        for batch in split_every(1000, values, list):
            self.create(batch)

    @api.model
    def _refresh_lines(self, line_ids):
        """The same for bank lines of any company."""
        lines = self.env[LINE_MODEL].sudo().browse(line_ids).exists()
        self.sudo().search([("res_id", "in", list(set(line_ids) - set(lines.ids)))]).unlink()
        for company, group in lines.grouped("company_id").items():
            self._refresh(company, group.ids)

    @api.model
    def _cron_refresh(self):
        """Also what was coded, reset or attached in Odoo's own screens."""
        for company in self.env["res.company"].sudo().search([]):
            self._refresh(company)
