"""Where posting binds in law, with the real charts of France, Germany and Saudi Arabia installed."""

from ground import templates
from harness import database, shell

CHARTS = "l10n_fr_account,l10n_de,l10n_sa_edi"

#: For each country: which journals bind and by which law, and what a supervised policy says of a sure bank match.
DECIDE = """
from odoo import Command
result = {}
for country in ("fr", "de", "sa"):
    company = env["res.company"].create({"name": country, "country_id": env.ref(f"base.{country}").id})
    template = {"de": "de_skr03"}.get(country, country)
    env["account.chart.template"].try_loading(template, company=company, install_demo=False)
    env.user.company_ids = [Command.link(company.id)]
    inside = env(context={"allowed_company_ids": company.ids})
    env.user.invalidate_recordset()
    journals = inside["account.journal"].search([("company_id", "=", company.id)])
    laws = journals._ai_binding_laws()
    by_type = {journal.type: laws[journal.id] for journal in journals if journal.type in ("bank", "sale", "purchase")}
    bank = journals.filtered(lambda journal: journal.type == "bank")[:1]
    inside["ai.policy"].create({"name": country, "mode": "supervised", "company_id": company.id, "sequence": 1})
    partner = inside["res.partner"].create({"name": f"Northwind {country} Holding"})
    texts = []
    for amount, is_open in ((119.0, False), (238.0, True)):
        if is_open:
            bank.action_ai_open_to_policies()
        expense = inside["account.account"].search(
            [("company_ids", "in", company.ids), ("account_type", "=", "expense")], limit=1)
        move = inside["account.move"].create({
            "move_type": "in_invoice", "partner_id": partner.id, "invoice_date": "2026-03-01", "date": "2026-03-01",
            "ref": f"NW-2026-{amount:.0f}", "invoice_line_ids": [Command.create({
                "name": "x", "price_unit": amount, "account_id": expense.id, "tax_ids": [Command.clear()]})]})
        move.action_post()
        line = inside["account.bank.statement.line"].create({
            "journal_id": bank.id, "payment_ref": f"{partner.name} {move.ref}", "amount": -amount,
            "date": "2026-03-10"})
        found = inside["ai.suggestion"].browse(inside["ai.suggestion"].propose(line._name, line.ids))
        texts.append(found.policy_text or line.ai_finding_text)
    result[country] = {"laws": by_type, "texts": texts, "trail": company.restrictive_audit_trail}
"""
BINDING = "asked: posting binds in law in this journal"


def test_charts_of_france_germany_and_saudi_arabia():
    with database(templates.base(CHARTS)) as name:
        templates.install(name, "ai_bookkeeper")
        found = shell(name, DECIDE)
    assert found["fr"]["laws"] == {"bank": "french", "sale": "french", "purchase": "french"}
    assert found["de"]["laws"] == {"bank": "german", "sale": "german", "purchase": "german"}
    assert found["de"]["trail"] is True
    assert found["sa"]["laws"] == {"bank": "", "sale": "clearance", "purchase": ""}
    for country in ("fr", "de"):
        closed, opened = found[country]["texts"]
        assert closed == BINDING
        assert opened.startswith("accepted: confidence")
    assert all(text.startswith("accepted: confidence") for text in found["sa"]["texts"])
