"""What came in lately: PDFs, photos and e-invoices of the company's vendors, and what a careful person would notice."""

import base64
import io
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from PIL import Image

from odoo import Command

from benchmarks.bills import pictures
from benchmarks.bills.generator import drawing, make, numbers, ubl
from benchmarks.bills.generator.places import COUNTRIES

SEED = 19
SECONDS = 300
#: Country, lines: (text, quantity, price). The vendors are partners of the books.
LINES = (
    (("Pressure gauge DN50", "4", "86.50"), ("Freight", "1", "18.00")),
    (("Packaging material", "250", "0.42"),),
    (("Machine hire, week", "2", "640.00"), ("Transport", "1", "95.00")),
    (("Workshop supplies", "1", "214.35"),),
    (("Components", "12", "31.20"), ("Small-order charge", "1", "12.50")),
    (("Subcontracted work, hours", "16", "58.00"),),
    (("Office supplies", "1", "73.90"), ("Toner", "2", "64.00")),
)
REVERSE = "Reverse charge: VAT to be accounted for by the recipient, Art. 138 Directive 2006/112/EC"
APPROVAL_FROM = 1000.0


def make_bills(env):
    """Upload what came in and have it read. Answers {state: documents}."""
    desk = _Desk(env)
    for name, content in desk.files():
        desk.upload(name, content)
    env.cr.commit()  # pylint: disable=invalid-commit
    # The queue works on cursors of its own and must see the drafts.
    env["sync.job"]._run("work", SECONDS)
    env.cr.commit()  # pylint: disable=invalid-commit
    env.invalidate_all()
    return dict(env["ai.document"]._read_group([], ["state"], ["__count"]))


def set_approvals(env):
    """Spending above an amount needs the manager's yes."""
    manager = env(user=env["res.users"].search([("login", "=", "manager")]))
    manager["ai.approval.rule"].create(
        {
            "name": "Purchases from 1,000",
            "min_amount": APPROVAL_FROM,
            "approver": "orderer",
            "approver_ids": [Command.set(manager.user.partner_id.ids)],
        }
    )


def ask_for_approval(env):
    """One booked bill waits for the manager's yes."""
    reviewer = env(user=env["res.users"].search([("login", "=", "reviewer")]))
    manager = env["res.users"].search([("login", "=", "manager")])
    unpaid = [("move_type", "=", "in_invoice"), ("state", "=", "posted"), ("payment_state", "=", "not_paid")]
    bill = reviewer["account.move"].search(unpaid, order="invoice_date desc, id desc", limit=1)
    bill.ai_ask_approval(manager.partner_id.id, "Ordered for the trade fair?")


