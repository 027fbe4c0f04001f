"""What keeps a gate closed, and what would open it, in words: one sentence a code of ``engine.autonomy.gate``."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WHY = {
    "too_few": _lt("Too little was decided to say anything."),
    "bound": _lt(
        "From confidence %(threshold)s on, %(errors)s of %(n)s were wrong: the error may be as high as %(bound)s %%, "
        "and %(tolerance)s %% is tolerated."
    ),
    "money": _lt("Few were wrong, but of the money %(share)s %% stood wrong; %(tolerance)s %% is tolerated."),
    "segment_worse": _lt("Here it is clearly wrong more often than in the wider pool that it would be judged by."),
    "people_worse": _lt("People clearly disagreed more often than the backtest shows and than is tolerated."),
    "people_doubt": _lt("People disagreed more often than is tolerated; with the backtest the bound holds."),
    "backtest_only": _lt("What was shown rests on the backtest: it opens the small cap only."),
    "drift": _lt("Closed by itself: habits changed, %(errors)s of the last %(n)s were wrong."),
    "undone": _lt("Closed by itself: people took back %(errors)s of the last %(n)s that it had booked alone."),
    "review": _lt("Closed by itself: a bounded review found more wrongly posted value than is tolerable."),
    "held": _lt("Held closed by a manager."),
}
MISSING = _lt("%(count)s more clean approvals")
PACE = _lt("%(missing)s, about %(weeks)s weeks at your volume")
PACE_ONE = _lt("%(missing)s, about a week at your volume")
NO_PACE = _lt("%(missing)s; nobody decided any lately, so no time can be said")
OPENED = _lt("Books alone from confidence %(threshold)s on, up to %(cap)s.")
BOUND = _lt("of %(n)s decided, %(errors)s were wrong: with 95 %% certainty less than %(bound)s %% are")
LEVELS = {
    1: _lt("judged with all of the journal, for alone it is too thin"),
    2: _lt("judged with all of its kind in the company, for alone it is too thin"),
}
EVIDENCE = _lt("%(right)s of %(n)s right")
