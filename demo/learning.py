"""What the demo's bookkeeper coded in the months that are past is learned, before anything is proposed."""

SECONDS = 60


def learn(env):
    """The manager's *Learn from History* over the whole year. Answers how many lessons it taught."""
    manager = env(user=env["res.users"].search([("login", "=", "manager")]))
    history = manager["ai.learning.history"].create({"company_id": env.company.id})
    history.action_start()
    # The queue works on cursors of its own and must see the books.
    env.cr.commit()  # pylint: disable=invalid-commit
    env["sync.job"]._run("work", SECONDS)
    # What it committed is seen by the next transaction only.
    env.cr.commit()  # pylint: disable=invalid-commit
    env.invalidate_all()
    return history.lesson_count
