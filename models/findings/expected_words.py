"""The sentences of findings about expected payments, and what may be done about them."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

EXPECTED_FINDINGS = {
    "expected_missing": _lt(
        "%(seen)s of %(due)s came. It was expected on %(date)s, about %(amount)s, and is not on the bank."
    ),
    "expected_not_come": _lt("It has not come: expected on %(date)s, about %(amount)s. %(seen)s of %(due)s came."),
    "expected_wages_missing": _lt(
        "The wage run of %(date)s, about %(amount)s, is not on the bank; %(seen)s of %(due)s came."
    ),
    "expected_stopped": _lt(
        "It has not come since %(last)s: %(count)s times in a row. Did it end? About %(amount)s each time."
    ),
    "expected_twice": _lt("It came twice: %(amount)s on %(last)s beside the one of %(date)s. Paid twice?"),
    "expected_doubled": _lt(
        "It comes twice each time now: %(amount)s on %(last)s beside the one of %(date)s. A second subscription?"
    ),
    "expected_amount": _lt("%(amount)s on %(date)s instead of about %(usual)s."),
    "expected_early": _lt("It came %(count)s days early: on %(date)s, expected on %(first)s."),
    "expected_again": _lt("It ended on %(last)s, and %(amount)s was paid all the same on %(date)s."),
    "expected_late": _lt("It came %(count)s days late: on %(date)s, expected on %(first)s."),
}

OPEN_EXPECTED, END, PAUSE, RESUME, TAKE = (
    "action_open_expected",
    "action_expected_end",
    "action_expected_pause",
    "action_expected_resume",
    "action_expected_take",
)
EXPECTED_LABELS = {
    OPEN_EXPECTED: _lt("Open the expected payment"),
    END: _lt("It ended"),
    PAUSE: _lt("Pause it"),
    RESUME: _lt("It goes on"),
    TAKE: _lt("This is the amount now"),
}
EXPECTED_ACTIONS = {
    "expected_missing": (),
    "expected_not_come": (PAUSE, END),
    "expected_wages_missing": (PAUSE, END),
    "expected_stopped": (END, PAUSE),
    "expected_twice": (),
    "expected_doubled": (),
    "expected_amount": (TAKE,),
    "expected_early": (),
    "expected_late": (),
    "expected_again": (RESUME,),
}
