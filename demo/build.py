"""The demo company: a year of documents, payments and bank files; called by bin/demo in odoo shell."""

import time
from datetime import date

from demo import company, history, year


def build(env):
    """Fill a fresh database. Answers what bin/demo tells: the logins and the seconds that proposing took."""
    said = time.monotonic()

    def say(text):
        print(f"  {text} ({time.monotonic() - said:.0f} s)", flush=True)

    the_year = year.make_year(date.today())
    say(f"{len(the_year.documents)} documents, {len(the_year.payments)} payments, {len(the_year.lines)} bank lines")
    chart = company.make_company(env, the_year)
    logins = company.make_users(env)
    env.cr.commit()
    say("company, partners and documents made")
    reviewer = env["res.users"].search([("login", "=", "reviewer")])
    passing = history.Passing(env, the_year, reviewer)
    passing.run()
    say(f"{passing.imports} statement files imported")
    company.give_names(env, chart)
    env.cr.commit()
    return {"logins": logins, "seconds": propose(env)}


def propose(env):
    """Run the scheduled action once."""
    started = time.monotonic()
    env.ref("ai_bookkeeper.ir_cron_propose").method_direct_trigger()
    env.cr.commit()
    return time.monotonic() - started
