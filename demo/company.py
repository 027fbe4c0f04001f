"""The books of the demo company: documents, payments and settings through Odoo's own methods."""

import random

from odoo import Command

from benchmarks.bank.books.chart import Chart
from benchmarks.bank.books.documents import find_moves, find_partners, make_drafts, make_partners

from . import words
from .year import OPENING


def make_company(env, year):
    """Fill a database that has only `account` and the addon; documents stay drafts until their day comes."""
    chart = Chart(env, year).build()
    env.company.write(
        {
            "street": "Kouter 14",
            "zip": "9000",
            "city": "Gent",
            "email": "info@lindenhof.example",
            "phone": "+32 9 210 44 00",
        }
    )
    _archive_standard_taxes(env, chart)
    make_partners(chart)
    partners = find_partners(chart)
    _settle_in(year, partners)
    make_drafts(chart, partners)
    _name_lines(env, chart)
    _leave_unnumbered(env)
    _open_accounts(env, year, chart)
    _configure(chart)
    return chart


def _archive_standard_taxes(env, chart):
    own = [tax.id for tax in chart.taxes.values()]
    env.company.write(
        {"account_sale_tax_id": chart.taxes["sale21"].id, "account_purchase_tax_id": chart.taxes["purchase21"].id}
    )
    env["account.tax"].search([("id", "not in", own)]).active = False


def _settle_in(year, partners):
    for key, partner in year.partners.items():
        towns = words.TOWNS[partner.country]
        partners[key].write({"city": towns[key % len(towns)], "ref": f"P{key}"})


def _name_lines(env, chart):
    """Names of goods and services. Plain SQL: through the ORM Odoo would reckon every draft again."""
    rng = random.Random(chart.year.seed)
    moves = find_moves(chart)
    texts = []
    for document in chart.year.documents:
        names = words.PURCHASES if document.kind in ("bill", "refund") else words.SALES
        for line in moves[document.key].invoice_line_ids:
            texts.append((rng.choice(names), line.id))
    env.flush_all()
    env.cr.executemany("UPDATE account_move_line SET name = %s WHERE id = %s", texts)
    env.invalidate_all()


def _leave_unnumbered(env):
    """Bills get Odoo's own monthly numbers when they are posted: their payers quote the vendor's number."""
    env.cr.execute(
        "UPDATE account_move SET name = '/', sequence_prefix = NULL, sequence_number = 0 "
        "WHERE state = 'draft' AND move_type IN ('in_invoice', 'in_refund')"
    )
    env.invalidate_all()


def _open_accounts(env, year, chart):
    """What stood in the banks when the year began, against equity."""
    equity = env["account.account"].search([("account_type", "=", "equity")], limit=1)
    for journal in chart.journals.values():
        currency = journal.currency_id or env.company.currency_id
        balance = currency._convert(float(OPENING), env.company.currency_id, env.company, year.start)
        rows = [
            (journal.default_account_id, balance, float(OPENING), currency),
            (equity, -balance, -balance, env.company.currency_id),
        ]
        env["account.move"].create(
            {
                "date": year.start,
                "ref": f"Opening balance {journal.name}",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "balance": amount,
                            "amount_currency": in_currency,
                            "currency_id": its_currency.id,
                            "name": "Opening balance",
                        }
                    )
                    for account, amount, in_currency, its_currency in rows
                ],
            }
        ).action_post()


def _configure(chart):
    """The company's part of the settings page."""
    company = chart.year.company
    chart.company.write(
        {
            "ai_fee_account_id": chart.accounts["fee"].id,
            "ai_fee_tax_id": chart.taxes["purchase21"].id,
            "ai_rounding_account_id": chart.accounts["rounding"].id,
            "ai_withholding_account_id": chart.accounts["withholding"].id,
            "ai_withholding_rates": "; ".join(str(rate) for rate in company.withholding_rates),
            # Its receipts come late: VAT is claimed before, flagged and chased.
            "ai_claims_without_document": True,
            "ai_receipts_from": min(line.date for line in chart.year.lines),
            "ai_receipt_exempt_account_ids": [Command.set([chart.accounts["fee"].id])],
        }
    )
    # The generic chart takes everybody outside the United States for a foreigner.
    positions = chart.env["account.fiscal.position"].search([("country_id.code", "=", "US")])
    positions.country_id = chart.company.country_id


def give_names(env, chart):
    """Records that the generator knows by its own keys get the names that people read."""
    for key, tax in chart.taxes.items():
        tax.name = words.TAXES[key]
    for key, term in chart.terms.items():
        term.name = words.TERMS[key]
    env.flush_all()
    env.cr.execute("UPDATE account_move SET invoice_origin = NULL WHERE invoice_origin LIKE 'D%'")
    env.invalidate_all()


def make_users(env):
    """Two reviewers, a manager and an auditor; [[login, password, role], ...]."""
    groups = {
        "reviewer": (words.REVIEWER, "reviewer"),
        "colleague": (words.COLLEAGUE, "reviewer"),
        "manager": (words.MANAGER, "manager"),
        "auditor": (words.AUDITOR, "auditor"),
    }
    for login, (name, role) in groups.items():
        env["res.users"].with_context(no_reset_password=True).create(
            {
                "name": name,
                "login": login,
                "password": login,
                "email": f"{login}@lindenhof.example",
                "tz": "Europe/Brussels",
                "company_id": env.company.id,
                "company_ids": [Command.set(env.company.ids)],
                "group_ids": [
                    Command.link(env.ref("base.group_user").id),
                    Command.link(env.ref(f"ai_bookkeeper.ai_bookkeeper_group_{role}").id),
                ],
            }
        )
    known = [[login, login, f"{name}, {role}"] for login, (name, role) in groups.items()]
    return [*known, ["admin", "admin", "administrator"]]
