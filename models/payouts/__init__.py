from . import ai_payment_provider, ai_payout, ai_payout_line
from . import ai_payout_take  # isort: skip
from . import ai_payout_preview  # isort: skip
from . import ai_facts_payout, ai_proposer_payout
from . import ai_facts_bank_payouts  # isort: skip
from . import ai_facts_finding_payouts  # isort: skip
from . import ai_audit_erase_payouts  # isort: skip