class _Desk:
    """The vendors of the books as senders, and the incoming tray of the reviewer."""

    def __init__(self, env):
        self.env = env
        self.chance = random.Random(SEED)
        self.today = date.today()
        self.reviewer = env(user=env["res.users"].search([("login", "=", "reviewer")]))
        company = env.company
        self.buyer = (company.name, company.street, f"{company.zip} {company.city}")
        domain = [("supplier_rank", ">", 0), ("is_company", "=", True), ("ref", "=like", "P%")]
        partners = env["res.partner"].search(domain, order="id")
        self.home = [self._vendor(partner, at) for at, partner in enumerate(partners) if _code(partner) == "BE"]
        foreign = ("DE", "NL", "FR")
        self.abroad = [self._vendor(partner, at) for at, partner in enumerate(partners) if _code(partner) in foreign]

    def _vendor(self, partner, at, code=None):
        """A sender that looks like this partner; what registers know of him is written into the books, too."""
        country = COUNTRIES[code or _code(partner)]
        (made,) = make.vendors(SEED + at, 1, (country.code,))
        account = partner.bank_ids[:1]
        if not account:
            account = self.env["res.partner.bank"].create({"acc_number": made.iban, "partner_id": partner.id})
        # What was paid to for a year is trusted.
        account.allow_out_payment = True
        partner.write({"vat": made.vat, "street": made.street, "zip": made.zip, "city": made.town})
        style = replace(made.style, is_long=False, head="left", has_due=True, font="sans")
        iban = account.sanitized_acc_number
        return replace(made, name=partner.name, iban=iban, buyer=self.buyer, style=style)

    def upload(self, name, content):
        self.reviewer["ai.document"].upload(name, base64.b64encode(content).decode())

    def bill(self, vendor, rows, days, rate="21", **values):
        """A bill of ``days`` ago."""
        lines = [
            make.Line(text, "", Decimal(quantity), Decimal(price), Decimal(rate), Decimal(quantity) * Decimal(price))
            for text, quantity, price in rows
        ]
        lines = [replace(line, total=line.total.quantize(make.CENT)) for line in lines]
        day = self.today - timedelta(days)
        number = values.pop("number", "") or f"{day.year}-{self.chance.randint(100, 9999):04d}"
        return make.bill_with(vendor, lines, number=number, day=day, **values)

    # === WHAT COMES IN === #

    def files(self):
        """(name, content) of everything that came in."""
        yield from self._ordinary()
        yield from self._photos()
        yield from self._einvoices()
        yield from self._odd()

    def _ordinary(self):
        """Bills of known vendors, two each of the first three: the second is read as the first was corrected."""
        vendors = self.home[:6] + self.home[:3]
        for at, vendor in enumerate(vendors):
            bill = self.bill(vendor, LINES[at % len(LINES)], 28 - 2 * at)
            yield f"{_slug(vendor.name)}-{bill.number}.pdf", drawing.pdf(bill)

    def _photos(self):
        for at, vendor in enumerate(self.home[2:5]):
            bill = self.bill(vendor, LINES[(at + 3) % len(LINES)], 9 + at)
            random_numbers = np.random.default_rng((SEED, at))
            image = pictures.degraded(pictures.rendered(drawing.pdf(bill, 1.1))[0], random_numbers)
            out = io.BytesIO()
            Image.fromarray(image).save(out, "JPEG", quality=75, dpi=(pictures.DPI, pictures.DPI))
            yield f"IMG_20{at}17.jpg", out.getvalue()

    def _einvoices(self):
        for at, vendor in enumerate(self.home[3:6]):
            bill = self.bill(vendor, LINES[(at + 1) % len(LINES)], 6 + at)
            yield f"{_slug(vendor.name)}-{bill.number}.xml", ubl.xml(bill)

    def _odd(self):
        known, other = self.home[0], self.home[1]
        yield "copy-of-a-booked-bill.pdf", drawing.pdf(self._copy())
        moved = replace(known, iban=numbers.iban(known.country, self.chance))
        yield "new-bank-account.pdf", drawing.pdf(self.bill(moved, LINES[2], 5))
        for vendor in self.abroad[:2]:
            yield f"{_slug(vendor.name)}.pdf", drawing.pdf(self.bill(vendor, LINES[4], 12, rate="0", note=REVERSE))
        yield "betalingsherinnering.pdf", drawing.pdf(self.bill(other, LINES[1], 40, kind="reminder"))
        yield "creditnota.pdf", drawing.pdf(self.bill(other, LINES[3], 4, kind="credit_note"))
        stranger = replace(self.home[2], buyer=("Zonnebloem Catering BV", "Meir 12", "2000 Antwerpen"))
        yield "for-somebody-else.pdf", drawing.pdf(self.bill(stranger, LINES[6], 8))
        (unknown,) = make.vendors(SEED - 1, 1, ("BE",))
        unknown = replace(unknown, buyer=self.buyer, style=replace(unknown.style, is_long=False))
        yield "new-vendor.pdf", drawing.pdf(self.bill(unknown, LINES[0], 7))
        yield "proforma.pdf", drawing.pdf(self.bill(self.home[4], LINES[5], 3, kind="proforma"))
        yield "machine.pdf", drawing.pdf(self.bill(self.home[5], (("Milling machine TX-200", "1", "8400.00"),), 10))

    def _copy(self):
        """A bill that is in the books already, as it came by mail once more."""
        move = self.env["account.move"].search(
            [("move_type", "=", "in_invoice"), ("state", "=", "posted"), ("ref", "!=", False), ("amount_tax", ">", 0)],
            order="invoice_date desc, id desc",
            limit=1,
        )
        vendor = self._vendor(move.commercial_partner_id, 500, "BE")
        rate = round(Decimal(str(move.amount_tax)) / Decimal(str(move.amount_untaxed)) * 100)
        rows = ((move.invoice_line_ids[0].name, "1", str(move.amount_untaxed)),)
        return self.bill(vendor, rows, (self.today - move.invoice_date).days, rate=str(rate), number=move.ref)


def _code(partner):
    return partner.country_id.code


def _slug(name):
    return "".join(char if char.isalnum() and char.isascii() else "-" for char in name.lower()).strip("-")
