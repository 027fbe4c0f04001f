"""Other systems in the demo: webhooks to a receiver on this machine, so that every state of syncing can be seen."""

import uuid
from datetime import date

from odoo import Command

from .receiver import PORT

#: name, address, events, from which amount
WEBHOOKS = (
    ("Web shop", "shop", ["move.posted", "move.paid", "payment.registered"], 0.0),
    ("Warehouse", "warehouse", ["partner.changed"], 0.0),
    ("Old customer portal", "old-portal", ["move.posted"], 2000.0),
)
AMOUNTS = (180.0, 420.0, 96.5, 2600.0, 1250.0, 3100.0, 75.0, 640.0)
PAID = 3
SECONDS = 20


def forget_the_past(env):
    """What happened until now gets its numbers while nobody listens: the year is not sent anywhere."""
    # The demo is a database of its own, not a copy of the one that it was made from.
    env["ir.config_parameter"].set_param("database.uuid", str(uuid.uuid4()))
    _commit(env)
    while env["sync.event"]._tick():
        pass


def subscribe(env):
    """The manager's webhooks."""
    manager = env(user=env["res.users"].search([("login", "=", "manager")]))
    manager["sync.webhook"].create(
        [
            {
                "name": name,
                "url": f"http://127.0.0.1:{PORT}/{path}",
                "events": events,
                "min_amount": amount,
                "detail": "full",
            }
            for name, path, events, amount in WEBHOOKS
        ]
    )
    _commit(env)


def work(env):
    """A day in the books: invoices, a payment run, corrected addresses; then what is due is sent.

    :return: {state: jobs}
    """
    customers = env["res.partner"].search([("customer_rank", ">", 0), ("is_company", "=", True)], limit=len(AMOUNTS))
    invoices = env["account.move"].create(
        [_invoice(customer, amount) for customer, amount in zip(customers, AMOUNTS, strict=False)]
    )
    invoices.action_post()
    payment = env["account.payment.register"].with_context(active_model="account.move", active_ids=invoices[:PAID].ids)
    payment.create({"payment_date": date.today()})._create_payments()
    for customer in customers[:4]:
        customer.phone = f"+32 9 210 44 {customer.id % 90 + 10}"
    _commit(env)
    env["sync.event"]._tick()
    env["sync.job"]._run("http", SECONDS)
    _commit(env)
    return dict(env["sync.job"]._read_group([], ["state"], ["__count"]))


def _invoice(customer, amount):
    return {
        "move_type": "out_invoice",
        "partner_id": customer.id,
        "invoice_date": date.today(),
        "invoice_line_ids": [Command.create({"name": "Garden furniture", "price_unit": amount, "tax_ids": []})],
    }


def _commit(env):
    # The sequencer and the queue work on cursors of their own and must see the books.
    env.cr.commit()  # pylint: disable=invalid-commit
    env.invalidate_all()
