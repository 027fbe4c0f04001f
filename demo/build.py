"""The demo company: a year of documents, payments and bank files; called by bin/demo in odoo shell."""

import sys
import time
from datetime import date

from demo import bills, business_account, company, costs, governance, history, learning, syncing, year


def build(env):
    """Fill a fresh database. Answers what bin/demo tells: the logins and the seconds that proposing took."""
    started = time.monotonic()

    def say(text):
        sys.stdout.write(f"  {text} ({time.monotonic() - started:.0f} s)\n")
        sys.stdout.flush()

    the_year = year.make_year(date.today())
    say(f"{len(the_year.documents)} documents, {len(the_year.payments)} payments, {len(the_year.lines)} bank lines")
    chart = company.make_company(env, the_year)
    logins = company.make_users(env)
    say("company, partners and documents made")
    reviewer = env["res.users"].search([("login", "=", "reviewer")])
    passing = history.Passing(env, the_year, reviewer, say)
    passing.run()
    say(f"{passing.imports} statement files imported")
    coded, left = costs.make_costs(env, chart)
    say(f"{coded} payments coded in Odoo, {left} left to do")
    story = business_account.make(env, chart, date.today())
    company.give_names(env, chart)
    governance.set_policies(env)
    say(f"{learning.learn(env)} lessons learned from history")
    for cron in ("ir_cron_expected", "ir_cron_statement_check"):
        run_cron(env, cron)
    seconds = propose(env)
    say(f"{governance.make_agent(env)} codings proposed by an agent")
    governance.wait_for_people(env)
    bills.set_approvals(env)
    bills.ask_for_approval(env)
    say(f"documents that came in: {bills.make_bills(env)}")
    syncing.forget_the_past(env)
    syncing.subscribe(env)
    say(f"sent to webhooks: {syncing.work(env)}")
    return {"logins": logins, "seconds": seconds, "files": business_account.files(story)}


def propose(env):
    """Run the scheduled action once; seconds."""
    started = time.monotonic()
    run_cron(env, "ir_cron_propose")
    return time.monotonic() - started


def run_cron(env, name):
    # The scheduled action works on a cursor of its own and must see the books.
    env.cr.commit()  # pylint: disable=invalid-commit
    env.ref(f"ai_bookkeeper.{name}").method_direct_trigger()
    # What it committed is seen by the next transaction only.
    env.cr.commit()  # pylint: disable=invalid-commit
    env.invalidate_all()
