from . import ai_finding  # isort: skip
from . import (
    account_move,
    account_move_hold,
    ai_finding_attach,
    ai_finding_decide,
    ai_finding_keep,
    ai_finding_move,
    ai_finding_refresh,
    ai_finding_screen,
    ai_suggestion,
    res_company,
)
