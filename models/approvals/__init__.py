from . import account_analytic_account, account_move_holds, res_company
from . import ai_approval_rule, ai_approval, ai_approval_route, ai_approval_mail
from . import account_move_approvals
