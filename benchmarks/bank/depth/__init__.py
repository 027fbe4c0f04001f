"""What real bank accounts do beside paying invoices: small seeded books with the whole entry as truth.

One module a topic, ``SCENARIOS`` in each: ``Scenario(name, make)`` with ``make(books, rng) -> Case``. ``run`` makes the
books through Odoo's own methods, lets the addon propose, accepts what it proposes (never a question), and compares the
whole change of the trial balance, of the tax tags and of open items with what an accountant would have booked by hand.
"""
