"""A second account, kept by hand until its statements came; its files are left to the demo's reader."""

from benchmarks.bank.books.business_account import BusinessAccount


def make(env, chart, today):
    """The books before the files, and what a manager set up for it."""
    manager = env["res.users"].search([("login", "=", "manager")])
    story = BusinessAccount(env, today, chart.taxes["sale21"], chart.taxes["purchase21"])
    story.build().configure(env(user=manager))
    story.invoice_at_last()
    return story


def files(story):
    """{name: text}: three statements and the settlement of a payment provider, in their order."""
    return {name: content.decode() for name, content in story.files().items()}
